package org.lozenge.stats.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RestrictedMeanSurvivalTimeTest {

    private static final KaplanMeier ESTIMATOR = new KaplanMeier(CurveInterval.LOG, 0.95);

    @ParameterizedTest(name = "{0} {1}={2} tau={3}")
    @CsvFileSource(resources = "survival-ipd-restricted-mean.csv", numLinesToSkip = 1)
    void matchesSurvfit(String set, String column, int code, double horizon, double mean, double se) {
        KaplanMeierCurve curve = ESTIMATOR.estimate(PatientSet.read(set).times(column, code));
        RestrictedMeanSurvivalTime.Estimate estimate = new RestrictedMeanSurvivalTime(horizon).estimate(curve);
        assertEquals(mean, estimate.value(), 1e-12 * mean);
        assertEquals(se, estimate.standardError(), 1e-10 * se);
    }

    @Test
    void referenceCoversEverySet() {
        assertEquals(
                8,
                PatientSet.lines("survival-ipd-restricted-mean.csv").stream()
                        .skip(1)
                        .map(line -> line.split(",")[0])
                        .distinct()
                        .count());
    }

    /** Times 1, 2+, 3, 4: areas 1 + 2 · 3/4 + 1 · 3/8 up to 4. */
    @Test
    void handExample() {
        KaplanMeierCurve curve = curve("1 2+ 3 4");
        assertEquals(2.875, mean(4, curve), 1e-15);
        assertEquals(2.875, mean(9, curve), 1e-15);
        assertEquals(0.5, mean(0.5, curve), 1e-15);
        // A(1) = 1.875, A(3) = 0.375: variance 1.875² / 12 + 0.375² / 2.
        assertEquals(
                Math.sqrt(1.875 * 1.875 / 12 + 0.375 * 0.375 / 2),
                new RestrictedMeanSurvivalTime(4).estimate(curve).standardError(),
                1e-15);
    }

    @Test
    void contrastsOfTwoGroups() {
        KaplanMeierCurve a = curve("1 2+ 3 4");
        KaplanMeierCurve b = curve("1 1 2 4");
        RestrictedMeanSurvivalTime rmst = new RestrictedMeanSurvivalTime(3);
        double difference = mean(3, a) - mean(3, b);
        assertEquals(difference, rmst.difference(a, b).value(), 1e-15);
        assertEquals(Math.log(mean(3, a) / mean(3, b)), rmst.logRatio(a, b).value(), 1e-15);
        assertEquals(-difference, rmst.difference(b, a).value(), 1e-15);
        assertTrue(rmst.difference(a, b).interval(0.95).contains(difference));
        assertEquals(1, rmst.difference(a, curve("1 2+ 3 4")).pValue());
    }

    @Test
    void theHorizonEndsWithFollowUp() {
        assertEquals(4, RestrictedMeanSurvivalTime.largestHorizon(List.of(curve("1 4+"), curve("1 6+"))));
        assertEquals(6, RestrictedMeanSurvivalTime.largestHorizon(List.of(curve("1 4"), curve("1 6+"))));
        assertEquals(6, RestrictedMeanSurvivalTime.largestHorizon(List.of(curve("1 4"), curve("1 6"))));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> mean(5, curve("1 4+")));
        assertEquals("The horizon 5.0 lies beyond the end of follow-up, 4.0", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new RestrictedMeanSurvivalTime(0));
    }

    private static double mean(double horizon, KaplanMeierCurve curve) {
        return new RestrictedMeanSurvivalTime(horizon).estimate(curve).value();
    }

    private static KaplanMeierCurve curve(String times) {
        return ESTIMATOR.estimate(KaplanMeierTest.times(times));
    }
}
