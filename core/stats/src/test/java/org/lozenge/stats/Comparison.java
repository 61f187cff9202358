package org.lozenge.stats;

/**
 * One computed number beside its reference.
 *
 * @param group what is compared with what, such as "pooling, 60 digits"
 * @param quantity what the number is
 * @param where data set, method and test
 * @param expected the reference, NaN if it has none
 * @param scale the size on which the quantity lives, such as its standard error; 0 if its own value says so
 * @param actual the computed number
 */
public record Comparison(String group, String quantity, String where, double expected, double scale, double actual) {

    /** As many decimal digits as a double can agree to. */
    public static final double ALL_DIGITS = 16;

    /** Whether one of the two numbers exists and the other does not. */
    public boolean isOneSided() {
        return Double.isNaN(expected) != Double.isNaN(actual);
    }

    /** The deviation relative to the larger of the reference and its scale; 0 where both are NaN. */
    public double deviation() {
        if (expected == actual || (Double.isNaN(expected) && Double.isNaN(actual))) {
            return 0;
        }
        return Math.abs(actual - expected) / Math.max(Math.abs(expected), Math.abs(scale));
    }

    /** The log relative error: about the number of decimal digits that agree, from 0 to 16. */
    public double digits() {
        double digits = -Math.log10(deviation());
        return Double.isNaN(digits) ? 0 : Math.max(0, Math.min(ALL_DIGITS, digits));
    }
}
