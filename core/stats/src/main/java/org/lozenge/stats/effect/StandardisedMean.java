package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Mean of one group over its standard deviation.
 *
 * <pre>{@code y = J(n−1) x̄/s,  v = 1/n + y²/(2n)}</pre>
 *
 * @see <a href="https://doi.org/10.3102/10769986006002107">Hedges (1981), J. Educ. Stat. 6, 107–128</a>
 */
public final class StandardisedMean implements EffectMeasure<OneMean> {

    private static final Description<OneMean> DESCRIPTION = new Description<>(
            "smn", "standardised mean", "Standardised mean", OneMean.class, BackTransform.identity(), 0);

    private final BiasCorrection bias;

    /** Creates the measure with the exact correction for small samples. */
    public StandardisedMean() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public StandardisedMean(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<OneMean> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(OneMean raw) {
        double y = bias.factor(raw.n() - 1) * raw.mean() / raw.sd();
        return Effect.of(this, raw, y, raw.n() < 2 ? Double.NaN : (1 + y * y / 2) / raw.n());
    }
}
