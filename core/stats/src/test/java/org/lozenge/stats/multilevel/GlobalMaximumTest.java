package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;

/** Small sets, in which likelihoods have several peaks now and then, against a fine grid of both variances. */
class GlobalMaximumTest {

    private static final int POINTS = 40;

    private final List<Double> y = new ArrayList<>();
    private final List<Double> v = new ArrayList<>();
    private final List<Double> x = new ArrayList<>();
    private final List<String> cluster = new ArrayList<>();
    private boolean restricted;
    private boolean moderated;
    private boolean correlated;

    /** Effects in three to eight clusters, with equal or very different variances, now and then one far from the others. */
    private void make(int seed) {
        Random r = new Random(seed);
        int clusters = 3 + r.nextInt(6);
        int kind = r.nextInt(6);
        double scale = StrictMath.exp(r.nextGaussian());
        double spread = kind == 0 ? 0.2 : kind == 1 ? 3 : 1.5;
        for (int c = 0; c < clusters; c++) {
            int size = 1 + r.nextInt(kind == 5 ? 8 : 4);
            size = c < 2 ? Math.max(2, size) : size;
            double u = scale * r.nextGaussian() * (kind == 2 ? 0 : 1) * (kind == 3 && c == 0 ? 8 : 1);
            double common = StrictMath.exp(spread * r.nextGaussian());
            for (int i = 0; i < size; i++) {
                double variance = kind == 4
                        ? common * StrictMath.exp(0.1 * r.nextGaussian())
                        : StrictMath.exp(spread * r.nextGaussian()) * 0.3;
                double error = Math.sqrt(variance) * r.nextGaussian() * (kind == 1 ? 0.7 : 1);
                double own = r.nextInt(3) == 0 ? scale * 2 * r.nextGaussian() : 0;
                cluster.add("c" + c);
                y.add(u + error + own);
                v.add(variance);
                x.add(r.nextGaussian());
            }
        }
        moderated = r.nextInt(4) == 0 && y.size() > 5;
        restricted = r.nextBoolean();
        correlated = r.nextInt(3) == 0;
    }

    private static DoubleSeq seq(List<Double> values) {
        return DoubleSeq.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How far the highest point of the grid lies above the fit. */
    private double gap(int seed) {
        make(seed);
        int[] codes = cluster.stream()
                .mapToInt(name -> Integer.parseInt(name.substring(1)))
                .toArray();
        SamplingCovariance sampling =
                correlated ? SamplingCovariance.constant(seq(v), codes, 0.6) : SamplingCovariance.independent(seq(v));
        DesignMatrix design = moderated
                ? DesignMatrix.withIntercept(List.of("x"), List.of(seq(x)), y.size())
                : DesignMatrix.withIntercept(List.of(), List.of(), y.size());
        NestedLevels levels =
                NestedLevels.of(List.of("cluster"), List.of(cluster)).withRows("row");
        MultilevelFit fit = new MultilevelModel().withRestricted(restricted).fit(seq(y), sampling, design, levels);
        Standardised data = Standardised.of(seq(y), sampling, design);
        Likelihood likelihood = new NestedModel(data, sampling, levels).likelihood(restricted);
        double fitted = likelihood.value(
                Arrays.stream(fit.sigma2().toArray()).map(data::variance).toArray());
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= POINTS; i++) {
            for (int j = 0; j <= POINTS; j++) {
                highest = Math.max(highest, likelihood.value(new double[] {at(i), at(j)}));
            }
        }
        return highest - fitted;
    }

    /** From 0 and 1e-5 to 300 times the spread. */
    private static double at(int point) {
        return point == 0 ? 0 : StrictMath.pow(10, -5 + 7.5 * (point - 1) / (POINTS - 1));
    }

    @Test
    void noPointOfTheGridIsHigher() {
        for (int seed = 1; seed <= 300; seed++) {
            double gap = new GlobalMaximumTest().gap(seed);
            assertTrue(gap < 1e-9, "seed " + seed + ": " + gap);
        }
    }

    /** Likelihoods whose highest peak is narrow, or behind a lower one. */
    @ParameterizedTest
    @ValueSource(ints = {2973, 3057, 6651})
    void findsThePeakThatIsHardToFind(int seed) {
        assertTrue(gap(seed) < 1e-9, "seed " + seed);
    }
}
