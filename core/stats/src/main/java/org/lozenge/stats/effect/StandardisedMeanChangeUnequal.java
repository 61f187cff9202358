package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean change over the standard deviation of the first occasion, for occasions with different variances.
 *
 * <pre>{@code y = J(n−1)(x̄₁ − x̄₂)/s₁,  v = (s₁² + s₂² − 2 r s₁ s₂)/(s₁²(n−1)) + y²/(2(n−1))}</pre>
 *
 * <p>As metafor since 4.6; before, it multiplied the variance by J².
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.13.2.99">Bonett (2008), Psychol. Methods 13, 99–109</a>
 */
public final class StandardisedMeanChangeUnequal implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION = new Description<>(
            "smcrh",
            "standardised mean change (raw scores, unequal variances)",
            "Standardised mean change",
            PairedMeans.class,
            BackTransform.identity(),
            0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public StandardisedMeanChangeUnequal() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public StandardisedMeanChangeUnequal(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        double m = raw.n() - 1;
        double y = bias.factor(m) * (raw.mean1() - raw.mean2()) / raw.sd1();
        double v = raw.changeVariance() / (raw.sd1() * raw.sd1() * m) + y * y / (2 * m);
        return Effect.of(this, raw, y, v);
    }
}
