package org.lozenge.stats.numeric;

import java.util.Locale;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.lozenge.stats.ConvergenceException;

/**
 * Tails and quantiles of Student's t distribution. Infinite degrees of freedom mean the normal distribution.
 *
 * <p>The tail is a regularised incomplete beta function, entered from the side that keeps its argument exact. The
 * quantile starts from Hill's expansion, right to about six digits, and takes Halley steps on the tail itself; one
 * step is usual. With degrees of freedom near 0 it can be beyond the range of doubles, and is infinite then.
 *
 * @see <a href="https://doi.org/10.1145/355598.355600">Hill (1970), Algorithm 396: Student's t-quantiles,
 *     Commun. ACM 13, 619–620</a>
 */
public final class StudentT {

    private static final int MAX_STEPS = 300;

    /** The relative distance of the tail from its target at which Halley's step takes over. */
    private static final double HALLEY = 1e-2;

    /** The relative distance of the tail that a Halley step, which cubes it, brings below rounding. */
    private static final double CLOSE = 1e-5;

    /** Where the logarithm of t²/df is above this, one term of the series of the tail is exact. */
    private static final double FAR = 600;

    private StudentT() {}

    /**
     * Returns the probability above a value, accurate to a relative 1e-12 down to 1e-300.
     *
     * @param t the value; may be infinite
     * @param df degrees of freedom, above 0; infinite for the normal distribution
     * @return P(T &gt; t); NaN if t is NaN
     * @throws IllegalArgumentException if the degrees of freedom are not above 0
     */
    public static double upperTail(double t, double df) {
        Tails.requireDegreesOfFreedom(df);
        if (Double.isNaN(t)) {
            return Double.NaN;
        }
        if (Double.isInfinite(df)) {
            return Normal.upperTail(t);
        }
        return t < 0 ? 1 - upper(-t, df) : upper(t, df);
    }

    /**
     * Returns the probability of a value at least as far from zero on either side.
     *
     * @param t the value; its sign does not matter
     * @param df degrees of freedom, above 0; infinite for the normal distribution
     * @return P(|T| &gt; |t|); NaN if t is NaN
     * @throws IllegalArgumentException if the degrees of freedom are not above 0
     */
    public static double twoSided(double t, double df) {
        return 2 * upperTail(Math.abs(t), df);
    }

    /**
     * Returns the value exceeded with a given probability.
     *
     * @param p the upper tail probability, 0 to 1
     * @param df degrees of freedom, above 0; infinite for the normal distribution
     * @return t with P(T &gt; t) = p; infinite for 0 and 1
     * @throws IllegalArgumentException if p is outside 0 to 1 or the degrees of freedom are not above 0
     */
    public static double upperQuantile(double p, double df) {
        Tails.requireProbability(p);
        Tails.requireDegreesOfFreedom(df);
        if (Double.isInfinite(df)) {
            return Normal.upperQuantile(p);
        }
        if (p > 0.5) {
            return -quantile(1 - p, df);
        }
        return quantile(p, df);
    }

    /**
     * Returns the critical value of a two-sided interval: 2.178813 for 0.95 and 12 degrees of freedom.
     *
     * @param level the level as a fraction between 0 and 1
     * @param df degrees of freedom, above 0; infinite for the normal distribution
     * @return t with P(|T| &lt; t) = level
     * @throws IllegalArgumentException if the level is outside 0 to 1 or the degrees of freedom are not above 0
     */
    public static double criticalValue(double level, double df) {
        return upperQuantile(Tails.upperTailOf(level), df);
    }

    /** The upper tail for t &gt;= 0. */
    private static double upper(double t, double df) {
        if (df == 1) {
            return StrictMath.atan2(1, t) / Math.PI;
        }
        double square = t * t;
        if (df == 2) {
            double root = Math.sqrt(2 + square);
            return Double.isInfinite(root) ? 0 : 1 / (root * (root + t));
        }
        if (Double.isInfinite(square)) {
            return StrictMath.exp(logFarTail(StrictMath.log(t), df, LogBeta.value(0.5, df / 2)));
        }
        // The smaller of the two complementary arguments keeps all its digits.
        return square < df
                ? 0.5 * RegularizedBeta.complement(square / (df + square), 0.5, df / 2)
                : 0.5 * RegularizedBeta.value(df / (df + square), df / 2, 0.5);
    }

    /** The logarithm of the tail where t² is so far beyond df that one term of its series is exact. */
    private static double logFarTail(double logT, double df, double logBeta) {
        double logDf = StrictMath.log(df);
        return df * (logDf / 2 - logT) - logDf - logBeta;
    }

    /** The quantile for p &lt;= 0.5. */
    private static double quantile(double p, double df) {
        if (p == 0.5) {
            return 0;
        }
        if (p == 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (df == 1) {
            return 1 / StrictMath.tan(Math.PI * p);
        }
        if (df == 2) {
            return (1 - 2 * p) / Math.sqrt(2 * p * (1 - p));
        }
        double logBeta = LogBeta.value(0.5, df / 2);
        double logFar = (logFarTail(0, df, logBeta) - StrictMath.log(p)) / df;
        if (2 * logFar - StrictMath.log(df) > FAR) {
            return StrictMath.exp(logFar);
        }
        double logConstant = -0.5 * StrictMath.log(df) - logBeta;
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double t = start(p, df);
        for (int step = 0; step < MAX_STEPS; step++) {
            double tail = upper(t, df);
            double excess = 1 - p / tail;
            double logDensity = logConstant - (df + 1) / 2 * StrictMath.log1p(t / df * t);
            double newton = excess * StrictMath.exp(StrictMath.log(tail) - logDensity);
            if (Math.abs(excess) <= HALLEY) {
                t += newton / (1 - newton * (df + 1) / 2 / (df / t + t));
                if (Math.abs(excess) <= CLOSE) {
                    return t;
                }
                continue;
            }
            if (tail > p) {
                low = t;
            } else {
                high = t;
            }
            t = Tails.inside(low, high, t < 0.5 ? t + newton : farStep(t, newton, excess));
        }
        throw new ConvergenceException(String.format(
                Locale.ROOT,
                "Student t quantile did not converge in %d steps (p = %s, df = %s, last t = %s)",
                MAX_STEPS,
                p,
                df,
                t));
    }

    /** A Newton step for the logarithm of the tail, which is almost straight in log t far out. */
    private static double farStep(double t, double newton, double excess) {
        return t * StrictMath.exp(-StrictMath.log1p(-excess) / excess * newton / t);
    }

    /** Hill's expansion; its letters. */
    private static double start(double p, double n) {
        double a = 1 / (n - 0.5);
        double b = 48 / (a * a);
        double c = ((20700 * a / b - 98) * a - 16) * a + 96.36;
        double d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt(a * Math.PI / 2) * n;
        double y = StrictMath.pow(d * 2 * p, 2 / n);
        if (!(n > 1) || Double.isNaN(y)) {
            return Math.max(1e-3, Normal.upperQuantile(p));
        }
        if (y > 0.05 + a) {
            double x = -Normal.upperQuantile(p);
            y = x * x;
            if (n < 5) {
                c += 0.3 * (n - 4.5) * (x + 0.6);
            }
            c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c;
            y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x;
            y = StrictMath.expm1(a * y * y);
        } else {
            y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1)
                            * (n + 1)
                            / (n + 2)
                    + 1 / y;
        }
        return Math.sqrt(n * y);
    }
}
