package org.lozenge.stats.effect;

/**
 * Standardised mean difference from the odds ratio, if the variable behind the events has a normal
 * distribution.
 *
 * <pre>{@code y = log OR/c,  v = var(log OR)/c²,  c = 1.65}</pre>
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.8.4.448">Sánchez-Meca, Marín-Martínez and Chacón-Moscoso (2003), Psychol. Methods 8, 448–467</a>
 */
public final class OddsRatioToDNormal implements EffectMeasure<TwoByTwo> {

    /** About the ratio of a log odds ratio to a difference of probits; the choice of Cox and Snell. */
    static final double FACTOR = 1.65;

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "or2dn",
            "standardised difference from the odds ratio (normal)",
            "Standardised mean difference",
            TwoByTwo.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public OddsRatioToDNormal() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return Effect.of(this, raw, raw.logOddsRatio() / FACTOR, raw.woolf() / (FACTOR * FACTOR));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
