package org.lozenge.analyses.shared;

import java.util.Objects;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PredictionMethod;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * How studies are pooled.
 *
 * @param estimator estimator of the between-study variance
 * @param test test of the random-effects model; the common-effect model always uses z
 * @param level level of all intervals, as a fraction
 * @param prediction prediction interval
 * @param tau2Interval interval of the between-study variance
 * @param basis what I² and H² are computed from
 */
public record Pooling(
        Tau2Estimator estimator,
        TestMethod test,
        double level,
        PredictionMethod prediction,
        Tau2IntervalMethod tau2Interval,
        HeterogeneityBasis basis) {

    /** Checks that nothing is missing and the level is a fraction. */
    public Pooling {
        Objects.requireNonNull(estimator, "estimator");
        Objects.requireNonNull(test, "test");
        Interval.requireLevel(level);
        Objects.requireNonNull(prediction, "prediction");
        Objects.requireNonNull(tau2Interval, "tau2Interval");
        Objects.requireNonNull(basis, "basis");
    }

    /** Returns what the options of {@link PoolingParams} ask for. */
    public static Pooling of(Inputs in) {
        Pooling base = in.get(PoolingParams.CONVENTION).pooling();
        return new Pooling(
                chosen(in, PoolingParams.TAU2, Tau2Estimators.of(in.get(PoolingParams.TAU2)), base.estimator),
                chosen(in, PoolingParams.TEST, in.get(PoolingParams.TEST).method(), base.test),
                in.get(PoolingParams.LEVEL),
                chosen(in, PoolingParams.PI, in.get(PoolingParams.PI), base.prediction),
                chosen(in, PoolingParams.TAU2_CI, in.get(PoolingParams.TAU2_CI).method(), base.tau2Interval),
                chosen(in, PoolingParams.I2, in.get(PoolingParams.I2), base.basis));
    }

    private static <T> T chosen(Inputs in, Param<?> param, T value, T base) {
        return in.isSet(param) ? value : base;
    }

    /** Returns the default: REML, HKSJ with the ad hoc guard, 95 % intervals. */
    public static Pooling standard() {
        return PoolingParams.Convention.LOZENGE.pooling();
    }

    /** Returns the random-effects model. */
    public RandomEffectsModel randomEffects() {
        return new RandomEffectsModel()
                .withEstimator(estimator)
                .withTest(test)
                .withLevel(level)
                .withPrediction(prediction);
    }

    /**
     * Pools studies under both models.
     *
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public Pooled pool(EffectSizes effects) {
        var random = randomEffects().fit(effects);
        return new Pooled(
                new CommonEffectModel().withLevel(level).fit(effects),
                random,
                random.heterogeneity(tau2Interval, basis),
                this);
    }
}
