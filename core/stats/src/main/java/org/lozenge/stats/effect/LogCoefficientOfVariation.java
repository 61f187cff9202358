package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Logarithm of the coefficient of variation of one group; the mean must be above 0.
 *
 * <pre>{@code y = log(s/x̄) + 1/(2(n−1)),  v = 1/(2(n−1)) + s²/(n x̄²)}</pre>
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogCoefficientOfVariation implements EffectMeasure<OneMean> {

    private static final Description<OneMean> DESCRIPTION = new Description<>(
            "cvln",
            "log coefficient of variation",
            "Coefficient of variation",
            OneMean.class,
            BackTransform.exp(),
            Double.NaN);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogCoefficientOfVariation() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogCoefficientOfVariation(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<OneMean> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(OneMean raw) {
        double cv = raw.sd() / raw.mean();
        double sd = 0.5 / (raw.n() - 1);
        double v = raw.n() < 2 ? Double.NaN : sd + cv * cv / raw.n();
        return Effect.of(this, raw, StrictMath.log(cv) + (bias.isOn() ? sd : 0), v);
    }
}
