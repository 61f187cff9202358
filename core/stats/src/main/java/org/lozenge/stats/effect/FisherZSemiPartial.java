package org.lozenge.stats.effect;

/**
 * Fisher's z of a semi-partial correlation. The transformation does not stabilise the variance here.
 *
 * <p>{@code y = atanh r,  v = var(r)/(1 − r²)²}, with the variance of {@link SemiPartialCorrelationCoefficient}.
 *
 * @see <a href="https://doi.org/10.3102/1076998610396901">Aloe and Becker (2012), J. Educ. Behav. Stat. 37, 278–297</a>
 */
public final class FisherZSemiPartial implements EffectMeasure<SemiPartialCorrelation> {

    private static final Description<SemiPartialCorrelation> DESCRIPTION = new Description<>(
            "zspcor",
            "Fisher z of the semi-partial correlation",
            "Semi-partial correlation",
            SemiPartialCorrelation.class,
            BackTransform.tanh(),
            0);

    /** Creates the measure. */
    public FisherZSemiPartial() {}

    @Override
    public Description<SemiPartialCorrelation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(SemiPartialCorrelation raw) {
        Effect r = new SemiPartialCorrelationCoefficient(VarianceType.LS).compute(raw);
        return FisherZ.ofCorrelation(this, raw, r);
    }
}
