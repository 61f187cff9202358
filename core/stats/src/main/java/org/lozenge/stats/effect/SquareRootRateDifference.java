package org.lozenge.stats.effect;

/**
 * Difference of the square roots of two incidence rates. Zero counts need no constant.
 *
 * <pre>{@code y = √(x₁/t₁) − √(x₂/t₂),  v = 1/(4t₁) + 1/(4t₂)}</pre>
 *
 * @see <a href="https://doi.org/10.2202/1557-4679.1168">Bagos and Nikolopoulos (2009), Int. J. Biostat. 5</a>
 */
public final class SquareRootRateDifference implements EffectMeasure<PersonTime> {

    private static final Description<PersonTime> DESCRIPTION = new Description<>(
            "irsd",
            "square root incidence rate difference",
            "Square root incidence rate difference",
            PersonTime.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public SquareRootRateDifference() {}

    @Override
    public Description<PersonTime> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PersonTime raw) {
        double y = Math.sqrt(raw.rate1()) - Math.sqrt(raw.rate2());
        return Effect.of(this, raw, y, 0.25 / raw.time1() + 0.25 / raw.time2());
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
