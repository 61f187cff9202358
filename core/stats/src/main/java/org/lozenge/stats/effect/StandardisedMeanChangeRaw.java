package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean change over the standard deviation of the first occasion; the second one is not used.
 *
 * <pre>{@code y = J(n−1)(x̄₁ − x̄₂)/s₁,  v = 2(1−r)/n + y²/(2n)}</pre>
 *
 * <p>Variance types, d being y without J: {@code LS}, as above; {@code LS2}, {@code J²(2(1−r)/n + d²/(2n))}.
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

    private final VarianceType type;
    private final BiasCorrection bias;

    /** Creates the measure with the usual variance and the exact correction for small samples. */
    public StandardisedMeanChangeRaw() {
        this(VarianceType.LS, BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @param bias which correction for small samples is used
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public StandardisedMeanChangeRaw(VarianceType type, BiasCorrection bias) {
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
        double d = (raw.mean1() - raw.mean2()) / raw.sd1();
        double y = j * d;
        double base = 2 * (1 - raw.r());
        double v = type == VarianceType.LS2 ? j * j * (base + d * d / 2) : base + y * y / 2;
        return Effect.of(this, raw, y, v / raw.n());
    }
}
