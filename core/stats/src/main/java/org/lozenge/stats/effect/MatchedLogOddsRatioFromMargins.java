package org.lozenge.stats.effect;

/**
 * Marginal log odds ratio of matched pairs of which only the margins and the correlation are known.
 *
 * <pre>{@code y = log(ad/(bc)),  v = 1/a + 1/b + 1/c + 1/d − 2r √((1/a + 1/b)(1/c + 1/d))}</pre>
 *
 * @see <a href="https://doi.org/10.2307/2532242">Becker and Balagtas (1993), Biometrics 49, 997–1009</a>
 */
public final class MatchedLogOddsRatioFromMargins implements EffectMeasure<MarginalPairs> {

    private static final Description<MarginalPairs> DESCRIPTION = new Description<>(
            "mporm",
            "marginal log odds ratio of matched pairs from margins",
            "Odds ratio (matched pairs)",
            MarginalPairs.class,
            BackTransform.exp(),
            1);

    /** Creates the measure. */
    public MatchedLogOddsRatioFromMargins() {}

    @Override
    public Description<MarginalPairs> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(MarginalPairs raw) {
        double v1 = 1 / raw.a() + 1 / raw.b();
        double v2 = 1 / raw.c() + 1 / raw.d();
        double y = StrictMath.log(raw.a() / raw.b()) - StrictMath.log(raw.c() / raw.d());
        return Effect.of(this, raw, y, v1 + v2 - 2 * raw.r() * Math.sqrt(v1 * v2));
    }

    @Override
    public boolean ignoresDoubleZeros() {
        return true;
    }
}
