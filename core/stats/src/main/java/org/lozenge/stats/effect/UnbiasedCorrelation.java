package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;
import org.lozenge.stats.numeric.GaussHypergeometric;

/**
 * Pearson's correlation corrected for its bias towards 0.
 *
 * <pre>{@code y = r F(½, ½; (n−2)/2; 1 − r²)}</pre>
 *
 * <p>Variance types: {@code LS}, {@code (1 − y²)²/(n − 1)}; {@code UB}, {@code y² − 1 + (n−3)/(n−2) (1−r²) F(1,
 * 1; n/2; 1−r²)}, which is unbiased; {@code AV}, as {@code LS} at the average y of all studies, weighted by
 * their sizes.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177706717">Olkin and Pratt (1958), Ann. Math. Stat. 29, 201–211</a>
 */
public final class UnbiasedCorrelation implements EffectMeasure<Correlation> {

    private static final Description<Correlation> DESCRIPTION = new Description<>(
            "ucor", "unbiased correlation", "Correlation (unbiased)", Correlation.class, BackTransform.identity(), 0);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public UnbiasedCorrelation() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public UnbiasedCorrelation(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private UnbiasedCorrelation(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.UB, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<Correlation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Correlation raw) {
        raw.requireSubjects(5, label());
        double n = raw.n();
        double r2 = raw.r() * raw.r();
        double y = raw.r() * GaussHypergeometric.value(0.5, 0.5, (n - 2) / 2, r2);
        double rho = average.orElse(y);
        double rest = (1 - rho) * (1 + rho);
        double v = type == VarianceType.UB
                ? y * y - 1 + (n - 3) / (n - 2) * (1 - r2) * GaussHypergeometric.value(1, 1, n / 2, r2)
                : rest * rest / (n - 1);
        return Effect.of(this, raw, y, v);
    }

    @Override
    public EffectMeasure<Correlation> informedBy(List<Correlation> studies) {
        return type != VarianceType.AV
                ? this
                : new UnbiasedCorrelation(
                        type, Averages.ofEffects(new UnbiasedCorrelation(VarianceType.LS), studies, Correlation::n));
    }
}
