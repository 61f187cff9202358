package org.lozenge.stats.effect;

/**
 * Log risk ratio.
 *
 * <pre>{@code y = log(a/n₁) − log(c/n₂),  v = 1/a − 1/n₁ + 1/c − 1/n₂}</pre>
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class LogRiskRatio implements EffectMeasure<TwoByTwo> {

    private static final Description<TwoByTwo> DESCRIPTION =
            new Description<>("rr", "log risk ratio", "Risk ratio", TwoByTwo.class, BackTransform.exp(), 1);

    /** Creates the measure. */
    public LogRiskRatio() {}

    @Override
    public Description<TwoByTwo> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoByTwo raw) {
        double y = Shares.log(raw.a(), raw.b()) - Shares.log(raw.c(), raw.d());
        // b/(a n₁) is 1/a − 1/n₁ without its cancellation.
        double v = raw.b() / (raw.a() * raw.n1()) + raw.d() / (raw.c() * raw.n2());
        return Effect.of(this, raw, y, v);
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
