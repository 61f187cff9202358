package org.lozenge.stats.effect;

/**
 * Marginal log odds ratio of matched pairs.
 *
 * <pre>{@code y = log((a+b)(b+d)/((c+d)(a+c)))}</pre>
 *
 * <pre>{@code v = n(1/((a+b)(c+d)) + 1/((a+c)(b+d))) − 2n(ad − bc)/((a+b)(c+d)(a+c)(b+d))}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2532242">Becker and Balagtas (1993), Biometrics 49, 997–1009</a>
 */
public final class MatchedLogOddsRatio implements EffectMeasure<MatchedPairs> {

    private static final Description<MatchedPairs> DESCRIPTION = new Description<>(
            "mpor",
            "marginal log odds ratio of matched pairs",
            "Odds ratio (matched pairs)",
            MatchedPairs.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public MatchedLogOddsRatio() {}

    @Override
    public Description<MatchedPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MatchedPairs raw) {
        double event1 = raw.a() + raw.b();
        double event2 = raw.a() + raw.c();
        double none1 = raw.c() + raw.d();
        double none2 = raw.b() + raw.d();
        double n = raw.pairs();
        double y = StrictMath.log(event1 / none1) - StrictMath.log(event2 / none2);
        double covariance = (raw.a() * raw.d() - raw.b() * raw.c()) / (event1 * none1 * event2 * none2);
        return Effect.of(this, raw, y, n * (1 / (event1 * none1) + 1 / (event2 * none2) - 2 * covariance));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
