package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Common language effect size: the probability that a subject of the first group exceeds one of the second,
 * for normal distributions.
 *
 * <pre>{@code y = Φ(d/√2),  d = (x̄₁ − x̄₂)/√((s₁² + s₂²)/2)}</pre>
 *
 * <p>Variance types, all by the delta method: {@code LS}, from the uncorrected variance of {@link
 * StandardisedDifferenceUnequal}; {@code HO}, with the pooled standard deviation, from {@code 1/n₁ + 1/n₂ +
 * d²/(2(n₁+n₂))}.
 *
 * @see <a href="https://doi.org/10.1037/0033-2909.111.2.361">McGraw and Wong (1992), Psychol. Bull. 111, 361–365</a>
 */
public final class CommonLanguageEffect implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "cles",
            "common language effect size",
            "Probability of superiority",
            TwoMeans.class,
            BackTransform.identity(),
            0.5);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public CommonLanguageEffect() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public CommonLanguageEffect(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.HO);
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        boolean equal = type == VarianceType.HO;
        Effect d = new StandardisedDifferenceUnequal(BiasCorrection.NONE).compute(raw);
        double value = equal ? raw.cohenD() : d.y();
        double variance = equal ? raw.cohenVariance() : d.v();
        double slope = StrictMath.exp(-value * value / 2) / (4 * Math.PI);
        return Effect.of(this, raw, Normal.upperTail(-value / Math.sqrt(2)), slope * variance);
    }
}
