package org.lozenge.stats.effect;

/**
 * Logarithm of an incidence rate.
 *
 * <pre>{@code y = log(x/t),  v = 1/x}</pre>
 *
 * @see <a href="https://doi.org/10.1093/aje/kwn396">Rothman, Greenland and Lash (2008), Modern Epidemiology</a>
 */
public final class LogIncidenceRate implements EffectMeasure<Rate> {

    private static final Description<Rate> DESCRIPTION = new Description<>(
            "irln", "log incidence rate", "Incidence rate", Rate.class, BackTransform.exp(), Double.NaN);

    /** Creates the measure. */
    public LogIncidenceRate() {}

    @Override
    public Description<Rate> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Rate raw) {
        return Effect.of(this, raw, StrictMath.log(raw.events() / raw.time()), 1 / raw.events());
    }
}
