package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Partial correlation.
 *
 * <p>Variance types: {@code LS}, {@code (1 − r²)²/(n − m)}; {@code AV}, the same at the average of all studies,
 * weighted by their sizes. Here m counts all predictors, the one in question included; with no other predictor
 * the variance is that of a correlation.
 *
 * @see <a href="https://doi.org/10.1080/00221309.2013.853021">Aloe (2014), J. Gen. Psychol. 141, 47–64</a>
 */
public final class PartialCorrelationCoefficient implements EffectMeasure<PartialCorrelation> {

    private static final Description<PartialCorrelation> DESCRIPTION = new Description<>(
            "pcor",
            "partial correlation",
            "Partial correlation",
            PartialCorrelation.class,
            BackTransform.identity(),
            0);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public PartialCorrelationCoefficient() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public PartialCorrelationCoefficient(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private PartialCorrelationCoefficient(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<PartialCorrelation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PartialCorrelation raw) {
        double rho = average.orElse(raw.r());
        double rest = (1 - rho) * (1 + rho);
        return Effect.of(this, raw, raw.r(), rest * rest / (raw.n() - raw.m()));
    }

    @Override
    public EffectMeasure<PartialCorrelation> informedBy(List<PartialCorrelation> studies) {
        return type != VarianceType.AV
                ? this
                : new PartialCorrelationCoefficient(
                        type, Averages.weighted(studies, PartialCorrelation::r, PartialCorrelation::n));
    }
}
