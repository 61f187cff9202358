package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Logarithm of a proportion.
 *
 * <pre>{@code y = log(x/n)}</pre>
 *
 * <p>Variance types: {@code LS}, {@code 1/x − 1/n}; {@code AV}, {@code 1/(pn) − 1/n} at the average proportion p
 * of all studies, weighted by their sizes.
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class LogProportion implements EffectMeasure<Proportion> {

    private static final Description<Proportion> DESCRIPTION =
            new Description<>("pln", "log proportion", "Proportion", Proportion.class, BackTransform.exp(), Double.NaN);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public LogProportion() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public LogProportion(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private LogProportion(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<Proportion> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Proportion raw) {
        double v = average.isPresent()
                ? (1 - average.getAsDouble()) / (average.getAsDouble() * raw.n())
                : raw.rest() / (raw.events() * raw.n());
        return Effect.of(this, raw, Shares.log(raw.events(), raw.rest()), v);
    }

    @Override
    public EffectMeasure<Proportion> informedBy(List<Proportion> studies) {
        return type != VarianceType.AV
                ? this
                : new LogProportion(type, Averages.weighted(studies, Proportion::value, Proportion::n));
    }
}
