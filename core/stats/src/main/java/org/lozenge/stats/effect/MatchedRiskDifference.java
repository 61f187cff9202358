package org.lozenge.stats.effect;

/**
 * Marginal risk difference of matched pairs.
 *
 * <pre>{@code y = (b − c)/n,  v = (b + c)/n² − (b − c)²/n³}</pre>
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981130)17:22%3C2635::AID-SIM954%3E3.0.CO;2-C">Newcombe (1998), Stat. Med. 17, 2635–2650</a>
 */
public final class MatchedRiskDifference implements EffectMeasure<MatchedPairs> {

    private static final Description<MatchedPairs> DESCRIPTION = new Description<>(
            "mprd",
            "marginal risk difference of matched pairs",
            "Risk difference (matched pairs)",
            MatchedPairs.class,
            BackTransform.identity(),
            0);

    /** Creates the measure. */
    public MatchedRiskDifference() {}

    @Override
    public Description<MatchedPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MatchedPairs raw) {
        double n = raw.pairs();
        double difference = (raw.b() - raw.c()) / n;
        return Effect.of(this, raw, difference, ((raw.b() + raw.c()) / n - difference * difference) / n);
    }
}
