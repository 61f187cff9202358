package org.lozenge.stats.effect;

/**
 * Arcsine of the square root of a proportion. Zero counts need no constant.
 *
 * <pre>{@code y = asin √(x/n),  v = 1/(4n)}</pre>
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class ArcsineProportion implements EffectMeasure<Proportion> {

    private static final Description<Proportion> DESCRIPTION = new Description<>(
            "pas", "arcsine proportion", "Proportion", Proportion.class, BackTransform.sineSquared(), Double.NaN);

    /** Creates the measure. */
    public ArcsineProportion() {}

    @Override
    public Description<Proportion> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Proportion raw) {
        return Effect.of(this, raw, Shares.arcsine(raw.events(), raw.rest()), 0.25 / raw.n());
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
