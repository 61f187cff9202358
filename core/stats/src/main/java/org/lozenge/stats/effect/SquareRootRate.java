package org.lozenge.stats.effect;

/**
 * Square root of an incidence rate. Zero counts need no constant.
 *
 * <pre>{@code y = √(x/t),  v = 1/(4t)}</pre>
 *
 * @see <a href="https://doi.org/10.1093/aje/kwn396">Rothman, Greenland and Lash (2008), Modern Epidemiology</a>
 */
public final class SquareRootRate implements EffectMeasure<Rate> {

    private static final Description<Rate> DESCRIPTION = new Description<>(
            "irs", "square root incidence rate", "Incidence rate", Rate.class, BackTransform.square(), Double.NaN);

    /** Creates the measure. */
    public SquareRootRate() {}

    @Override
    public Description<Rate> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Rate raw) {
        return Effect.of(this, raw, Math.sqrt(raw.events() / raw.time()), 0.25 / raw.time());
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
