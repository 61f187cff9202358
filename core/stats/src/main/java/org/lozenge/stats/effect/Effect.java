package org.lozenge.stats.effect;

/**
 * An effect size of one study and its sampling variance, on the analysis scale.
 *
 * @param y the effect size, finite
 * @param v its sampling variance, finite and above 0
 */
public record Effect(double y, double v) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the effect is not finite or the variance not finite and above 0
     */
    public Effect {
        if (!Double.isFinite(y) || !(v > 0) || Double.isInfinite(v)) {
            throw new IllegalArgumentException(
                    "An effect needs a finite value and a finite variance above 0, but has " + y + " and " + v);
        }
    }

    /**
     * Returns the standard error.
     *
     * @return the square root of the variance
     */
    public double standardError() {
        return Math.sqrt(v);
    }

    /** Returns the effect if both numbers can be used; otherwise says from what it does not follow. */
    static Effect of(EffectMeasure<?> measure, RawData raw, double y, double v) {
        if (!Double.isFinite(y) || !(v > 0) || Double.isInfinite(v)) {
            throw new NotEstimableException("The " + measure.label() + " and its variance do not follow from "
                    + raw.describe() + ": they would be " + Texts.print(y) + " and " + Texts.print(v) + "."
                    + raw.remedy());
        }
        return new Effect(y, v);
    }
}
