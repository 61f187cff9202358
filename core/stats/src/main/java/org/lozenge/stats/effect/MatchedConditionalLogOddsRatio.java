package org.lozenge.stats.effect;

/**
 * Conditional log odds ratio of matched pairs.
 *
 * <pre>{@code y = log(b/c),  v = 1/b + 1/c}</pre>
 *
 * @see <a href="https://doi.org/10.1002/sim.1206">Curtin, Elbourne and Altman (2002), Stat. Med. 21, 2145–2159</a>
 */
public final class MatchedConditionalLogOddsRatio implements EffectMeasure<MatchedPairs> {

    private static final Description<MatchedPairs> DESCRIPTION = new Description<>(
            "mporc",
            "conditional log odds ratio of matched pairs",
            "Odds ratio (matched pairs, conditional)",
            MatchedPairs.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public MatchedConditionalLogOddsRatio() {}

    @Override
    public Description<MatchedPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MatchedPairs raw) {
        return Effect.of(this, raw, StrictMath.log(raw.b() / raw.c()), 1 / raw.b() + 1 / raw.c());
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
