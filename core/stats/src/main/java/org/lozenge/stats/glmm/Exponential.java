package org.lozenge.stats.glmm;

/** The exponential function where the last digit does not matter, in a third of the time. */
final class Exponential {

    /** Below this the result is less than the smallest normal number. */
    private static final double LOWEST = -708;

    private static final double HIGHEST = 709;
    private static final double PER_LOG_TWO = 1 / StrictMath.log(2);

    /** log 2 in two parts; products of the first with whole numbers below 2¹¹ are exact. */
    private static final double LOG_TWO = 0x1.62e42fefp-1;

    private static final double LOG_TWO_REST = 0x1.473de6af278edp-34;

    /** Adding and subtracting it rounds to a whole number. */
    private static final double ROUND = 0x1.8p52;

    private static final int BIAS = 1023;
    private static final int FRACTION_BITS = 52;

    private Exponential() {}

    /**
     * Returns e^x.
     *
     * @param x a number
     * @return to two units in the last place; 0 below −708, infinite above 709, NaN for NaN
     */
    static double of(double x) {
        if (!(x >= LOWEST && x <= HIGHEST)) {
            return x < LOWEST ? 0 : x > HIGHEST ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        double whole = (x * PER_LOG_TWO + ROUND) - ROUND;
        double r = (x - whole * LOG_TWO) - whole * LOG_TWO_REST;
        return series(r) * Double.longBitsToDouble((long) ((int) whole + BIAS) << FRACTION_BITS);
    }

    /** The series up to r¹³, for |r| ≤ 0.347. */
    private static double series(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = (1 / 2.0 + r * (1 / 6.0)) + r2 * (1 / 24.0 + r * (1 / 120.0));
        double middle = (1 / 720.0 + r * (1 / 5040.0)) + r2 * (1 / 40320.0 + r * (1 / 362880.0));
        double high = (1 / 3628800.0 + r * (1 / 39916800.0)) + r2 * (1 / 479001600.0 + r * (1 / 6227020800.0));
        return 1 + (r + r2 * (low + r4 * (middle + r4 * high)));
    }
}
