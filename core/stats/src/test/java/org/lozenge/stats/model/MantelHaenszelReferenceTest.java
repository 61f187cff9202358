package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.IncidenceRateDifference;
import org.lozenge.stats.effect.LogIncidenceRateRatio;
import org.lozenge.stats.effect.LogOddsRatio;
import org.lozenge.stats.effect.LogRiskRatio;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.RiskDifference;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.ZeroCells;

/** Mantel–Haenszel and Peto against metafor on the counts of {@code mantel.csv}. */
class MantelHaenszelReferenceTest {

    private static final double CLOSED_FORM = 1e-12;

    static List<Map<String, String>> lines() {
        return ReferenceData.rows("mantel.csv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void matchesMetafor(Map<String, String> line) {
        switch (line.get("measure")) {
            case "or", "rr", "rd" -> checkTables(line);
            case "peto" -> checkPeto(line);
            default -> checkRates(line);
        }
    }

    private static void checkTables(Map<String, String> line) {
        double[][] x = columns(line);
        MantelHaenszelTables tables = MantelHaenszelTables.of(x[0], x[1], x[2], x[3]);
        EffectMeasure<TwoByTwo> measure = switch (line.get("measure")) {
            case "or" -> new LogOddsRatio();
            case "rr" -> new LogRiskRatio();
            default -> new RiskDifference();
        };
        Optional<StratifiedFit> pooled = switch (line.get("measure")) {
            case "or" -> new MantelHaenszelOddsRatio().fit(tables);
            case "rr" -> new MantelHaenszelRiskRatio().fit(tables);
            default -> new MantelHaenszelRiskDifference().fit(tables);
        };
        StratifiedFit fit = pooled.orElseThrow();
        checkFit(line, fit);
        List<TwoByTwo> raws = new ArrayList<>();
        for (double[] cells : studies(line)) {
            raws.add(new TwoByTwo(cells[0], cells[1], cells[2], cells[3]));
        }
        checkQ(line, fit, effects(measure, zeros(line, "").apply(raws)));
        if (line.get("measure").equals("or")) {
            double corrected = statistic(MantelHaenszelTests.cochranMantelHaenszel(tables, true));
            if (Math.abs(excess(tables)) < 0.5) {
                // Metafor squares the negative rest, we stop at 0.
                assertThat(corrected).isZero();
            } else {
                close(line, "cmh", corrected);
            }
            close(line, "cmh_plain", statistic(MantelHaenszelTests.cochranMantelHaenszel(tables, false)));
            close(line, "bd", statistic(MantelHaenszelTests.breslowDay(tables, fit.estimate())));
            close(line, "tarone", statistic(MantelHaenszelTests.tarone(tables, fit.estimate())));
        }
    }

    private static double excess(MantelHaenszelTables tables) {
        double excess = 0;
        for (int i = 0; i < tables.k(); i++) {
            excess += tables.excess(i);
        }
        return excess;
    }

    private static void checkRates(Map<String, String> line) {
        double[][] x = columns(line);
        MantelHaenszelRates rates = MantelHaenszelRates.of(x[0], x[1], x[2], x[3]);
        boolean ratio = line.get("measure").equals("irr");
        StratifiedFit fit = (ratio
                        ? new MantelHaenszelRateRatio().fit(rates)
                        : new MantelHaenszelRateDifference().fit(rates))
                .orElseThrow();
        checkFit(line, fit);
        List<PersonTime> raws = new ArrayList<>();
        for (double[] cells : studies(line)) {
            raws.add(new PersonTime(cells[0], cells[1], cells[2], cells[3]));
        }
        EffectMeasure<PersonTime> measure = ratio ? new LogIncidenceRateRatio() : new IncidenceRateDifference();
        checkQ(line, fit, effects(measure, zeros(line, "").apply(raws)));
        if (ratio) {
            close(line, "cmh", statistic(MantelHaenszelTests.personTime(rates, true)));
            close(line, "cmh_plain", statistic(MantelHaenszelTests.personTime(rates, false)));
        }
    }

    private static void checkPeto(Map<String, String> line) {
        double[][] x = columns(line);
        PetoMethod.Result result = new PetoMethod()
                .fit(MantelHaenszelTables.of(x[0], x[1], x[2], x[3]))
                .orElseThrow();
        checkFit(line, result.fit());
        close(line, "q", result.heterogeneity().statistic());
    }

    /** What a line does with zero cells: to the studies' own effects, or {@code _pooled}, to the counts. */
    private static ZeroCells zeros(Map<String, String> line, String suffix) {
        return new ZeroCells(
                number(line, "add" + suffix),
                ZeroCells.To.valueOf(line.get("to" + suffix).toUpperCase(Locale.ROOT)),
                ZeroCells.Split.CONSTANT,
                number(line, "drop00" + suffix) == 1);
    }

    private static void checkFit(Map<String, String> line, StratifiedFit fit) {
        double se = number(line, "se");
        double estimate = number(line, "estimate");
        // An estimate can lie next to 0 by chance; its standard error is the scale on which it matters.
        assertThat(Math.abs(fit.estimate() - estimate))
                .as("estimate of %s", line)
                .isLessThanOrEqualTo(CLOSED_FORM * Math.max(Math.abs(estimate), se));
        close(line, "se", fit.standardError());
        assertThat(Arrays.stream(fit.weights().toArray()).sum())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }

    private static void checkQ(Map<String, String> line, StratifiedFit fit, EffectSizes effects) {
        TestResult q = fit.heterogeneity(effects);
        assertThat(q.df()).as("q_df of %s", line).isEqualTo(number(line, "q_df"));
        if (q.df() == 0) {
            // One study is no test: metafor says 0.
            assertThat(q.statistic()).isNaN();
        } else {
            close(line, "q", q.statistic());
        }
    }

    private static <R extends RawData> EffectSizes effects(EffectMeasure<R> measure, List<ZeroCells.Treated> treated) {
        List<Effect> effects = new ArrayList<>();
        for (ZeroCells.Treated study : treated) {
            if (!study.dropped()) {
                effect(measure, measure.description().rawType().cast(study.data()))
                        .ifPresent(effects::add);
            }
        }
        return new EffectSizes(
                effects.stream().map(Effect::toString).toList(),
                DoubleSeq.of(effects.stream().mapToDouble(Effect::y).toArray()),
                DoubleSeq.of(effects.stream().mapToDouble(Effect::v).toArray()));
    }

    private static <R extends RawData> Optional<Effect> effect(EffectMeasure<R> measure, R raw) {
        try {
            return Optional.of(measure.compute(raw));
        } catch (NotEstimableException e) {
            return Optional.empty();
        }
    }

    private static double statistic(Optional<TestResult> test) {
        return test.map(TestResult::statistic).orElse(Double.NaN);
    }

    private static void close(Map<String, String> line, String column, double actual) {
        double expected = number(line, column);
        if (Double.isNaN(expected)) {
            return;
        }
        // Score tests square small sums of large counts: up to 6e-12.
        assertThat(Math.abs(actual - expected))
                .as("%s of %s: %s", column, line, actual)
                .isLessThanOrEqualTo(1e-11 * Math.abs(expected));
    }

    private static double number(Map<String, String> line, String column) {
        return ReferenceData.number(line.get(column));
    }

    /** The counts that are pooled, by column. */
    static double[][] columns(Map<String, String> line) {
        boolean rates = line.get("measure").startsWith("ir");
        List<RawData> raws = new ArrayList<>();
        for (double[] cells : studies(line)) {
            raws.add(
                    rates
                            ? new PersonTime(cells[0], cells[1], cells[2], cells[3])
                            : new TwoByTwo(cells[0], cells[1], cells[2], cells[3]));
        }
        double[][] pooled = zeros(line, "_pooled").apply(raws).stream()
                .filter(treated -> !treated.dropped())
                .map(treated -> cells(treated.data()))
                .toArray(double[][]::new);
        double[][] columns = new double[4][pooled.length];
        for (int i = 0; i < pooled.length; i++) {
            for (int j = 0; j < 4; j++) {
                columns[j][i] = pooled[i][j];
            }
        }
        return columns;
    }

    private static double[] cells(RawData data) {
        return data instanceof TwoByTwo t
                ? new double[] {t.a(), t.b(), t.c(), t.d()}
                : data instanceof PersonTime p
                        ? new double[] {p.events1(), p.time1(), p.events2(), p.time2()}
                        : new double[0];
    }

    private static List<double[]> studies(Map<String, String> line) {
        return Arrays.stream(line.get("raw").split(";"))
                .map(ReferenceData::numbers)
                .toList();
    }

    @Test
    void referenceCoversEveryMethod() {
        assertThat(lines()).hasSizeGreaterThan(400);
        assertThat(lines().stream().map(line -> line.get("measure")).distinct())
                .containsExactlyInAnyOrder("or", "rr", "rd", "peto", "irr", "ird");
    }
}
