package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Log ratio of two coefficients of variation. Both means must be above 0.
 *
 * <pre>{@code y = log((s₁/x̄₁)/(s₂/x̄₂)) + 1/(2(n₁−1)) − 1/(2(n₂−1)) − (cv₁²/n₁ − cv₂²/n₂)/2}</pre>
 *
 * <pre>{@code v = 1/(2(n₁−1)) + cv₁²/n₁ + 1/(2(n₂−1)) + cv₂²/n₂}</pre>
 *
 * <p>As metafor since 5.0; before, the last term of y was missing.
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 * @see <a href="https://doi.org/10.1002/jrsm.1423">Senior, Viechtbauer and Nakagawa (2020), Res. Synth. Methods 11, 553–567</a>
 */
public final class LogCoefficientOfVariationRatio implements EffectMeasure<TwoMeans> {

    private static final Description<TwoMeans> DESCRIPTION = new Description<>(
            "cvr",
            "log coefficient of variation ratio",
            "Coefficient of variation ratio",
            TwoMeans.class,
            BackTransform.exp(),
            1);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogCoefficientOfVariationRatio() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogCoefficientOfVariationRatio(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<TwoMeans> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoMeans raw) {
        raw.requireTwoEach(label());
        double cv1 = raw.sd1() / raw.mean1();
        double cv2 = raw.sd2() / raw.mean2();
        double sd1 = 0.5 / (raw.n1() - 1);
        double sd2 = 0.5 / (raw.n2() - 1);
        double mean1 = cv1 * cv1 / raw.n1();
        double mean2 = cv2 * cv2 / raw.n2();
        double correction = bias.isOn() ? sd1 - sd2 - (mean1 - mean2) / 2 : 0;
        return Effect.of(this, raw, StrictMath.log(cv1) - StrictMath.log(cv2) + correction, sd1 + mean1 + sd2 + mean2);
    }
}
