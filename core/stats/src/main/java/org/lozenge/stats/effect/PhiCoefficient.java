package org.lozenge.stats.effect;

/**
 * Phi coefficient: Pearson's correlation of two binary variables.
 *
 * <pre>{@code y = (ad − bc)/√(n₁ n₂ (a+c) (b+d))}</pre>
 *
 * <p>Variance types: {@code CS} (default), Yule's formula for a cross-sectional sample; {@code ST}, by the delta method
 * for two binomial samples whose sizes were fixed.
 *
 * @see <a href="https://doi.org/10.2307/2340126">Yule (1912), J. R. Stat. Soc. 75, 579–652</a>
 */
public final class PhiCoefficient implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("phi", "phi coefficient", "Phi coefficient", TwoByTwo.class, BackTransform.identity(), 0);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public PhiCoefficient() {
        this(VarianceType.CS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public PhiCoefficient(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.ST, VarianceType.CS);
    }

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return Effect.of(
                this,
                raw,
                PhiTerms.phi(raw),
                type == VarianceType.CS ? PhiTerms.crossSectional(raw) : PhiTerms.stratified(raw));
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
