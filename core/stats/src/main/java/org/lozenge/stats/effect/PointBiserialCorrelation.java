package org.lozenge.stats.effect;

/**
 * Point-biserial correlation of a group and a measurement.
 *
 * <pre>{@code y = d/√(d² + h),  h = m/n₁ + m/n₂,  m = n₁ + n₂ − 2}</pre>
 *
 * <p>Variance types: {@code ST} (default), by the delta method from Cohen's d for groups whose sizes were fixed;
 * {@code CS}, Tate's {@code (1−y²)²(1 − 3y²/2 + y²/(4pq))/n} for a cross-sectional sample, {@code p = n₁/n = 1
 * − q}.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177728730">Tate (1954), Ann. Math. Stat. 25, 603–607</a>
 */
public final class PointBiserialCorrelation implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "rpb",
            "point-biserial correlation",
            "Point-biserial correlation",
            TwoMeans.class,
            BackTransform.identity(),
            0);

    private final VarianceType type;

    /** Creates the measure with the usual variance. */
    public PointBiserialCorrelation() {
        this(VarianceType.ST);
    }

    /**
     * Creates the measure.
     *
     * @param type which formula gives the variance
     * @throws IllegalArgumentException if this measure has no such variance type
     */
    public PointBiserialCorrelation(VarianceType type) {
        this.type = type.require(DESCRIPTION.code(), VarianceType.ST, VarianceType.CS);
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double n = raw.n1() + raw.n2();
        double d = raw.cohenD();
        double h = (n - 2) / raw.n1() + (n - 2) / raw.n2();
        double y = d / Math.sqrt(d * d + h);
        // 1 − y² without its cancellation.
        double rest = h / (d * d + h);
        double pq = raw.n1() / n * (raw.n2() / n);
        double v = type == VarianceType.CS
                ? rest * rest * (1 - 1.5 * y * y + y * y / (4 * pq)) / n
                : rest * rest * rest / h * raw.cohenVariance();
        return Effect.of(this, raw, y, v);
    }
}
