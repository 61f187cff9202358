package org.lozenge.stats.effect;

/**
 * Log ratio of the standard deviations on two occasions.
 *
 * <pre>{@code y = log(s₁/s₂),  v = (1 − r²)/(n − 1)}</pre>
 *
 * <p>The corrections of both occasions are equal and cancel.
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogVariabilityRatioChange implements EffectMeasure<PairedSpreads> {

    private static final Description<PairedSpreads> DESCRIPTION = new Description<>(
            "vrc", "log variability ratio (matched)", "Variability ratio", PairedSpreads.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public LogVariabilityRatioChange() {}

    @Override
    public Description<PairedSpreads> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedSpreads raw) {
        double v = raw.n() < 2 ? Double.NaN : (1 - raw.r() * raw.r()) / (raw.n() - 1);
        return Effect.of(this, raw, StrictMath.log(raw.sd1() / raw.sd2()), v);
    }
}
