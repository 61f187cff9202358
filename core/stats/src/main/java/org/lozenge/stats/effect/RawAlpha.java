package org.lozenge.stats.effect;

/**
 * Cronbach's alpha.
 *
 * <pre>{@code v = 2m(1 − α)²/((m − 1)(n − 2))}</pre>
 *
 * @see <a href="https://doi.org/10.1037/a0020142">Bonett (2010), Psychol. Methods 15, 368–385</a>
 */
public final class RawAlpha implements EffectMeasure<Reliability> {

    private static final Description<Reliability> DESCRIPTION = new Description<>(
            "araw", "Cronbach's alpha", "Cronbach's alpha", Reliability.class, BackTransform.identity(), Double.NaN);

    /** Creates the measure. */
    public RawAlpha() {}

    @Override
    public Description<Reliability> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Reliability raw) {
        raw.requireSubjects(label());
        double rest = 1 - raw.alpha();
        return Effect.of(this, raw, raw.alpha(), 2 * raw.m() * rest * rest / ((raw.m() - 1) * (raw.n() - 2)));
    }
}
