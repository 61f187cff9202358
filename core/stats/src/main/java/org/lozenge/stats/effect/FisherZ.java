package org.lozenge.stats.effect;

/**
 * Fisher's z of Pearson's correlation.
 *
 * <pre>{@code y = atanh r,  v = 1/(n − 3)}</pre>
 *
 * @see <a href="https://hdl.handle.net/2440/15169">Fisher (1921), Metron 1, 1–32</a>
 */
public final class FisherZ implements EffectMeasure<Correlation> {

    private static final Description<Correlation> DESCRIPTION =
            new Description<>("zcor", "Fisher z", "Correlation", Correlation.class, BackTransform.tanh(), 0);

    /** Creates the measure. */
    public FisherZ() {}

    @Override
    public Description<Correlation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Correlation raw) {
        raw.requireSubjects(4, label());
        return Effect.of(this, raw, atanh(raw.r()), 1 / (raw.n() - 3));
    }

    /** The inverse hyperbolic tangent. */
    static double atanh(double r) {
        return (StrictMath.log1p(r) - StrictMath.log1p(-r)) / 2;
    }

    /** Transforms a correlation and its variance by the delta method. */
    static Effect ofCorrelation(EffectMeasure<?> measure, RawData raw, Effect correlation) {
        double rest = (1 - correlation.y()) * (1 + correlation.y());
        if (!(rest > 0)) {
            throw new NotEstimableException("The " + measure.label() + " does not follow from " + raw.describe()
                    + ": the correlation would be " + Texts.print(correlation.y()) + ".");
        }
        return Effect.of(measure, raw, atanh(correlation.y()), correlation.v() / (rest * rest));
    }
}
