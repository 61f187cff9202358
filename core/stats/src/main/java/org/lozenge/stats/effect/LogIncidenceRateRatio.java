package org.lozenge.stats.effect;

/**
 * Log incidence rate ratio.
 *
 * <pre>{@code y = log(x₁/t₁) − log(x₂/t₂),  v = 1/x₁ + 1/x₂}</pre>
 *
 * @see <a href="https://doi.org/10.1093/aje/kwn396">Rothman, Greenland and Lash (2008), Modern Epidemiology</a>
 */
public final class LogIncidenceRateRatio implements EffectMeasure<PersonTime> {

    private static final Description<PersonTime> DESCRIPTION = new Description<>(
            "irr", "log incidence rate ratio", "Incidence rate ratio", PersonTime.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public LogIncidenceRateRatio() {}

    @Override
    public Description<PersonTime> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PersonTime raw) {
        double y = StrictMath.log(raw.rate1()) - StrictMath.log(raw.rate2());
        return Effect.of(this, raw, y, 1 / raw.events1() + 1 / raw.events2());
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
