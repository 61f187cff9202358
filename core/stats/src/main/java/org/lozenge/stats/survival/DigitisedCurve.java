package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * A survival curve read off a figure by clicks, mended: sorted by time, stray clicks dropped, and made to fall.
 *
 * <p>Clicks come in any order and shake by a pixel or two. A stray click lies more than {@value #STRAY} outside the range
 * of the two clicks before and the two after it. What rises after that is smoothed by isotonic least squares (the mean of
 * the clicks that disagree), which leaves a curve that falls already as it is and, unlike a running minimum, does not pull
 * it down.
 *
 * @param time times of the clicks in ascending order; the first is 0, where survival is 1
 * @param survival mended survival, falling from 1
 * @param clicked survival as clicked, at the same times
 * @param stray positions of dropped clicks in the order in which they were given, from 0
 * @param largestRise the largest rise between a click and a later one, stray clicks left out; 0 for a curve that falls
 */
public record DigitisedCurve(
        DoubleSeq time, DoubleSeq survival, DoubleSeq clicked, List<Integer> stray, double largestRise) {

    private static final double STRAY = 0.03;

    /** How far above 1 or below 0 a shaking hand may click. */
    private static final double OVERSHOOT = 0.02;

    private record Click(int position, double time, double survival) {}

    /** Copies the list. */
    public DigitisedCurve {
        stray = List.copyOf(stray);
    }

    /**
     * Mends clicks.
     *
     * @param time finite times from 0, at least one
     * @param survival survival as a fraction; up to 0.02 beyond 0 or 1 is taken for 0 or 1
     * @return the curve
     * @throws IllegalArgumentException if sizes differ or a value is impossible; the message gives the position, counting
     *     from 1
     */
    public static DigitisedCurve of(double[] time, double[] survival) {
        if (time.length == 0 || time.length != survival.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d times need as many survival values, and at least one, but there are %d",
                    time.length,
                    survival.length));
        }
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < time.length; i++) {
            clicks.add(click(i, time[i], survival[i]));
        }
        clicks.sort(Comparator.comparingDouble(Click::time)
                .thenComparing(Comparator.comparingDouble(Click::survival).reversed()));
        List<Integer> stray = new ArrayList<>();
        List<Click> kept = withoutStray(clicks, stray);
        if (kept.get(0).time > 0 || kept.get(0).survival < 1) {
            kept.add(0, new Click(-1, 0, 1));
        }
        double[] t = kept.stream().mapToDouble(Click::time).toArray();
        double[] s = kept.stream().mapToDouble(Click::survival).toArray();
        double[] falling = falling(s);
        // The curve starts at 1 whatever the first clicks average to.
        falling[0] = 1;
        return new DigitisedCurve(DoubleSeq.of(t), DoubleSeq.of(falling), DoubleSeq.of(s), stray, largestRise(s));
    }

    private static Click click(int i, double time, double survival) {
        if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Time %d must be finite and at least 0, but is %s", i + 1, time));
        }
        if (!(survival >= -OVERSHOOT && survival <= 1 + OVERSHOOT)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Survival %d must lie between 0 and 1, but is %s", i + 1, survival));
        }
        return new Click(i, time, Math.max(0, Math.min(1, survival)));
    }

    private static List<Click> withoutStray(List<Click> clicks, List<Integer> stray) {
        List<Click> kept = new ArrayList<>();
        int last = clicks.size() - 1;
        for (int i = 0; i <= last; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int j = Math.max(0, i - 2); j <= Math.min(last, i + 2); j++) {
                if (j != i) {
                    low = Math.min(low, clicks.get(j).survival);
                    high = Math.max(high, clicks.get(j).survival);
                }
            }
            Click click = clicks.get(i);
            boolean inside = click.survival >= low - STRAY && click.survival <= high + STRAY;
            if (inside || i < 2 || i > last - 2) {
                kept.add(click);
            } else {
                stray.add(click.position);
            }
        }
        stray.sort(Comparator.naturalOrder());
        return kept;
    }

    private static double largestRise(double[] s) {
        double lowest = 1;
        double rise = 0;
        for (double value : s) {
            rise = Math.max(rise, value - lowest);
            lowest = Math.min(lowest, value);
        }
        return rise;
    }

    /** Pools adjacent violators: the falling sequence with the least squared distance. */
    private static double[] falling(double[] s) {
        double[] mean = new double[s.length];
        int[] size = new int[s.length];
        int blocks = 0;
        for (double value : s) {
            mean[blocks] = value;
            size[blocks++] = 1;
            while (blocks > 1 && mean[blocks - 1] > mean[blocks - 2]) {
                int total = size[blocks - 1] + size[blocks - 2];
                mean[blocks - 2] += (mean[blocks - 1] - mean[blocks - 2]) * size[blocks - 1] / total;
                size[blocks - 2] = total;
                blocks--;
            }
        }
        double[] result = new double[s.length];
        for (int b = 0, i = 0; b < blocks; b++) {
            for (int j = 0; j < size[b]; j++) {
                result[i++] = mean[b];
            }
        }
        return result;
    }
}
