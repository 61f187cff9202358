package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.effect.BackTransform;
import org.lozenge.stats.effect.BiasCorrection;
import org.lozenge.stats.effect.Correlation;
import org.lozenge.stats.effect.Effect;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.EffectMeasures;
import org.lozenge.stats.effect.HedgesG;
import org.lozenge.stats.effect.NotEstimableException;
import org.lozenge.stats.effect.PairedMeans;
import org.lozenge.stats.effect.Proportion;
import org.lozenge.stats.effect.RawData;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.stats.effect.VarianceType;
import org.lozenge.stats.effect.ZeroCells;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Results that papers and books print, from raw data to the last printed digit: {@code published-values.csv} on the data
 * of {@code published-data.csv}.
 */
class PublishedValuesTest {

    private static final double Z = 1.959963984540054;

    private static final Map<String, Map<String, String>> TABLES = ReferenceData.rows("published-data.csv").stream()
            .collect(Collectors.toMap(row -> row.get("name"), Function.identity()));

    private static final Map<String, EffectSizes> SETS = ReferenceData.dataSets();

    static List<Map<String, String>> values() {
        return ReferenceData.rows("published-values.csv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void agreesToThePrintedDigit(Map<String, String> value) {
        BigDecimal printed = new BigDecimal(value.get("printed"));
        assertThat(BigDecimal.valueOf(computed(value)).setScale(printed.scale(), RoundingMode.HALF_UP))
                .isEqualByComparingTo(printed);
    }

    @Test
    void coversAtLeastFifteenPublications() {
        assertThat(values().stream().map(row -> row.get("paper")).distinct()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(values()).hasSizeGreaterThanOrEqualTo(353);
        assertThat(values())
                .allMatch(
                        row -> !row.get("place").isEmpty() && !row.get("source").isEmpty());
    }

    private static double computed(Map<String, String> value) {
        String data = value.get("data");
        double result = switch (value.get("model").split(" ")[0]) {
            case "MH" ->
                stratified(
                        value,
                        new MantelHaenszelOddsRatio().fit(tables(raw(data))).orElseThrow());
            case "Peto" ->
                stratified(
                        value,
                        new PetoMethod().fit(tables(raw(data))).orElseThrow().fit());
            default -> pooled(value, effects(data, value.get("effect")));
        };
        return transformed(value, result);
    }

    private static double transformed(Map<String, String> value, double x) {
        return switch (value.get("transform")) {
            case "exp" -> BackTransform.exp().apply(x);
            case "tanh" -> BackTransform.tanh().apply(x);
            case "percent" -> 100 * x;
            case "freeman-tukey" ->
                BackTransform.freemanTukeyProportion(raw(value.get("data"))[0][1])
                        .apply(x);
            case "percent-reduction" -> 100 * (1 - BackTransform.exp().apply(x));
            case "percent-excess" -> 100 * (BackTransform.exp().apply(x) - 1);
            case "none" -> x;
            default -> throw new IllegalArgumentException(value.get("transform"));
        };
    }

    private static double pooled(Map<String, String> value, EffectSizes effects) {
        if (value.get("quantity").contains("_study_")) {
            String[] parts = value.get("quantity").split("_study_");
            int i = Integer.parseInt(parts[1]) - 1;
            return parts[0].equals("y")
                    ? effects.y().get(i)
                    : Math.sqrt(effects.v().get(i));
        }
        String[] model = value.get("model").split(" ");
        TestMethod test = model[1].equals("knha") ? TestMethod.HARTUNG_KNAPP : TestMethod.WALD;
        PooledFit fit = model[0].equals("EE")
                ? new CommonEffectModel().withTest(test).fit(effects)
                : new RandomEffectsModel()
                        .withEstimator(Tau2Estimators.of(model[0]))
                        .withTest(test)
                        .withPrediction(model[1].equals("hts") ? PredictionMethod.HTS : PredictionMethod.AUTO)
                        .fit(effects);
        Heterogeneity h = fit.heterogeneity();
        return switch (value.get("quantity")) {
            case "estimate" -> fit.estimate();
            case "se" -> fit.standardError();
            case "z" -> fit.test().statistic();
            case "p" -> fit.test().pValue();
            case "ci_lower" -> fit.confidenceInterval().lower();
            case "ci_upper" -> fit.confidenceInterval().upper();
            case "pi_lower" -> fit.predictionInterval().orElseThrow().lower();
            case "pi_upper" -> fit.predictionInterval().orElseThrow().upper();
            case "q" -> h.q().statistic();
            case "q_p" -> h.q().pValue();
            case "tau2" -> h.tau2();
            case "tau" -> h.tau();
            case "tau2_se" -> h.tau2StandardError();
            case "i2" -> h.i2();
            case "h2" -> h.h2();
            default -> limit(value.get("quantity"), h);
        };
    }

    private static double limit(String quantity, Heterogeneity h) {
        Optional<Interval> interval = quantity.startsWith("tau2")
                ? h.tau2Interval()
                : quantity.startsWith("i2") ? h.i2Interval() : h.h2Interval();
        return quantity.endsWith("lower")
                ? interval.orElseThrow().lower()
                : interval.orElseThrow().upper();
    }

    private static double stratified(Map<String, String> value, StratifiedFit fit) {
        Interval interval = fit.confidenceInterval(0.95);
        return switch (value.get("quantity")) {
            case "estimate" -> fit.estimate();
            case "ci_lower" -> interval.lower();
            case "ci_upper" -> interval.upper();
            default -> throw new IllegalArgumentException(value.get("quantity"));
        };
    }

    private static MantelHaenszelTables tables(double[][] rows) {
        return MantelHaenszelTables.of(column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
    }

    private static double[] column(double[][] rows, int j) {
        return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    /** The rows of a table; events and group sizes become the four cells. */
    private static double[][] raw(String data) {
        Map<String, String> table = TABLES.get(data);
        return Arrays.stream(table.get("rows").split(";"))
                .map(ReferenceData::numbers)
                .map(r -> table.get("kind").equals("events") ? new double[] {r[0], r[1] - r[0], r[2], r[3] - r[2]} : r)
                .toArray(double[][]::new);
    }

    private static EffectSizes effects(String data, String effect) {
        if (!TABLES.containsKey(data)) {
            return SETS.get(data);
        }
        double[][] rows = raw(data);
        return switch (effect) {
            case "as-is" ->
                TABLES.get(data).get("kind").equals("effects")
                        ? given(rows, r -> new double[] {r[0], r[1]})
                        : given(rows, r -> new double[] {r[0], r[1] * r[1]});
            case "rr-smoothed" -> smoothed(rows);
            case "md", "smd" -> measured(effect, rows, TwoMeans.class, PublishedValuesTest::means);
            case "smd-ls2" -> {
                HedgesG g = new HedgesG(VarianceType.LS2, BiasCorrection.EXACT);
                yield given(rows, r -> new double[] {
                    g.compute(means(r)).y(), g.compute(means(r)).v()
                });
            }
            case "mc" ->
                measured(effect, rows, PairedMeans.class, r -> new PairedMeans(r[2], r[3], r[0], r[1], r[4], r[5]));
            case "pft" -> measured(effect, rows, Proportion.class, r -> new Proportion(r[0], r[1]));
            case "hr" -> given(rows, PublishedValuesTest::hazardRatio);
            case "zcor" -> measured("zcor", rows, Correlation.class, r -> new Correlation(r[0], r[1]));
            default -> measured(effect, rows, TwoByTwo.class, r -> new TwoByTwo(r[0], r[1], r[2], r[3]));
        };
    }

    private static TwoMeans means(double[] r) {
        return new TwoMeans(r[0], r[1], r[2], r[3], r[4], r[5]);
    }

    /** Log risk ratios with Berkey and others' variances: the mean odds of all studies' groups over the sizes. */
    private static EffectSizes smoothed(double[][] rows) {
        double treated =
                Arrays.stream(rows).mapToDouble(r -> r[1] / r[0]).average().orElseThrow();
        double control =
                Arrays.stream(rows).mapToDouble(r -> r[3] / r[2]).average().orElseThrow();
        return given(rows, r -> new double[] {
            Math.log(r[0] / (r[0] + r[1]) / (r[2] / (r[2] + r[3]))), treated / (r[0] + r[1]) + control / (r[2] + r[3])
        });
    }

    private static double[] hazardRatio(double[] r) {
        double se = (Math.log(r[2]) - Math.log(r[1])) / (2 * Z);
        return new double[] {Math.log(r[0]), se * se};
    }

    private static EffectSizes given(double[][] rows, Function<double[], double[]> effect) {
        double[][] pairs = Arrays.stream(rows).map(effect).toArray(double[][]::new);
        return EffectSizes.of(column(pairs, 0), column(pairs, 1));
    }

    private static <R extends RawData> EffectSizes measured(
            String code, double[][] rows, Class<R> rawType, Function<double[], R> raw) {
        EffectMeasure<?> any = EffectMeasures.of(code, Optional.empty(), BiasCorrection.EXACT);
        List<Effect> effects = new ArrayList<>();
        List<R> raws = Arrays.stream(rows).map(raw).toList();
        for (ZeroCells.Treated study :
                new ZeroCells(any.usualAdd(), ZeroCells.To.ONLY0, ZeroCells.Split.CONSTANT, false).apply(raws)) {
            if (!study.dropped()) {
                compute(any, study.data(), rawType).ifPresent(effects::add);
            }
        }
        return EffectSizes.of(
                effects.stream().mapToDouble(Effect::y).toArray(),
                effects.stream().mapToDouble(Effect::v).toArray());
    }

    private static <R extends RawData> Optional<Effect> compute(EffectMeasure<?> any, RawData raw, Class<R> rawType) {
        @SuppressWarnings("unchecked") // the measure's raw type is the one its data were made of
        EffectMeasure<R> measure = (EffectMeasure<R>) any;
        try {
            return Optional.of(measure.compute(rawType.cast(raw)));
        } catch (NotEstimableException e) {
            return Optional.empty();
        }
    }
}
