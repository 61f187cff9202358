package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Coefficient of determination of a regression.
 *
 * <p>Variance types: {@code LS}, {@code 4R²(1 − R²)²/n}; {@code LS2}, {@code 4R²(1 − R²)²(n − m − 1)²/((n² − 1)(n
 * + 3))}; {@code AV}, as {@code LS} at the average R² of all studies, weighted by their sizes.
 *
 * @see <a href="https://doi.org/10.1037/0033-2909.118.1.155">Olkin and Finn (1995), Psychol. Bull. 118, 155–164</a>
 */
public final class DeterminationCoefficient implements EffectMeasure<Determination> {

    private static final Description<Determination> DESCRIPTION = new Description<>(
            "r2", "coefficient of determination", "R²", Determination.class, BackTransform.identity(), 0);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public DeterminationCoefficient() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public DeterminationCoefficient(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private DeterminationCoefficient(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.LS2, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<Determination> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Determination raw) {
        double n = raw.n();
        double rho = average.orElse(raw.r2());
        double base = 4 * rho * (1 - rho) * (1 - rho);
        double df = n - raw.m() - 1;
        double v = type == VarianceType.LS2 ? base * df * df / ((n * n - 1) * (n + 3)) : base / n;
        return Effect.of(this, raw, raw.r2(), v);
    }

    @Override
    public EffectMeasure<Determination> informedBy(List<Determination> studies) {
        return type != VarianceType.AV
                ? this
                : new DeterminationCoefficient(type, Averages.weighted(studies, Determination::r2, Determination::n));
    }
}
