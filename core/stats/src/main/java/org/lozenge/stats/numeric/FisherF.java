package org.lozenge.stats.numeric;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** The F distribution. */
public final class FisherF {

    private FisherF() {}

    /**
     * Returns the probability above a value.
     *
     * @param f the value; NaN gives NaN
     * @param df1 degrees of freedom of the numerator, above 0
     * @param df2 degrees of freedom of the denominator, above 0
     * @return the upper tail, with its relative precision kept far out; 1 for values of at most 0
     * @throws IllegalArgumentException if degrees of freedom are not above 0
     */
    public static double upperTail(double f, double df1, double df2) {
        Tails.requireDegreesOfFreedom(df1);
        Tails.requireDegreesOfFreedom(df2);
        if (Double.isNaN(f)) {
            return Double.NaN;
        }
        if (f <= 0) {
            return 1;
        }
        double product = df1 * f;
        // The smaller of two complementary arguments keeps all its digits.
        return product > df2
                ? RegularizedBeta.value(df2 / (df2 + product), df2 / 2, df1 / 2)
                : RegularizedBeta.complement(product / (df2 + product), df1 / 2, df2 / 2);
    }
}
