package org.lozenge.stats.effect;

/**
 * Incidence rate difference.
 *
 * <pre>{@code y = x₁/t₁ − x₂/t₂,  v = x₁/t₁² + x₂/t₂²}</pre>
 *
 * @see <a href="https://doi.org/10.1093/aje/kwn396">Rothman, Greenland and Lash (2008), Modern Epidemiology</a>
 */
public final class IncidenceRateDifference implements EffectMeasure<PersonTime> {

    private static final Description<PersonTime> DESCRIPTION = new Description<>(
            "ird",
            "incidence rate difference",
            "Incidence rate difference",
            PersonTime.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public IncidenceRateDifference() {}

    @Override
    public Description<PersonTime> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PersonTime raw) {
        double v = raw.rate1() / raw.time1() + raw.rate2() / raw.time2();
        return Effect.of(this, raw, raw.rateDifference(), v);
    }
}
