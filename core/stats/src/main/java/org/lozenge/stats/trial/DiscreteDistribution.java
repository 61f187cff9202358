package org.lozenge.stats.trial;

import java.util.function.LongToDoubleFunction;

/**
 * A distribution on consecutive whole numbers known by the ratio of neighbouring probabilities, which must fall (as those of
 * the binomial and the hypergeometric do). Probabilities are relative to the mode's until they are summed.
 */
final class DiscreteDistribution {

    /** A relative slack within which two probabilities count as equal in a two-sided P value. */
    private static final double EQUAL = 1 + 1e-7;

    private final long low;
    private final long high;
    private final long mode;
    private final LongToDoubleFunction ratio;

    /**
     * @param low smallest value
     * @param high largest value
     * @param ratio for x the probability of x + 1 over that of x, falling in x
     */
    DiscreteDistribution(long low, long high, LongToDoubleFunction ratio) {
        this.low = low;
        this.high = high;
        this.ratio = ratio;
        long from = low;
        long to = high;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (ratio.applyAsDouble(middle) > 1) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        mode = from;
    }

    /** Adds up what a visitor selects, over the sum of everything. */
    private interface Selection {
        boolean takes(long x, double relative);
    }

    private double share(Selection selection) {
        double all = 0;
        double selected = 0;
        double relative = 1;
        for (long x = mode; x <= high && relative > 0; x++) {
            all += relative;
            selected += selection.takes(x, relative) ? relative : 0;
            relative *= x < high ? ratio.applyAsDouble(x) : 0;
        }
        relative = 1;
        for (long x = mode - 1; x >= low && relative > 0; x--) {
            relative /= ratio.applyAsDouble(x);
            all += relative;
            selected += selection.takes(x, relative) ? relative : 0;
        }
        return Math.min(1, selected / all);
    }

    /** P(X ≤ x). */
    double atMost(long x) {
        return share((value, relative) -> value <= x);
    }

    /** P(X ≥ x). */
    double atLeast(long x) {
        return share((value, relative) -> value >= x);
    }

    /** The sum of all probabilities that do not exceed that of x. */
    double asUnlikelyAs(long x) {
        double own = relative(x) * EQUAL;
        return share((value, relative) -> relative <= own);
    }

    private double relative(long x) {
        double relative = 1;
        for (long value = mode; value < x; value++) {
            relative *= ratio.applyAsDouble(value);
        }
        for (long value = mode - 1; value >= x; value--) {
            relative /= ratio.applyAsDouble(value);
        }
        return relative;
    }

    /** The mean. */
    double mean() {
        double all = 0;
        double moment = 0;
        double relative = 1;
        for (long x = mode; x <= high && relative > 0; x++) {
            all += relative;
            moment += relative * (x - mode);
            relative *= x < high ? ratio.applyAsDouble(x) : 0;
        }
        relative = 1;
        for (long x = mode - 1; x >= low && relative > 0; x--) {
            relative /= ratio.applyAsDouble(x);
            all += relative;
            moment += relative * (x - mode);
        }
        return mode + moment / all;
    }
}
