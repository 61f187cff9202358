package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Risk difference.
 *
 * <pre>{@code y = a/n₁ − c/n₂,  v = ab/n₁³ + cd/n₂³}</pre>
 *
 * <p>Variance types: {@code LS}; {@code UB}, with {@code n₁ − 1} for one of the {@code n₁}, and so for {@code
 * n₂}; {@code AV}, with the risks of all studies pooled, weighted by the sizes of the groups.
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class RiskDifference implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("rd", "risk difference", "Risk difference", TwoByTwo.class, BackTransform.identity(), 0);

    private final VarianceType type;
    private final OptionalDouble average1;
    private final OptionalDouble average2;

    /** Creates the measure with the usual variance. */
    public RiskDifference() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public RiskDifference(VarianceType type) {
        this(type, OptionalDouble.empty(), OptionalDouble.empty());
    }

    private RiskDifference(VarianceType type, OptionalDouble average1, OptionalDouble average2) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.UB, VarianceType.AV);
        this.average1 = average1;
        this.average2 = average2;
    }

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        int less = type == VarianceType.UB ? 1 : 0;
        double v = spread(average1, raw.a(), raw.b()) / (raw.n1() - less)
                + spread(average2, raw.c(), raw.d()) / (raw.n2() - less);
        return Effect.of(this, raw, raw.riskDifference(), v);
    }

    @Override
    public EffectMeasure<TwoByTwo> informedBy(List<TwoByTwo> studies) {
        return type != VarianceType.AV
                ? this
                : new RiskDifference(
                        type,
                        Averages.weighted(studies, TwoByTwo::risk1, TwoByTwo::n1),
                        Averages.weighted(studies, TwoByTwo::risk2, TwoByTwo::n2));
    }

    /** The binomial variance of one subject: by the average risk, if there is one, or by the risk of the group. */
    private static double spread(OptionalDouble average, double events, double rest) {
        return average.isPresent() ? average.getAsDouble() * (1 - average.getAsDouble()) : Shares.spread(events, rest);
    }
}
