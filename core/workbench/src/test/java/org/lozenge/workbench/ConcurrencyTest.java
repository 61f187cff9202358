package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.table.Dataset;

/** Runs give the same results on many threads and in every locale. */
class ConcurrencyTest {

    private static final int THREADS = 16;
    private static final int RUNS = 200;

    private static final Role X = Role.number("x", "X").aka("TITLE");
    private static final Param<Double> FACTOR = Param.number("factor", "Factor", 1);

    /** A bootstrap mean: uses numbers, texts, options and random numbers. */
    private static AnalysisResult bootstrap(Inputs in, RunContext context) {
        double[] x = in.numbers(X);
        RandomGenerator random = context.random();
        double sum = 0;
        for (int i = 0; i < 50; i++) {
            sum += x[random.nextInt(x.length)] * in.get(FACTOR);
        }
        context.warn("drawn", "Drew 50.", in.sourceRows()[0]);
        return AnalysisResult.of(
                Scalar.of("mean", "Mean", sum / 50),
                Tabular.of("rows", "Rows")
                        .texts("study", in.strings(Roles.STUDY))
                        .numbers("x", x));
    }

    private static Workbench workbench() {
        Workbench workbench = Workbench.open();
        workbench.register(Analysis.of(
                AnalysisSpec.of("bootstrap", "Bootstrap")
                        .roles(Roles.STUDY.optional(), X)
                        .params(FACTOR),
                ConcurrencyTest::bootstrap));
        return workbench;
    }

    private static Outcome run(Workbench workbench, int number) {
        Dataset data = Bench.csv("Study,title,g\nİstanbul,0.10,a\nB,1.5," + number + "\nC,NA,a\nD,2,a\n");
        Run run = workbench.run("bootstrap", data).seed(number).set("factor", number + 0.5);
        return number % 3 == 0 ? run.by("g").get() : run.get();
    }

    @Test
    void manyThreadsGiveWhatOneGives() throws Exception {
        try (Workbench workbench = workbench()) {
            List<Outcome> serial = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                serial.add(run(workbench, i));
            }
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            List<Future<List<Outcome>>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Callable<List<Outcome>> task = () -> {
                    List<Outcome> mine = new ArrayList<>();
                    for (int i = 0; i < RUNS; i++) {
                        mine.add(run(workbench, i));
                    }
                    return mine;
                };
                all.add(pool.submit(task));
            }
            for (Future<List<Outcome>> one : all) {
                assertEquals(serial, one.get());
            }
            pool.shutdown();
            assertThat(workbench.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "fa-IR", "th-TH-u-ca-buddhist"})
    void theLocaleDoesNotMatter(String tag) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try (Workbench workbench = workbench()) {
            List<Outcome> expected = Arrays.asList(run(workbench, 1), run(workbench, 3));
            String rejected = Bench.lines(workbench
                    .run("bootstrap", Bench.csv("title\n1,5\n".replace(',', ';')))
                    .get());
            Locale.setDefault(Locale.forLanguageTag(tag));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            assertEquals(expected, Arrays.asList(run(workbench, 1), run(workbench, 3)));
            assertEquals(
                    rejected,
                    Bench.lines(workbench
                            .run("bootstrap", Bench.csv("title\n1,5\n".replace(',', ';')))
                            .get()));
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }
}
