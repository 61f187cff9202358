package org.lozenge.stats.effect;

/**
 * Log odds ratio with Woolf's variance.
 *
 * <pre>{@code y = log(ad/(bc)),  v = 1/a + 1/b + 1/c + 1/d}</pre>
 *
 * @see <a href="https://doi.org/10.1111/j.1469-1809.1955.tb01348.x">Woolf (1955), Ann. Hum. Genet. 19, 251–253</a>
 */
public final class LogOddsRatio implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("or", "log odds ratio", "Odds ratio", TwoByTwo.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public LogOddsRatio() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        return Effect.of(this, raw, raw.logOddsRatio(), raw.woolf());
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
