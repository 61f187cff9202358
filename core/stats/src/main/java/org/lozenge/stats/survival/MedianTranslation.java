package org.lozenge.stats.survival;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * The median time to the event with treatment that a hazard ratio implies.
 *
 * <p>{@link #exponential} takes both hazards to be constant: m1 = m0 / HR. {@link #onCurve} takes proportional hazards
 * only: the median with treatment is the time at which the control curve has fallen to 0.5^(1/HR). Between two given
 * times the control's hazard is taken to be constant, so that the curve is a straight line in ln S.
 *
 * @see <a href="https://doi.org/10.1016/j.jclinepi.2019.10.004">Skoetz and others (2020), J Clin Epidemiol 118, 124–131</a>
 */
public final class MedianTranslation {

    private MedianTranslation() {}

    /**
     * Returns the median with treatment under constant hazards.
     *
     * @param controlMedian median of control, above 0, in any unit
     * @param y log hazard ratio
     * @throws IllegalArgumentException if the median is not above 0
     */
    public static double exponential(double controlMedian, double y) {
        if (!(controlMedian > 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Median of control must be above 0, but is %s", controlMedian));
        }
        return controlMedian * StrictMath.exp(-y);
    }

    /**
     * Returns the median with treatment from points of the control curve.
     *
     * @param times times above 0, strictly rising
     * @param eventFree event-free fractions of control at these times, between 0 and 1, not rising
     * @param y log hazard ratio
     * @return the median; NaN if the curve does not fall that far by the last time
     * @throws IllegalArgumentException if the points are not in order or differ in number
     */
    public static double onCurve(DoubleSeq times, DoubleSeq eventFree, double y) {
        requireOrder(times, eventFree);
        double target = StrictMath.log(0.5) * StrictMath.exp(-y);
        double t = 0;
        double log = 0;
        for (int i = 0; i < times.size(); i++) {
            double nextLog = StrictMath.log(eventFree.get(i));
            if (nextLog <= target) {
                return t + (times.get(i) - t) * (target - log) / (nextLog - log);
            }
            t = times.get(i);
            log = nextLog;
        }
        return Double.NaN;
    }

    private static void requireOrder(DoubleSeq times, DoubleSeq eventFree) {
        if (times.size() != eventFree.size()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d times but %d event-free fractions", times.size(), eventFree.size()));
        }
        double t = 0;
        double s = 1;
        for (int i = 0; i < times.size(); i++) {
            if (!(times.get(i) > t && eventFree.get(i) > 0 && eventFree.get(i) <= s)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Times must rise from 0 and event-free fractions fall from 1, but point %d is %s at %s after %s"
                                + " at %s",
                        i + 1,
                        eventFree.get(i),
                        times.get(i),
                        s,
                        t));
            }
            t = times.get(i);
            s = eventFree.get(i);
        }
    }
}
