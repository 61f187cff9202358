package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.lozenge.stats.DoubleSeq;

/**
 * A Kaplan–Meier curve: one entry for each distinct time, in ascending order.
 *
 * @param time distinct times, events and censored
 * @param atRisk participants under observation just before each time
 * @param events events at each time
 * @param censored times censored at each time
 * @param survival estimate just after each time, from 0 to 1
 * @param standardError Greenwood's standard error of the estimate; 0 where the estimate is 0
 * @param lower lower limit of the pointwise interval; NaN where the estimate is 0
 * @param upper upper limit of the pointwise interval; NaN where the estimate is 0
 * @param level level of the intervals, between 0 and 1
 */
public record KaplanMeierCurve(
        DoubleSeq time,
        DoubleSeq atRisk,
        DoubleSeq events,
        DoubleSeq censored,
        DoubleSeq survival,
        DoubleSeq standardError,
        DoubleSeq lower,
        DoubleSeq upper,
        double level) {

    /** Survival this close to a quantile's probability counts as equal to it, as rounding errors are. */
    private static final double EQUAL = 1.5e-8;

    /**
     * A quantile of survival time with its interval.
     *
     * @param value the time; NaN if the curve does not fall that far
     * @param lower lower limit; NaN if the lower limits of the curve do not fall that far
     * @param upper upper limit; NaN if the upper limits of the curve do not fall that far ("not reached")
     */
    public record Quantile(double value, double lower, double upper) {}

    /**
     * Returns the number of participants.
     *
     * @return those at risk before the first time
     */
    public int size() {
        return (int) atRisk.get(0);
    }

    /**
     * Returns the number of events.
     *
     * @return the events at all times together
     */
    public int totalEvents() {
        double sum = 0;
        for (int i = 0; i < events.size(); i++) {
            sum += events.get(i);
        }
        return (int) sum;
    }

    /**
     * Returns the largest time.
     *
     * @return the end of follow-up
     */
    public double last() {
        return time.get(time.size() - 1);
    }

    /**
     * Returns the position of the last step at or before a time.
     *
     * @param t any time
     * @return 0-based position; -1 before the first step, where survival is 1
     */
    public int stepAt(double t) {
        int low = 0;
        int high = time.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time.get(middle) <= t) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /**
     * Returns the estimate at a time.
     *
     * @param t any time
     * @return survival just after it; beyond the last time NaN unless the curve has reached 0
     */
    public double survivalAt(double t) {
        int step = stepAt(t);
        double s = step < 0 ? 1 : survival.get(step);
        return t > last() && s > 0 ? Double.NaN : s;
    }

    /**
     * Returns how many participants are under observation just before a time.
     *
     * @param t any time
     * @return those whose time is not below it
     */
    public int atRiskAt(double t) {
        int next = stepAt(Math.nextDown(t)) + 1;
        return next == time.size() ? 0 : (int) atRisk.get(next);
    }

    /**
     * Returns a quantile of survival time by inverting the curve and its pointwise limits (Brookmeyer and Crowley).
     *
     * <p>It is the first time at which survival is at most {@code 1 − p}; if survival equals {@code 1 − p} over a stretch
     * of time, the middle of that stretch.
     *
     * @param p the probability of an event by then, between 0 and 1, such as 0.5 for the median
     * @return the quantile with its interval
     * @see <a href="https://doi.org/10.2307/2530286">Brookmeyer and Crowley (1982), Biometrics 38, 29–41</a>
     */
    public Quantile quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "The probability of a quantile must lie between 0 and 1, but is %s", p));
        }
        double target = 1 - p;
        return new Quantile(
                crossing(survival::get, target), crossing(lower::get, target), crossing(upper::get, target));
    }

    /**
     * Returns the median survival time with its interval.
     *
     * @return the quantile of 0.5
     */
    public Quantile median() {
        return quantile(0.5);
    }

    private double crossing(IntToDoubleFunction curve, double target) {
        for (int i = 0; i < time.size(); i++) {
            double s = curve.applyAsDouble(i);
            if (s < target + EQUAL) {
                return Math.abs(s - target) < EQUAL ? middle(curve, i, s) : time.get(i);
            }
        }
        return Double.NaN;
    }

    /** Half way between the time at which a curve reaches its value and the time at which it falls further. */
    private double middle(IntToDoubleFunction curve, int start, double value) {
        for (int i = start + 1; i < time.size(); i++) {
            if (curve.applyAsDouble(i) < value) {
                return (time.get(start) + time.get(i)) / 2;
            }
        }
        return time.get(start);
    }
}
