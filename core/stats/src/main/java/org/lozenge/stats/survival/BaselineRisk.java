package org.lozenge.stats.survival;

import java.util.Locale;

/**
 * What happens without treatment up to some time: the fraction that stays free of the event, and the fraction that has it.
 *
 * <p>Made by {@link #ofEventFree} or {@link #ofEvent}, so that a caller has to say which of the two a number is. Both are
 * kept, because one minus a small fraction loses digits.
 *
 * @param eventFree fraction free of the event, between 0 and 1, both excluded
 * @param event fraction with the event, one minus {@code eventFree}
 * @param standardError standard error of either fraction; 0 where it is taken as known
 */
public record BaselineRisk(double eventFree, double event, double standardError) {

    /**
     * Checks the fractions.
     *
     * @throws IllegalArgumentException if a fraction is not between 0 and 1, both excluded, or the standard error is
     *     negative or not finite
     */
    public BaselineRisk {
        requireFraction("event-free", eventFree);
        requireFraction("with the event", event);
        if (!(standardError >= 0) || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Standard error of the baseline must be finite and at least 0, but is %s",
                    standardError));
        }
    }

    private static void requireFraction(String name, double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Baseline fraction %s must lie between 0 and 1, both excluded, but is %s",
                    name,
                    fraction));
        }
    }

    /** Returns the baseline of a known fraction free of the event. */
    public static BaselineRisk ofEventFree(double fraction) {
        return new BaselineRisk(fraction, 1 - fraction, 0);
    }

    /** Returns the baseline of a known fraction with the event. */
    public static BaselineRisk ofEvent(double fraction) {
        return new BaselineRisk(1 - fraction, fraction, 0);
    }

    /** Returns this baseline with the standard error of its fraction, such as Greenwood's. */
    public BaselineRisk withStandardError(double se) {
        return new BaselineRisk(eventFree, event, se);
    }

    /** Returns the natural logarithm of the event-free fraction, below 0. */
    public double logEventFree() {
        return event < 0.5 ? StrictMath.log1p(-event) : StrictMath.log(eventFree);
    }

    /** Returns the standard error of ln(−ln S) by the delta method: {@code SE(S) / (S |ln S|)}. */
    public double standardErrorOfLogHazard() {
        return standardError / (eventFree * -logEventFree());
    }

    /** Returns the baseline whose cumulative hazard is this one's times {@code exp(shift)}, without a standard error. */
    BaselineRisk shifted(double shift) {
        double log = StrictMath.exp(shift) * logEventFree();
        return new BaselineRisk(inside(StrictMath.exp(log)), inside(-StrictMath.expm1(log)), 0);
    }

    /** Limits may round to 0 or 1, where a baseline says nothing any more. */
    private static double inside(double fraction) {
        return Math.min(Math.nextDown(1.0), Math.max(Double.MIN_NORMAL, fraction));
    }
}
