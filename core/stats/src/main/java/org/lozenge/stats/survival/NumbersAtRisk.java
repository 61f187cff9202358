package org.lozenge.stats.survival;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * The row of numbers at risk below a published survival curve.
 *
 * @param time ascending times, the first one 0
 * @param count participants at risk just before each time, falling; the first one is the number randomized
 */
public record NumbersAtRisk(DoubleSeq time, DoubleSeq count) {

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if sizes differ, if the first time is not 0, if times do not rise, or if counts are
     *     not whole, positive at first, or rise; the message gives times and counts
     */
    public NumbersAtRisk {
        if (time.size() == 0 || time.size() != count.size() || time.get(0) != 0) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Numbers at risk must begin at time 0, but their times are %s", time));
        }
        if (!(count.get(0) >= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "The number at risk at time 0 must be at least 1, but is %s", count.get(0)));
        }
        for (int i = 0; i < time.size(); i++) {
            double n = count.get(i);
            if (!(n >= 0 && n == Math.rint(n))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "The number at risk at time %s must be a whole number, but is %s",
                        time.get(i),
                        n));
            }
            if (i > 0 && !(time.get(i) > time.get(i - 1))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Times of numbers at risk must rise, but %s follows %s",
                        time.get(i),
                        time.get(i - 1)));
            }
            if (i > 0 && n > count.get(i - 1)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Numbers at risk cannot rise, but %s at time %s follow %s",
                        Math.round(n),
                        time.get(i),
                        Math.round(count.get(i - 1))));
            }
        }
    }

    /**
     * Returns numbers at risk.
     *
     * @param time ascending times from 0
     * @param count participants at risk just before each
     * @return the numbers
     */
    public static NumbersAtRisk of(double[] time, double[] count) {
        return new NumbersAtRisk(DoubleSeq.of(time), DoubleSeq.of(count));
    }
}
