package org.lozenge.stats.effect;

/**
 * Logarithm of the mean of one group; the mean must be above 0.
 *
 * <pre>{@code y = log x̄,  v = s²/(n x̄²)}</pre>
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogMean implements EffectMeasure<OneMean> {

    private static final Description<OneMean> DESCRIPTION =
            new Description<>("mnln", "log mean", "Mean", OneMean.class, BackTransform.exp(), Double.NaN);

    /** Creates the measure. */
    public LogMean() {}

    @Override
    public Description<OneMean> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(OneMean raw) {
        double cv = raw.sd() / raw.mean();
        return Effect.of(this, raw, StrictMath.log(raw.mean()), raw.n() < 2 ? Double.NaN : cv * cv / raw.n());
    }
}
