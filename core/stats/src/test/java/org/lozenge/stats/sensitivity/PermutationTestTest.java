package org.lozenge.stats.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ParallelBlocks.Monitor;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.GeneralisedMoments;
import org.lozenge.stats.tau2.MomentWeights;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;
import org.lozenge.stats.tau2.TauSums;

class PermutationTestTest {

    private static final int ALL = 1_000_000;

    private static PermutationTest dl(int arrangements) {
        return new PermutationTest(new DerSimonianLaird(), TestMethod.WALD, arrangements);
    }

    private static TestMethod testMethod(String name) {
        return switch (name) {
            case "z" -> TestMethod.WALD;
            case "knha" -> TestMethod.HARTUNG_KNAPP;
            default -> TestMethod.HARTUNG_KNAPP_AD_HOC;
        };
    }

    @ParameterizedTest
    @CsvFileSource(resources = "permutation.csv", numLinesToSkip = 1)
    void matchesMetafor(
            String name,
            String method,
            String test,
            String y,
            String v,
            String x,
            Double first,
            String others,
            Double joint) {
        EffectSizes effects = EffectSizes.of(GoshTest.numbers(y), GoshTest.numbers(v));
        PermutationTest permutation = new PermutationTest(Tau2Estimators.of(method), testMethod(test), ALL);
        if (x == null) {
            PermutationResult result = permutation.test(effects, GoshTest.generator(1), Monitor.NONE);
            assertTrue(result.isExact());
            assertEquals(1 << effects.k(), result.arrangements());
            assertEquals(first, result.pValue(0), 1e-15, name);
            return;
        }
        double[][] moderators = Stream.of(x.split(";")).map(GoshTest::numbers).toArray(double[][]::new);
        PermutationResult result = permutation.test(effects, moderators, GoshTest.generator(1), Monitor.NONE);
        assertTrue(result.isExact());
        assertEquals(first, result.pValue(0), 1e-14, name);
        double[] expected = GoshTest.numbers(others);
        assertEquals(expected.length + 1, result.coefficients());
        for (int j = 0; j < expected.length; j++) {
            assertEquals(expected[j], result.pValue(j + 1), 1e-14, name);
        }
        assertEquals(joint, result.pValue(result.joint()), 1e-14, name);
    }

    @ParameterizedTest
    @EnumSource(
            value = TestMethod.class,
            names = {"WALD", "HARTUNG_KNAPP", "HARTUNG_KNAPP_AD_HOC"})
    void signChangesEqualFullEnumeration(TestMethod test) {
        EffectSizes effects = GoshTest.random(8, 3, 1);
        double[] y = effects.y().toArray();
        for (int i = 0; i < 8; i++) {
            y[i] -= 4.8;
        }
        RandomEffectsModel model = new RandomEffectsModel().withTest(test);
        double[] v = effects.v().toArray();
        double observed = Math.abs(model.fit(EffectSizes.of(y, v)).test().statistic());
        int hits = 0;
        for (int signs = 0; signs < 256; signs++) {
            double[] changed = y.clone();
            for (int i = 0; i < 8; i++) {
                changed[i] *= (signs >> i & 1) == 0 ? 1 : -1;
            }
            hits += Math.abs(model.fit(EffectSizes.of(changed, v)).test().statistic()) >= observed * (1 - 1e-12)
                    ? 1
                    : 0;
        }
        PermutationResult result = new PermutationTest(new RestrictedMaximumLikelihood(), test, ALL)
                .test(EffectSizes.of(y, v), GoshTest.generator(1), Monitor.NONE);
        assertEquals(hits / 256.0, result.pValue(0));
        assertEquals(0, result.monteCarloError(0));
        assertEquals(1, result.coefficients());
        assertEquals(0, result.joint());
    }

    /** All orders of six values, by recursion. */
    private static void orders(double[] values, int from, List<double[]> into) {
        if (from == values.length) {
            into.add(values.clone());
            return;
        }
        for (int i = from; i < values.length; i++) {
            double[] next = values.clone();
            next[from] = values[i];
            next[i] = values[from];
            orders(next, from + 1, into);
        }
    }

    @Test
    void shufflesEqualFullEnumerationAlsoWithTies() {
        EffectSizes effects = GoshTest.random(7, 4, 1);
        for (double[] x : List.of(new double[] {1, 2, 3, 5, 8, 13, 21}, new double[] {0, 1, 0, 1, 1, 0, 2})) {
            double observed = statistic(effects, x);
            List<double[]> orders = new ArrayList<>();
            orders(x, 0, orders);
            long hits = orders.stream()
                    .filter(order -> statistic(effects, order) >= observed * (1 - 1e-9))
                    .count();
            PermutationResult result = dl(ALL).test(effects, new double[][] {x}, GoshTest.generator(1), Monitor.NONE);
            assertEquals(hits / 5040.0, result.pValue(1), 1e-15);
            assertEquals(x[5] == 0 ? 5040 / 6 / 6 : 5040, result.arrangements());
            assertEquals(observed, Math.abs(result.statistic(1)), 1e-12 * observed);
        }
    }

