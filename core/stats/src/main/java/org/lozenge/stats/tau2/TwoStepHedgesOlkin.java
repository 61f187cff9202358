package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/**
 * Two-step estimator (HE2) of the between-study variance τ² that starts from the Hedges–Olkin estimate τ₀²
 * (CA2, Cochran ANOVA, by DerSimonian and Kacker):
 *
 * <pre>{@code τ² = τ₀² + (Q(τ₀²) − (k − 1)) / (Σ wᵢ − Σ wᵢ² / Σ wᵢ),   wᵢ = 1 / (vᵢ + τ₀²)}</pre>
 *
 * <p>truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN. The standard error takes
 * the weights as fixed: {@code √(2(k − 1) + 4(τ² − τ₀²) tr P + 2(τ² − τ₀²)² tr PP) / tr P} with P at τ₀².
 *
 * @see <a href="https://doi.org/10.1016/j.cct.2006.04.004">DerSimonian and Kacker (2007), Contemp. Clin. Trials 28,
 *     105–114</a>
 */
public final class TwoStepHedgesOlkin implements Tau2Estimator {

    private static final Tau2Estimator FIRST = new HedgesOlkin();

    /** Creates the estimator. */
    public TwoStepHedgesOlkin() {}

    @Override
    public String code() {
        return "HE2";
    }

    @Override
    public String token() {
        return "he2";
    }

    @Override
    public double estimate(TauSums sums) {
        return Moments.truncate(TwoStep.moment(FIRST, sums));
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        return TwoStep.error(FIRST, sums, tau2);
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return TwoStep.moment(FIRST, effects);
    }
}
