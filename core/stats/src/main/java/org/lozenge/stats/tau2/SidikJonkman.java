package org.lozenge.stats.tau2;

/**
 * Sidik–Jonkman (SJ) estimator of the between-study variance τ²: one step from a crude start,
 *
 * <pre>{@code
 * τ₀² = Σ (yᵢ − ȳ)² / k,   wᵢ = 1 / (vᵢ + τ₀²),   τ² = τ₀² Σ wᵢ (yᵢ − μ̂)² / (k − 1)
 * }</pre>
 *
 * <p>Closed form. It is positive unless all effects agree exactly, when it is 0; with little heterogeneity it is biased
 * upwards. {@code k = 1}: NaN.
 *
 * <p>The standard error is {@code τ₀² √(2 tr PVPV + 4τ² tr PVP + 2τ⁴ tr PP) / (k − 1)} with P at τ₀². Agrees with
 * metafor 3.8.1 {@code rma(method = "SJ")} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1111/j.1467-9876.2005.00489.x">Sidik and Jonkman (2005), J. R. Stat. Soc. C 54,
 *     367–384</a>
 */
public final class SidikJonkman implements Tau2Estimator {

    /** Creates the estimator. */
    public SidikJonkman() {}

    @Override
    public String code() {
        return "SJ";
    }

    @Override
    public String token() {
        return "sj";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return estimate(new Tau2Workspace().load(y, v, from, to));
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        int k = slice.k();
        if (k == 1) {
            return Double.NaN;
        }
        double start = Moments.squares(slice.y(), slice.from(), slice.to()) / k;
        if (start == 0) {
            return 0;
        }
        WeightedSums sums = slice.sums();
        sums.evaluateMean(start);
        return start * sums.q() / (k - 1);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        int k = to - from;
        if (k == 1) {
            return Double.NaN;
        }
        double start = Moments.squares(y, from, to) / k;
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(start);
        // With V = W⁻¹ − τ₀²I and PW⁻¹P = P the traces of products with V reduce to those of P and PP.
        double p = start * sums.traceP();
        double pp = start * start * sums.tracePP();
        double ratio = start == 0 ? 0 : tau2 / start;
        double variance = 2 * (k - 1 - 2 * p + pp) + 4 * ratio * (p - pp) + 2 * ratio * ratio * pp;
        return start / (k - 1) * Math.sqrt(variance);
    }
}
