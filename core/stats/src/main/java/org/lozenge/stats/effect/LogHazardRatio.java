package org.lozenge.stats.effect;

/** Log hazard ratio that reports state with its variance. */
public final class LogHazardRatio implements EffectMeasure<Reported> {

    private static final Description<Reported> DESCRIPTION =
            new Description<>("hr", "log hazard ratio", "Hazard ratio", Reported.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public LogHazardRatio() {}

    @Override
    public Description<Reported> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Reported raw) {
        return Effect.of(this, raw, raw.y(), raw.v());
    }
}
