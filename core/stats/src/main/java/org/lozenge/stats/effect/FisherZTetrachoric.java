package org.lozenge.stats.effect;

/**
 * Fisher's z of the tetrachoric correlation. The transformation does not stabilise the variance here.
 *
 * <pre>{@code y = atanh r,  v = var(r)/(1 − r²)²}</pre>
 *
 * @see TetrachoricCorrelation
 */
public final class FisherZTetrachoric implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "ztet",
            "Fisher z of the tetrachoric correlation",
            "Tetrachoric correlation",
            TwoByTwo.class,
            BackTransform.tanh(),
            0);

    /** Creates the measure. */
    public FisherZTetrachoric() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return FisherZ.ofCorrelation(this, raw, TetrachoricCorrelation.correlation(this, raw));
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
