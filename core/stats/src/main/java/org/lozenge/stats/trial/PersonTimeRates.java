package org.lozenge.stats.trial;

import java.util.Locale;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Roots;

/**
 * Exact comparison of two incidence rates, events per person-time.
 *
 * <p>Given the total number of events, those of group 1 are binomial with probability {@code ρ T₁ / (ρ T₁ + T₂)}, where ρ is
 * the rate ratio. The two-sided P value adds up all splits no likelier than the observed one; the interval is Clopper and
 * Pearson's, carried over to ρ. Without any event P is 1, the ratio NaN and the interval goes from 0 to infinity.
 *
 * <p>Agrees with {@code poisson.test} of R 4.2.2 to a relative 1e-10 on {@code trial-tests.csv}.
 *
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson (1934), Biometrika 26, 404–413</a>
 */
public final class PersonTimeRates {

    private static final double LARGEST_LOG = 700;

    private final double level;

    /**
     * A comparison.
     *
     * @param level level of the interval, between 0 and 1
     */
    public PersonTimeRates(double level) {
        this.level = Interval.requireLevel(level);
    }

    /**
     * Compares two groups.
     *
     * @param events1 events of group 1, at least 0
     * @param time1 person-time of group 1, finite and above 0
     * @param events2 events of group 2, at least 0
     * @param time2 person-time of group 2, finite and above 0, in the same unit
     * @return P values and rate ratio, group 1 over group 2
     * @throws IllegalArgumentException if a count is negative or a person-time is not finite and above 0
     */
    public ExactResult compare(long events1, double time1, long events2, double time2) {
        check(events1, time1);
        check(events2, time2);
        long n = events1 + events2;
        double logTime = StrictMath.log(time1 / time2);
        DiscreteDistribution equal = binomial(n, logTime);
        double tail = (1 - level) / 2;
        double lower =
                events1 == 0 ? 0 : StrictMath.exp(root(t -> binomial(n, t).atLeast(events1) - tail) - logTime);
        double upper = events2 == 0
                ? Double.POSITIVE_INFINITY
                : StrictMath.exp(root(t -> tail - binomial(n, t).atMost(events1)) - logTime);
        double ratio = n == 0 ? Double.NaN : events1 / time1 / (events2 / time2);
        return new ExactResult(
                ratio,
                new Interval(lower, upper, level),
                equal.asUnlikelyAs(events1),
                equal.atMost(events1),
                equal.atLeast(events1));
    }

    private static void check(long events, double time) {
        if (events < 0 || !(time > 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "A rate needs a count of at least 0 and a finite person-time above 0, but has %d and %s",
                    events,
                    time));
        }
    }

    /** The binomial distribution of n at a log odds. */
    private static DiscreteDistribution binomial(long n, double logOdds) {
        double odds = StrictMath.exp(logOdds);
        return new DiscreteDistribution(0, n, x -> odds * (double) (n - x) / (x + 1));
    }

    private static double root(java.util.function.DoubleUnaryOperator rising) {
        double reach = 1;
        while (reach < LARGEST_LOG && !(rising.applyAsDouble(-reach) < 0 && rising.applyAsDouble(reach) > 0)) {
            reach *= 2;
        }
        return Roots.between(rising, -reach, reach, "Rate ratio");
    }
}
