package org.lozenge.stats.effect;

/**
 * Mean difference.
 *
 * <pre>{@code y = x̄₁ − x̄₂}</pre>
 *
 * <p>Variance types: {@code LS}, {@code s₁²/n₁ + s₂²/n₂}; {@code HO}, {@code s²(1/n₁ + 1/n₂)} with the pooled
 * standard deviation.
 *
 * @see <a href="https://doi.org/10.1002/9780470743386">Borenstein and others (2009), Introduction to Meta-Analysis</a>
 */
public final class MeanDifference implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION =
            new Description<>("md", "mean difference", "Mean difference", TwoMeans.class, BackTransform.identity(), 0);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public MeanDifference() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public MeanDifference(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.HO);
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double pooled = raw.pooledSd();
        double v = type == VarianceType.HO
                ? pooled * pooled * (1 / raw.n1() + 1 / raw.n2())
                : raw.sd1() * raw.sd1() / raw.n1() + raw.sd2() * raw.sd2() / raw.n2();
        return Effect.of(this, raw, raw.mean1() - raw.mean2(), v);
    }
}
