package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean change over the standard deviation of the changes.
 *
 * <pre>{@code y = J(n−1)(x̄₁ − x̄₂)/s,  s² = s₁² + s₂² − 2 r s₁ s₂,  v = 1/n + y²/(2n)}</pre>
 *
 * @see <a href="https://doi.org/10.3102/10769986018003271">Gibbons, Hedeker and Davis (1993), J. Educ. Stat. 18, 271–279</a>
 */
public final class StandardisedMeanChange implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION = new Description<>(
            "smcc",
            "standardised mean change (change scores)",
            "Standardised mean change",
            PairedMeans.class,
            BackTransform.identity(),
            0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public StandardisedMeanChange() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public StandardisedMeanChange(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        double y = bias.factor(raw.n() - 1) * (raw.mean1() - raw.mean2()) / Math.sqrt(raw.changeVariance());
        return Effect.of(this, raw, y, (1 + y * y / 2) / raw.n());
    }
}
