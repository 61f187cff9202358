package org.lozenge.stats.effect;

/**
 * Bonett's transformation of Cronbach's alpha.
 *
 * <pre>{@code y = −log(1 − α),  v = 2m/((m − 1)(n − 2))}</pre>
 *
 * @see <a href="https://doi.org/10.3102/10769986027004335">Bonett (2002), J. Educ. Behav. Stat. 27, 335–340</a>
 */
public final class BonettAlpha implements EffectMeasure<Reliability> {

    private static final Description<Reliability> DESCRIPTION = new Description<>(
            "abt", "Bonett alpha", "Cronbach's alpha", Reliability.class, BackTransform.bonett(), Double.NaN);

    /** Creates the measure. */
    public BonettAlpha() {}

    @Override
    public Description<Reliability> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Reliability raw) {
        raw.requireSubjects(label());
        double v = 2 * raw.m() / ((raw.m() - 1) * (raw.n() - 2));
        return Effect.of(this, raw, -StrictMath.log1p(-raw.alpha()), v);
    }
}
