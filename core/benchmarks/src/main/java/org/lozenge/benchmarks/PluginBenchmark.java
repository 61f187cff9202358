package org.lozenge.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.lozenge.plugin.Analysis;
import org.lozenge.workbench.Workbench;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a workbench with a number of plugins in a folder, link check included, for the first time in a JVM: each fork
 * gives one figure. A folder of your own is measured by {@code -jvmArgs -Dlozenge.plugins=DIR}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class PluginBenchmark {

    private static final String SOURCE = """
            package demo;
            import java.util.Arrays;
            import org.lozenge.plugin.*;
            public final class Plugin# implements Analysis {
                static final Role X = Role.number("x", "X");
                static final Param<Double> TRIM = Param.number("trim", "Fraction", 0.2).min(0.0).max(0.49);
                public AnalysisSpec spec() { return AnalysisSpec.of("plugin-#", "Plugin #").roles(X).params(TRIM); }
                public AnalysisResult run(Inputs in, RunContext context) {
                    double[] x = in.numbers(X);
                    int cut = (int) (x.length * in.get(TRIM));
                    double mean = Arrays.stream(x, cut, x.length - cut).average().orElse(Double.NaN);
                    return AnalysisResult.of(Scalar.of("mean", "Mean", mean),
                            Tabular.of("data", "Data").numbers("x", x).label("x", "X").format("x", Format.FIXED3));
                }
            }
            """;

    /** Number of plugins. */
    @Param({"0", "1", "10"})
    private int plugins;

    private Path made = Path.of("");
    private Path folder = Path.of("");

    /** Compiles the plugins in a process of its own, so that this JVM is as fresh as a user's. */
    @Setup
    public void make() throws IOException, InterruptedException {
        String given = System.getProperty("lozenge.plugins", "");
        made = Files.createTempDirectory("lozenge-plugins");
        folder = given.isEmpty() ? made.resolve("plugins") : Path.of(given);
        if (given.isEmpty()) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process compile = new ProcessBuilder(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Maker.class.getName(),
                            made.toString(),
                            Integer.toString(plugins))
                    .inheritIO()
                    .start();
            if (compile.waitFor() != 0) {
                throw new IllegalStateException("The plugins could not be compiled");
            }
        }
        Workbench.openLazily().close(); // what an empty workbench costs is not the question
    }

    /** Opens and closes a workbench. */
    @Benchmark
    public int open() {
        try (Workbench workbench = Workbench.openLazily(folder)) {
            return workbench.analyses().size();
        }
    }

    /** Deletes the plugins. */
    @TearDown
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes the plugins. */
    static final class Maker {

        private Maker() {}

        /** @param args the folder and the number of plugins */
        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            Files.createDirectories(folder.resolve("plugins"));
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                make(folder, Integer.toString(i));
            }
        }

        private static void make(Path folder, String number) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            Path classes = Files.createDirectories(folder.resolve("classes" + number));
            List<String> options = List.of("-proc:none", "-cp", classPath(), "-d", classes.toString());
            boolean done = compiler.getTask(
                            null, null, null, options, null, List.of(new Source(SOURCE.replace("#", number), number)))
                    .call();
            if (!done) {
                throw new IllegalStateException("The plugin could not be compiled");
            }
            try (ZipOutputStream jar =
                    new ZipOutputStream(Files.newOutputStream(folder.resolve("plugins/plugin" + number + ".jar")))) {
                jar.putNextEntry(new ZipEntry("META-INF/services/" + Analysis.class.getName()));
                jar.write(("demo.Plugin" + number).getBytes(StandardCharsets.UTF_8));
                jar.putNextEntry(new ZipEntry("demo/Plugin" + number + ".class"));
                jar.write(Files.readAllBytes(classes.resolve("demo/Plugin" + number + ".class")));
            }
        }

        private static String classPath() {
            try {
                URI api = Analysis.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI();
                return Path.of(api) + File.pathSeparator + System.getProperty("java.class.path");
            } catch (URISyntaxException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String code, String number) {
            super(URI.create("string:///demo/Plugin" + number + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return code;
        }
    }
}
