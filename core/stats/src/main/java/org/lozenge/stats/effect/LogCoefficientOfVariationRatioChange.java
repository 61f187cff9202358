package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Log ratio of the coefficients of variation on two occasions. Both means must be above 0.
 *
 * <pre>{@code y = log(cv₁/cv₂) − (cv₁² − cv₂²)/(2n),  v = (1 − r²)/(n − 1) + (cv₁² + cv₂² − 2 r cv₁ cv₂)/n}</pre>
 *
 * <p>The second term of y corrects the bias; metafor has it since 5.0.
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogCoefficientOfVariationRatioChange implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION = new Description<>(
            "cvrc",
            "log coefficient of variation ratio (matched)",
            "Coefficient of variation ratio",
            PairedMeans.class,
            BackTransform.exp(),
            1);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogCoefficientOfVariationRatioChange() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogCoefficientOfVariationRatioChange(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<PairedMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(PairedMeans raw) {
        raw.requirePairs(2, label());
        double cv1 = raw.sd1() / raw.mean1();
        double cv2 = raw.sd2() / raw.mean2();
        double correction = bias.isOn() ? -(cv1 * cv1 - cv2 * cv2) / (2 * raw.n()) : 0;
        double v =
                (1 - raw.r() * raw.r()) / (raw.n() - 1) + (cv1 * cv1 + cv2 * cv2 - 2 * raw.r() * cv1 * cv2) / raw.n();
        return Effect.of(this, raw, StrictMath.log(cv1) - StrictMath.log(cv2) + correction, v);
    }
}
