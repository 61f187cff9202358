package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.workbench.Bench.DONE;
import static org.lozenge.workbench.Bench.assertEnds;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.workbench.table.Dataset;

/** How runs end, whatever a plugin or a user does. */
class RunTest {

    private static final Role X = Role.number("x", "X");
    private static final AnalysisSpec SPEC = AnalysisSpec.of("a", "A").roles(X);
    private static final Dataset DATA = Bench.csv("x,g\n1,a\n2,b\n");

    private static Run run(BiFunction<Inputs, RunContext, AnalysisResult> body) {
        return Bench.run(SPEC, body, DATA);
    }

    // ---- what was run on what

    @Test
    void theOutcomeSaysWhatWasRunOnWhat() {
        Provenance provenance = run((in, context) -> DONE).seed(7).get().provenance();
        assertEquals("a", provenance.analysis());
        assertEquals("session", provenance.plugin());
        assertEquals("", provenance.version());
        assertEquals(new Provenance.Input("t.csv", DATA.sha256(), 2, 2), provenance.input());
        assertEquals(7, provenance.seed());
        assertEquals(42, run((in, context) -> DONE).get().provenance().seed());
        assertEquals(Map.of(), provenance.where());
        assertEquals("", provenance.by());
        Provenance split =
                run((in, context) -> DONE).where("G", "a ").by("X").get().provenance();
        assertEquals(Map.of("g", List.of("a")), split.where());
        assertEquals("x", split.by());
    }

