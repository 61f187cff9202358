package org.lozenge.stats.tau2;

import java.util.Objects;

/**
 * Median-unbiased version (GENQM) of {@link GeneralisedMoments}: the τ² under which the observed Q statistic is the
 * median of its exact distribution, so that the estimate is too high as often as too low.
 *
 * <p>Special cases:
 * <ul>
 *   <li>Q at or below its median for τ² = 0: the estimate is 0;
 *   <li>{@code k = 1}: NaN.
 * </ul>
 *
 * <p>The standard error is that of {@link GeneralisedMoments} at this estimate.
 *
 * @see <a href="https://doi.org/10.1007/s00362-018-1058-2">Viechtbauer (2021), Median-unbiased estimators for the
 *     amount of heterogeneity in meta-analysis</a>
 */
public final class MedianGeneralisedMoments implements Tau2Estimator {

    private final MomentWeights weights;

    /** Creates the estimator with weights 1/√v. */
    public MedianGeneralisedMoments() {
        this(MomentWeights.inverseStandardErrors());
    }

    /**
     * Creates the estimator.
     *
     * @param weights the weights a; only their ratios matter
     */
    public MedianGeneralisedMoments(MomentWeights weights) {
        this.weights = Objects.requireNonNull(weights, "weights");
    }

    /**
     * Returns the weights.
     *
     * @return the weights of the Q statistic
     */
    public MomentWeights weights() {
        return weights;
    }

    @Override
    public String code() {
        return "GENQM";
    }

    @Override
    public String token() {
        return "genqm";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return to - from == 1 ? Double.NaN : new ConfidenceDistribution(weights, y, v, from, to).quantile(0.5);
    }

    @Override
    public double estimate(TauSums sums) {
        return sums.df() == 0
                ? Double.NaN
                : ConfidenceDistribution.of(weights, sums).quantile(0.5);
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return estimate(slice.y(), slice.v(), slice.from(), slice.to());
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        return GeneralisedMoments.error(weights, sums, tau2);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        return GeneralisedMoments.error(weights, y, v, from, to, tau2);
    }
}
