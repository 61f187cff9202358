package org.lozenge.stats.effect;

/**
 * Hakstian and Whalen's transformation of Cronbach's alpha.
 *
 * <pre>{@code y = 1 − (1 − α)^(1/3),  v = 18m(n−1)(1−α)^(2/3)/((m−1)(9n−11)²)}</pre>
 *
 * @see <a href="https://doi.org/10.1007/BF02291840">Hakstian and Whalen (1976), Psychometrika 41, 219–231</a>
 */
public final class HakstianWhalenAlpha implements EffectMeasure<Reliability> {

    private static final Description<Reliability> DESCRIPTION = new Description<>(
            "ahw",
            "Hakstian-Whalen alpha",
            "Cronbach's alpha",
            Reliability.class,
            BackTransform.hakstianWhalen(),
            Double.NaN);

    /** Creates the measure. */
    public HakstianWhalenAlpha() {}

    @Override
    public Description<Reliability> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Reliability raw) {
        raw.requireSubjects(label());
        double root = StrictMath.cbrt(1 - raw.alpha());
        double n = raw.n();
        double v = 18 * raw.m() * (n - 1) * root * root / ((raw.m() - 1) * (9 * n - 11) * (9 * n - 11));
        return Effect.of(this, raw, 1 - root, v);
    }
}