    @Test
    void anUnknownAnalysisIsRejected() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(Analysis.of(AnalysisSpec.of("pool", "Pool"), (in, context) -> DONE));
            assertEnds(
                    "rejected",
                    "ERROR no-such-analysis: There is no analysis 'pol'. Did you mean 'pool'? There are the analyses pool.",
                    workbench.run("pol", DATA).get());
        }
    }

    @Test
    void aFormerIdWorksWithAWarning() {
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(Analysis.of(AnalysisSpec.of("pool", "Pool").formerly("meta"), (in, context) -> DONE));
            Outcome outcome = workbench.run("meta", DATA).get();
            assertEnds("ok", "WARNING renamed-analysis: 'meta' is now called 'pool'.", outcome);
            assertEquals("pool", outcome.provenance().analysis());
            assertTrue(workbench.find("meta").isPresent());
        }
    }

    @Test
    void whatWasNoticedWhileReadingIsTold() {
        assertEnds(
                "ok",
                "WARNING unnamed-column: t.csv: column 2 has no name; it is called 'column_2'.",
                Bench.run(SPEC, "x,\n1,2\n").get());
    }

    // ---- what a plugin may do

    @Test
    void anAnalysisExceptionIsForTheUser() {
        assertEnds(
                "rejected",
                "ERROR ci-order: t.csv: row 2: the interval is reversed. [2]\nERROR too-odd: t.csv is odd.",
                run((in, context) -> {
                            throw new AnalysisException(List.of(
                                    Message.error("ci-order", "row 2: the interval is reversed.")
                                            .at(2),
                                    Message.error("too-odd", "t.csv is odd.")));
                        })
                        .get());
    }

    @Test
    void warningsStandBesideTheResult() {
        assertEnds(
                "ok",
                "WARNING a: first [1]\nINFO b: second",
                run((in, context) -> {
                            context.warn("a", "first", 1);
                            context.info("b", "second");
                            return DONE;
                        })
                        .get());
    }

    @Test
    void validationComesBeforeTheRun() {
        Analysis strict = new Analysis() {
            @Override
            public AnalysisSpec spec() {
                return SPEC;
            }

            @Override
            public List<Message> validate(Inputs in) {
                return in.numbers(X)[0] > 0
                        ? List.of(Message.info("fine", "Fine."))
                        : List.of(
                                Message.warning("w", "W."),
                                Message.error("bad", "Bad.").at(1));
            }

            @Override
            public AnalysisResult run(Inputs in, RunContext context) {
                return DONE;
            }
        };
        assertEnds("ok", "INFO fine: Fine.", Bench.run(strict, DATA).get());
        assertEnds(
                "rejected",
                "WARNING w: W.\nERROR bad: t.csv: Bad. [1]",
                Bench.run(strict, Bench.csv("x\n-1\n")).get());
    }

    static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("even this breaks");
        }
    }

    private static AnalysisResult overflow(Inputs in, RunContext context) {
        return in.rows() < 0 ? DONE : overflow(in, context);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> AnalysisResult sneaky(Throwable e) throws E {
        throw (E) e;
    }

    static Stream<BiFunction<Inputs, RunContext, AnalysisResult>> broken() {
        return Stream.of(
                (in, context) -> {
                    throw new IllegalStateException("oops");
                },
                RunTest::overflow,
                (in, context) -> null,
                (in, context) -> AnalysisResult.of(Scalar.of("a", "A", 1), Scalar.of("a", "A", 2)),
                (in, context) -> {
                    throw new NoClassDefFoundError("x/Y");
                },
                (in, context) -> {
                    throw new Overflow();
                },
                (in, context) -> RunTest.<RuntimeException>sneaky(new java.io.IOException("sneaky")),
                (in, context) -> {
                    throw new AssertionError("raw");
                },
                (in, context) -> {
                    throw new CancellationException("nobody asked");
                },
                (in, context) -> {
                    context.report(Message.error("a", "an error beside a result"));
                    return DONE;
                },
                (in, context) -> {
                    in.numbers(Roles.SE);
                    return DONE;
                });
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenPluginFailsAndIsNamed(BiFunction<Inputs, RunContext, AnalysisResult> body) {
        Outcome outcome = run(body).get();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.trace()).isNotBlank());
        assertThat(Bench.lines(outcome))
                .startsWith("ERROR analysis-failed: 'a' of the plugin session broke (")
                .endsWith("). That is a fault of the plugin, not of the data: tell its author.");
        assertThatThrownBy(outcome::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The run of 'a' gave no result (failed)");
    }

    @Test
    void theTraceIsKeptAsText() {
        Outcome.Failed failed = (Outcome.Failed) run((in, context) -> {
                    throw new IllegalStateException("oops");
                })
                .get();
        assertThat(failed.trace())
                .startsWith("java.lang.IllegalStateException: oops")
                .contains("RunTest");
    }

    @Test
    void onlyRunningOutOfMemoryIsThrown() {
        OutOfMemoryError error = new OutOfMemoryError("planted");
        OutOfMemoryError thrown = assertThrows(
                OutOfMemoryError.class,
                () -> run((in, context) -> {
                            throw error;
                        })
                        .get());
        assertSame(error, thrown);
    }

    @Test
    void aSpecificationThatContradictsItselfFails() {
        Param<Boolean> undeclared = Param.flag("other", "Other", true);
        Param<Boolean> on = Param.flag("on", "On", true).enabledWhen(undeclared, false);
        Outcome outcome = Bench.run(SPEC.params(on), "x\n1\n").set("on", "true").get();
        assertEquals("failed", outcome.status());
    }

    @Test
    void aRunHasAThreadOfItsOwnWithTheLoaderOfThePlugin() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        Thread.currentThread().setContextClassLoader(new ClassLoader(null) {});
        try {
            run((in, context) -> {
                        thread.set(Thread.currentThread());
                        loader.set(Thread.currentThread().getContextClassLoader());
                        return DONE;
                    })
                    .get();
        } finally {
            Thread.currentThread().setContextClassLoader(RunTest.class.getClassLoader());
        }
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertEquals("lozenge-run-a", thread.get().getName());
        assertTrue(thread.get().isDaemon());
        assertSame(Analysis.class.getClassLoader(), loader.get());
    }

    // ---- random numbers, progress

    @Test
    void theSeedDecidesTheRandomNumbers() {
        List<Double> drawn = Collections.synchronizedList(new ArrayList<>());
        Run run = run((in, context) -> {
            drawn.add(context.random().nextDouble());
            drawn.add(context.random().nextDouble());
            drawn.add(context.random().split().nextDouble());
            return DONE;
        });
        run.get();
        run.get();
        run.seed(1).get();
        assertEquals(drawn.subList(0, 3), drawn.subList(3, 6));
        assertThat(drawn.subList(6, 9)).doesNotContainAnyElementsOf(drawn.subList(0, 3));
        assertThat(drawn.subList(0, 3)).doesNotHaveDuplicates();
    }

    @Test
    void progressIsHeard() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Run run = run((in, context) -> {
                    context.progress(-1, "start");
                    context.progress(0.5, "half");
                    context.progress(7, "end");
                    return DONE;
                })
                .onProgress((fraction, step) -> heard.add(fraction + " " + step));
        run.get();
        assertEquals(List.of("0.0 start", "0.5 half", "1.0 end"), heard);
        heard.clear();
        run.by("g").get();
        assertEquals(
                List.of("0.0 a: start", "0.25 a: half", "0.5 a: end", "0.5 b: start", "0.75 b: half", "1.0 b: end"),
                heard);
    }

    @Test
    void aListenerThatBreaksDoesNotCostTheRun() {
        Outcome outcome = run((in, context) -> {
                    context.progress(0.1, "a");
                    context.progress(0.2, "b");
                    return DONE;
                })
                .onProgress((fraction, step) -> {
                    throw new IllegalStateException("closed");
                })
                .get();
        assertEnds(
                "ok",
                "WARNING listener-failed: The progress of the run could not be shown (java.lang.IllegalStateException:"
                        + " closed).",
                outcome);
    }

    // ---- stopping

    private static AnalysisResult cooperate(Inputs in, RunContext context) {
        while (true) {
            context.checkCancelled();
            Thread.onSpinWait();
        }
    }

    @Test
    void aRunIsCancelled() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        RunHandle handle = run((in, context) -> {
                    context.warn("a", "before");
                    started.countDown();
                    return cooperate(in, context);
                })
                .start();
        assertTrue(started.await(10, TimeUnit.SECONDS));
        assertFalse(handle.isDone());
        handle.cancel();
        Outcome outcome = handle.get();
        assertEquals("cancelled", outcome.status());
        assertThat(Bench.lines(outcome)).endsWith("ERROR cancelled: 'a' was cancelled.");
        handle.cancel();
        assertSame(outcome, handle.get());
    }

    @Test
    void whatACancelledRunReturnsIsKept() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        RunHandle handle = run((in, context) -> {
                    started.countDown();
                    try {
                        return cooperate(in, context);
                    } catch (java.util.concurrent.CancellationException e) {
                        context.warn("stopped-early", "Stopped after 1 of 2.");
                        return DONE;
                    }
                })
                .start();
        assertTrue(started.await(10, TimeUnit.SECONDS));
        handle.cancel();
        Outcome outcome = handle.get();
        assertEquals("cancelled", outcome.status());
        assertEquals(DONE, outcome.available().orElseThrow());
        assertThat(Bench.lines(outcome))
                .isEqualTo("WARNING stopped-early: Stopped after 1 of 2.\nERROR cancelled: 'a' was cancelled.");
        assertThatThrownBy(outcome::get).hasMessageContaining("gave no result (cancelled)");
    }

    @Test
    void aRunThatHeardHasTimeToPutTogetherWhatItHas() {
        Outcome outcome = run((in, context) -> {
                    try {
                        return cooperate(in, context);
                    } catch (java.util.concurrent.CancellationException e) {
                        long end = System.nanoTime() + 1_500_000_000L;
                        while (System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        return DONE;
                    }
                })
                .timeoutMillis(50)
                .get();
        assertEquals("cancelled", outcome.status());
        assertTrue(outcome.available().isPresent());
    }

    @Test
    void aRunPastItsTimeIsStopped() {
        assertEnds(
                "cancelled",
                "ERROR timed-out: 'a' was stopped, because it took longer than 50 ms. Allow more time, or give it less to"
                        + " do.",
                run(RunTest::cooperate).timeoutMillis(50).get());
    }

    @Test
    void aRunThatSleepsIsInterrupted() {
        Outcome outcome = run((in, context) -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return DONE;
                })
                .timeoutMillis(50)
                .get();
        assertEquals("cancelled", outcome.status());
    }

    @Test
    void noTimeOutIsPossible() {
        assertEquals("ok", run((in, context) -> DONE).timeoutMillis(0).get().status());
        assertThatThrownBy(() -> run((in, context) -> DONE).timeoutMillis(-1)).hasMessageContaining("-1");
    }

    @Test
    void aRunThatDoesNotStopIsAbandonedAndItsPluginNamed() {
        CountDownLatch end = new CountDownLatch(1);
        try (Workbench workbench = Workbench.openLazily()) {
            workbench.register(Analysis.of(SPEC, (in, context) -> {
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return DONE;
            }));
            Outcome outcome = workbench.run("a", DATA).timeoutMillis(20).get();
            String abandoned = "'a' of the plugin session did not stop in time when asked to; its thread goes on."
                    + " That is a fault of the plugin: tell its author.";
            assertEnds(
                    "cancelled",
                    "WARNING abandoned: " + abandoned
                            + "\nERROR timed-out: 'a' was stopped, because it took longer than 20"
                            + " ms. Allow more time, or give it less to do.",
                    outcome);
            assertEquals(List.of(new Problem("session", Message.error("abandoned", abandoned))), workbench.problems());
        } finally {
            end.countDown();
        }
    }

    @Test
    void interruptingTheCallerCancelsTheRun() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Run run = run((in, context) -> {
            started.countDown();
            return cooperate(in, context);
        });
        Thread caller = new Thread(() -> {
            outcome.set(run.get());
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertTrue(started.await(10, TimeUnit.SECONDS));
        caller.interrupt();
        caller.join(10_000);
        assertEquals("cancelled", outcome.get().status());
        assertTrue(interrupted.get());
    }

    @Test
    void aRunThatEndedInTimeIsNotTouched() throws InterruptedException {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Outcome outcome = run((in, context) -> {
                    thread.set(Thread.currentThread());
                    return DONE;
                })
                .timeoutMillis(100)
                .get();
        Thread.sleep(200);
        assertEquals("ok", outcome.status());
        assertFalse(thread.get().isInterrupted());
    }

    // ---- the state of the JVM

    @Test
    void whatAPluginChangesInTheJvmIsPutBack() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        PrintStream out = System.out;
        PrintStream err = System.err;
        Outcome outcome = run((in, context) -> {
                    Locale.setDefault(Locale.forLanguageTag("mi-NZ"));
                    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
                    System.setOut(new PrintStream(PrintStream.nullOutputStream()));
                    System.setErr(new PrintStream(PrintStream.nullOutputStream()));
                    throw new AnalysisException("stop", "Stop.");
                })
                .get();
        assertEquals(locale, Locale.getDefault());
        assertEquals(zone, TimeZone.getDefault());
        assertSame(out, System.out);
        assertSame(err, System.err);
        assertEnds(
                "rejected",
                "WARNING jvm-state: The analysis changed the default locale, default time zone, standard output, standard"
                        + " error of the whole program; that was put back. It is a fault of the plugin: tell its author.\n"
                        + "ERROR stop: t.csv: Stop.",
                outcome);
    }

    @Test
    void runsAreValuesThatWithersDoNotChange() {
        Run run = run((in, context) -> AnalysisResult.of(Scalar.of("n", "N", in.rows())));
        Run other = run.where("g", "a");
        assertEquals(2, run.get().get().item("n", Scalar.class).value());
        assertEquals(1, other.get().get().item("n", Scalar.class).value());
    }

    // ---- rows

    @Test
    void conditionsChooseRows() {
        Dataset data = Bench.csv("x,g,year\n1,a,2010\n2,b,2010.0\n3, a ,2011\n4,,2011\n");
        AtomicReference<int[]> rows = new AtomicReference<>();
        Run run = Bench.run(
                SPEC,
                (in, context) -> {
                    rows.set(in.sourceRows());
                    return DONE;
                },
                data);
        run.where("g", "a").get();
        assertArrayEquals(new int[] {1, 3}, rows.get());
        run.where("G", "a").where("g", "b").get();
        assertArrayEquals(new int[] {1, 2, 3}, rows.get());
        run.where("g", "a").where("year", "2010").get();
        assertArrayEquals(new int[] {1}, rows.get());
        run.where("year", "2010").get();
        assertArrayEquals(new int[] {1, 2}, rows.get());
        run.where("g", "").get();
        assertArrayEquals(new int[] {4}, rows.get());
    }

    @Test
    void conditionsThatFitNoRowAreRejected() {
        Run run = run((in, context) -> DONE);
        assertEnds(
                "rejected",
                "ERROR no-rows: t.csv: no row has 'c' in column 'g'. There are the values a, b.",
                run.where("g", "c").get());
        assertEnds(
                "rejected",
                "ERROR no-rows: t.csv: no row fits all conditions (2). Leave one out.",
                run.where("g", "a").where("x", "2").get());
        assertEnds(
                "rejected",
                "ERROR no-such-column: t.csv has no column 'gg' (to choose rows by). There are the" + " columns x, g.",
                run.where("gg", "a").get());
    }

    @Test
    void faultsInRowsThatWereNotChosenDoNotMatter() {
        assertEnds(
                "ok", "", Bench.run(SPEC, "x,g\n1,a\nbad,b\n").where("g", "a").get());
    }
}
