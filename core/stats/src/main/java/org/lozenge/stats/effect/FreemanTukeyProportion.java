package org.lozenge.stats.effect;

import java.util.List;

/**
 * Freeman–Tukey double arcsine of a proportion. Zero counts need no constant.
 *
 * <pre>{@code y = (asin √(x/(n+1)) + asin √((x+1)/(n+1)))/2,  v = 1/(4n + 2)}</pre>
 *
 * <p>The way back needs a size: that of the study, or for a pooled value the harmonic mean of the sizes.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177729756">Freeman and Tukey (1950), Ann. Math. Stat. 21, 607–611</a>
 * @see <a href="https://doi.org/10.2307/2682949">Miller (1978), Am. Stat. 32, 138</a>
 */
public final class FreemanTukeyProportion implements EffectMeasure<Proportion> {

    private static final Description<Proportion> DESCRIPTION = new Description<>(
            "pft", "Freeman-Tukey proportion", "Proportion", Proportion.class, BackTransform.sineSquared(), Double.NaN);

    /** Creates the measure. */
    public FreemanTukeyProportion() {}

    @Override
    public Description<Proportion> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Proportion raw) {
        return Effect.of(this, raw, transform(raw.events(), raw.n()), 1 / (4 * raw.n() + 2));
    }

    @Override
    public double usualAdd() {
        return 0;
    }

    @Override
    public BackTransform backTransform(List<Proportion> studies) {
        return BackTransform.freemanTukeyProportion(Averages.harmonic(studies, Proportion::n));
    }

    /** The transformed count. */
    static double transform(double events, double n) {
        double rest = n - events;
        return (Shares.arcsine(events, rest + 1) + Shares.arcsine(events + 1, rest)) / 2;
    }
}
