package org.lozenge.stats.effect;

/**
 * Yule's Y, the coefficient of colligation.
 *
 * <pre>{@code y = (√(ad) − √(bc))/(√(ad) + √(bc)),  v = (1 − y²)² (1/a + 1/b + 1/c + 1/d)/16}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2340126">Yule (1912), J. R. Stat. Soc. 75, 579–652</a>
 */
public final class YuleY implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("yuy", "Yule's Y", "Yule's Y", TwoByTwo.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public YuleY() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        // tanh of a quarter of the log odds ratio is Y, and 1/cosh² of it 1 − Y², without their cancellation.
        double quarter = raw.logOddsRatio() / 4;
        double cosh2 = square(StrictMath.cosh(quarter));
        return Effect.of(this, raw, StrictMath.tanh(quarter), raw.woolf() / (16 * square(cosh2)));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }

    private static double square(double value) {
        return value * value;
    }
}
