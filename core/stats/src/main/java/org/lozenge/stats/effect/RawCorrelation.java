package org.lozenge.stats.effect;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Pearson's correlation.
 *
 * <p>Variance types: {@code LS}, {@code (1 − r²)²/(n − 1)}; {@code AV}, the same at the average correlation of
 * all studies, weighted by their sizes.
 *
 * @see <a href="https://doi.org/10.1002/9780470743386">Borenstein and others (2009), Introduction to Meta-Analysis</a>
 */
public final class RawCorrelation implements EffectMeasure<Correlation> {

    private static final Description<Correlation> DESCRIPTION =
            new Description<>("cor", "correlation", "Correlation", Correlation.class, BackTransform.identity(), 0);

    private final VarianceType type;
    private final OptionalDouble average;

    /** Creates the measure with the usual variance. */
    public RawCorrelation() {
        this(VarianceType.LS);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public RawCorrelation(VarianceType type) {
        this(type, OptionalDouble.empty());
    }

    private RawCorrelation(VarianceType type, OptionalDouble average) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.LS, VarianceType.AV);
        this.average = average;
    }

    @Override
    public Description<Correlation> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Correlation raw) {
        raw.requireSubjects(2, label());
        double rho = average.orElse(raw.r());
        double rest = (1 - rho) * (1 + rho);
        return Effect.of(this, raw, raw.r(), rest * rest / (raw.n() - 1));
    }

    @Override
    public EffectMeasure<Correlation> informedBy(List<Correlation> studies) {
        return type != VarianceType.AV
                ? this
                : new RawCorrelation(type, Averages.weighted(studies, Correlation::r, Correlation::n));
    }
}
