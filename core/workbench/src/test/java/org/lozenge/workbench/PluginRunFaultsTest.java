package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.plugins.PluginJar;
import org.lozenge.workbench.table.Dataset;

/** Plugins that load and then misbehave: each run ends in one clear outcome, and the next one works. */
class PluginRunFaultsTest {

    private static final Dataset DATA = Bench.csv("x\n1\n2\n");

    /** Long enough for every run that ends, short enough to wait for those that do not. */
    private static final int MILLIS = 300;

    @TempDir
    private static Path folder;

    private static Workbench workbench = Workbench.openLazily();

    private static PluginJar jar(Object... namesAndBodies) {
        PluginJar jar = new PluginJar();
        for (int i = 0; i < namesAndBodies.length; i += 3) {
            String name = namesAndBodies[i].toString();
            String code =
                    PluginJar.analysisSource(name, namesAndBodies[i + 1].toString(), namesAndBodies[i + 2].toString());
            jar.source("demo." + name, code).lists("demo." + name);
        }
        return jar;
    }

    @BeforeAll
    static void open() {
        String loop = "long end = System.nanoTime() + 20_000_000_000L; while (System.nanoTime() < end) ";
        String swallow = "try { Thread.sleep(5); } catch (InterruptedException e) {} return null;";
        String deep = "static int deep(int n) { return deep(n + 1) + 1; }";
        PluginJar jar = jar(
                "Good",
                "",
                PluginJar.sum(),
                "Throws",
                "",
                "throw new IllegalArgumentException(\"what a mess\");",
                "Checked",
                "",
                "throw new java.io.IOException(\"no disk\");",
                "Odd",
                "static class Odd1 extends Throwable {}"
                        + " static <T extends Throwable> void sneak(Throwable t) throws T { throw (T) t; }",
                "demo.Odd.<RuntimeException>sneak(new Odd1()); return null;",
                "Overflows",
                deep,
                "deep(0); return null;",
                "Asserts",
                "",
                "throw new AssertionError(\"never\");",
                "Nasty",
                "static class E extends RuntimeException { public String toString() { throw new E(); } }",
                "throw new E();",
                "GivesNull",
                "",
                "return null;",
                "NullItem",
                "",
                "return AnalysisResult.of((ResultItem) null);",
                "TwinItems",
                "",
                "return AnalysisResult.of(Scalar.of(\"a\", \"A\", 1), Scalar.of(\"a\", \"A\", 2));",
                "ValidatesNull",
                "@Override public List<Message> validate(Inputs in) { return null; }",
                PluginJar.sum(),
                "ValidateThrows",
                "@Override public List<Message> validate(Inputs in) { throw new IllegalStateException(\"v\"); }",
                PluginJar.sum(),
                "ReportsError",
                "",
                "context.report(Message.error(\"e\", \"an error\")); return null;",
                "CancelsItself",
                "",
                "throw new java.util.concurrent.CancellationException(\"me\");",
                "Undeclared",
                "",
                "in.numbers(Role.number(\"y\", \"Y\")); return null;",
                "UndeclaredOption",
                "",
                "in.get(Param.flag(\"f\", \"F\", true)); return null;",
                "LacksLibrary",
                "",
                "new lib.Missing(); return null;",
                "BadRow",
                "",
                "throw new AnalysisException(\"bad-row\", \"row 2: no good. Mend it.\");",
                "BadValidate",
                "@Override public List<Message> validate(Inputs in) {"
                        + " return List.of(Message.error(\"bad-mix\", \"Not both.\")); }",
                PluginJar.sum(),
                "Loops",
                "",
                loop + swallow,
                "Sleeps",
                "",
                "Thread.sleep(60000); return null;",
                "Waits",
                "",
                "Object lock = new Object(); synchronized (lock) { lock.wait(); } return null;",
                "Polls",
                "",
                loop + "context.checkCancelled(); return null;",
                "WritesInput",
                "",
                "in.numbers(X)[0] = 99; in.strings(X)[0] = \"99\"; " + PluginJar.sum(),
                "Locales",
                "",
                "Locale.setDefault(Locale.KOREA); Locale.setDefault(Locale.Category.FORMAT, Locale.JAPAN); "
                        + PluginJar.sum(),
                "Zones",
                "",
                "TimeZone.setDefault(TimeZone.getTimeZone(\"Asia/Tokyo\")); " + PluginJar.sum(),
                "Streams",
                "",
                "System.setOut(null); System.setErr(null); System.setIn(null); " + PluginJar.sum(),
                "Properties1",
                "",
                "System.setProperty(\"lozenge.test.planted\", \"1\"); System.setProperty(\"user.dir\", \"x\");"
                        + " System.clearProperty(\"java.io.tmpdir\"); " + PluginJar.sum(),
                "AllProperties",
                "",
                "System.setProperties(new Properties()); " + PluginJar.sum(),
                "Handlers",
                "",
                "Thread.setDefaultUncaughtExceptionHandler((t, e) -> {}); " + PluginJar.sum(),
                "Context",
                "",
                "Thread.currentThread().setContextClassLoader(null);" + " Thread.currentThread().interrupt(); "
                        + PluginJar.sum(),
                "Daemons",
                "",
                "for (int i = 0; i < 2; i++) { Thread t = new Thread(() -> { try { Thread.sleep(60000); }"
                        + " catch (InterruptedException e) {} }, \"demo-\" + i); t.setDaemon(true); t.start(); } "
                        + PluginJar.sum(),
                "Pools",
                "",
                "var pool = java.util.concurrent.Executors.newFixedThreadPool(1, r -> { Thread t = new Thread(r, \"demo-pool\");"
                        + " t.setDaemon(true); return t; }); pool.submit(() -> 1).get(); " + PluginJar.sum(),
                "EndsPools",
                "",
                "var pool = java.util.concurrent.Executors.newFixedThreadPool(2); pool.submit(() -> 1).get();"
                        + " pool.shutdown(); " + PluginJar.sum(),
                "Parallel",
                "",
                "return AnalysisResult.of(Scalar.of(\"sum\", \"Sum\","
                        + " java.util.stream.IntStream.range(0, 3).parallel().sum()));",
                "Progress",
                "",
                "context.progress(Double.NaN, \"a\"); context.progress(-9, \"b\"); " + PluginJar.sum());
        jar.source("lib.Missing", "package lib; public class Missing {}").without("lib.Missing");
        jar.manifest("Implementation-Title", "Demo")
                .manifest("Implementation-Version", "1.2")
                .write(folder.resolve("demo.jar"));
        workbench = Workbench.openLazily(folder);
        assertThat(workbench.problems()).isEmpty();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    static Stream<Arguments> ends() {
        String broke = "of the plugin Demo 1.2 broke (";
        return Stream.of(
                Arguments.of(
                        "throws",
                        "failed",
                        "analysis-failed",
                        broke + "java.lang.IllegalArgumentException: what a mess)"),
                Arguments.of("checked", "failed", "analysis-failed", broke + "java.io.IOException: no disk)"),
                Arguments.of("odd", "failed", "analysis-failed", broke + "demo.Odd$Odd1)"),
                Arguments.of("overflows", "failed", "analysis-failed", broke + "java.lang.StackOverflowError)"),
                Arguments.of("asserts", "failed", "analysis-failed", broke + "java.lang.AssertionError: never)"),
                Arguments.of("nasty", "failed", "analysis-failed", broke + "demo.Nasty$E)"),
                Arguments.of("givesnull", "failed", "analysis-failed", "returned null in place of a result"),
                Arguments.of("nullitem", "failed", "analysis-failed", "NullPointerException"),
                Arguments.of("twinitems", "failed", "analysis-failed", "'a'"),
                Arguments.of("validatesnull", "failed", "analysis-failed", "validate returned null"),
                Arguments.of(
                        "validatethrows", "failed", "analysis-failed", broke + "java.lang.IllegalStateException: v)"),
                Arguments.of("reportserror", "failed", "analysis-failed", "throw it: an error"),
                Arguments.of("cancelsitself", "failed", "analysis-failed", "CancellationException"),
                Arguments.of("undeclared", "failed", "analysis-failed", "'y'"),
                Arguments.of("undeclaredoption", "failed", "analysis-failed", "does not declare the option 'f'"),
                Arguments.of("lackslibrary", "failed", "analysis-failed", "NoClassDefFoundError: lib/Missing"),
                Arguments.of("badrow", "rejected", "bad-row", "t.csv: row 2: no good. Mend it."),
                Arguments.of("badvalidate", "rejected", "bad-mix", "Not both."),
                Arguments.of("loops", "cancelled", "timed-out", "it took longer than 300 ms"),
                Arguments.of("sleeps", "cancelled", "timed-out", "it took longer than 300 ms"),
                Arguments.of("waits", "cancelled", "timed-out", "it took longer than 300 ms"),
                Arguments.of("polls", "cancelled", "timed-out", "it took longer than 300 ms"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void endsInOneClearOutcome(String id, String status, String code, String words) {
        long millis = status.equals("cancelled") ? MILLIS : 60_000;
        Outcome outcome = workbench.run(id, DATA).timeoutMillis(millis).get();
        assertEquals(status, outcome.status(), () -> Bench.lines(outcome));
        List<Message> errors = outcome.messages().stream()
                .filter(message -> message.severity() == Message.Severity.ERROR)
                .toList();
        assertThat(errors).hasSize(1);
        assertEquals(code, errors.get(0).code());
        assertThat(errors.get(0).text()).contains(words);
        assertEquals(
                3,
                workbench
                        .run("good", DATA)
                        .get()
                        .get()
                        .item("sum", Scalar.class)
                        .value());
    }

    @Test
    void aPluginThatDoesNotStopIsNamedAmongTheProblems() {
        workbench.run("loops", DATA).timeoutMillis(100).get();
        assertThat(workbench.problems())
                .extracting(
                        problem -> problem.plugin() + " " + problem.message().code())
                .contains("Demo abandoned");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("locales", "jvm-state", "changed the default locale of"),
                Arguments.of("zones", "jvm-state", "changed the default time zone of"),
                Arguments.of("streams", "jvm-state", "changed the standard output, standard error, standard input of"),
                Arguments.of(
                        "properties1",
                        "jvm-state",
                        "changed the system properties (java.io.tmpdir, lozenge.test.planted, user.dir) of"),
                Arguments.of("allproperties", "jvm-state", "changed the system properties ("),
                Arguments.of("handlers", "jvm-state", "changed the handler of uncaught exceptions of"),
                Arguments.of("daemons", "threads-left", "2 threads that go on (demo-0, demo-1)"),
                Arguments.of("pools", "threads-left", "a thread that goes on (demo-pool)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatChangesTheProgramIsReportedAndPutBack(String id, String code, String words) {
        Locale locale = Locale.getDefault(Locale.Category.FORMAT);
        TimeZone zone = TimeZone.getDefault();
        PrintStream out = System.out;
        InputStream in = System.in;
        Object properties = System.getProperties().clone();
        Outcome outcome = workbench.run(id, DATA).get();
        assertEquals("ok", outcome.status());
        assertThat(outcome.messages()).hasSize(1);
        assertEquals(code, outcome.messages().get(0).code());
        assertThat(outcome.messages().get(0).text()).contains(words);
        assertEquals(locale, Locale.getDefault(Locale.Category.FORMAT));
        assertEquals(zone, TimeZone.getDefault());
        assertSame(out, System.out);
        assertSame(in, System.in);
        assertEquals(properties, System.getProperties());
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    static Stream<String> harmless() {
        return Stream.of("writesinput", "context", "endspools", "parallel", "progress");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatDoesNoHarmIsNotReported(String id) {
        Outcome outcome = workbench.run(id, DATA).get();
        assertEquals(3, outcome.get().item("sum", Scalar.class).value());
        assertThat(outcome.messages()).isEmpty();
        assertArrayEquals(new String[] {"1", "2"}, new String[] {DATA.text("x", 0), DATA.text("x", 1)});
    }

    /** Loads, runs and closes the plugin, and keeps nothing of it but whether its loader is still there. */
    private static WeakReference<ClassLoader> reload(String id) {
        List<WeakReference<ClassLoader>> seen = new ArrayList<>();
        try (Workbench opened = Workbench.openLazily(folder)) {
            opened.run(id, DATA)
                    .onProgress((fraction, step) ->
                            seen.add(new WeakReference<>(Thread.currentThread().getContextClassLoader())))
                    .get();
            opened.run("throws", DATA).get();
        }
        return seen.get(0);
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    private static List<Integer> alive(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return IntStream.range(0, loaders.size())
                .filter(i -> loaders.get(i).get() != null)
                .boxed()
                .toList();
    }

    @Test
    void aClosedWorkbenchLetsGoOfItsPlugins() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        long before = 0;
        for (int i = 0; i < 100; i++) {
            loaders.add(reload("progress"));
            if (i == 9) {
                System.gc();
                before = metaspace();
            }
        }
        List<Integer> alive = alive(loaders);
        for (int i = 0; i < 50 && !alive.isEmpty(); i++) { // the thread of the last run may be about to end
            Thread.onSpinWait();
            alive = alive(loaders);
        }
        assertThat(alive).as("loaders still in memory").isEmpty();
        assertThat(metaspace() - before).as("growth of metaspace in bytes").isLessThan(1_000_000);
    }

    @Test
    void runningOutOfMemoryIsThrownAndTheNextRunWorks(@TempDir Path other) {
        jar("Hungry", "", "long[][] all = new long[Integer.MAX_VALUE][]; return null;")
                .write(other.resolve("hungry.jar"));
        try (Workbench opened = Workbench.openLazily(other)) {
            assertThrows(
                    OutOfMemoryError.class, () -> opened.run("hungry", DATA).get());
        }
        assertEquals(
                3,
                workbench
                        .run("good", DATA)
                        .get()
                        .get()
                        .item("sum", Scalar.class)
                        .value());
    }
}
