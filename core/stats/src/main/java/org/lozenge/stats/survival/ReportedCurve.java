package org.lozenge.stats.survival;

import java.util.Objects;
import java.util.OptionalDouble;
import org.lozenge.stats.DoubleSeq;

/**
 * Points of the published Kaplan–Meier curve of one arm, with the numbers at risk below it. Immutable; made by
 * {@link CurveReader}.
 *
 * @param time times of the points in ascending order; the first is 0
 * @param survival event-free fraction just after each time, falling from 1
 * @param halfUnit how far a true fraction may lie from its point: half a unit in the last printed place
 * @param riskTime ascending times with a number at risk; may be empty
 * @param atRisk participants at risk at those times, falling
 * @param participants participants of the arm, if stated
 * @param events events of the arm, if stated
 * @param followUp smallest and largest follow-up, where stated
 */
public record ReportedCurve(
        DoubleSeq time,
        DoubleSeq survival,
        double halfUnit,
        DoubleSeq riskTime,
        DoubleSeq atRisk,
        OptionalDouble participants,
        OptionalDouble events,
        FollowUp followUp) {

    /** Two times this close, relative to the later, are the same. */
    private static final double SAME = 1e-9;

    /** A curve that falls by no more than this between two points may be read between them. */
    static final double READABLE = 0.02;

    /**
     * Smallest and largest follow-up of the participants, in the unit of the times.
     *
     * @param smallest follow-up that everyone without the event has at least
     * @param largest follow-up that nobody exceeds
     */
    public record FollowUp(OptionalDouble smallest, OptionalDouble largest) {

        /** Nothing is stated. */
        public static final FollowUp NONE = new FollowUp(OptionalDouble.empty(), OptionalDouble.empty());

        /** Checks that nothing is missing. */
        public FollowUp {
            Objects.requireNonNull(smallest, "smallest");
            Objects.requireNonNull(largest, "largest");
        }

        /** These, completed by others where they are silent. */
        public FollowUp or(FollowUp others) {
            return new FollowUp(
                    smallest.isPresent() ? smallest : others.smallest, largest.isPresent() ? largest : others.largest);
        }
    }

    /** Checks that points and sizes fit; the order of the points is checked where they are read. */
    public ReportedCurve {
        if (time.size() == 0 || time.size() != survival.size() || riskTime.size() != atRisk.size()) {
            throw new IllegalArgumentException("A curve needs as many times as fractions, and at least one point");
        }
        Objects.requireNonNull(participants, "participants");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(followUp, "followUp");
    }

    /** The same curve with what another source states where this one is silent. */
    ReportedCurve or(OptionalDouble otherParticipants, OptionalDouble otherEvents, FollowUp others) {
        return new ReportedCurve(
                time,
                survival,
                halfUnit,
                riskTime,
                atRisk,
                participants.isPresent() ? participants : otherParticipants,
                events.isPresent() ? events : otherEvents,
                followUp.or(others));
    }

    /** The last time with a point. */
    public double last() {
        return time.get(time.size() - 1);
    }

    static boolean same(double a, double b) {
        return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
    }

    /** Whether there is a point at a time. */
    boolean hasPointAt(double t) {
        int i = lastUpTo(time, t);
        return i >= 0 && same(time.get(i), t);
    }

    /**
     * The event-free fraction at a time.
     *
     * @return the fraction at the point there; between two points the one of the earlier, as the curve is a step, if it
     *     falls by at most {@value #READABLE} between them; else NaN, as beyond the last point
     */
    double survivalAt(double t) {
        int i = lastUpTo(time, t);
        if (i < 0) {
            return Double.NaN;
        }
        if (same(time.get(i), t)) {
            return survival.get(i);
        }
        boolean between = i + 1 < time.size();
        return between && survival.get(i) - survival.get(i + 1) <= READABLE + 1e-12 ? survival.get(i) : Double.NaN;
    }

    /** The number at risk printed for a time; the participants at time 0; NaN if none is printed. */
    double atRiskAt(double t) {
        int i = lastUpTo(riskTime, t);
        if (i >= 0 && same(riskTime.get(i), t)) {
            return atRisk.get(i);
        }
        return t == 0 ? participants.orElse(Double.NaN) : Double.NaN;
    }

    /** Participants at the start: the number at risk at time 0, else as stated; NaN if neither is known. */
    double size() {
        return atRiskAt(0);
    }

    /** Position of the last time up to t, the same time included; −1 if there is none. */
    private static int lastUpTo(DoubleSeq times, double t) {
        int low = 0;
        int high = times.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.get(middle) <= t || same(times.get(middle), t)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
