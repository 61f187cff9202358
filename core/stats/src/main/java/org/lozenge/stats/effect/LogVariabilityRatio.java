package org.lozenge.stats.effect;

import java.util.Objects;

/**
 * Log ratio of two standard deviations.
 *
 * <pre>{@code y = log(s₁/s₂) + 1/(2(n₁−1)) − 1/(2(n₂−1)),  v = 1/(2(n₁−1)) + 1/(2(n₂−1))}</pre>
 *
 * @see <a href="https://doi.org/10.1111/2041-210X.12309">Nakagawa and others (2015), Methods Ecol. Evol. 6, 143–152</a>
 */
public final class LogVariabilityRatio implements EffectMeasure<TwoSpreads> {

    private static final Description<TwoSpreads> DESCRIPTION = new Description<>(
            "vr", "log variability ratio", "Variability ratio", TwoSpreads.class, BackTransform.exp(), 1);

    private final BiasCorrection bias;

    /** Creates the measure with the correction for small samples. */
    public LogVariabilityRatio() {
        this(BiasCorrection.EXACT);
    }

    /**
     * Creates the measure.
     *
     * @param bias which correction for small samples is used
     */
    public LogVariabilityRatio(BiasCorrection bias) {
        this.bias = Objects.requireNonNull(bias, "bias");
    }

    @Override
    public Description<TwoSpreads> description() {
        return DESCRIPTION;
    }

    @Override
    public Effect compute(TwoSpreads raw) {
        double v1 = 0.5 / (raw.n1() - 1);
        double v2 = 0.5 / (raw.n2() - 1);
        double y = StrictMath.log(raw.sd1() / raw.sd2()) + (bias.isOn() ? v1 - v2 : 0);
        return Effect.of(this, raw, y, raw.n1() < 2 || raw.n2() < 2 ? Double.NaN : v1 + v2);
    }
}
