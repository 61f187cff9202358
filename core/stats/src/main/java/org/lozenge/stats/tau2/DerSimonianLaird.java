package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/**
 * DerSimonian–Laird (DL) estimator of the between-study variance τ², the moment estimator from Cochran's Q:
 *
 * <pre>{@code
 * τ² = (Q − (k − 1)) / (Σ wᵢ − Σ wᵢ² / Σ wᵢ),   wᵢ = 1 / vᵢ,   Q = Σ wᵢ (yᵢ − μ̂)²
 * }</pre>
 *
 * <p>truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN.
 *
 * <p>The standard error is {@code √(2(k − 1) + 4τ² tr P + 2τ⁴ tr PP) / tr P} with P at τ² = 0. Agrees with metafor
 * 3.8.1 {@code rma(method = "DL")} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1016/0197-2456(86)90046-2">DerSimonian and Laird (1986), Control. Clin. Trials 7,
 *     177–188</a>
 */
public final class DerSimonianLaird implements Tau2Estimator {

    /** Creates the estimator. */
    public DerSimonianLaird() {}

    @Override
    public String code() {
        return "DL";
    }

    @Override
    public String token() {
        return "dl";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return Moments.truncate(moment(slice));
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        if (to - from == 1) {
            return Double.NaN;
        }
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(0);
        return Moments.qDeviation(sums, tau2) / sums.traceP();
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return moment(
                new Tau2Workspace().load(effects.y().toArray(), effects.v().toArray(), 0, effects.k()));
    }

    private static double moment(Tau2Workspace slice) {
        if (slice.k() == 1) {
            return Double.NaN;
        }
        WeightedSums sums = slice.sums();
        sums.evaluateMean(0);
        return (sums.q() - (slice.k() - 1)) / sums.traceP();
    }
}
