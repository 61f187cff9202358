package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/**
 * Hedges–Olkin (HE) estimator of the between-study variance τ², also known as the Cochran ANOVA or variance component
 * estimator:
 *
 * <pre>{@code τ² = Σ (yᵢ − ȳ)² / (k − 1) − Σ vᵢ / k}</pre>
 *
 * <p>truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN.
 *
 * <p>The standard error is {@code √(2 tr PVPV + 4τ² tr PV + 2τ⁴(k − 1)) / (k − 1)} with P the centring matrix. Agrees
 * with metafor 3.8.1 {@code rma(method = "HE")} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1002/sim.2514">Viechtbauer (2007), Stat. Med. 26, 37–52</a>
 */
public final class HedgesOlkin implements Tau2Estimator {

    /** Creates the estimator. */
    public HedgesOlkin() {}

    @Override
    public String code() {
        return "HE";
    }

    @Override
    public String token() {
        return "he";
    }

    @Override
    public double estimate(TauSums sums) {
        return Moments.truncate(moment(sums));
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        double df = sums.df();
        if (df == 0) {
            return Double.NaN;
        }
        double trace = sums.varianceTrace();
        return Math.sqrt(2 * sums.varianceTraceSquare() + 4 * tau2 * trace + 2 * tau2 * tau2 * df) / df;
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return moment(new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k()));
    }

    private static double moment(TauSums sums) {
        if (sums.df() == 0) {
            return Double.NaN;
        }
        return (sums.residualSquares() - sums.varianceTrace()) / sums.df();
    }
}
