package org.lozenge.stats.trial;

import java.util.Locale;

/**
 * Events among the participants of two groups.
 *
 * @param events1 events of group 1, from 0 to {@code n1}
 * @param n1 participants of group 1, at least 1
 * @param events2 events of group 2, from 0 to {@code n2}
 * @param n2 participants of group 2, at least 1
 */
public record TwoByTwo(long events1, long n1, long events2, long n2) {

    /** Counts beyond this would lose digits in products. */
    private static final long MAX = 1_000_000_000;

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if a group is empty or larger than a thousand million, or has more events than
     *     participants; the message gives the numbers
     */
    public TwoByTwo {
        check(events1, n1);
        check(events2, n2);
    }

    private static void check(long events, long n) {
        if (n < 1 || n > MAX || events < 0 || events > n) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d events cannot come from %d participants", events, n));
        }
    }
}
