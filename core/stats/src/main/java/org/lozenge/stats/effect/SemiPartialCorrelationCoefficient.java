package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Semi-partial correlation.
 *
 * <pre>{@code v = (R⁴ − 2R² + u + 1 − u²)/n,  u = R² − r²}</pre>
 *
 * <p>Variance types: {@code LS}; {@code AV}, with the average r of all studies, weighted by their sizes.
 *
 * @see <a href="https://doi.org/10.3102/1076998610396901">Aloe and Becker (2012), J. Educ. Behav. Stat. 37, 278–297</a>
 */
public final class SemiPartialCorrelationCoefficient implements EffectMeasure<SemiPartialCorrelation> {

    private static final Description<SemiPartialCorrelation> DESCRIPTION = new Description<>(
            "spcor",
            "semi-partial correlation",
            "Semi-partial correlation",
            SemiPartialCorrelation.class,
            BackTransform.identity(),
            0);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public SemiPartialCorrelationCoefficient() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public SemiPartialCorrelationCoefficient(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private SemiPartialCorrelationCoefficient(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<SemiPartialCorrelation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(SemiPartialCorrelation raw) {
        double rho = average.orElse(raw.r());
        double r2 = raw.r2();
        double u = r2 - rho * rho;
        return Effect.of(this, raw, raw.r(), (r2 * r2 - 2 * r2 + u + 1 - u * u) / raw.n());
    }

    @Override
    public EffectMeasure<SemiPartialCorrelation> informedBy(List<SemiPartialCorrelation> studies) {
        return type != VarianceType.AV
                ? this
                : new SemiPartialCorrelationCoefficient(
                        type, Averages.weighted(studies, SemiPartialCorrelation::r, SemiPartialCorrelation::n));
    }
}
