package org.lozenge.stats.trial;

import java.util.function.DoubleUnaryOperator;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Roots;

/**
 * Fisher's exact test of a two-by-two table, with the conditional maximum-likelihood odds ratio and its exact interval.
 *
 * <p>Given both margins, the events of the first row follow a hypergeometric distribution, tilted by the odds ratio. The
 * two-sided P value adds up all tables no likelier than the observed one. With an empty margin there is one table only: P is
 * 1 and the odds ratio NaN with an interval from 0 to infinity.
 *
 * <p>Agrees with {@code fisher.test} of R 4.2.2 on {@code trial-tests.csv}, P values and estimates to a relative 1e-10 where
 * R's own search tolerance (about 1e-4) is tightened.
 *
 * @see <a href="https://doi.org/10.2307/2340521">Fisher (1922), J. R. Stat. Soc. 85, 87–94</a>
 */
public final class FisherExact {

    /** Odds ratios are looked for between the exponentials of minus and plus this. */
    private static final double LARGEST_LOG = 700;

    private final double level;

    /**
     * A test.
     *
     * @param level level of the interval, between 0 and 1
     */
    public FisherExact(double level) {
        this.level = Interval.requireLevel(level);
    }

    /**
     * Tests a table.
     *
     * @param table two groups with events and sizes
     * @return P values and odds ratio, group 1 over group 2
     */
    public ExactResult test(TwoByTwo table) {
        long events = table.events1() + table.events2();
        long low = Math.max(0, events - table.n2());
        long high = Math.min(events, table.n1());
        long x = table.events1();
        DiscreteDistribution fair = tilted(table, 0);
        double less = fair.atMost(x);
        double greater = fair.atLeast(x);
        return new ExactResult(
                oddsRatio(table, low, high), interval(table, low, high), fair.asUnlikelyAs(x), less, greater);
    }

    /** The distribution of the events of group 1 at a log odds ratio. */
    private static DiscreteDistribution tilted(TwoByTwo t, double logOdds) {
        long events = t.events1() + t.events2();
        long low = Math.max(0, events - t.n2());
        long high = Math.min(events, t.n1());
        double odds = StrictMath.exp(logOdds);
        return new DiscreteDistribution(
                low,
                high,
                x -> odds * ((double) (t.n1() - x) / (x + 1)) * ((double) (events - x) / (t.n2() - events + x + 1)));
    }

    private static double oddsRatio(TwoByTwo table, long low, long high) {
        long x = table.events1();
        if (low == high) {
            return Double.NaN;
        }
        if (x == low || x == high) {
            return x == low ? 0 : Double.POSITIVE_INFINITY;
        }
        return root(t -> tilted(table, t).mean() - x);
    }

    private Interval interval(TwoByTwo table, long low, long high) {
        long x = table.events1();
        double tail = (1 - level) / 2;
        double lower = x == low ? 0 : root(t -> tilted(table, t).atLeast(x) - tail);
        double upper = x == high
                ? Double.POSITIVE_INFINITY
                : root(t -> tail - tilted(table, t).atMost(x));
        return new Interval(lower, upper, level);
    }

    /** The odds ratio at which a function that rises with it is zero. */
    private static double root(DoubleUnaryOperator rising) {
        double reach = 1;
        while (reach < LARGEST_LOG && !(rising.applyAsDouble(-reach) < 0 && rising.applyAsDouble(reach) > 0)) {
            reach *= 2;
        }
        return StrictMath.exp(Roots.between(rising, -reach, reach, "Odds ratio"));
    }
}
