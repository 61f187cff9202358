package org.lozenge.stats.effect;

/**
 * Log odds ratio from Cohen's d, if the variable has logistic distributions in both groups.
 *
 * <pre>{@code y = c d,  v = c²(1/n₁ + 1/n₂ + d²/(2(n₁+n₂))),  c = π/√3}</pre>
 *
 * <p>Metafor's {@code D2OR} is this measure.
 *
 * @see <a href="https://doi.org/10.1002/1097-0258(20001130)19:22%3C3127::AID-SIM784%3E3.0.CO;2-M">Chinn (2000), Stat. Med. 19, 3127–3131</a>
 */
public final class DToOddsRatioLogistic implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "d2orl",
            "log odds ratio from the standardised difference (logistic)",
            "Odds ratio",
            TwoMeans.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public DToOddsRatioLogistic() {}

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double factor = OddsRatioToDLogistic.FACTOR;
        return Effect.of(this, raw, factor * raw.cohenD(), factor * factor * raw.cohenVariance());
    }
}
