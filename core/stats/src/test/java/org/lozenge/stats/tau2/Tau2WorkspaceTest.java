package org.lozenge.stats.tau2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Tau2WorkspaceTest {

    private final double[] y = new double[300];
    private final double[] v = new double[300];

    private int studies(Random random, int run) {
        int k = run % 50 == 7 ? 300 : 1 + random.nextInt(12);
        for (int i = 0; i < k; i++) {
            v[i] = Math.pow(10, (run % 3 == 0 ? -7 : -1) * random.nextDouble());
            y[i] = Math.sqrt(v[i] + 0.2 * (run % 4)) * random.nextGaussian();
        }
        return k;
    }

    private void assertPooled(Tau2Workspace slice, int k, double tau2, String where) {
        WeightedSums fresh = new WeightedSums(y, v, 0, k);
        fresh.evaluateMean(tau2);
        WeightedSums sums = slice.pooled(tau2);
        // Rounding is relative to the effects, of which the mean may be a small difference.
        double largest = Arrays.stream(y, 0, k).map(Math::abs).max().orElseThrow();
        assertEquals(fresh.mean(), sums.mean(), 4e-15 * largest, where);
        assertEquals(fresh.weight(), sums.weight(), 1e-14 * fresh.weight(), where);
        assertEquals(fresh.q(), sums.q(), 1e-13 * fresh.q(), where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reml", "ml", "dl", "pm", "he", "sj", "hs", "eb", "dlit", "pmm"})
    void poolsFromWhereTheEstimatorLeftTheSums(String token) {
        Tau2Estimator estimator = Tau2Estimators.of(token);
        Tau2Workspace slice = new Tau2Workspace();
        for (int run = 1; run <= 300; run++) {
            int k = studies(new Random(run), run);
            double tau2 = estimator.estimate(slice.load(y, v, 0, k));
            assertPooled(slice, k, Double.isNaN(tau2) ? 0 : tau2, token + " run " + run);
        }
    }

    /** Distances below and above the one to which a series is enough, from all sums and from those for the mean alone. */
    @Test
    void poolsAtAnyDistanceFromTheLastEvaluation() {
        Tau2Workspace slice = new Tau2Workspace();
        for (int run = 1; run <= 300; run++) {
            int k = studies(new Random(run), run);
            for (double distance : new double[] {0, 1e-12, 1e-7, 3e-6, 1e-5, 0.3}) {
                double tau2 = 0.1 + distance;
                slice.load(y, v, 0, k).sums().evaluate(0.1);
                assertPooled(slice, k, tau2, "run " + run + " at " + distance);
                slice.load(y, v, 0, k).sums().evaluateMean(0.1);
                assertPooled(slice, k, tau2, "run " + run + " by means at " + distance);
            }
        }
    }
}
