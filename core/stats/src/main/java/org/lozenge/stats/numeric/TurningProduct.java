package org.lozenge.stats.numeric;

/**
 * A product of complex factors whose angles lie between −π and 0. Its turns about 0 are counted, so that one logarithm and
 * one angle serve many factors.
 */
final class TurningProduct {

    /** Products are kept within this factor of 1. */
    private static final double FAR_FROM_ONE = 1e50;

    private double logs;
    private int turns;
    private double re = 1;
    private double im;

    void clear() {
        logs = 0;
        turns = 0;
        re = 1;
        im = 0;
    }

    void multiply(double factorRe, double factorIm) {
        double before = im;
        im = re * factorIm + before * factorRe;
        re = re * factorRe - before * factorIm;
        turns += before <= 0 && im > 0 ? 1 : 0;
        double extent = Math.max(Math.abs(re), Math.abs(im));
        if (extent > FAR_FROM_ONE || extent < 1 / FAR_FROM_ONE) {
            logs += StrictMath.log(extent);
            re /= extent;
            im /= extent;
        }
    }

    /** Multiplies by a positive number, given by its logarithm. */
    void multiplyByExp(double log) {
        logs += log;
    }

    double logModulus() {
        return logs + StrictMath.log(Math.hypot(re, im));
    }

    double angle() {
        return StrictMath.atan2(im, re) - 2 * Math.PI * turns;
    }
}