    /** |z| of the slope by DerSimonian and Laird, from the textbook's sums. */
    private static double statistic(EffectSizes effects, double[] x) {
        double[] zero = sums(effects, x, 0);
        double tau2 = Math.max(0, (zero[2] - (x.length - 2)) / zero[3]);
        double[] at = sums(effects, x, tau2);
        return Math.abs(at[0]) / at[1];
    }

    private static double[] sums(EffectSizes effects, double[] x, double tau2) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        for (int i = 0; i < x.length; i++) {
            double weight = 1 / (effects.v().get(i) + tau2);
            w += weight;
            wx += weight * x[i];
            wy += weight * effects.y().get(i);
        }
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < x.length; i++) {
            double weight = 1 / (effects.v().get(i) + tau2);
            sxx += weight * (x[i] - wx / w) * (x[i] - wx / w);
            sxy += weight * (x[i] - wx / w) * effects.y().get(i);
        }
        double slope = sxy / sxx;
        double q = 0;
        double trace = 0;
        for (int i = 0; i < x.length; i++) {
            double weight = 1 / (effects.v().get(i) + tau2);
            double d = x[i] - wx / w;
            double residual = effects.y().get(i) - wy / w - slope * d;
            q += weight * residual * residual;
            trace += weight - weight * weight * (1 / w + d * d / sxx);
        }
        return new double[] {slope, 1 / Math.sqrt(sxx), q, trace};
    }

    @Test
    void takesSeveralModerators() {
        EffectSizes effects = GoshTest.random(8, 5, 1);
        double[] x = {1, 4, 2, 8, 5, 7, 3, 6};
        double[] z = {0, 1, 1, 0, 1, 0, 1, 1};
        PermutationResult both = dl(ALL).test(effects, new double[][] {x, z}, GoshTest.generator(1), Monitor.NONE);
        double[] moved = x.clone();
        for (int i = 0; i < 8; i++) {
            moved[i] = 1e6 - 3 * x[i];
        }
        PermutationResult other = dl(ALL).test(effects, new double[][] {z, moved}, GoshTest.generator(2), Monitor.NONE);
        assertEquals(40320, both.arrangements());
        assertEquals(both.pValue(1), other.pValue(2));
        assertEquals(both.pValue(2), other.pValue(1));
        assertEquals(both.pValue(both.joint()), other.pValue(other.joint()));
        assertEquals(both.estimate(1), -3 * other.estimate(2), 1e-10 * Math.abs(both.estimate(1)));
        assertEquals(both.standardError(1), 3 * other.standardError(2), 1e-10 * both.standardError(1));
        assertEquals(3, both.coefficients());
    }

    @Test
    void stopsWithinABlockAndCountsWhatIsDone() {
        EffectSizes effects = GoshTest.random(10, 6, 1);
        double[][] x = {{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}};
        for (PermutationResult some : List.of(
                dl(ALL).test(effects, x, GoshTest.generator(1), (done, total) -> done < 2),
                dl(500).test(effects, x, GoshTest.generator(1), (done, total) -> done < 2),
                dl(500).test(effects, GoshTest.generator(1), (done, total) -> done < 2))) {
            assertTrue(
                    some.arrangements() == 2 || some.arrangements() == 3, () -> some.arrangements() + " arrangements");
            assertFalse(some.isExact());
        }
        long[] last = new long[1];
        PermutationResult threads = dl(20_000).withThreads(3).test(effects, x, GoshTest.generator(1), (done, total) -> {
            last[0] = done;
            return done < 5000;
        });
        assertTrue(threads.arrangements() >= last[0]);
        assertTrue(threads.arrangements() <= 20_000);
    }

    @Test
    void drawsWhenThereAreTooManyArrangements() {
        EffectSizes effects = GoshTest.random(10, 6, 1);
        double[][] x = {{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}};
        PermutationResult exact = dl(ALL).test(effects, x, GoshTest.generator(1), Monitor.NONE);
        PermutationResult drawn = dl(20_000).test(effects, x, GoshTest.generator(1), Monitor.NONE);
        PermutationResult threads = dl(20_000).withThreads(3).test(effects, x, GoshTest.generator(1), Monitor.NONE);
        assertTrue(exact.isExact());
        assertFalse(drawn.isExact());
        assertEquals(20_000, drawn.arrangements());
        for (int i = 0; i < 3; i++) {
            assertEquals(exact.pValue(i), drawn.pValue(i), 5 * drawn.monteCarloError(i));
            assertEquals(drawn.pValue(i), threads.pValue(i));
        }
        PermutationResult signs = dl(500).test(effects, GoshTest.generator(1), Monitor.NONE);
        assertEquals(1 / 501.0, signs.pValue(0), 5 / 501.0);
        assertFalse(signs.isExact());
    }

    @Test
    void isNotExactWhenStopped() {
        EffectSizes effects = GoshTest.random(14, 7, 1);
        PermutationResult result = dl(ALL).test(effects, GoshTest.generator(1), (done, total) -> false);
        assertFalse(result.isExact());
        assertTrue(result.arrangements() < 16384);
        assertEquals(0, result.failures());
    }

    @Test
    void refusesWhatCannotBeTested() {
        EffectSizes four = GoshTest.random(4, 8, 1);
        assertMessage("Moderator 1 has the same value in all studies", four, new double[][] {{2, 2, 2, 2}});
        assertMessage("Moderator 1 has 3 values for 4 studies", four, new double[][] {{1, 2, 3}});
        assertMessage("Moderator 1 has the value NaN; it must be finite", four, new double[][] {{1, 2, Double.NaN, 3}});
        assertMessage("4 studies are too few for 3 moderators: at least 5 are needed", four, new double[][] {
            {1, 2, 3, 4}, {1, 0, 0, 1}, {1, 1, 0, 0}
        });
        assertMessage(
                "The moderators follow from each other: leave one out, or look for one that is constant",
                GoshTest.random(6, 9, 1),
                new double[][] {{1, 2, 3, 4, 5, 6}, {2, 4, 6, 8, 10, 12}});
        assertEquals(
                24,
                new PermutationTest(new FixedTau2(0.1), TestMethod.T, 100)
                        .test(four, new double[][] {{1, 2, 3, 4}}, GoshTest.generator(1), Monitor.NONE)
                        .arrangements());
        assertThrows(IllegalArgumentException.class, () -> dl(0));
        EffectSizes one = EffectSizes.of(new double[] {1}, new double[] {1});
        assertThrows(IllegalArgumentException.class, () -> dl(10).test(one, GoshTest.generator(1), Monitor.NONE));
    }

    /** DerSimonian and Laird, not known as such, so that it takes the way of all others. */
    private static final class Disguised implements Tau2Estimator {
        @Override
        public String code() {
            return "X";
        }

        @Override
        public String token() {
            return "x";
        }

        @Override
        public double estimate(TauSums sums) {
            return new DerSimonianLaird().estimate(sums);
        }

        @Override
        public double standardError(TauSums sums, double tau2) {
            return new DerSimonianLaird().standardError(sums, tau2);
        }
    }

    /** With weights 1/v the generalised moments are DerSimonian and Laird's. */
    @Test
    void takesGeneralisedMomentsWithModerators() {
        EffectSizes effects = GoshTest.random(6, 4, 1);
        double[][] x = {{1, 2, 3, 5, 8, 13}};
        PermutationResult general = new PermutationTest(
                        new GeneralisedMoments(MomentWeights.inverseVariances()), TestMethod.WALD, ALL)
                .test(effects, x, GoshTest.generator(1), Monitor.NONE);
        PermutationResult own = new PermutationTest(new DerSimonianLaird(), TestMethod.WALD, ALL)
                .test(effects, x, GoshTest.generator(1), Monitor.NONE);
        assertEquals(own.pValue(1), general.pValue(1));
        assertEquals(own.statistic(1), general.statistic(1), 1e-10);
    }

    @Test
    void theKernelOfDerSimonianLairdGivesWhatTheGeneralWayGives() {
        EffectSizes effects = GoshTest.random(7, 4, 1);
        double[][] x = {{1, 2, 3, 5, 8, 13, 21}, {0, 1, 0, 1, 1, 0, 0}};
        PermutationResult general = new PermutationTest(new Disguised(), TestMethod.HARTUNG_KNAPP, ALL)
                .test(effects, x, GoshTest.generator(1), Monitor.NONE);
        PermutationResult own = new PermutationTest(new DerSimonianLaird(), TestMethod.HARTUNG_KNAPP, ALL)
                .test(effects, x, GoshTest.generator(1), Monitor.NONE);
        for (int j = 0; j <= 3; j++) {
            assertEquals(own.pValue(j), general.pValue(j), 1e-15);
            assertEquals(
                    own.statistic(j), general.statistic(j), 1e-9 * own.statistic(j) * Math.signum(own.statistic(j)));
        }
    }

    private static void assertMessage(String expected, EffectSizes effects, double[][] moderators) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> dl(100).test(effects, moderators, GoshTest.generator(1), Monitor.NONE));
        assertEquals(expected, e.getMessage());
    }
}
