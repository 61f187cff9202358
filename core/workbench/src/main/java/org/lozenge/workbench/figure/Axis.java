package org.lozenge.workbench.figure;

import java.util.List;
import org.lozenge.plugin.Scale;

/**
 * Values to places on the page.
 *
 * @param scale linear or logarithmic
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from place of the low end in points
 * @param to place of the high end; may be smaller than {@code from}
 * @param ticks within the ends, ascending
 */
record Axis(Scale scale, double low, double high, double from, double to, List<Tick> ticks) {

    /** Far outside every page, yet harmless to any renderer. */
    private static final double FAR = 1e5;

    /**
     * Returns the place of a value. Values beyond the ends lie beyond the places of the ends; infinite ones, and 0 on a
     * log axis, far away.
     */
    double at(double value) {
        double start = along(scale, low);
        double share = (along(scale, value) - start) / (along(scale, high) - start);
        double place = from + share * (to - from);
        return Math.max(-FAR, Math.min(FAR, place));
    }

    /** Returns whether a value lies between the ends; false for NaN. */
    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Returns this axis with the same values on another stretch of the page. */
    Axis between(double newFrom, double newTo) {
        return new Axis(scale, low, high, newFrom, newTo, ticks);
    }

    /** Returns how far along an axis a value lies: itself or its logarithm; −∞ for values a log axis does not have. */
    static double along(Scale scale, double value) {
        if (scale == Scale.LINEAR) {
            return value;
        }
        return value < 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(value);
    }

    /** Returns the value that lies so far along an axis. */
    static double value(Scale scale, double along) {
        return scale == Scale.LINEAR ? along : StrictMath.exp(along);
    }
}
