package org.lozenge.stats;

import java.util.Locale;

/**
 * An interval with its level, such as a 95 % confidence interval.
 *
 * @param lower lower limit; may be infinite
 * @param upper upper limit, not below the lower one; may be infinite
 * @param level the level as a fraction between 0 and 1, both excluded: 0.95, never 95
 */
public record Interval(double lower, double upper, double level) {

    /**
     * Checks the order of the limits and the level.
     *
     * @throws IllegalArgumentException if a limit is NaN, if the limits are reversed or if the level
     *     is not between 0 and 1
     */
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Lower limit %s must not exceed upper limit %s", lower, upper));
        }
        requireLevel(level);
    }

    /**
     * Returns a level that is known to be valid.
     *
     * @param level the level to check
     * @return the same level
     * @throws IllegalArgumentException if it is not between 0 and 1, both excluded
     */
    public static double requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Level must lie between 0 and 1 (such as 0.95), but is %s", level));
        }
        return level;
    }

    /**
     * Tells whether a value lies in the interval, limits included.
     *
     * @param value the value
     * @return true if it does; false for NaN
     */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /**
     * Returns the distance between the limits.
     *
     * @return the width, at least 0
     */
    public double width() {
        return upper - lower;
    }
}
