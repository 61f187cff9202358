package org.lozenge.stats.effect;

/**
 * Fisher's z of the multiple correlation, the root of R².
 *
 * <pre>{@code y = atanh R,  v = 1/n}</pre>
 *
 * @see <a href="https://doi.org/10.1037/0033-2909.118.1.155">Olkin and Finn (1995), Psychol. Bull. 118, 155–164</a>
 */
public final class FisherZDetermination implements EffectMeasure<Determination> {

    private static final Description<Determination> DESCRIPTION = new Description<>(
            "zr2", "Fisher z of the multiple correlation", "R²", Determination.class, BackTransform.tanhSquared(), 0);

    /** Creates the measure. */
    public FisherZDetermination() {}

    @Override
    public Description<Determination> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Determination raw) {
        return Effect.of(this, raw, FisherZ.atanh(Math.sqrt(raw.r2())), 1 / raw.n());
    }
}
