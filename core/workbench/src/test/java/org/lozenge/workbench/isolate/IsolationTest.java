package org.lozenge.workbench.isolate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.plugins.PluginJar;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Whatever a plugin does to its process, the host goes on and says what happened. */
class IsolationTest {

    private static final Dataset DATA = Dataset.parse("t.csv", "g,x\na,1\na,2\nb,30\n".getBytes(UTF_8), FileFormat.CSV);

    @TempDir
    private static Path folder;

    private static Workbench workbench = Workbench.openLazily();

    private static void add(PluginJar jar, String name, String body) {
        jar.source("demo." + name, PluginJar.analysisSource(name, "", body)).lists("demo." + name);
    }

    @BeforeAll
    static void open() {
        PluginJar jar = new PluginJar();
        add(
                jar,
                "Good",
                "context.progress(0.5, \"half\"); context.warn(\"w\", \"careful\", 2);"
                        + " return AnalysisResult.of(Scalar.of(\"sum\", \"Sum\", Arrays.stream(in.numbers(X)).sum()),"
                        + " Scalar.of(\"up\", \"Up\", Double.POSITIVE_INFINITY), Scalar.of(\"not\", \"Not\", Double.NaN),"
                        + " Scalar.of(\"random\", \"Random\", context.random().nextDouble()),"
                        + " Scalar.of(\"printed\", \"Printed\", in.isPrinted(X) ? 1 : 0));");
        add(jar, "Exits", "System.exit(0); return null;");
        add(jar, "Halts", "Runtime.getRuntime().halt(7); return null;");
        add(jar, "Hungry", "List<long[]> all = new ArrayList<>(); while (true) all.add(new long[1 << 17]);");
        add(jar, "Spins", "double d = 0; while (d >= 0) { d += 1e-9; } return null;");
        add(
                jar,
                "Threads1",
                "Thread t = new Thread(() -> { while (true) Thread.onSpinWait(); }); t.start(); "
                        + "return AnalysisResult.of(Scalar.of(\"n\", \"n\", 1));");
        add(
                jar,
                "Noisy",
                "byte[] noise = new byte[1 << 16]; Arrays.fill(noise, (byte) 1); System.out.write(noise);"
                        + " System.err.println(\"{\\\"status\\\": \\\"ok\\\"}\");"
                        + " new java.io.FileOutputStream(java.io.FileDescriptor.out).write(noise);"
                        + " return AnalysisResult.of(Scalar.of(\"n\", \"n\", 1));");
        add(jar, "Throws", "throw new IllegalStateException(\"what a mess\");");
        jar.write(folder.resolve("demo.jar"));
        workbench = Workbench.openLazily(folder);
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(
                        "exits", "failed", "process-ended", "of the plugin demo ended its process with exit status 0"),
                Arguments.of("halts", "failed", "process-ended", "exit status 7"),
                Arguments.of("hungry", "failed", "out-of-memory", "needs more than the 32 MB of memory"),
                Arguments.of("spins", "cancelled", "abandoned timed-out", "so its process was ended"),
                Arguments.of("threads1", "ok", "threads-left", "a thread that goes on"),
                Arguments.of("noisy", "ok", "", ""),
                Arguments.of("throws", "failed", "analysis-failed", "IllegalStateException: what a mess"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void endsInOneClearOutcome(String id, String status, String codes, String words) {
        long millis = id.equals("spins") ? 300 : 60_000;
        Outcome outcome =
                Isolation.process().memory(32).get(workbench.run(id, DATA).timeoutMillis(millis));
        assertEquals(status, outcome.status(), () -> outcome.messages().toString());
        assertEquals(
                codes,
                String.join(" ", outcome.messages().stream().map(m -> m.code()).toList()));
        assertThat(outcome.messages().toString()).contains(words);
        assertEquals(id, outcome.provenance().analysis());
        if (outcome instanceof Outcome.Failed failed && id.equals("throws")) {
            assertThat(failed.trace()).contains("demo.Throws.run(Throws.java:");
        }
    }

    @Test
    void theOutcomeIsTheOneThatTheHostWouldGet() {
        Run run = workbench
                .run("good", DATA)
                .map("x", "x")
                .where("g", "a")
                .seed(7)
                .strict(true);
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        Outcome isolated =
                Isolation.process().get(run.onProgress((fraction, step) -> steps.add(fraction + " " + step)));
        Outcome here = run.get();
        assertEquals(here, isolated);
        assertEquals(3, isolated.get().item("sum", Scalar.class).value());
        assertEquals(
                Double.POSITIVE_INFINITY,
                isolated.get().item("up", Scalar.class).value());
        assertThat(steps).containsExactly("0.5 half");
        assertEquals(Report.of(here).json(), Report.of(isolated).json());
    }

    @Test
    void tablesOfAHostAndSplitsWorkToo() {
        Table table =
                Table.create("t", StringColumn.create("g", "a", "b"), DoubleColumn.create("x", 0.1 + 0.2, Double.NaN));
        Run run = workbench.run("good", table).by("g");
        assertEquals(run.get(), Isolation.process().get(run));
    }

    @Test
    void whatIsWrongWithTheCallIsSaid() {
        Outcome outcome = Isolation.process().get(workbench.run("good", DATA).set("no-option", 1));
        assertEquals("no-such-option", outcome.messages().get(0).code());
        workbench.register(Analysis.of(AnalysisSpec.of("mine", "Mine"), (in, context) -> AnalysisResult.of()));
        Outcome mine = Isolation.process().get(workbench.run("mine", DATA));
        assertEquals("not-isolable", mine.messages().get(0).code());
        assertThatThrownBy(() -> Isolation.process().memory(1)).hasMessageContaining("but is 1");
    }

    @Test
    void aRunCanBeCancelled() {
        RunHandle handle = Isolation.process().start(workbench.run("spins", DATA));
        handle.cancel();
        Outcome outcome = handle.get();
        assertEquals("cancelled", outcome.status());
        assertThat(outcome.messages()).extracting(m -> m.code()).contains("cancelled");
    }
}
