package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/**
 * Hunter–Schmidt estimator of the between-study variance τ² with a small-sample correction (HSk):
 *
 * <pre>{@code τ² = (Q · k / (k − 1) − k) / Σ wᵢ,   wᵢ = 1 / vᵢ,   Q = Σ wᵢ (yᵢ − μ̂)²}</pre>
 *
 * <p>truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN.
 *
 * <p>The standard error is {@code k / (k − 1)} times that of {@link HunterSchmidt}. Agrees with metafor 3.8.1
 * {@code rma(method = "HSk")} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.1316">Langan et al. (2019), Res. Synth. Methods 10, 83–98</a>
 */
public final class HunterSchmidtCorrected implements Tau2Estimator {

    /** Creates the estimator. */
    public HunterSchmidtCorrected() {}

    @Override
    public String code() {
        return "HSk";
    }

    @Override
    public String token() {
        return "hsk";
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
        int k = to - from;
        if (k == 1) {
            return Double.NaN;
        }
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(0);
        return k / (k - 1.0) * Moments.qDeviation(sums, tau2) / sums.weight();
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return moment(
                new Tau2Workspace().load(effects.y().toArray(), effects.v().toArray(), 0, effects.k()));
    }

    private static double moment(Tau2Workspace slice) {
        int k = slice.k();
        if (k == 1) {
            return Double.NaN;
        }
        WeightedSums sums = slice.sums();
        sums.evaluateMean(0);
        return (sums.q() * k / (k - 1) - k) / sums.weight();
    }
}
