package org.lozenge.stats.bias;

import org.lozenge.stats.numeric.Normal;

/** The normal tail on the log scale, however far out, and the ratios that its derivatives need. */
final class Tail {

    private static final double FAR = 30;
    private static final double LOG_ROOT_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private Tail() {}

    /** log P(Z &gt; z). */
    static double log(double z) {
        if (z < FAR) {
            double upper = Normal.upperTail(z);
            return z < -1 ? StrictMath.log1p(-Normal.upperTail(-z)) : StrictMath.log(upper);
        }
        return -z * z / 2 - LOG_ROOT_TWO_PI - StrictMath.log(z) + StrictMath.log1p(-series(z));
    }

    /** 1 − P(Z &gt; z) z/φ(z), by the asymptotic series. */
    private static double series(double z) {
        double x = 1 / (z * z);
        return x * (1 - 3 * x * (1 - 5 * x * (1 - 7 * x * (1 - 9 * x))));
    }

    static double density(double z) {
        return StrictMath.exp(-z * z / 2 - LOG_ROOT_TWO_PI);
    }

    /** φ(z)/P(Z &lt; z), the derivative of log P(Z &lt; z). */
    static double inverseMills(double z) {
        return StrictMath.exp(-z * z / 2 - LOG_ROOT_TWO_PI - log(-z));
    }
}
