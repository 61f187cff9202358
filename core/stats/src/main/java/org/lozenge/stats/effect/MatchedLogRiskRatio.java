package org.lozenge.stats.effect;

/**
 * Marginal log risk ratio of matched pairs.
 *
 * <pre>{@code y = log((a+b)/(a+c)),  v = (b+c)/((a+b)(a+c))}</pre>
 *
 * @see <a href="https://doi.org/10.1002/sim.1206">Curtin, Elbourne and Altman (2002), Stat. Med. 21, 2145–2159</a>
 */
public final class MatchedLogRiskRatio implements EffectMeasure<MatchedPairs> {

    private static final Description<MatchedPairs> DESCRIPTION = new Description<>(
            "mprr",
            "marginal log risk ratio of matched pairs",
            "Risk ratio (matched pairs)",
            MatchedPairs.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public MatchedLogRiskRatio() {}

    @Override
    public Description<MatchedPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MatchedPairs raw) {
        double first = raw.a() + raw.b();
        double second = raw.a() + raw.c();
        return Effect.of(this, raw, StrictMath.log(first / second), (raw.b() + raw.c()) / (first * second));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
