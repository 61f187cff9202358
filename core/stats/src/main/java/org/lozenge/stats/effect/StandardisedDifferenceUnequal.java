package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Standardised mean difference of groups with different variances, by the square root of the average variance.
 *
 * <pre>{@code y = J(n₁+n₂−2)(x̄₁ − x̄₂)/s,  s² = (s₁² + s₂²)/2}</pre>
 *
 * <pre>{@code v = y²(s₁⁴/(n₁−1) + s₂⁴/(n₂−1))/(8s⁴) + (s₁²/(n₁−1) + s₂²/(n₂−1))/s²}</pre>
 *
 * <p>As metafor since 4.6; before, it multiplied the variance by J².
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.13.2.99">Bonett (2008), Psychol. Methods 13, 99–109</a>
 */
public final class StandardisedDifferenceUnequal implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "smdh",
            "standardised mean difference (unequal variances)",
            "Standardised mean difference (unequal variances)",
            TwoMeans.class,
            BackTransform.identity(),
            0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public StandardisedDifferenceUnequal() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public StandardisedDifferenceUnequal(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double v1 = raw.sd1() * raw.sd1();
        double v2 = raw.sd2() * raw.sd2();
        double s2 = (v1 + v2) / 2;
        double m1 = raw.n1() - 1;
        double m2 = raw.n2() - 1;
        double y = bias.factor(m1 + m2) * (raw.mean1() - raw.mean2()) / Math.sqrt(s2);
        double v = y * y * (v1 * v1 / m1 + v2 * v2 / m2) / (8 * s2 * s2) + (v1 / m1 + v2 / m2) / s2;
        return Effect.of(this, raw, y, v);
    }
}
