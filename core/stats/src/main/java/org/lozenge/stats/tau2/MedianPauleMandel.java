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
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        int k = slice.k();
        return k == 1 ? Double.NaN : GeneralisedQ.solve(slice.sums(), ChiSquared.upperQuantile(0.5, k - 1));
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        return PauleMandel.informationError(y, v, from, to, tau2);
    }
}
