package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Proportion.
 *
 * <p>Variance types: {@code LS}, {@code p(1−p)/n}; {@code UB}, {@code p(1−p)/(n−1)}, which is unbiased; {@code
 * AV}, as {@code LS} at the average proportion of all studies, weighted by their sizes.
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class RawProportion implements EffectMeasure<Proportion> {

    private static final Description<Proportion> DESCRIPTION =
            new Description<>("pr", "proportion", "Proportion", Proportion.class, BackTransform.identity(), Double.NaN);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public RawProportion() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public RawProportion(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private RawProportion(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.UB, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<Proportion> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Proportion raw) {
        double spread = average.isPresent()
                ? average.getAsDouble() * (1 - average.getAsDouble())
                : Shares.spread(raw.events(), raw.rest());
        double n = type == VarianceType.UB ? raw.n() - 1 : raw.n();
        return Effect.of(this, raw, raw.value(), spread / n);
    }

    @Override
    public EffectMeasure<Proportion> informedBy(List<Proportion> studies) {
        return type != VarianceType.AV
                ? this
                : new RawProportion(type, Averages.weighted(studies, Proportion::value, Proportion::n));
    }
}
