package org.lozenge.stats.effect;

/**
 * Yule's Q.
 *
 * <pre>{@code y = (ad − bc)/(ad + bc),  v = (1 − y²)² (1/a + 1/b + 1/c + 1/d)/4}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2340126">Yule (1912), J. R. Stat. Soc. 75, 579–652</a>
 */
public final class YuleQ implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("yuq", "Yule's Q", "Yule's Q", TwoByTwo.class, BackTransform.identity(), 0);

    /** Creates the measure. */
    public YuleQ() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        // tanh of half the log odds ratio is Q, and 1/cosh² of it 1 − Q², without their cancellation.
        double half = raw.logOddsRatio() / 2;
        double cosh2 = square(StrictMath.cosh(half));
        return Effect.of(this, raw, StrictMath.tanh(half), raw.woolf() / (4 * square(cosh2)));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }

    private static double square(double value) {
        return value * value;
    }
}
