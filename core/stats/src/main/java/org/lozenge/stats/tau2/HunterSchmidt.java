package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/**
 * Hunter–Schmidt (HS) estimator of the between-study variance τ²:
 *
 * <pre>{@code τ² = (Q − k) / Σ wᵢ,   wᵢ = 1 / vᵢ,   Q = Σ wᵢ (yᵢ − μ̂)²}</pre>
 *
 * <p>truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN. It is biased
 * downwards; {@link HunterSchmidtCorrected} is not to the same degree.
 *
 * <p>The standard error is {@code √(2(k − 1) + 4τ² tr P + 2τ⁴ tr PP) / Σ wᵢ} with P at τ² = 0. Agrees with metafor
 * 3.8.1 {@code rma(method = "HS")} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.3102/10769986030003261">Viechtbauer (2005), J. Educ. Behav. Stat. 30, 261–293</a>
 */
public final class HunterSchmidt implements Tau2Estimator {

    /** Creates the estimator. */
    public HunterSchmidt() {}

    @Override
    public String code() {
        return "HS";
    }

    @Override
    public String token() {
        return "hs";
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
        return Moments.qDeviation(sums, tau2) / sums.weight();
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
        return (sums.q() - slice.k()) / sums.weight();
    }
}
