package org.lozenge.stats.tau2;

/**
 * Paule–Mandel (PM) estimator of the between-study variance τ².
 *
 * <p>Finds the τ² at which the generalised Q statistic equals its expectation:
 *
 * <pre>{@code Q(τ²) = Σ wᵢ (yᵢ − μ̂)² = k − 1,   wᵢ = 1 / (vᵢ + τ²),   μ̂ = Σ wᵢyᵢ / Σ wᵢ}</pre>
 *
 * <p>1/Q is increasing and concave in τ², and a straight line when all variances are equal, so Newton's method on it
 * rises from zero to the root without overshooting ({@link GeneralisedQ}).
 *
 * <p>Special cases:
 * <ul>
 *   <li>{@code Q(0) <= k − 1}: the estimate is 0;
 *   <li>{@code k = 1}: NaN.
 * </ul>
 *
 * <p>The standard error is {@code √(2k² / (k − 1)) / Σ wᵢ}. Agrees with metafor 3.8.1 {@code rma(method = "PM")} to
 * a relative 1e-12. Identical to {@link EmpiricalBayes}.
 *
 * @see <a href="https://doi.org/10.6028/jres.087.022">Paule and Mandel (1982), J. Res. Natl. Bur. Stand. 87,
 *     377–385</a>
 */
public final class PauleMandel implements Tau2Estimator {

    /** Creates the estimator. */
    public PauleMandel() {}

    @Override
    public String code() {
        return "PM";
    }

    @Override
    public String token() {
        return "pm";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return solve(slice);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        return informationError(y, v, from, to, tau2);
    }

    static double solve(Tau2Workspace slice) {
        return slice.k() == 1 ? Double.NaN : GeneralisedQ.solve(slice.sums(), slice.k() - 1);
    }

    static double informationError(double[] y, double[] v, int from, int to, double tau2) {
        int k = to - from;
        if (k == 1) {
            return Double.NaN;
        }
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(tau2);
        return k * Math.sqrt(2 / (k - 1.0)) / sums.weight();
    }
}
