package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;

/** Cumulative hazards of both arms at several times, with what sampling and rounding may have moved them by. */
final class HazardSteps {

    /** Reading a curve off a figure errs by about this much, whatever digits are written down. */
    private static final double READING_ERROR = 0.0025;

    /**
     * The step of one arm from one time to the next.
     *
     * @param survivalEnd event-free fraction at its end
     * @param hazard increase of the cumulative hazard
     * @param variance its sampling variance
     * @param events events that it rests on
     * @param rounding variance of the cumulative hazard at its end that comes from rounding
     */
    record Step(double survivalEnd, double hazard, double variance, double events, double rounding) {

        private Step plus(Step next) {
            return new Step(
                    next.survivalEnd,
                    hazard + next.hazard,
                    variance + next.variance,
                    events + next.events,
                    next.rounding);
        }

        private boolean isFinite() {
            return Double.isFinite(hazard) && Double.isFinite(variance) && hazard >= 0;
        }
    }

    /**
     * Steps joined to a period.
     *
     * @param start its start
     * @param end its end
     * @param treatment the step of the research arm
     * @param control the step of the other arm
     * @param startRoundingT rounding variance at the start, research arm
     * @param startRoundingC rounding variance at the start, other arm
     */
    record Joined(
            double start, double end, Step treatment, Step control, double startRoundingT, double startRoundingC) {

        double logRatio() {
            return StrictMath.log(treatment.hazard / control.hazard);
        }

        double variance() {
            return relative(treatment, startRoundingT) + relative(control, startRoundingC);
        }

        private static double relative(Step step, double startRounding) {
            return (step.variance + step.rounding + startRounding) / (step.hazard * step.hazard);
        }

        /** With the period before: rounding of the fraction between them moves both, in opposite directions. */
        double covariance(Joined before) {
            return -startRoundingT / (treatment.hazard * before.treatment.hazard)
                    - startRoundingC / (control.hazard * before.control.hazard);
        }

        private boolean rests(double events) {
            return treatment.events >= events && control.events >= events;
        }

        private double events() {
            return treatment.events + control.events;
        }

        private Joined plus(Joined next) {
            return new Joined(
                    start,
                    next.end,
                    treatment.plus(next.treatment),
                    control.plus(next.control),
                    startRoundingT,
                    startRoundingC);
        }
    }

    private final List<Joined> steps = new ArrayList<>();
    private final boolean censoringKnown;

    HazardSteps(boolean censoringKnown) {
        this.censoringKnown = censoringKnown;
    }

    HazardSteps() {
        this(true);
    }

    boolean censoringKnown() {
        return censoringKnown;
    }

    /** The step of one arm in an interval of the curves. */
    static Step step(CurveStretch.OneArm arm, double halfUnit) {
        double variance = arm.events() / (arm.atRisk() * (arm.atRisk() - arm.events()));
        return new Step(
                arm.survivalEnd(),
                arm.hazard(),
                variance,
                arm.events(),
                rounding(arm.survivalEnd(), Math.max(halfUnit, READING_ERROR)));
    }

    /** Variance of ln S if S may lie anywhere within half a unit of what is printed. */
    static double rounding(double survival, double halfUnit) {
        return halfUnit * halfUnit / (3 * survival * survival);
    }

    void add(double end, Step treatment, Step control) {
        Joined last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
        steps.add(
                last == null
                        ? new Joined(0, end, treatment, control, 0, 0)
                        : new Joined(
                                last.end, end, treatment, control, last.treatment.rounding, last.control.rounding));
    }

    List<HazardDrift.Point> points() {
        return steps.stream()
                .map(step -> new HazardDrift.Point(step.end, step.treatment.survivalEnd, step.control.survivalEnd))
                .toList();
    }

    /**
     * The steps joined to periods that rest on enough events in both arms; those at the end that do not belong to the last
     * period. Steps from where a curve reaches 0 are left out.
     */
    List<Joined> joined(int most, double fewestEvents) {
        List<Joined> finite = steps.stream()
                .takeWhile(step -> step.treatment.isFinite() && step.control.isFinite())
                .toList();
        double total = finite.stream().mapToDouble(Joined::events).sum();
        // a hair less than a quarter, so that rounding errors do not cost a period
        double enough = total / most * (1 - 1e-9);
        List<Joined> periods = new ArrayList<>();
        Joined open = null;
        for (Joined step : finite) {
            open = open == null ? step : open.plus(step);
            if (open.rests(fewestEvents) && open.events() >= enough) {
                periods.add(open);
                open = null;
            }
        }
        if (open != null && !periods.isEmpty()) {
            periods.add(periods.remove(periods.size() - 1).plus(open));
        }
        return periods;
    }
}
