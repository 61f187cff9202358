package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean change over the standard deviation of the first occasion; the second one is not used.
 *
 * <pre>{@code y = J(n−1)(x̄₁ − x̄₂)/s₁,  v = 2(1−r)/n + y²/(2n)}</pre>
 *
 * @see <a href="https://doi.org/10.1111/j.2044-8317.1988.tb00901.x">Becker (1988), Br. J. Math. Stat. Psychol. 41, 257–278</a>
 */
public final class StandardisedMeanChangeRaw implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION = new Description<>(
            "smcr",
            "standardised mean change (raw scores)",
            "Standardised mean change",
            PairedMeans.class,
            BackTransform.identity(),
            0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public StandardisedMeanChangeRaw() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public StandardisedMeanChangeRaw(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        double y = bias.factor(raw.n() - 1) * (raw.mean1() - raw.mean2()) / raw.sd1();
        return Effect.of(this, raw, y, (2 * (1 - raw.r()) + y * y / 2) / raw.n());
    }
}
