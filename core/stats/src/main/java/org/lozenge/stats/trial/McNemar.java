package org.lozenge.stats.trial;

import java.util.Locale;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * McNemar's test of paired yes-or-no outcomes, from the two numbers of discordant pairs.
 *
 * <pre>{@code χ² = (|b − c| − k)² / (b + c),   k = 0 or 1 (continuity correction)}</pre>
 *
 * <p>The exact test takes b as binomial with probability ½. Without discordant pairs the asymptotic tests are NaN and the
 * exact P value is 1.
 *
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar (1947), Psychometrika 12, 153–157</a>
 */
public final class McNemar {

    private final long b;
    private final long c;

    /**
     * A test of two counts.
     *
     * @param b pairs with yes first and no second, at least 0
     * @param c pairs with no first and yes second, at least 0
     * @throws IllegalArgumentException if a count is negative
     */
    public McNemar(long b, long c) {
        if (b < 0 || c < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Numbers of discordant pairs must be at least 0, but are %d and %d", b, c));
        }
        this.b = b;
        this.c = c;
    }

    /**
     * Tests by chi-squared.
     *
     * @param corrected whether with the continuity correction
     * @return chi-squared on 1 degree of freedom with its two-sided P value
     */
    public TestResult asymptotic(boolean corrected) {
        double distance = Math.max(0, Math.abs((double) b - c) - (corrected ? 1 : 0));
        double statistic = distance * distance / ((double) b + c);
        return b + c == 0
                ? new TestResult(Double.NaN, 1, Double.NaN)
                : new TestResult(statistic, 1, ChiSquared.upperTail(statistic, 1));
    }

    /**
     * Returns the exact two-sided P value.
     *
     * @return P, at most 1
     */
    public double exact() {
        long n = b + c;
        DiscreteDistribution fair = new DiscreteDistribution(0, n, x -> (double) (n - x) / (x + 1));
        return Math.min(1, 2 * fair.atMost(Math.min(b, c)));
    }
}
