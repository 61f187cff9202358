package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Logarithm of the standard deviation of one group.
 *
 * <pre>{@code y = log s + 1/(2(n−1)),  v = 1/(2(n−1))}</pre>
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogStandardDeviation implements EffectMeasure<OneSpread> {

    private static final Description<OneSpread> DESCRIPTION = new Description<>(
            "sdln", "log standard deviation", "Standard deviation", OneSpread.class, BackTransform.exp(), Double.NaN);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogStandardDeviation() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogStandardDeviation(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<OneSpread> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(OneSpread raw) {
        double v = 0.5 / (raw.n() - 1);
        return Effect.of(this, raw, StrictMath.log(raw.sd()) + (bias.isOn() ? v : 0), raw.n() < 2 ? Double.NaN : v);
    }
}
