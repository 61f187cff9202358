package org.lozenge.stats.numeric;

import java.util.Locale;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.lozenge.stats.ConvergenceException;

/**
 * Tails and quantiles of the chi-squared distribution.
 *
 * <p>Quantiles solve for the logarithm of the tail as a function of log x. Both tails are log-concave there, so
 * Newton's method arrives from one side; a bracket holds it where a tail underflows.
 */
public final class ChiSquared {

    private static final int MAX_STEPS = 300;

    /** The size of a Newton step that brings the error below rounding. */
    private static final double CLOSE = 1e-8;

    private ChiSquared() {}

    /**
     * Returns the probability above a value, accurate to a relative 1e-12 down to 1e-300.
     *
     * @param x the value; below 0 the tail is 1
     * @param df degrees of freedom, above 0
     * @return P(X &gt; x); NaN if x is NaN
     * @throws IllegalArgumentException if the degrees of freedom are not above 0
     */
    public static double upperTail(double x, double df) {
        Tails.requireDegreesOfFreedom(df);
        if (Double.isInfinite(x)) {
            return x > 0 ? 0 : 1;
        }
        return x <= 0 ? 1 : RegularizedGamma.Q.value(df / 2, x / 2);
    }

    /**
     * Returns the probability below a value.
     *
     * @param x the value; below 0 the tail is 0
     * @param df degrees of freedom, above 0
     * @return P(X &lt;= x); NaN if x is NaN
     * @throws IllegalArgumentException if the degrees of freedom are not above 0
     */
    public static double lowerTail(double x, double df) {
        Tails.requireDegreesOfFreedom(df);
        if (Double.isInfinite(x)) {
            return x > 0 ? 1 : 0;
        }
        return x <= 0 ? 0 : RegularizedGamma.P.value(df / 2, x / 2);
    }

    /**
     * Returns the value exceeded with a given probability.
     *
     * @param p the upper tail probability, 0 to 1
     * @param df degrees of freedom, above 0
     * @return x with P(X &gt; x) = p; infinite for 0, 0 for 1
     * @throws IllegalArgumentException if p is outside 0 to 1 or the degrees of freedom are not above 0
     */
    public static double upperQuantile(double p, double df) {
        Tails.requireProbability(p);
        Tails.requireDegreesOfFreedom(df);
        if (p == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return p > 0.5 ? quantile(1 - p, df, false) : quantile(p, df, true);
    }

    /**
     * Returns the value not exceeded with a given probability.
     *
     * @param p the lower tail probability, 0 to 1
     * @param df degrees of freedom, above 0
     * @return x with P(X &lt;= x) = p; 0 for 0, infinite for 1
     * @throws IllegalArgumentException if p is outside 0 to 1 or the degrees of freedom are not above 0
     */
    public static double lowerQuantile(double p, double df) {
        Tails.requireProbability(p);
        Tails.requireDegreesOfFreedom(df);
        if (p == 1) {
            return Double.POSITIVE_INFINITY;
        }
        return p > 0.5 ? quantile(1 - p, df, true) : quantile(p, df, false);
    }

    /** Solves log tail(exp u) = log p for one of the tails; p is at most a half. */
    private static double quantile(double p, double df, boolean upper) {
        if (p == 0) {
            return 0;
        }
        double a = df / 2;
        double logConstant = -a * StrictMath.log(2) - LogGamma.value(a);
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double x = start(p, df, upper);
        for (int step = 0; step < MAX_STEPS; step++) {
            double tail = upper ? upperTail(x, df) : lowerTail(x, df);
            double logDensity = logConstant + a * StrictMath.log(x) - x / 2;
            double move =
                    StrictMath.log(tail / p) * StrictMath.exp(StrictMath.log(tail) - logDensity) * (upper ? 1 : -1);
            if (Math.abs(move) * Math.max(1, x) <= CLOSE) {
                return x * StrictMath.exp(move);
            }
            if (tail > p == upper) {
                low = x;
            } else {
                high = x;
            }
            x = Tails.inside(low, high, x * StrictMath.exp(move));
        }
        throw new ConvergenceException(String.format(
                Locale.ROOT,
                "Chi-squared quantile did not converge in %d steps (p = %s, df = %s, last x = %s)",
                MAX_STEPS,
                p,
                df,
                x));
    }

    /** Wilson and Hilferty's cube, or the power law of the lower tail where the cube is not positive. */
    private static double start(double p, double df, boolean upper) {
        double z = Normal.upperQuantile(p) * (upper ? 1 : -1);
        double c = 2 / (9 * df);
        double root = 1 - c + z * Math.sqrt(c);
        if (root > 0.1) {
            return df * root * root * root;
        }
        double a = df / 2;
        return 2 * StrictMath.exp((StrictMath.log(p) + LogGamma.value(a + 1)) / a);
    }
}
