package org.lozenge.stats.survival;

import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;

/**
 * What a relative effect makes of a baseline: the event-free fraction with treatment, its difference from control, and the
 * number needed to treat, each with limits.
 *
 * <p>The limits of the relative effect are mapped, so the larger ratio gives the smaller event-free fraction. A prediction
 * interval is mapped in the same way.
 *
 * <p>Where the baseline has a standard error, its own limits are ln(−ln S0) ± z·SE/(S0·|ln S0|), and the two uncertainties
 * are added by the squares of their distances from the estimate: for hazard ratios on the scale of ln(−ln S1), where that
 * is {@code var(ln(−ln S1)) = var(ln HR) + var(ln(−ln S0))}; for the other measures and for differences on the scale of
 * fractions.
 *
 * @param baseline control
 * @param eventFree event-free fraction with treatment
 * @param difference event-free fraction with treatment minus that with control
 * @see <a href="https://doi.org/10.1136/bmj.319.7223.1492">Altman and Andersen (1999), BMJ 319, 1492–1495</a>
 * @see <a href="https://doi.org/10.1016/j.jclinepi.2019.10.004">Skoetz and others (2020), J Clin Epidemiol 118, 124–131</a>
 */
public record AbsoluteEffect(BaselineRisk baseline, Limited eventFree, Limited difference) {

    /**
     * A value with its limits.
     *
     * @param value estimate
     * @param lower lower limit
     * @param upper upper limit
     */
    public record Limited(double value, double lower, double upper) {

        /** Turns a negative zero into zero, so that equal values are equal. */
        public Limited {
            value += 0.0;
            lower += 0.0;
            upper += 0.0;
        }

        /** Returns one minus each; the limits change places. */
        public Limited complement() {
            return new Limited(1 - value, 1 - upper, 1 - lower);
        }

        /** Returns the same with the opposite sign; the limits change places. */
        public Limited negated() {
            return new Limited(0 - value, 0 - upper, 0 - lower);
        }
    }

    /** Checks that nothing is missing. */
    public AbsoluteEffect {
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(eventFree, "eventFree");
        Objects.requireNonNull(difference, "difference");
    }

    /**
     * Applies an effect to a baseline.
     *
     * @param measure what the effect measures
     * @param baseline control
     * @param y effect on the analysis scale, treatment over control
     * @param interval its confidence or prediction interval on the same scale; its level is that of the baseline's limits
     * @throws IllegalArgumentException if the effect is not finite or lies outside its interval
     */
    public static AbsoluteEffect of(RelativeMeasure measure, BaselineRisk baseline, double y, Interval interval) {
        if (!Double.isFinite(y) || !interval.contains(y)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Effect %s must be finite and lie in its interval %s to %s",
                    y,
                    interval.lower(),
                    interval.upper()));
        }
        Limited free = new Limited(
                measure.eventFree(baseline, y),
                measure.eventFree(baseline, interval.upper()),
                measure.eventFree(baseline, interval.lower()));
        Limited gain = new Limited(
                measure.gain(baseline, y),
                measure.gain(baseline, interval.upper()),
                measure.gain(baseline, interval.lower()));
        if (baseline.standardError() == 0) {
            return new AbsoluteEffect(baseline, free, gain);
        }
        double half = Normal.criticalValue(interval.level()) * baseline.standardErrorOfLogHazard();
        BaselineRisk better = baseline.shifted(-half);
        BaselineRisk worse = baseline.shifted(half);
        Limited freeByBaseline = new Limited(free.value, measure.eventFree(worse, y), measure.eventFree(better, y));
        return new AbsoluteEffect(
                baseline,
                isProportional(measure) ? proportional(baseline, y, interval, half) : added(free, freeByBaseline, 0, 1),
                added(gain, gainByBaseline(measure, gain.value, worse, better, y), -1, 1));
    }

    private static boolean isProportional(RelativeMeasure measure) {
        return measure == RelativeMeasure.HAZARD_RATIO || measure == RelativeMeasure.RATE_RATIO;
    }

    /** Adds the variances on the scale of ln(−ln S1) = ln HR + ln(−ln S0). */
    private static Limited proportional(BaselineRisk baseline, double y, Interval interval, double half) {
        RelativeMeasure hr = RelativeMeasure.HAZARD_RATIO;
        return new Limited(
                hr.eventFree(baseline, y),
                hr.eventFree(baseline, y + Math.hypot(interval.upper() - y, half)),
                hr.eventFree(baseline, y - Math.hypot(y - interval.lower(), half)));
    }

    /** The gain first rises and then falls in the baseline, so its extremes may lie between the baseline's limits. */
    private static Limited gainByBaseline(
            RelativeMeasure measure, double gain, BaselineRisk worse, BaselineRisk better, double y) {
        double atWorse = measure.gain(worse, y);
        double atBetter = measure.gain(better, y);
        double low = Math.min(gain, Math.min(atWorse, atBetter));
        double high = Math.max(gain, Math.max(atWorse, atBetter));
        double turn = measure.turningPoint(y);
        if (turn > worse.eventFree() && turn < better.eventFree()) {
            double extreme = measure.gain(BaselineRisk.ofEventFree(turn), y);
            low = Math.min(low, extreme);
            high = Math.max(high, extreme);
        }
        return new Limited(gain, low, high);
    }

    private static Limited added(Limited a, Limited b, double least, double most) {
        double value = a.value;
        return new Limited(
                value,
                Math.max(least, value - Math.hypot(value - a.lower, value - b.lower)),
                Math.min(most, value + Math.hypot(a.upper - value, b.upper - value)));
    }

    /** Returns how many to treat for one more free of the event. */
    public NumberNeededToTreat numberNeededToTreat() {
        return NumberNeededToTreat.ofDifference(difference.value, difference.lower, difference.upper);
    }

    /** Returns how many to treat for one more with the event, when the event is what patients hope for. */
    public NumberNeededToTreat numberNeededToTreatForEvent() {
        Limited events = difference.negated();
        return NumberNeededToTreat.ofDifference(events.value, events.lower, events.upper);
    }
}
