package org.lozenge.stats.effect;

/**
 * Fisher's z of the point-biserial correlation. The transformation does not stabilise the variance here.
 *
 * <p>{@code y = atanh r,  v = var(r)/(1 − r²)²}, with the correlation and variance of {@link
 * PointBiserialCorrelation}.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.1218">Jacobs and Viechtbauer (2017), Res. Synth. Methods 8, 161–180</a>
 */
public final class FisherZPointBiserial implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "zpb",
            "Fisher z of the point-biserial correlation",
            "Point-biserial correlation",
            TwoMeans.class,
            BackTransform.tanh(),
            0);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public FisherZPointBiserial() {
        this(VarianceType.ST);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public FisherZPointBiserial(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.ST, VarianceType.CS);
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        return FisherZ.ofCorrelation(this, raw, new PointBiserialCorrelation(type).compute(raw));
    }
}
