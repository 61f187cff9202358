package org.lozenge.stats.tau2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;

class LikelihoodSearchTest {

    private static double best(RandomStudies studies, boolean restricted) {
        double best = studies.likelihood(0, restricted);
        for (int i = 0; i <= 400; i++) {
            best = Math.max(best, studies.likelihood(1e-10 * Math.pow(1e16, i / 400.0), restricted));
        }
        return best;
    }

    private static void assertGlobal(RandomStudies studies) {
        for (boolean restricted : new boolean[] {true, false}) {
            Tau2Estimator estimator = restricted ? new RestrictedMaximumLikelihood() : new MaximumLikelihood();
            double tau2 = studies.estimate(estimator);
            double height = studies.likelihood(tau2, restricted);
            assertTrue(height >= best(studies, restricted) - 1e-10, estimator.code() + " tau² " + tau2);
            List<Tau2Mode> modes = estimator.modes(EffectSizes.of(studies.y(), studies.v()));
            assertTrue(modes.stream().anyMatch(m -> Math.abs(m.tau2() - tau2) <= 1e-12 * tau2), estimator.code());
        }
    }

    @RepeatedTest(200)
    void findsTheGlobalMaximum(RepetitionInfo run) {
        assertGlobal(RandomStudies.of(run.getCurrentRepetition()));
    }

    @RepeatedTest(200)
    void findsTheGlobalMaximumWithWildVariances(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 3 + random.nextInt(6);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = Math.pow(10, -8 * random.nextDouble());
            y[i] = Math.sqrt(v[i] + 0.1) * random.nextGaussian();
        }
        assertGlobal(new RandomStudies(y, v));
    }

    @Test
    void reportsBothModes() {
        // 50-digit arithmetic: maxima at .00187119509469008 (-1.03823) and .07815647043641 (-1.12472).
        EffectSizes effects = EffectSizes.of(new double[] {.79, 0, -.08}, new double[] {.12, .0029, .0023});
        List<Tau2Mode> modes = new RestrictedMaximumLikelihood().modes(effects);
        assertEquals(2, modes.size());
        assertEquals(.0018711950946900855, modes.get(0).tau2(), 1e-15);
        assertEquals(-1.0382307819410093, modes.get(0).logLikelihood(), 1e-14);
        assertEquals(.0781564704364106, modes.get(1).tau2(), 1e-14);
        assertEquals(-1.1247223113022744, modes.get(1).logLikelihood(), 1e-14);
        assertEquals(modes.get(0).tau2(), new RestrictedMaximumLikelihood().estimate(effects), 1e-17);
    }

    @Test
    void isExactlyZeroAtTheBoundary() {
        double[] y = {.1, .12, .11, .09, .1};
        double[] v = {.04, .04, .04, .04, .04};
        assertEquals(0.0, new RestrictedMaximumLikelihood().estimate(y, v, 0, 5));
        assertEquals(0.0, new MaximumLikelihood().estimate(y, v, 0, 5));
        List<Tau2Mode> modes = new RestrictedMaximumLikelihood().modes(EffectSizes.of(y, v));
        assertEquals(List.of(0.0), modes.stream().map(Tau2Mode::tau2).toList());
    }

    @Test
    void usuallyNeedsFiveEvaluations() {
        int evaluations = 0;
        for (int seed = 1; seed <= 200; seed++) {
            RandomStudies studies = RandomStudies.of(seed);
            LikelihoodSearch search = new LikelihoodSearch(studies.y(), studies.v(), 0, studies.k(), true);
            search.maximum();
            evaluations += search.evaluations();
        }
        assertTrue(evaluations < 200 * 6, evaluations + " evaluations");
    }

    @Test
    void isLinearInTheNumberOfStudies() {
        Random random = new Random(1);
        int k = 100_000;
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.05 + random.nextDouble();
            y[i] = Math.sqrt(v[i] + 0.5) * random.nextGaussian();
        }
        LikelihoodSearch search = new LikelihoodSearch(y, v, 0, k, true);
        assertEquals(0.5, search.maximum(), 0.02);
        assertTrue(search.evaluations() <= 10);
    }
}
