package org.lozenge.stats.numeric;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** Tails and quantiles of the standard normal distribution. */
public final class Normal {

    private static final double SQRT2 = Math.sqrt(2);

    private Normal() {}

    /**
     * Returns the probability above a value, accurate to a relative 1e-12 down to 1e-300.
     *
     * @param z the value; may be infinite
     * @return P(Z &gt; z); NaN for NaN
     */
    public static double upperTail(double z) {
        return 0.5 * Erfc.value(z / SQRT2);
    }

    /**
     * Returns the probability of a value at least as far from zero on either side.
     *
     * @param z the value; its sign does not matter
     * @return P(|Z| &gt; |z|); NaN for NaN
     */
    public static double twoSided(double z) {
        return Erfc.value(Math.abs(z) / SQRT2);
    }

    /**
     * Returns the value exceeded with a given probability.
     *
     * @param p the upper tail probability, 0 to 1
     * @return z with P(Z &gt; z) = p; infinite for 0 and 1
     * @throws IllegalArgumentException if p is outside 0 to 1 or NaN
     */
    public static double upperQuantile(double p) {
        Tails.requireProbability(p);
        return SQRT2 * InverseErfc.value(2 * p);
    }

    /**
     * Returns the critical value of a two-sided interval: 1.959964 for 0.95.
     *
     * @param level the level as a fraction between 0 and 1
     * @return z with P(|Z| &lt; z) = level
     * @throws IllegalArgumentException if the level is outside 0 to 1 or NaN
     */
    public static double criticalValue(double level) {
        return upperQuantile(Tails.upperTailOf(level));
    }
}
