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
    public double estimate(double[] y, double[] v, int from, int to) {
        return Moments.truncate(moment(y, v, from, to));
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        int k = to - from;
        if (k == 1) {
            return Double.NaN;
        }
        double largest = Moments.largest(v, from, to);
        double mean = Moments.mean(v, from, to) / largest;
        double squares = 0;
        for (int i = from; i < to; i++) {
            double relative = v[i] / largest;
            squares += relative * relative;
        }
        double t = tau2 / largest;
        double variance = 2 * (squares * (k - 2) / k + mean * mean) + 4 * t * mean * (k - 1) + 2 * t * t * (k - 1);
        return largest * Math.sqrt(variance) / (k - 1);
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return moment(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
    }

    private static double moment(double[] y, double[] v, int from, int to) {
        int k = to - from;
        return k == 1 ? Double.NaN : Moments.squares(y, from, to) / (k - 1) - Moments.mean(v, from, to);
    }
}
