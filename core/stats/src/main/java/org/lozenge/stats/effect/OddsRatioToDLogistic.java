package org.lozenge.stats.effect;

/**
 * Standardised mean difference from the odds ratio, if the variable behind the events has a logistic
 * distribution.
 *
 * <pre>{@code y = log OR/c,  v = var(log OR)/c²,  c = π/√3}</pre>
 *
 * <p>Metafor's {@code OR2D} is this measure.
 *
 * @see <a href="https://doi.org/10.1002/1097-0258(20001130)19:22%3C3127::AID-SIM784%3E3.0.CO;2-M">Chinn (2000), Stat. Med. 19, 3127–3131</a>
 */
public final class OddsRatioToDLogistic implements EffectMeasure<TwoByTwo> {

    /** The standard deviation of the distribution that the odds ratio is divided by. */
    static final double FACTOR = Math.PI / Math.sqrt(3);

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "or2dl",
            "standardised difference from the odds ratio (logistic)",
            "Standardised mean difference",
            TwoByTwo.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public OddsRatioToDLogistic() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return Effect.of(this, raw, raw.logOddsRatio() / FACTOR, raw.woolf() / (FACTOR * FACTOR));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
