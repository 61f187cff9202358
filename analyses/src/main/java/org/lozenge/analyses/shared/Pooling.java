package org.lozenge.analyses.shared;

import java.util.Objects;
import java.util.Optional;
import org.lozenge.plugin.AnalysisException;
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
import org.lozenge.stats.tau2.GeneralisedMoments;
import org.lozenge.stats.tau2.MedianGeneralisedMoments;
import org.lozenge.stats.tau2.MomentWeights;
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
        TestMethod test =
                chosen(in, PoolingParams.TEST, in.get(PoolingParams.TEST).method(), base.test);
        return new Pooling(
                estimator(in, test, base.estimator),
                test,
                in.get(PoolingParams.LEVEL),
                chosen(in, PoolingParams.PI, in.get(PoolingParams.PI), base.prediction),
                chosen(in, PoolingParams.TAU2_CI, in.get(PoolingParams.TAU2_CI).method(), base.tau2Interval),
                chosen(in, PoolingParams.I2, in.get(PoolingParams.I2), base.basis));
    }

    /** The estimator asked for; otherwise the one the test is made for; otherwise that of the convention. */
    private static Tau2Estimator estimator(Inputs in, TestMethod test, Tau2Estimator base) {
        Optional<String> fitting = test == TestMethod.PROFILE_LIKELIHOOD
                ? Optional.of("ml")
                : test == TestMethod.HENMI_COPAS ? Optional.of("dl") : Optional.empty();
        if (!in.isSet(PoolingParams.TAU2)) {
            return switch (test) {
                case PROFILE_LIKELIHOOD, HENMI_COPAS -> Tau2Estimators.of(fitting.orElseThrow());
                case IVHET -> Tau2Estimators.of("dl");
                case KENWARD_ROGER -> Tau2Estimators.of("reml");
                case WALD, T, HARTUNG_KNAPP, HARTUNG_KNAPP_AD_HOC, UNRESTRICTED_WEIGHTED_LEAST_SQUARES -> base;
            };
        }
        Tau2Estimator asked = estimator(in);
        if (fitting.isPresent() && !fitting.get().equals(asked.token())) {
            throw new AnalysisException(
                    "options-conflict",
                    "--test " + test.token() + " works with --tau2 " + fitting.get() + " only, but --tau2 is "
                            + asked.token() + ". Leave --tau2 out, or choose another test.");
        }
        return asked;
    }

    /** The estimator that the options name, with the weights they give. */
    public static Tau2Estimator estimator(Inputs in) {
        Tau2Estimator estimator = Tau2Estimators.of(in.get(PoolingParams.TAU2));
        MomentWeights weights = MomentWeights.of(PoolingParams.token(in.get(PoolingParams.GENQ_WEIGHTS)));
        return switch (estimator.token()) {
            case "genq" -> new GeneralisedMoments(weights);
            case "genqm" -> new MedianGeneralisedMoments(weights);
            default -> estimator;
        };
    }

    private static <T> T chosen(Inputs in, Param<?> param, T value, T base) {
        return in.isSet(param) ? value : base;
    }

    /** Returns the default: REML, HKSJ with the ad hoc guard, 95 % intervals. */
    public static Pooling standard() {
        return PoolingParams.Convention.LOZENGE.pooling();
    }

    /** Returns what a convention does by default. */
    public static Pooling of(PoolingParams.Convention convention, double level) {
        Pooling base = convention.pooling();
        return new Pooling(base.estimator, base.test, level, base.prediction, base.tau2Interval, base.basis);
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
