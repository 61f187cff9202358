package org.lozenge.stats.survival;

/**
 * One interval of the curves of both arms, with the numbers at risk, events and censored times that a route estimates.
 *
 * @param start start of the interval
 * @param end its end
 * @param treatment the research arm
 * @param control the other arm
 */
public record CurveStretch(double start, double end, OneArm treatment, OneArm control) {

    /** Stands for no events, so that the interval keeps its place with next to no weight. */
    private static final double NO_EVENTS = 1e-6;

    /**
     * One arm in one interval.
     *
     * @param survivalStart event-free fraction at the start
     * @param survivalEnd event-free fraction at the end
     * @param atRisk participants effectively at risk, those censored half way left out
     * @param events estimated events
     * @param censored estimated censored times; below 0 where numbers at risk fall less than the curve
     */
    public record OneArm(double survivalStart, double survivalEnd, double atRisk, double events, double censored) {

        /** Share of those at risk who have the event. */
        double risk() {
            return 1 - survivalEnd / survivalStart;
        }

        /** Fall of the log of the curve, so the hazard over the interval; infinite where it reaches 0. */
        double hazard() {
            return StrictMath.log(survivalStart / survivalEnd);
        }

        private double counted() {
            return events > 0 ? events : NO_EVENTS;
        }

        private double variance() {
            return 1 / counted() - 1 / atRisk;
        }
    }

    /** Log ratio of the shares of those at risk who have the event, treatment over control. */
    public double logRatio() {
        return StrictMath.log((treatment.counted() / treatment.atRisk) / (control.counted() / control.atRisk));
    }

    /** Variance of {@link #logRatio()}. */
    public double variance() {
        return treatment.variance() + control.variance();
    }

    /** Hazard ratio over the interval: the ratio of the falls of the logs of both curves; NaN if neither falls. */
    public double hazardRatio() {
        return treatment.hazard() / control.hazard();
    }

    /** Whether both arms have someone at risk and their variance is above 0. */
    boolean usable() {
        return treatment.atRisk > 0 && control.atRisk > 0 && variance() > 0;
    }

    /** Whether both arms have events. */
    public boolean eventsInBoth() {
        return treatment.events > 0 && control.events > 0;
    }
}
