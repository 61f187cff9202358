package org.lozenge.stats.tau2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.Tau2IntervalMethod;

/** Generalised moments with moderators: 30 digits from eigenvalues, Jackson's printed intervals, and what must not matter. */
class GeneralisedMomentsOfRegressionsTest {

    static List<String> references() throws IOException {
        try (InputStream in = GeneralisedMomentsOfRegressionsTest.class.getResourceAsStream("genq-moderators.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .toList();
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static RegressionFit fit(String weights, String y, String v, String x, boolean median) {
        MomentWeights rule = MomentWeights.of(weights);
        double[][] columns = Arrays.stream(x.split("\\|"))
                .map(GeneralisedMomentsOfRegressionsTest::numbers)
                .toArray(double[][]::new);
        boolean intercept = Arrays.stream(columns[0]).allMatch(c -> c == 1);
        return new MetaRegression()
                .withEstimator(median ? new MedianGeneralisedMoments(rule) : new GeneralisedMoments(rule))
                .fit(EffectSizes.of(numbers(y), numbers(v)), design(columns, intercept));
    }

    private static DesignMatrix design(double[][] columns, boolean intercept) {
        List<DoubleSeq> moderators = Arrays.stream(columns)
                .skip(intercept ? 1 : 0)
                .map(DoubleSeq::of)
                .toList();
        List<String> names =
                IntStream.range(0, moderators.size()).mapToObj(j -> "x" + j).toList();
        return intercept
                ? DesignMatrix.withIntercept(names, moderators, columns[0].length)
                : DesignMatrix.withoutIntercept(names, moderators, columns[0].length);
    }

    @ParameterizedTest
    @MethodSource("references")
    void agreesWithThirtyDigits(String line) {
        String[] row = line.split(";");
        RegressionFit moments = fit(row[1], row[2], row[3], row[4], false);
        RegressionFit median = fit(row[1], row[2], row[3], row[4], true);
        Interval limits = moments.tau2Interval(Tau2IntervalMethod.GENERALISED_Q)
                .orElseThrow()
                .interval();
        check(row[5], moments.tau2(), 1e-11);
        check(row[6], moments.tau2StandardError(), 1e-11);
        check(row[7], median.tau2(), 1e-9);
        check(row[8], limits.lower(), 1e-9);
        check(row[9], limits.upper(), 1e-9);
    }

    /**
     * The intervals that Jackson, Turner, Rhodes and Viechtbauer print for their two examples (2014,
     * https://doi.org/10.1186/1471-2288-14-103), as the tests of metafor list them.
     */
    @ParameterizedTest
    @CsvSource({
        "jackson 1, iv, 0.003, 0.691",
        "jackson 1, se, 0.000, 1.125",
        "jackson 2, iv, 0.017, 0.139",
        "jackson 2, se, 0.018, 0.138"
    })
    void givesThePrintedIntervals(String set, String weights, double lower, double upper) throws IOException {
        String[] row = references().stream()
                .map(line -> line.split(";"))
                .filter(r -> r[0].equals(set) && r[1].equals(weights))
                .findFirst()
                .orElseThrow();
        Interval limits = fit(weights, row[2], row[3], row[4], false)
                .tau2Interval(Tau2IntervalMethod.GENERALISED_Q)
                .orElseThrow()
                .interval();
        assertEquals(lower, limits.lower(), 5e-4);
        assertEquals(upper, limits.upper(), 5e-4);
    }

    private static RegressionFit made(double[] y, double[] v, Tau2Estimator estimator, double[]... moderators) {
        double[][] columns = new double[moderators.length + 1][];
        columns[0] = new double[y.length];
        Arrays.fill(columns[0], 1);
        System.arraycopy(moderators, 0, columns, 1, moderators.length);
        return new MetaRegression().withEstimator(estimator).fit(EffectSizes.of(y, v), design(columns, true));
    }

    private static double[] draws(Random random, int k) {
        return random.doubles(k, -2, 2).toArray();
    }

    private static double[] variances(Random random, int k) {
        return random.doubles(k, -3, 1).map(Math::exp).toArray();
    }

    private static double[] summary(RegressionFit fit) {
        Interval limits =
                fit.tau2Interval(Tau2IntervalMethod.GENERALISED_Q).orElseThrow().interval();
        return new double[] {fit.tau2(), fit.tau2StandardError(), limits.lower(), limits.upper()};
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 13, 40, 300})
    void withoutModeratorsItIsThatOfTheMean(int k) {
        Random random = new Random(k);
        double[] y = draws(random, k);
        double[] v = variances(random, k);
        EffectSizes effects = EffectSizes.of(y, v);
        for (Tau2Estimator estimator : List.of(new GeneralisedMoments(), new MedianGeneralisedMoments())) {
            Interval limits = GeneralisedQInterval.interval(effects, MomentWeights.inverseStandardErrors(), 0.95)
                    .interval();
            double tau2 = estimator.estimate(effects);
            assertThat(summary(made(y, v, estimator)))
                    .containsExactly(
                            new double[] {
                                tau2, estimator.standardError(y, v, 0, k, tau2), limits.lower(), limits.upper()
                            },
                            within(1e-10));
        }
    }

    /** Of three studies about a line one contrast c is left: Q is a multiple of chi-squared with one degree of freedom. */
    @Test
    void oneDegreeOfFreedomHasAClosedForm() {
        Random random = new Random(3);
        for (int run = 0; run < 50; run++) {
            double[] x = draws(random, 3);
            double[] v = variances(random, 3);
            double[] c = {x[2] - x[1], x[0] - x[2], x[1] - x[0]};
            double[] y = map(draws(random, 3), t -> 5 * t);
            double contrast = 0;
            double ofVariances = 0;
            double squares = 0;
            for (int i = 0; i < 3; i++) {
                contrast += c[i] * y[i];
                ofVariances += c[i] * c[i] * v[i];
                squares += c[i] * c[i];
            }
            double square = contrast * contrast;
            double[] expected = new double[4];
            double[] quantiles = {1, 0.454936423119572, 5.023886187314888, 0.000982069117175256};
            for (int i = 0; i < 4; i++) {
                expected[i] = Math.max(0, (square / quantiles[i] - ofVariances) / squares);
            }
            RegressionFit moments = made(y, v, new GeneralisedMoments(), x);
            double[] found = summary(moments);
            found[1] = made(y, v, new MedianGeneralisedMoments(), x).tau2();
            for (int i = 0; i < 4; i++) {
                assertEquals(expected[i], found[i], 1e-9 * (1 + expected[i]));
            }
        }
    }

    /** A category of one study takes that study out. */
    @Test
    void aLevelSeenOnceLeavesItsStudyOut() {
        Random random = new Random(7);
        int k = 12;
        double[] y = draws(random, k);
        double[] v = variances(random, k);
        double[] x = draws(random, k);
        for (int one : new int[] {0, 5, 11}) {
            for (double largest : new double[] {1e-4, 1, 1e6}) {
                v[one] = largest;
                double[] alone = new double[k];
                alone[one] = 1;
                int[] others = IntStream.range(0, k).filter(i -> i != one).toArray();
                double[][] rest = Arrays.stream(new double[][] {y, v, x})
                        .map(all ->
                                IntStream.of(others).mapToDouble(i -> all[i]).toArray())
                        .toArray(double[][]::new);
                for (Tau2Estimator estimator : List.of(new GeneralisedMoments(), new MedianGeneralisedMoments())) {
                    assertThat(summary(made(y, v, estimator, x, alone)))
                            .containsExactly(summary(made(rest[0], rest[1], estimator, rest[2])), within(1e-9));
                }
            }
        }
    }

    @Test
    void orderScaleAndShiftDoNotMatter() {
        Random random = new Random(11);
        int k = 20;
        double[] y = draws(random, k);
        double[] v = variances(random, k);
        double[] x = draws(random, k);
        double[] z = draws(random, k);
        for (Tau2Estimator estimator : List.of(new GeneralisedMoments(), new MedianGeneralisedMoments())) {
            double[] plain = summary(made(y, v, estimator, x, z));
            double[] scaled = summary(made(
                    map(y, t -> -1e3 * t + 5 * 1e3),
                    map(v, t -> 1e6 * t),
                    estimator,
                    map(x, t -> 1e9 * t),
                    map(z, t -> t * 1e-9 + 4e-9)));
            double[] reversed = summary(made(reverse(y), reverse(v), estimator, reverse(x), reverse(z)));
            assertThat(map(scaled, t -> t / 1e6)).containsExactly(plain, within(1e-8));
            assertThat(reversed).containsExactly(plain, within(1e-10));
        }
    }

    private static double[] map(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static double[] reverse(double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> x[x.length - 1 - i])
                .toArray();
    }

    private static void check(String expected, double actual, double tolerance) {
        double value = Double.parseDouble(expected);
        assertEquals(value, actual, tolerance * value);
    }
}
