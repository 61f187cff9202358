package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Log ratio of the means on two occasions. Both means must have the same sign.
 *
 * <pre>{@code y = log(x̄₁/x̄₂) + (cv₁² − cv₂²)/(2n),  v = (cv₁² + cv₂² − 2 r cv₁ cv₂)/n,  cvᵢ = sᵢ/x̄ᵢ}</pre>
 *
 * <p>The second term of y corrects the bias; metafor has it since 5.0.
 *
 * @see <a href="https://doi.org/10.1890/11-0423.1">Lajeunesse (2011), Ecology 92, 2049–2055</a>
 * @see <a href="https://doi.org/10.1890/14-2402.1">Lajeunesse (2015), Ecology 96, 2056–2063</a>
 */
public final class LogRatioOfMeansChange implements EffectMeasure<PairedMeans> {

    private static final Description<PairedMeans> DESCRIPTION = new Description<>(
            "romc", "log ratio of means (matched)", "Ratio of means", PairedMeans.class, BackTransform.exp(), 1);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogRatioOfMeansChange() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogRatioOfMeansChange(BiasCorrection bias) {
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
        double correction = bias.isOn() ? (cv1 * cv1 - cv2 * cv2) / (2 * raw.n()) : 0;
        double v = (cv1 * cv1 + cv2 * cv2 - 2 * raw.r() * cv1 * cv2) / raw.n();
        return Effect.of(this, raw, StrictMath.log(raw.mean1() / raw.mean2()) + correction, v);
    }
}
