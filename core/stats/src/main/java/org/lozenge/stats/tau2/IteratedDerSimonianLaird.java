package org.lozenge.stats.tau2;

/**
 * DerSimonian–Laird estimator of the between-study variance τ², iterated with its own weights until it no longer
 * changes (DLIT, the two-step estimator taken to its limit). A fixed point satisfies {@code Q(τ²) = k − 1}, the equation
 * of {@link PauleMandel}; so the converged value is that estimator's, found without the iteration. metafor 3.8.1 stops
 * at other values in many fits.
 *
 * <p>The standard error is {@code √(2(k − 1) + 4τ² tr P + 2τ⁴ tr PP) / tr P} with P at the estimate.
 *
 * @see <a href="https://doi.org/10.1016/j.cct.2006.04.004">DerSimonian and Kacker (2007), Contemp. Clin. Trials 28,
 *     105–114</a>
 */
public final class IteratedDerSimonianLaird implements Tau2Estimator {

    /** Creates the estimator. */
    public IteratedDerSimonianLaird() {}

    @Override
    public String code() {
        return "DLIT";
    }

    @Override
    public String token() {
        return "dlit";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return PauleMandel.solve(slice);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        if (to - from == 1) {
            return Double.NaN;
        }
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(tau2);
        return Moments.qDeviation(sums, tau2) / sums.traceP();
    }
}
