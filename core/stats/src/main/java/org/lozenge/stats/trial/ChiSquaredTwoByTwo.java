package org.lozenge.stats.trial;

import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Pearson's chi-squared test of a two-by-two table, with or without Yates's continuity correction.
 *
 * <pre>{@code χ² = N (|ad − bc| − c)² / (n₁ n₂ m₁ m₂),   c = 0, or min(N / 2, |ad − bc|) with correction}</pre>
 *
 * <p>With an empty margin nothing can be compared: statistic and P value are NaN.
 *
 * @see <a href="https://doi.org/10.2307/2983604">Yates (1934), Suppl. J. R. Stat. Soc. 1, 217–235</a>
 */
public final class ChiSquaredTwoByTwo {

    private final boolean corrected;

    /**
     * A test.
     *
     * @param corrected whether with Yates's continuity correction
     */
    public ChiSquaredTwoByTwo(boolean corrected) {
        this.corrected = corrected;
    }

    /**
     * Tests a table.
     *
     * @param t two groups with events and sizes
     * @return chi-squared on 1 degree of freedom with its two-sided P value
     */
    public TestResult test(TwoByTwo t) {
        double total = (double) t.n1() + t.n2();
        double events = (double) t.events1() + t.events2();
        double cross =
                Math.abs((double) t.events1() * (t.n2() - t.events2()) - (double) t.events2() * (t.n1() - t.events1()));
        double distance = corrected ? Math.max(0, cross - total / 2) : cross;
        double statistic = distance / t.n1() * (distance / t.n2()) * (total / events) / (total - events);
        return events == 0 || events == total
                ? new TestResult(Double.NaN, 1, Double.NaN)
                : new TestResult(statistic, 1, ChiSquared.upperTail(statistic, 1));
    }
}
