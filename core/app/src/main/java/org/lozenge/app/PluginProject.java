package org.lozenge.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.lozenge.workbench.report.OutputFile;
import org.lozenge.workbench.report.Report;

/**
 * A Maven project with one analysis, written from templates. It holds a copy of the folder {@code repository} of the
 * distribution, with Lozenge's own artifacts, so that it builds wherever it is taken; third-party libraries come from
 * Maven Central.
 */
final class PluginProject {

    private static final String SERVICES = "src/main/resources/META-INF/services/org.lozenge.plugin.Analysis";

    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String ARTIFACTS = "org/lozenge";

    private final String name;
    private final String packageName;
    private final String className;

    /**
     * A project.
     *
     * @param name id of the analysis and name of the artifact
     * @param packageName the package of its classes, which is its group too
     * @throws CommandException if either is not one
     */
    PluginProject(String name, String packageName) {
        if (!name.matches(NAME)) {
            throw CommandException.mend(
                    "plugin-name",
                    "A plugin is named in lower-case letters and digits, first a letter, words joined by '-', such as "
                            + suggestion(name) + ", but not '" + name + "'.");
        }
        this.name = name;
        this.packageName = packageName.isEmpty() ? "plugins." + name.replace("-", "") : packageName;
        checkPackage(this.packageName);
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("-", -1)) {
            camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        this.className = camel + "Analysis";
    }

    private static String suggestion(String name) {
        String like = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-$", "");
        return like.matches(NAME) ? like : "trimmed-mean";
    }

    /** It is the project's group too, for which Maven wants plain letters. */
    private static void checkPackage(String name) {
        if (!SourceVersion.isName(name) || !name.matches("[A-Za-z0-9_.]+")) {
            throw CommandException.mend(
                    "plugin-name", "'" + name + "' cannot be the name of a Java package. Give one with --package.");
        }
        for (String taken :
                List.of("java", "org.lozenge", "tech.tablesaw", "it.unimi.dsi.fastutil", "org.roaringbitmap")) {
            if ((name + ".").startsWith(taken + ".")) {
                throw CommandException.mend(
                        "plugin-name",
                        "Packages below '" + taken + "' are not taken from plugins, so '" + name
                                + "' cannot be one of yours. Give another one with --package.");
            }
        }
    }

    /** Returns the folder of the distribution that holds Lozenge's artifacts; empty where there is no distribution. */
    static Optional<Path> bundledRepository() {
        CodeSource source = PluginProject.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent())
                    .flatMap(lib -> Optional.ofNullable(lib.getParent()))
                    .map(home -> home.resolve("repository"))
                    .filter(Files::isDirectory);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the project.
     *
     * @param folder a folder that does not exist yet, or is empty
     * @param repository where Lozenge's artifacts are
     * @throws CommandException if the folder holds anything, or the repository none of Lozenge's artifacts
     * @throws UncheckedIOException if it cannot be written
     */
    void write(Path folder, Path repository) {
        if (!Files.isDirectory(repository.resolve(ARTIFACTS))) {
            throw CommandException.mend(
                    "no-repository",
                    repository + " is no Maven repository with Lozenge's artifacts: it has no folder " + ARTIFACTS
                            + ". Leave --repository out to take those of the distribution.");
        }
        try {
            checkEmpty(folder);
            Map<String, String> files = files();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                OutputFile.write(path, file.getValue());
            }
            copy(repository, folder.resolve("repository"));
        } catch (FileAlreadyExistsException e) {
            throw CommandException.mend("folder-in-use", folder + " cannot be a folder: there is a file in its place.");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the project to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw CommandException.mend(
                        "folder-in-use",
                        "The folder " + folder + " is not empty. Choose another one with --out, or another name.");
            }
        }
    }

    private Map<String, String> files() {
        String path = packageName.replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", template("pom.xml"));
        files.put("README.md", template("README.md"));
        files.put(".gitignore", template("gitignore"));
        files.put(".mvn/maven.config", "-Daether.offline.protocols=file\n");
        files.put("src/main/java/" + path + "/" + className + ".java", template("Analysis.java"));
        files.put(SERVICES, packageName + "." + className + "\n");
        files.put("src/test/java/" + path + "/" + className + "Test.java", template("Test.java"));
        return files;
    }

    private String template(String file) {
        try (InputStream in = PluginProject.class.getResourceAsStream("plugin/" + file + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("The jar holds no template " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PACKAGE@", packageName)
                    .replace("@PATH@", packageName.replace('.', '/'))
                    .replace("@CLASS@", className)
                    .replace("@NAME@", name)
                    .replace("@TITLE@", title())
                    .replace("@VERSION@", Report.version());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template " + file, e);
        }
    }

    private String title() {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('-', ' ');
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
