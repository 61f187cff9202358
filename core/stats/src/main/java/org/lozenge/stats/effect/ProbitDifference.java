package org.lozenge.stats.effect;

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
        double z1 = Shares.probit(raw.a(), raw.b());
        double z2 = Shares.probit(raw.c(), raw.d());
        return Effect.of(this, raw, z1 - z2, term(raw.a(), raw.b(), z1) + term(raw.c(), raw.d(), z2));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }

    private static double term(double events, double rest, double z) {
        return 2 * Math.PI * Shares.spread(events, rest) * StrictMath.exp(z * z) / (events + rest);
    }
}
