package org.lozenge.stats.effect;

/**
 * Mean of one group.
 *
 * <pre>{@code y = x̄,  v = s²/n}</pre>
 *
 * @see <a href="https://doi.org/10.1002/9780470743386">Borenstein and others (2009), Introduction to Meta-Analysis</a>
 */
public final class RawMean implements EffectMeasure<OneMean> {

    private static final Description<OneMean> DESCRIPTION =
            new Description<>("mn", "mean", "Mean", OneMean.class, BackTransform.identity(), Double.NaN);

    /** Creates the measure. */
    public RawMean() {}

    @Override
    public Description<OneMean> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(OneMean raw) {
        return Effect.of(this, raw, raw.mean(), raw.n() < 2 ? Double.NaN : raw.sd() * raw.sd() / raw.n());
    }
}
