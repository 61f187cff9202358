package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean change over the standard deviation of the changes.
 *
 * <pre>{@code y = J(n−1)(x̄₁ − x̄₂)/s,  s² = s₁² + s₂² − 2 r s₁ s₂,  v = 1/n + y²/(2n)}</pre>
 *
 * <p>Variance types, d being y without J: {@code LS}, as above; {@code LS2}, {@code J²(1/n + d²/(2n))}.
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

    private final VarianceType type;
    private final BiasCorrection bias;

    /** Creates the measure with the usual variance and the exact correction for small samples. */
    public StandardisedMeanChange() {
        this(VarianceType.LS, BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @param bias which correction for small samples is used
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public StandardisedMeanChange(VarianceType type, BiasCorrection bias) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.LS2);
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        double j = bias.factor(raw.n() - 1);
        double d = (raw.mean1() - raw.mean2()) / Math.sqrt(raw.changeVariance());
        double y = j * d;
        double v = type == VarianceType.LS2 ? j * j * (1 + d * d / 2) : 1 + y * y / 2;
        return Effect.of(this, raw, y, v / raw.n());
    }
}
