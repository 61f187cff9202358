package org.lozenge.stats.effect;

/**
 * An effect that a report states itself, on the analysis scale.
 *
 * @param y the effect, finite
 * @param v its sampling variance, above 0
 */
public record Reported(double y, double v) implements RawData {

    /**
     * Checks the numbers.
     *
     * @throws InvalidRawDataException if the effect is not finite or the variance not above 0
     */
    public Reported {
        InvalidRawDataException.finite("effect", y);
        InvalidRawDataException.positive("variance", v, "a sampling variance");
    }

    @Override
    public String describe() {
        return "effect = " + Texts.print(y) + ", variance = " + Texts.print(v);
    }
}
