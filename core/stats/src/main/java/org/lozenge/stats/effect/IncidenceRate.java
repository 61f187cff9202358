package org.lozenge.stats.effect;

/**
 * Incidence rate.
 *
 * <pre>{@code y = x/t,  v = x/t²}</pre>
 *
 * @see <a href="https://doi.org/10.1093/aje/kwn396">Rothman, Greenland and Lash (2008), Modern Epidemiology</a>
 */
public final class IncidenceRate implements EffectMeasure<Rate> {

    private static final Description<Rate> DESCRIPTION = new Description<>(
            "ir", "incidence rate", "Incidence rate", Rate.class, BackTransform.identity(), Double.NaN);

    /** Creates the measure. */
    public IncidenceRate() {}

    @Override
    public Description<Rate> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Rate raw) {
        double y = raw.events() / raw.time();
        return Effect.of(this, raw, y, y / raw.time());
    }
}
