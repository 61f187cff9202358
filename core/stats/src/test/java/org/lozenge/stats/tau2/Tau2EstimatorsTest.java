package org.lozenge.stats.tau2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ChiSquared;

class Tau2EstimatorsTest {

    static Stream<Tau2Estimator> all() {
        return Tau2Estimators.all().stream();
    }

    /** What a typical study allows the estimate to move by rounding, as tau² can be far below the variances. */
    private static double rounding(RandomStudies studies, double relative, double tau2) {
        double largest = 0;
        for (double v : studies.v()) {
            largest = Math.max(largest, v);
        }
        return relative * (tau2 + largest);
    }

    @RepeatedTest(100)
    void followsScaleShiftSignAndOrder(RepetitionInfo run) {
        RandomStudies studies = RandomStudies.of(run.getCurrentRepetition());
        for (Tau2Estimator estimator : Tau2Estimators.all()) {
            double tau2 = studies.estimate(estimator);
            String name = estimator.code();
            double close = rounding(studies, 1e-13, tau2);
            assertEquals(tau2, studies.transform(-1, 0).estimate(estimator), close, name + " sign");
            assertEquals(tau2, studies.reversed().estimate(estimator), close, name + " order");
            assertEquals(tau2, studies.transform(1e-4, 0).estimate(estimator) * 1e8, close, name + " down");
            assertEquals(tau2, studies.transform(1e30, 0).estimate(estimator) * 1e-60, close, name + " up");
            // Adding 1e8 rounds the effects themselves to 1e-8.
            assertEquals(tau2, studies.transform(1, 1e8).estimate(estimator), rounding(studies, 1e-5, tau2), name);
            assertEquals(tau2, studies.transform(1, 1e-8).estimate(estimator), close * 100, name + " shift");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsOnlyItsSlice(Tau2Estimator estimator) {
        double[] y = {Double.NaN, -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, Double.NaN};
        double[] v = {Double.NaN, 0.3256, 0.1946, 0.4154, 0.02, 0.0512, Double.NaN};
        double whole = estimator.estimate(
                EffectSizes.of(java.util.Arrays.copyOfRange(y, 1, 6), java.util.Arrays.copyOfRange(v, 1, 6)));
        assertEquals(whole, estimator.estimate(y, v, 1, 6));
        assertTrue(estimator.standardError(y, v, 1, 6, whole) > 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isNotEstimableFromOneStudy(Tau2Estimator estimator) {
        double[] one = {0.5};
        assertTrue(Double.isNaN(estimator.estimate(one, one, 0, 1)));
        assertTrue(Double.isNaN(estimator.standardError(one, one, 0, 1, 0)));
        assertTrue(Double.isNaN(estimator.untruncated(EffectSizes.of(one, one))));
        assertEquals(List.of(), estimator.modes(EffectSizes.of(one, one)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isExactlyZeroWhenEffectsAgree(Tau2Estimator estimator) {
        double[] y = {0.3, 0.3, 0.3};
        double[] v = {0.04, 0.09, 0.01};
        assertEquals(0.0, estimator.estimate(y, v, 0, 3));
        assertTrue(estimator.untruncated(EffectSizes.of(y, v)) <= 0);
    }

    @Test
    void agreesInClosedFormForTwoStudies() {
        // With k = 2 the moment, Paule-Mandel and REML estimates are (y1 − y2)²/2 − (v1 + v2)/2.
        double[] y = {0.1, 0.9};
        double[] v = {0.04, 0.09};
        for (String token : List.of("reml", "dl", "he", "pm", "eb", "dlit", "sjit")) {
            assertEquals(0.255, Tau2Estimators.of(token).estimate(y, v, 0, 2), 1e-15, token);
        }
    }

    @Test
    void keepsTheUntruncatedValue() {
        // Cochran's Q is 0.013 with 4 degrees of freedom and Σw − Σw²/Σw is 100.
        EffectSizes effects =
                EffectSizes.of(new double[] {0.1, 0.12, 0.11, 0.09, 0.1}, new double[] {0.04, 0.04, 0.04, 0.04, 0.04});
        assertEquals(0.0, new DerSimonianLaird().estimate(effects));
        assertEquals(-0.03987, new DerSimonianLaird().untruncated(effects), 1e-15);
        assertEquals(-0.03987, new HedgesOlkin().untruncated(effects), 1e-15);
        assertEquals((0.013 - 5) / 125, new HunterSchmidt().untruncated(effects), 1e-15);
        assertEquals((0.013 * 5 / 4 - 5) / 125, new HunterSchmidtCorrected().untruncated(effects), 1e-15);
        assertEquals(0.0, new PauleMandel().untruncated(effects));
    }

    @RepeatedTest(50)
    void pauleMandelSetsQToItsExpectation(RepetitionInfo run) {
        RandomStudies studies = RandomStudies.of(run.getCurrentRepetition());
        int df = studies.k() - 1;
        double mean = studies.estimate(new PauleMandel());
        double median = studies.estimate(new MedianPauleMandel());
        double quantile = ChiSquared.upperQuantile(0.5, df);
        assertTrue(mean == 0 ? studies.q(0) <= df : Math.abs(studies.q(mean) / df - 1) < 1e-12);
        assertTrue(median == 0 ? studies.q(0) <= quantile : Math.abs(studies.q(median) / quantile - 1) < 1e-12);
    }

    @Test
    void solvesVariancesOverThreeHundredDecades() {
        double[] y = {0, 1, -2};
        double[] v = {1e-150, 1e150, 1};
        for (Tau2Estimator estimator : Tau2Estimators.all()) {
            double tau2 = estimator.estimate(y, v, 0, 3);
            assertTrue(tau2 >= 0 && tau2 < 1e151, estimator.code() + " " + tau2);
        }
        double[] same = {1e150, 1e150, 1e150};
        for (Tau2Estimator estimator : Tau2Estimators.all()) {
            assertTrue(estimator.estimate(y, same, 0, 3) < 1, estimator.code());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFoundByItsToken(Tau2Estimator estimator) {
        assertSame(estimator.getClass(), Tau2Estimators.of(estimator.token()).getClass());
        assertSame(
                estimator.getClass(),
                Tau2Estimators.of(" " + estimator.code() + " ").getClass());
    }

    @Test
    void offersEveryToken() {
        assertEquals(
                Set.of(
                        "reml", "dl", "he", "hs", "hsk", "sj", "sjit", "ml", "eb", "pm", "pmm", "dlit", "dl2", "he2",
                        "genq", "genqm"),
                Set.copyOf(Tau2Estimators.tokens()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.25", "+.25", "2.5e-1", "0.250"})
    void takesANumberAsFixed(String token) {
        Tau2Estimator fixed = Tau2Estimators.of(token);
        assertEquals(0.25, fixed.estimate(new double[] {1}, new double[] {1}, 0, 1));
        assertEquals(0, fixed.standardError(new double[] {1}, new double[] {1}, 0, 1, 0.25));
        assertEquals("0.25", fixed.token());
        assertEquals("fixed", fixed.code());
    }

    @Test
    void refusesUnknownTokensAndListsTheKnown() {
        String message = assertThrows(IllegalArgumentException.class, () -> Tau2Estimators.of("gls"))
                .getMessage();
        assertTrue(message.contains("'gls'") && message.contains("reml, dl, he"), message);
        assertThrows(IllegalArgumentException.class, () -> Tau2Estimators.of("-1"));
        assertThrows(IllegalArgumentException.class, () -> Tau2Estimators.of("1e999"));
        assertThrows(IllegalArgumentException.class, () -> Tau2Estimators.of("NaN"));
        assertThrows(IllegalArgumentException.class, () -> Tau2Estimators.of(""));
    }

    @Test
    void refusesAnEmptyOrForeignSlice() {
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> new WeightedSums(one, one, 1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> new WeightedSums(one, one, 0, 2));
    }
}
