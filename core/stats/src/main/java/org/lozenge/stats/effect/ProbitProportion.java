package org.lozenge.stats.effect;

/**
 * Probit of a proportion.
 *
 * <pre>{@code y = Φ⁻¹(p),  v = 2π p(1−p) exp(y²)/n}</pre>
 *
 * @see <a href="https://doi.org/10.1002/0471445428">Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions</a>
 */
public final class ProbitProportion implements EffectMeasure<Proportion> {

    private static final Description<Proportion> DESCRIPTION = new Description<>(
            "prz", "probit proportion", "Proportion", Proportion.class, BackTransform.normal(), Double.NaN);

    /** Creates the measure. */
    public ProbitProportion() {}

    @Override
    public Description<Proportion> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(Proportion raw) {
        double y = Shares.probit(raw.events(), raw.rest());
        double spread = Shares.spread(raw.events(), raw.rest());
        return Effect.of(this, raw, y, 2 * Math.PI * spread * StrictMath.exp(y * y) / raw.n());
    }
}
