package org.lozenge.stats.effect;

/**
 * Log odds ratio from Cohen's d, if the variable has normal distributions in both groups.
 *
 * <pre>{@code y = c d,  v = c²(1/n₁ + 1/n₂ + d²/(2(n₁+n₂))),  c = 1.65}</pre>
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.8.4.448">Sánchez-Meca, Marín-Martínez and Chacón-Moscoso (2003), Psychol. Methods 8, 448–467</a>
 */
public final class DToOddsRatioNormal implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "d2orn",
            "log odds ratio from the standardised difference (normal)",
            "Odds ratio",
            TwoMeans.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public DToOddsRatioNormal() {}

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double factor = OddsRatioToDNormal.FACTOR;
        return Effect.of(this, raw, factor * raw.cohenD(), factor * factor * raw.cohenVariance());
    }
}
