package org.lozenge.stats.effect;

/**
 * Fisher's z of the biserial correlation. The transformation does not stabilise the variance here.
 *
 * <p>{@code y = atanh r,  v = var(r)/(1 − r²)²}, with the correlation and variance of {@link
 * BiserialCorrelation}.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.1218">Jacobs and Viechtbauer (2017), Res. Synth. Methods 8, 161–180</a>
 */
public final class FisherZBiserial implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "zbis",
            "Fisher z of the biserial correlation",
            "Biserial correlation",
            TwoMeans.class,
            BackTransform.tanh(),
            0);

    /** Creates the measure. */
    public FisherZBiserial() {}

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        return FisherZ.ofCorrelation(this, raw, new BiserialCorrelation().compute(raw));
    }
}
