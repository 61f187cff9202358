package org.lozenge.analyses.multiverse;

import java.util.function.Function;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * A model with its estimator and test.
 *
 * @param model {@code random} or {@code common}
 * @param tau2 token of the estimator; empty for a common effect
 * @param test token of the test
 * @param fitter fits it; safe for several threads
 */
record Setup(String model, String tau2, String test, Function<EffectSizes, PooledFit> fitter) {

    static Setup random(Tau2Estimator tau2, TestMethod test, double level) {
        RandomEffectsModel model = new RandomEffectsModel()
                .withEstimator(tau2)
                .withTest(test)
                .withLevel(level)
                .withPrediction(PredictionMethod.NONE);
        return new Setup("random", tau2.token(), test.token(), model::fit);
    }

    static Setup common(double level) {
        return new Setup("common", "", TestMethod.WALD.token(), new CommonEffectModel().withLevel(level)::fit);
    }
}
