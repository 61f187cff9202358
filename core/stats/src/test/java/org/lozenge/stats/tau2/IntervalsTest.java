package org.lozenge.stats.tau2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;

class IntervalsTest {

    @RepeatedTest(60)
    void profiledQEqualsItsQuantileAtTheLimits(RepetitionInfo run) {
        RandomStudies studies = RandomStudies.of(run.getCurrentRepetition());
        double level = run.getCurrentRepetition() % 2 == 0 ? 0.95 : 0.999999;
        QProfile.Result result = QProfile.interval(EffectSizes.of(studies.y(), studies.v()), level);
        double tail = (1 - level) / 2;
        double high = ChiSquared.upperQuantile(tail, studies.k() - 1);
        double low = ChiSquared.lowerQuantile(tail, studies.k() - 1);
        double lower = result.interval().lower();
        double upper = result.interval().upper();
        assertTrue(lower == 0 ? studies.q(0) <= high : Math.abs(studies.q(lower) / high - 1) < 1e-10);
        assertTrue(upper == 0 ? studies.q(0) <= low : Math.abs(studies.q(upper) / low - 1) < 1e-10);
        assertEquals(studies.q(0) < low, result.empty());
        if (!result.empty()) {
            assertTrue(result.interval().contains(studies.estimate(new PauleMandel())));
        }
    }

    @Test
    void flagsASetWithoutAnyTau2() {
        EffectSizes effects =
                EffectSizes.of(new double[] {.1, .12, .11, .09, .1}, new double[] {.04, .04, .04, .04, .04});
        QProfile.Result result = QProfile.interval(effects, 0.95);
        assertTrue(result.empty());
        assertEquals(new Interval(0, 0, 0.95), result.interval());
    }

    @Test
    void momentEstimateCanLieOutside() {
        EffectSizes effects = EffectSizes.of(
                new double[] {-.02, -.59, .57, -1.16, .57, .43, 0},
                new double[] {.054, .087, .0025, .96, .0023, .004, .55});
        Interval interval = QProfile.interval(effects, 0.95).interval();
        double dl = new DerSimonianLaird().estimate(effects);
        assertEquals(.0281, dl, 5e-5);
        assertEquals(.0324, interval.lower(), 5e-5);
        assertEquals(1.614, interval.upper(), 5e-4);
        assertFalse(interval.contains(dl));
    }

    @RepeatedTest(40)
    void likelihoodDropsByTheQuantileAtTheLimits(RepetitionInfo run) {
        RandomStudies studies = RandomStudies.of(run.getCurrentRepetition());
        double drop = ChiSquared.upperQuantile(0.05, 1);
        for (boolean restricted : new boolean[] {true, false}) {
            Tau2Estimator estimator = restricted ? new RestrictedMaximumLikelihood() : new MaximumLikelihood();
            double tau2 = studies.estimate(estimator);
            double top = studies.likelihood(tau2, restricted);
            Interval interval = ProfileLikelihood.interval(EffectSizes.of(studies.y(), studies.v()), restricted, 0.95);
            assertTrue(interval.contains(tau2));
            assertEquals(drop, top - studies.likelihood(interval.upper(), restricted), 1e-9);
            double lowDrop = top - studies.likelihood(interval.lower(), restricted);
            assertTrue(interval.lower() == 0 ? lowDrop <= drop : Math.abs(lowDrop - drop) < 1e-9);
        }
    }

    @Test
    void likelihoodIntervalSpansBothModes() {
        EffectSizes effects = EffectSizes.of(new double[] {.79, 0, -.08}, new double[] {.12, .0029, .0023});
        Interval interval = ProfileLikelihood.interval(effects, true, 0.95);
        assertEquals(0, interval.lower());
        assertTrue(interval.upper() > .0781564704364106);
    }

    @Test
    void needTwoStudiesAndALevel() {
        EffectSizes one = EffectSizes.of(new double[] {1}, new double[] {1});
        EffectSizes two = EffectSizes.of(new double[] {1, 2}, new double[] {1, 1});
        assertThrows(IllegalArgumentException.class, () -> QProfile.interval(one, 0.95));
        assertThrows(IllegalArgumentException.class, () -> ProfileLikelihood.interval(one, true, 0.95));
        assertThrows(IllegalArgumentException.class, () -> QProfile.interval(two, 95));
        assertThrows(IllegalArgumentException.class, () -> ProfileLikelihood.interval(two, true, 0));
    }
}
