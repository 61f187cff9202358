package org.lozenge.workbench.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import it.unimi.dsi.fastutil.ints.IntIterable;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.lozenge.plugin.Analysis;
import tech.tablesaw.api.Table;

/** A plugin's jar for tests: sources that are compiled in memory, lines of the services file, and any further files. */
public final class PluginJar {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** What plugins are compiled against. */
    private static final String CLASS_PATH = Stream.of(Analysis.class, Table.class, IntIterable.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .map(location -> Path.of(URI.create(location.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator));

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<String> services = new ArrayList<>();
    private final Map<String, UnaryOperator<byte[]>> edits = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();

    /**
     * Returns a jar with one analysis: the class {@code demo.NAME}, listed, whose id is its name in lower case.
     *
     * @param name simple name of the class
     * @param body body of the method {@code run(Inputs in, RunContext context)}
     */
    public static PluginJar analysis(String name, String body) {
        return new PluginJar()
                .source("demo." + name, analysisSource(name, "", body))
                .lists("demo." + name);
    }

    /** Returns the source of an analysis with further members. */
    public static String analysisSource(String name, String members, String body) {
        return """
                package demo;
                import java.util.*;
                import org.lozenge.plugin.*;
                public final class NAME implements Analysis {
                    static final Role X = Role.number("x", "X");
                    MEMBERS
                    @Override public AnalysisSpec spec() { return AnalysisSpec.of("ID", "NAME").roles(X); }
                    @Override public AnalysisResult run(Inputs in, RunContext context) throws Exception { BODY }
                }
                """.replace("NAME", name)
                .replace("ID", name.toLowerCase(java.util.Locale.ROOT))
                .replace("MEMBERS", members)
                .replace("BODY", body);
    }

    /** Returns the body of an analysis in order, whose item {@code sum} is the sum of its numbers. */
    public static String sum() {
        return "return AnalysisResult.of(Scalar.of(\"sum\", \"Sum\", Arrays.stream(in.numbers(X)).sum()));";
    }

    /** Adds a class. */
    public PluginJar source(String className, String code) {
        sources.put(className, code);
        return this;
    }

    /** Adds lines to the services file. */
    public PluginJar lists(String... lines) {
        services.addAll(List.of(lines));
        return this;
    }

    /** Adds a file. */
    public PluginJar file(String name, byte[] content) {
        files.put(name, content.clone());
        return this;
    }

    /** Leaves a class out that was compiled. */
    public PluginJar without(String className) {
        left.add(className.replace('.', '/') + ".class");
        return this;
    }

    /** Changes the class file of a class. */
    public PluginJar edit(String className, UnaryOperator<byte[]> edit) {
        edits.put(className.replace('.', '/') + ".class", edit);
        return this;
    }

    /** Sets an attribute of the manifest. */
    public PluginJar manifest(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    /** Writes several jars; compiles all their sources at once, so none may be in two of them. */
    public static void write(Path folder, Map<String, PluginJar> jars) {
        Map<String, String> all = new LinkedHashMap<>();
        jars.values().forEach(jar -> all.putAll(jar.sources));
        Map<String, byte[]> classes = compile(all);
        jars.forEach((name, jar) -> {
            Map<String, byte[]> own = new TreeMap<>(classes);
            own.keySet()
                    .removeIf(file -> !jar.sources.containsKey(
                            file.replaceAll("(\\$[^/]*)?\\.class$", "").replace('/', '.')));
            jar.save(folder.resolve(name), own);
        });
    }

    /** Writes the jar, and the folders that it is in; returns it. */
    public Path write(Path jar) {
        return save(jar, compile(sources));
    }

    private Path save(Path jar, Map<String, byte[]> classes) {
        try {
            Files.createDirectories(jar.getParent());
            Manifest head = new Manifest();
            head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.forEach((name, value) -> head.getMainAttributes().putValue(name, value));
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), head)) {
                for (Map.Entry<String, byte[]> entry : content(classes).entrySet()) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> content(Map<String, byte[]> classes) {
        Map<String, byte[]> content = new TreeMap<>(classes);
        edits.forEach((name, edit) -> content.computeIfPresent(name, (file, bytes) -> edit.apply(bytes)));
        content.putAll(files);
        left.forEach(content::remove);
        if (!services.isEmpty()) {
            content.put(ServicesFile.NAME, String.join("\n", services).getBytes(UTF_8));
        }
        return content;
    }

    /** Returns the class files of some sources by their names in a jar. */
    public static Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> compiled = new TreeMap<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, code) -> units.add(new Source(name, code)));
        StringWriter errors = new StringWriter();
        JavaFileManager memory = new ForwardingJavaFileManager<>(COMPILER.getStandardFileManager(null, null, UTF_8)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new Output(name, compiled);
            }
        };
        List<String> options = List.of("-proc:none", "-nowarn", "--release", "17", "-classpath", CLASS_PATH);
        if (!units.isEmpty()
                && !COMPILER.getTask(errors, memory, null, options, null, units).call()) {
            throw new IllegalArgumentException(errors.toString());
        }
        Map<String, byte[]> classes = new TreeMap<>();
        compiled.forEach((name, bytes) -> classes.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return code;
        }
    }

    private static final class Output extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, ByteArrayOutputStream> compiled;

        Output(String name, Map<String, ByteArrayOutputStream> compiled) {
            super(URI.create("string:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.compiled = compiled;
        }

        @Override
        public OutputStream openOutputStream() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compiled.put(name, bytes);
            return bytes;
        }
    }
}
