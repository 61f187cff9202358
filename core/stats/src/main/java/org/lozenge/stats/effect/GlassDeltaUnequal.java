package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Glass' delta of groups with different variances.
 *
 * <pre>{@code y = J(n₂−1)(x̄₁ − x̄₂)/s₂,  v = s₁²/(s₂²(n₁−1)) + 1/(n₂−1) + y²/(2(n₂−1))}</pre>
 *
 * <p>As metafor since 4.6; before, it had {@code n₁} and {@code n₂} without the −1.
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.13.2.99">Bonett (2008), Psychol. Methods 13, 99–109</a>
 */
public final class GlassDeltaUnequal implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "smd1h",
            "Glass' delta (unequal variances)",
            "Glass' delta (unequal variances)",
            TwoMeans.class,
            BackTransform.identity(),
            0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public GlassDeltaUnequal() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public GlassDeltaUnequal(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double m1 = raw.n1() - 1;
        double m2 = raw.n2() - 1;
        double y = bias.factor(m2) * (raw.mean1() - raw.mean2()) / raw.sd2();
        double ratio = raw.sd1() / raw.sd2();
        return Effect.of(this, raw, y, ratio * ratio / m1 + 1 / m2 + y * y / (2 * m2));
    }
}
