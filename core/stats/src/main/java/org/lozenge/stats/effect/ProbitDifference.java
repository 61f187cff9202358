package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Difference of the probits of two risks: an estimate of the standardised mean difference of a normal variable
 * that was cut in two.
 *
 * <pre>{@code y = z₁ − z₂,  zᵢ = Φ⁻¹(pᵢ),  v = Σ 2π pᵢ(1−pᵢ) exp(zᵢ²)/nᵢ}</pre>
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.8.4.448">Sánchez-Meca, Marín-Martínez and Chacón-Moscoso (2003), Psychol. Methods 8, 448–467</a>
 */
public final class ProbitDifference implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "pbit",
            "probit difference",
            "Standardised mean difference (probit)",
            TwoByTwo.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public ProbitDifference() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        double z1 = -Normal.upperQuantile(raw.risk1());
        double z2 = -Normal.upperQuantile(raw.risk2());
        return Effect.of(this, raw, z1 - z2, term(raw.risk1(), z1, raw.n1()) + term(raw.risk2(), z2, raw.n2()));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }

    private static double term(double risk, double z, double n) {
        return 2 * Math.PI * risk * (1 - risk) * StrictMath.exp(z * z) / n;
    }
}
