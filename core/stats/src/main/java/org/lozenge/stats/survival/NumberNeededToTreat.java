package org.lozenge.stats.survival;

import java.util.Locale;

/**
 * Number needed to treat for one patient more (or fewer) free of the event, with an interval that may pass through infinity.
 *
 * <pre>{@code NNT = 1 / d,   limits 1 / U and 1 / L,   d = S1 − S0 with limits L ≤ d ≤ U}</pre>
 *
 * <p>Values above 0 are numbers needed to treat to benefit (NNTB), values below 0 to harm (NNTH). When L and U have
 * different signs, the interval runs from {@code lower} (an NNTB) up to infinity, which is no effect, and on from minus
 * infinity to {@code upper} (an NNTH); then {@code lower > upper}.
 *
 * @param value 1/d; infinite for d = 0
 * @param lower 1/U; infinite for U = 0
 * @param upper 1/L; infinite for L = 0
 * @see <a href="https://doi.org/10.1136/bmj.317.7168.1309">Altman (1998), BMJ 317, 1309–1312</a>
 */
public record NumberNeededToTreat(double value, double lower, double upper) {

    /**
     * Returns the number for a difference of event-free fractions, treatment minus control.
     *
     * @throws IllegalArgumentException if the difference lies outside its limits or one of them is NaN
     */
    public static NumberNeededToTreat ofDifference(double difference, double lower, double upper) {
        if (!(lower <= difference && difference <= upper)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Difference %s must lie between its limits %s and %s", difference, lower, upper));
        }
        boolean harmOnly = upper == 0 && lower < 0;
        return new NumberNeededToTreat(
                inverse(difference, harmOnly), inverse(upper, harmOnly), inverse(lower, harmOnly));
    }

    /** No difference is infinity, on the side on which the interval lies. */
    private static double inverse(double difference, boolean harmOnly) {
        if (difference == 0) {
            return harmOnly ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return 1 / difference;
    }

    /** Returns whether the interval holds both benefit and harm, and so infinity between them. */
    public boolean passesThroughInfinity() {
        return lower > 0 && upper < 0;
    }
}
