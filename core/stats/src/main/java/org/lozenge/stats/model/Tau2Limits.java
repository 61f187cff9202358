package org.lozenge.stats.model;

import java.util.Optional;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.GeneralisedMoments;
import org.lozenge.stats.tau2.GeneralisedQInterval;
import org.lozenge.stats.tau2.HedgesOlkin;
import org.lozenge.stats.tau2.MaximumLikelihood;
import org.lozenge.stats.tau2.MedianGeneralisedMoments;
import org.lozenge.stats.tau2.MomentWeights;
import org.lozenge.stats.tau2.ProfileLikelihood;
import org.lozenge.stats.tau2.QProfile;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.TauSums;

/** Limits of τ² of studies about their mean or about a regression, by the methods that both have. */
final class Tau2Limits {

    private Tau2Limits() {}

    /**
     * Computes the limits.
     *
     * @param method how
     * @param sums the workspace of the model
     * @param estimator the estimator of τ², whose likelihood is profiled and whose weights the generalised Q has
     * @param tau2 the estimate
     * @param standardError its standard error, for Wald's interval; NaN where there is none
     * @param level the level as a fraction
     * @return the limits; empty for {@link Tau2IntervalMethod#NONE}, and for Wald's method without a standard error
     */
    static Optional<QProfile.Result> of(
            Tau2IntervalMethod method,
            TauSums sums,
            Optional<Tau2Estimator> estimator,
            double tau2,
            double standardError,
            double level) {
        boolean full = estimator.filter(MaximumLikelihood.class::isInstance).isPresent();
        return switch (method) {
            case Q_PROFILE -> Optional.of(QProfile.interval(sums, level));
            case PROFILE_LIKELIHOOD -> likelihood(sums, !full, level);
            case PROFILE_LIKELIHOOD_ML -> likelihood(sums, false, level);
            case PROFILE_LIKELIHOOD_REML -> likelihood(sums, true, level);
            case WALD -> wald(tau2, standardError, level);
            case NONE -> Optional.empty();
            case GENERALISED_Q -> Optional.of(GeneralisedQInterval.interval(sums, weights(estimator), level));
        };
    }

    /** The weights that belong to the estimator, if it is one of moments. */
    private static MomentWeights weights(Optional<Tau2Estimator> fitted) {
        Tau2Estimator estimator = fitted.orElseGet(GeneralisedMoments::new);
        if (estimator instanceof GeneralisedMoments moments) {
            return moments.weights();
        }
        if (estimator instanceof MedianGeneralisedMoments moments) {
            return moments.weights();
        }
        if (estimator instanceof DerSimonianLaird) {
            return MomentWeights.inverseVariances();
        }
        return estimator instanceof HedgesOlkin ? MomentWeights.equal() : MomentWeights.inverseStandardErrors();
    }

    private static Optional<QProfile.Result> likelihood(TauSums sums, boolean restricted, double level) {
        return Optional.of(new QProfile.Result(ProfileLikelihood.interval(sums, restricted, level), false));
    }

    private static Optional<QProfile.Result> wald(double tau2, double standardError, double level) {
        double half = Normal.criticalValue(level) * standardError;
        return Double.isNaN(half)
                ? Optional.empty()
                : Optional.of(new QProfile.Result(new Interval(Math.max(0, tau2 - half), tau2 + half, level), false));
    }
}
