package org.lozenge.stats.effect;

import java.util.List;

/**
 * Freeman–Tukey transformation of an incidence rate. Zero counts need no constant.
 *
 * <pre>{@code y = (√(x/t) + √((x+1)/t))/2,  v = 1/(4t)}</pre>
 *
 * <p>The way back needs a person-time: that of the study, or for a pooled value the harmonic mean of the times.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177729756">Freeman and Tukey (1950), Ann. Math. Stat. 21, 607–611</a>
 */
public final class FreemanTukeyRate implements EffectMeasure<Rate> {

    private static final Description<Rate> DESCRIPTION = new Description<>(
            "irft", "Freeman-Tukey incidence rate", "Incidence rate", Rate.class, BackTransform.square(), Double.NaN);

    /** Creates the measure. */
    public FreemanTukeyRate() {}

    @Override
    public Description<Rate> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Rate raw) {
        double low = Math.sqrt(raw.events() / raw.time());
        double high = Math.sqrt((raw.events() + 1) / raw.time());
        return Effect.of(this, raw, (low + high) / 2, 0.25 / raw.time());
    }

    @Override
    public double usualAdd() {
        return 0;
    }

    @Override
    public BackTransform backTransform(List<Rate> studies) {
        return BackTransform.freemanTukeyRate(Averages.harmonic(studies, Rate::time));
    }
}
