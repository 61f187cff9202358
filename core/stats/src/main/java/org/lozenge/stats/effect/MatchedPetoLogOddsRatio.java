package org.lozenge.stats.effect;

/**
 * Conditional log odds ratio of matched pairs by Peto's method.
 *
 * <pre>{@code y = 2(b − c)/(b + c),  v = 4/(b + c)}</pre>
 *
 * @see <a href="https://doi.org/10.1002/sim.1206">Curtin, Elbourne and Altman (2002), Stat. Med. 21, 2145–2159</a>
 */
public final class MatchedPetoLogOddsRatio implements EffectMeasure<MatchedPairs> {

    private static final Description<MatchedPairs> DESCRIPTION = new Description<>(
            "mppeto",
            "Peto conditional log odds ratio of matched pairs",
            "Peto odds ratio (matched pairs)",
            MatchedPairs.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public MatchedPetoLogOddsRatio() {}

    @Override
    public Description<MatchedPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MatchedPairs raw) {
        double discordant = raw.b() + raw.c();
        return Effect.of(this, raw, 2 * (raw.b() - raw.c()) / discordant, 4 / discordant);
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
