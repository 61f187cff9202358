package org.lozenge.stats.survival;

/**
 * What a printed number may stand for: the value as printed, and the ends of its rounding interval.
 *
 * @param low smallest value that rounds to the printed one
 * @param value the printed value
 * @param high largest value that rounds to the printed one
 */
record Span(double low, double value, double high) {

    /** Far below any printed digit, far above the error of decimal fractions in binary. */
    private static final double SLACK = 1e-9;

    static Span of(PrintedNumber number) {
        return new Span(number.low(), number.value(), number.high());
    }

    /** The natural logarithm; a low end at or below 0 becomes minus infinity. */
    Span log() {
        return new Span(logOrMinusInfinity(low), logOrMinusInfinity(value), logOrMinusInfinity(high));
    }

    Span negated() {
        return new Span(-high, -value, -low);
    }

    Span plus(Span other) {
        return new Span(low + other.low, value + other.value, high + other.high);
    }

    Span times(double factor) {
        return new Span(low * factor, value * factor, high * factor);
    }

    /** The range of absolute values. */
    Span abs() {
        double near = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
        return new Span(near, Math.abs(value), Math.max(Math.abs(low), Math.abs(high)));
    }

    boolean meets(Span other) {
        return low <= other.high + slack(other.high) && other.low <= high + slack(high);
    }

    boolean contains(double point) {
        return low <= point + slack(point) && point <= high + slack(high);
    }

    private static double slack(double size) {
        return Double.isInfinite(size) ? 0 : SLACK * Math.max(Math.abs(size), 1e-3);
    }

    private static double logOrMinusInfinity(double x) {
        return x > 0 ? StrictMath.log(x) : Double.NEGATIVE_INFINITY;
    }
}
