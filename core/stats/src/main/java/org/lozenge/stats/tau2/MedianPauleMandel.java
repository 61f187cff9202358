package org.lozenge.stats.tau2;

import org.lozenge.stats.numeric.ChiSquared;

/**
 * Median-unbiased Paule–Mandel (PMM) estimator of the between-study variance τ²: like {@link PauleMandel}, but the
 * generalised Q statistic is set to the median of the chi-squared distribution with {@code k − 1} degrees of freedom
 * instead of its mean, so that the estimate is too high as often as too low.
 *
 * <p>Special cases:
 * <ul>
 *   <li>{@code Q(0)} at or below the median: the estimate is 0;
 *   <li>{@code k = 1}: NaN.
 * </ul>
 *
 * <p>The standard error is that of {@link PauleMandel} at this estimate. Agrees with metafor 3.8.1
 * {@code rma(method = "PMM")} to a relative 1e-10.
 *
 * @see <a href="https://doi.org/10.1007/s00362-018-1058-2">Viechtbauer (2021), Median-unbiased estimators for the
 *     amount of heterogeneity in meta-analysis</a>
 */
public final class MedianPauleMandel implements Tau2Estimator {

    /** Creates the estimator. */
    public MedianPauleMandel() {}

    @Override
    public String code() {
        return "PMM";
    }

    @Override
    public String token() {
        return "pmm";
    }

    @Override
    public double estimate(TauSums sums) {
        return sums.df() == 0 ? Double.NaN : GeneralisedQ.solve(sums, ChiSquared.upperQuantile(0.5, sums.df()));
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        return PauleMandel.informationError(sums, tau2);
    }
}
