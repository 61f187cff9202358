package org.lozenge.analyses.dependent;

import java.util.Locale;

/** What a covariance of two effects must be like. */
final class PairCheck {

    /** Printed numbers that differ by less, as parts of the standard deviations, are the same. */
    private static final double PRINTED = 1e-6;

    private PairCheck() {}

    /** Whether two statements of one covariance contradict each other. */
    static boolean differ(double a, double b, double vi, double vj) {
        return !(Math.abs(a - b) <= PRINTED * Math.sqrt(vi) * Math.sqrt(vj));
    }

    /** Whether a covariance is larger than the variances allow. */
    static boolean isTooLarge(double covariance, double vi, double vj) {
        return !(Math.abs(covariance) <= Math.sqrt(vi) * Math.sqrt(vj) * (1 + 1e-9));
    }

    /** Says so. */
    static String tooLarge(double covariance, String other, double vi, double vj) {
        return String.format(
                Locale.ROOT,
                "covariance %s with %s means a correlation of %.3g, which must lie between -1 and 1",
                covariance,
                other,
                covariance / (Math.sqrt(vi) * Math.sqrt(vj)));
    }
}
