package org.lozenge.stats.effect;

/** Any effect that reports state with its variance; shown as it is. */
public final class GenericEffect implements EffectMeasure<Reported> {

    private static final Description<Reported> DESCRIPTION =
            new Description<>("generic", "effect", "Effect", Reported.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public GenericEffect() {}

    @Override
    public Description<Reported> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Reported raw) {
        return Effect.of(this, raw, raw.y(), raw.v());
    }
}
