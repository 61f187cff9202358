package org.lozenge.stats.numeric;

import java.util.Locale;

/** What the distributions share. */
final class Tails {

    private Tails() {}

    static void requireProbability(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Probability must lie between 0 and 1, but is %s", p));
        }
    }

    static void requireDegreesOfFreedom(double df) {
        if (!(df > 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Degrees of freedom must be > 0, but are %s", df));
        }
    }

    /** The probability above a two-sided interval; 1 - level is exact for levels of a half and more. */
    static double upperTailOf(double level) {
        requireProbability(level);
        return (1 - level) / 2;
    }

    /** The proposal if it lies between the bounds, both positive; else a point in their middle on the log scale. */
    static double inside(double low, double high, double proposal) {
        if (proposal > low && proposal < high) {
            return proposal;
        }
        if (Double.isInfinite(high)) {
            return low * 8;
        }
        return low == 0 ? high / 8 : Math.sqrt(low) * Math.sqrt(high);
    }
}
