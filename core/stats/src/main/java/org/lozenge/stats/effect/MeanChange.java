package org.lozenge.stats.effect;

/**
 * Mean change, or mean difference of matched pairs.
 *
 * <pre>{@code y = x̄₁ − x̄₂,  v = (s₁² + s₂² − 2 r s₁ s₂)/n}</pre>
 *
 * @see <a href="https://doi.org/10.1037/1082-989X.7.1.105">Morris and DeShon (2002), Psychol. Methods 7, 105–125</a>
 */
public final class MeanChange implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION =
            new Description<>("mc", "mean change", "Mean change", PairedMeans.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public MeanChange() {}

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        return Effect.of(this, raw, raw.mean1() - raw.mean2(), raw.changeVariance() / raw.n());
    }
}
