package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.multilevel.MultilevelModel;
import org.lozenge.stats.multilevel.NestedLevels;
import org.lozenge.stats.multilevel.SamplingCovariance;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.robust.RobustType;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Regressions, robust errors and correlated effects as papers print them: {@code published-regressions.csv}. */
class PublishedRegressionsTest {

    static List<Map<String, String>> values() {
        return ReferenceData.rows("published-regressions.csv");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void agreesToThePrintedDigit(Map<String, String> value) {
        BigDecimal printed = new BigDecimal(value.get("printed"));
        double computed = quantity(fit(value.get("data"), value.get("model")), value);
        assertThat(BigDecimal.valueOf(computed).setScale(printed.scale(), RoundingMode.HALF_UP))
                .isEqualByComparingTo(printed);
    }

    @Test
    void coversFourPublications() {
        assertThat(values()).hasSizeGreaterThanOrEqualTo(120);
        assertThat(values().stream().map(row -> row.get("paper")).distinct()).hasSize(4);
    }

    private static double[][] rows(String data) {
        String name = data.equals("bcg-smoothed") ? "bcg" : data;
        String rows = ReferenceData.rows("published-data.csv").stream()
                .filter(row -> row.get("name").equals(name))
                .findFirst()
                .orElseThrow()
                .get("rows");
        return Arrays.stream(rows.split(";")).map(ReferenceData::numbers).toArray(double[][]::new);
    }

    private static RegressionFit fit(String data, String model) {
        double[][] rows = rows(data);
        String[] parts = model.split(" ");
        List<String> terms = Arrays.asList(parts).subList(2, parts.length);
        List<DoubleSeq> columns = new ArrayList<>();
        for (String term : terms) {
            columns.add(column(rows.length, i -> moderator(term, rows, i)));
        }
        EffectSizes effects = switch (data) {
            case "expectancy" -> effects(rows, r -> r[0], r -> r[1]);
            case "hypericum" ->
                effects(
                        rows,
                        r -> Math.log(r[0] / r[1] / (r[2] / r[3])),
                        r -> 1 / r[0] - 1 / r[1] + 1 / r[2] - 1 / r[3]);
            default -> smoothed(rows);
        };
        return new MetaRegression()
                .withEstimator(Tau2Estimators.of(parts[0]))
                .withTest(parts[1].equals("knha") ? TestMethod.HARTUNG_KNAPP : TestMethod.WALD)
                .fit(effects, DesignMatrix.withIntercept(terms, columns, rows.length));
    }

    private static DoubleSeq column(int k, IntToDoubleFunction cell) {
        return DoubleSeq.of(IntStream.range(0, k).mapToDouble(cell).toArray());
    }

    private static double moderator(String term, double[][] rows, int i) {
        double[] latitude = {44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33};
        return switch (term) {
            case "weeks" -> rows[i][2];
            case "dose" -> rows[i][4] - 34;
            case "baseline" -> rows[i][5] - 20;
            case "dose:baseline" -> (rows[i][4] - 34) * (rows[i][5] - 20);
            case "latitude" -> latitude[i] - 33.46;
            default -> throw new IllegalArgumentException(term);
        };
    }

    private static EffectSizes effects(double[][] rows, ToDoubleFunction<double[]> y, ToDoubleFunction<double[]> v) {
        return EffectSizes.of(
                Arrays.stream(rows).mapToDouble(y).toArray(),
                Arrays.stream(rows).mapToDouble(v).toArray());
    }

    /** Berkey and others' variances: the mean odds of all studies' groups over the sizes. */
    private static EffectSizes smoothed(double[][] rows) {
        double treated =
                Arrays.stream(rows).mapToDouble(r -> r[1] / r[0]).average().orElseThrow();
        double control =
                Arrays.stream(rows).mapToDouble(r -> r[3] / r[2]).average().orElseThrow();
        return effects(
                rows,
                r -> Math.log(r[0] / (r[0] + r[1]) / (r[2] / (r[2] + r[3]))),
                r -> treated / (r[0] + r[1]) + control / (r[2] + r[3]));
    }

    private static double quantity(RegressionFit fit, Map<String, String> value) {
        boolean robust = value.get("model").endsWith("hw");
        String[] parts = value.get("quantity").split(" ");
        if (parts[0].equals("exp")) {
            return Math.exp(plain(fit, Arrays.copyOfRange(parts, 1, parts.length), robust));
        }
        return plain(fit, parts, robust);
    }

    private static double plain(RegressionFit fit, String[] quantity, boolean robust) {
        double[] x = IntStream.range(0, quantity.length)
                .mapToDouble(i -> i == 0 ? 1 : Double.parseDouble(quantity[i]))
                .toArray();
        int term = quantity.length > 1 ? (int) x[1] : 0;
        return switch (quantity[0]) {
            case "tau2" -> fit.tau2();
            case "q" -> fit.residualHeterogeneity().statistic();
            case "coefficient" -> fit.coefficient(term);
            case "se" -> robust ? robustError(fit) : fit.standardError(term);
            case "statistic" ->
                robust ? fit.coefficient(0) / robustError(fit) : fit.test(term).statistic();
            case "lower" -> limit(fit, term, robust, -1);
            case "upper" -> limit(fit, term, robust, 1);
            case "predict" -> fit.predict(x);
            case "predict-lower" -> fit.predict(x) - Normal.criticalValue(0.95) * fit.predictionError(x);
            default -> throw new IllegalArgumentException(quantity[0]);
        };
    }

    /** Huber and White's error of the mean, each study its own cluster; its t has k − 1 degrees of freedom in the chapter. */
    private static double robustError(RegressionFit fit) {
        int[] clusters = IntStream.range(0, fit.effects().k()).toArray();
        return RobustCovariance.of(fit, clusters, RobustType.CR0).standardError(1);
    }

    private static double limit(RegressionFit fit, int term, boolean robust, int side) {
        if (robust) {
            return fit.coefficient(0)
                    + side * StudentT.criticalValue(0.95, fit.effects().k() - 1) * robustError(fit);
        }
        return side < 0
                ? fit.confidenceInterval(term).lower()
                : fit.confidenceInterval(term).upper();
    }

    /**
     * Gleser and Olkin (2009), Stochastically dependent effect sizes: Q of treatments that share a control group (p. 362 and
     * 367), from the covariances that the chapter derives.
     */
    @ParameterizedTest
    @CsvSource({"rd, 7.19", "smd, 3.94"})
    void sharedControlsAsPrinted(String measure, double printed) {
        double[][] counts = {
            {1, 1, 40, 1000, 100, 4000},
            {1, 2, 40, 1000, 150, 4000},
            {2, 1, 10, 200, 15, 400},
            {3, 1, 150, 2000, 40, 1000},
            {3, 2, 150, 2000, 80, 1000},
            {3, 3, 150, 2000, 50, 1000}
        };
        double[][] means = {
            {1, 1, 7.87, 25, -1.36, 25, 4.2593, 72},
            {1, 2, 4.35, 22, -1.36, 25, 4.2593, 72},
            {2, 1, 9.32, 38, 0.98, 40, 2.8831, 78},
            {3, 1, 8.08, 50, 1.17, 50, 3.1764, 100},
            {4, 1, 7.44, 30, 0.45, 30, 2.9344, 90},
            {4, 2, 5.34, 30, 0.45, 30, 2.9344, 90}
        };
        boolean smd = measure.equals("smd");
        double[][] rows = smd ? means : counts;
        int n = rows.length;
        double[] y = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            double[] r = rows[i];
            double pc = r[2] / r[3];
            double pt = r[4] / r[5];
            y[i] = smd ? (r[2] - r[4]) / r[6] : pc - pt;
            v[i] = smd ? 1 / r[3] + 1 / r[5] + y[i] * y[i] / (2 * r[7]) : pc * (1 - pc) / r[3] + pt * (1 - pt) / r[5];
        }
        List<SamplingCovariance.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (rows[i][0] == rows[j][0]) {
                    double pc = rows[i][2] / rows[i][3];
                    double covariance =
                            smd ? 1 / rows[i][5] + y[i] * y[j] / (2 * rows[i][7]) : pc * (1 - pc) / rows[i][3];
                    pairs.add(new SamplingCovariance.Pair(j, i, covariance));
                }
            }
        }
        int treatments = smd ? 2 : 3;
        DesignMatrix design = DesignMatrix.withoutIntercept(
                IntStream.rangeClosed(1, treatments).mapToObj(t -> "t" + t).toList(),
                IntStream.rangeClosed(1, treatments)
                        .mapToObj(t -> column(n, i -> rows[i][1] == t ? 1 : 0))
                        .toList(),
                n);
        NestedLevels levels = NestedLevels.of(
                List.of("study"),
                List.of(Arrays.stream(rows).map(r -> "s" + r[0]).toList()));
        double q = new MultilevelModel()
                .fit(DoubleSeq.of(y), SamplingCovariance.of(DoubleSeq.of(v), pairs), design, levels)
                .residualHeterogeneity()
                .statistic();
        assertEquals(printed, q, 0.005);
    }
}
