package org.lozenge.stats.effect;

/**
 * Difference of the arcsines of the square roots of two risks. Half of Cohen's h. Zero cells need no constant.
 *
 * <pre>{@code y = asin √(a/n₁) − asin √(c/n₂),  v = 1/(4n₁) + 1/(4n₂)}</pre>
 *
 * @see <a href="https://doi.org/10.1002/sim.3511">Rücker and others (2009), Stat. Med. 28, 721–738</a>
 */
public final class ArcsineDifference implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION = new Description<>(
            "as", "arcsine difference", "Arcsine difference", TwoByTwo.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public ArcsineDifference() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        double y = Shares.arcsine(raw.a(), raw.b()) - Shares.arcsine(raw.c(), raw.d());
        return Effect.of(this, raw, y, 0.25 / raw.n1() + 0.25 / raw.n2());
    }

    @Override
    public double usualAdd() {
        return 0;
    }
}
