package org.lozenge.stats.effect;

/**
 * Fisher's z of a partial correlation.
 *
 * <pre>{@code y = atanh r,  v = 1/(n − q − 3),  q = m − 1}</pre>
 *
 * <p>q counts the variables held fixed; m, the predictors of the model, counts the one in question too.
 *
 * @see <a href="https://doi.org/10.1080/00221309.2013.853021">Aloe (2014), J. Gen. Psychol. 141, 47–64</a>
 */
public final class FisherZPartial implements EffectMeasure<PartialCorrelation> {

    private static final Description<PartialCorrelation> DESCRIPTION = new Description<>(
            "zpcor",
            "Fisher z of the partial correlation",
            "Partial correlation",
            PartialCorrelation.class,
            BackTransform.tanh(),
            0);

    /** Creates the measure. */
    public FisherZPartial() {}

    @Override
    public Description<PartialCorrelation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PartialCorrelation raw) {
        double df = raw.n() - (raw.m() - 1) - 3;
        if (!(df > 0)) {
            throw new NotEstimableException(
                    "The " + label() + " needs more than m + 2 subjects, but has " + raw.describe() + ".");
        }
        return Effect.of(this, raw, FisherZ.atanh(raw.r()), 1 / df);
    }
}
