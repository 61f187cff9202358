package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        for (int i = 0; i < tables.k(); i++) {
            raws.add(new TwoByTwo(x[0][i], x[1][i], x[2][i], x[3][i]));
        }
        checkQ(line, fit, effects(measure, usual().apply(raws)));
        if (line.get("measure").equals("or")) {
            double corrected = statistic(MantelHaenszelTests.cochranMantelHaenszel(tables, true));
            if (line.get("set").equals("yusuf1985")) {
                // |Σ(O − E)| is below one half: metafor squares the negative rest, we stop at 0.
                assertThat(corrected).isZero();
            } else {
                close(line, "cmh", corrected);
            }
            close(line, "cmh_plain", statistic(MantelHaenszelTests.cochranMantelHaenszel(tables, false)));
            close(line, "tarone", statistic(MantelHaenszelTests.tarone(tables, fit.estimate())));
        }
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
        for (int i = 0; i < rates.k(); i++) {
            raws.add(new PersonTime(x[0][i], x[1][i], x[2][i], x[3][i]));
        }
        EffectMeasure<PersonTime> measure = ratio ? new LogIncidenceRateRatio() : new IncidenceRateDifference();
        checkQ(line, fit, effects(measure, usual().apply(raws)));
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

    private static ZeroCells usual() {
        return new ZeroCells(0.5, ZeroCells.To.ONLY0, ZeroCells.Split.CONSTANT, true);
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
        close(line, "q", q.statistic());
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

    static double[][] columns(Map<String, String> line) {
        String[] studies = line.get("raw").split(";");
        double[][] columns = new double[4][studies.length];
        for (int i = 0; i < studies.length; i++) {
            double[] cells = ReferenceData.numbers(studies[i]);
            for (int j = 0; j < 4; j++) {
                columns[j][i] = cells[j];
            }
        }
        return columns;
    }

    @Test
    void referenceCoversEveryMethod() {
        assertThat(lines()).hasSizeGreaterThan(90);
        assertThat(lines().stream().map(line -> line.get("measure")).distinct())
                .containsExactlyInAnyOrder("or", "rr", "rd", "peto", "irr", "ird");
    }
}
