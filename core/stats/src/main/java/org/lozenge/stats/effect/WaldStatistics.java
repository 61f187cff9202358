package org.lozenge.stats.effect;

import org.lozenge.stats.numeric.StudentT;

/**
 * Standard errors from what a report prints instead of them: limits of a Wald interval, a P value, a test statistic. All
 * values are on the analysis scale, so take logarithms of ratios first. Degrees of freedom may be infinite for methods that
 * use the normal distribution.
 */
public final class WaldStatistics {

    private WaldStatistics() {}

    /**
     * Returns the standard error behind an interval.
     *
     * @param low lower limit
     * @param high upper limit, above the lower one
     * @param level level of the interval as a fraction
     * @param df degrees of freedom of t; infinite for z
     * @return the width over twice the critical value
     * @throws InvalidRawDataException if the limits are reversed or equal
     */
    public static double fromInterval(double low, double high, double level, double df) {
        InvalidRawDataException.finite("ci_low", low);
        InvalidRawDataException.finite("ci_high", high);
        if (!(low < high)) {
            throw new InvalidRawDataException(
                    "ci_low",
                    low,
                    "is the lower limit and must lie below the upper one, " + Texts.print(high) + ", but is "
                            + Texts.print(low));
        }
        return (high - low) / (2 * StudentT.criticalValue(level, df));
    }

    /**
     * Returns the standard error behind a two-sided P value.
     *
     * @param effect the effect, not 0
     * @param p the two-sided P value, between 0 and 1, both excluded
     * @param df degrees of freedom of t; infinite for z
     * @return |effect| over the quantile of the P value
     * @throws InvalidRawDataException if the P value is outside its range
     * @throws NotEstimableException if the effect is 0
     */
    public static double fromP(double effect, double p, double df) {
        InvalidRawDataException.within("p", p, 0, 1, "a P value");
        return fromStatistic(effect, StudentT.upperQuantile(p / 2, df));
    }

    /**
     * Returns the standard error behind a test statistic.
     *
     * @param effect the effect, not 0
     * @param statistic z or t, not 0; its sign does not matter
     * @return |effect/statistic|
     * @throws NotEstimableException if the effect or the statistic is 0
     */
    public static double fromStatistic(double effect, double statistic) {
        if (effect == 0 || statistic == 0 || !Double.isFinite(effect / statistic)) {
            throw new NotEstimableException("A standard error does not follow from an effect of " + Texts.print(effect)
                    + " and a test statistic of " + Texts.print(statistic)
                    + "; give the interval or the standard error.");
        }
        return Math.abs(effect / statistic);
    }
}
