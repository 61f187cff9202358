package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.Normal;

/**
 * Functions of the share x/(x + rest). They take both counts instead of the share, from which 1 minus the share would follow
 * with few digits where it is near 1.
 */
final class Shares {

    private Shares() {}

    /** The logarithm of the share. */
    static double log(double x, double rest) {
        return x > rest ? StrictMath.log1p(-rest / (x + rest)) : StrictMath.log(x / (x + rest));
    }

    /** The normal quantile of the share. */
    static double probit(double x, double rest) {
        return x > rest ? Normal.upperQuantile(rest / (x + rest)) : -Normal.upperQuantile(x / (x + rest));
    }

    /** The arcsine of the root of the share. */
    static double arcsine(double x, double rest) {
        return StrictMath.atan2(Math.sqrt(x), Math.sqrt(rest));
    }

    /** The share times 1 minus the share. */
    static double spread(double x, double rest) {
        return x / (x + rest) * (rest / (x + rest));
    }

    /** The first share less the second. */
    static double difference(double x1, double rest1, double x2, double rest2) {
        return x1 > rest1 && x2 > rest2
                ? rest2 / (x2 + rest2) - rest1 / (x1 + rest1)
                : x1 / (x1 + rest1) - x2 / (x2 + rest2);
    }
}
