package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles and packs what tests write. */
final class Sources {

    private Sources() {}

    /** Returns the jars and folders that this test runs with. */
    static List<Path> classPath() throws URISyntaxException {
        Set<Path> paths = new LinkedHashSet<>();
        for (ClassLoader loader = Sources.class.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    paths.add(Path.of(url.toURI()));
                }
            }
        }
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Stream.of(path.split(File.pathSeparator)).map(Path::of).forEach(paths::add);
        return List.copyOf(paths);
    }

    /** Compiles all Java files of a folder with all warnings into another folder. */
    static void compile(Path sources, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        Files.createDirectories(classes);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> found;
            try (Stream<Path> all = Files.walk(sources)) {
                found = all.filter(file -> file.toString().endsWith(".java")).toList();
            }
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(found);
            List<String> entries = classPath().stream().map(Path::toString).toList();
            List<String> options = new ArrayList<>(List.of(
                    "-Xlint:all,-path,-options", "-Werror", "-proc:none", "--release", "17", "-d", classes.toString()));
            options.addAll(List.of("-cp", String.join(File.pathSeparator, entries)));
            boolean done =
                    compiler.getTask(said, files, null, options, null, units).call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }

    /** Packs a folder. */
    static Path jar(Path folder, Path jar) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                zip.write(Files.readAllBytes(file));
                zip.closeEntry();
            }
        }
        return jar;
    }

    /** Copies the files below one folder into another. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
