package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.lozenge.stats.DoubleSeq;

/**
 * The times at which the curves of both arms are known, from 0.
 *
 * @param time ascending times
 * @param notes how they were found, in sentences; empty if both arms have points at all of them
 */
record CurveGrid(DoubleSeq time, String notes) {

    /** Hand-made grids have no more intervals than this; more come from clicks along the curves. */
    private static final int BY_HAND = 20;

    /** The share of those at risk that joined intervals hold at least, as the guidance of 2025 has it. */
    private static final double JOINED = 0.05;

    int intervals() {
        return time.size() - 1;
    }

    /**
     * The times at which both curves are known and that pass a test.
     *
     * @param accepted which times count, such as those with numbers at risk
     */
    static CurveGrid of(ReportedCurves curves, DoublePredicate accepted) {
        double end = Math.min(curves.treatment().last(), curves.control().last());
        double[] all = DoubleStream.concat(
                        DoubleStream.of(curves.treatment().time().toArray()),
                        DoubleStream.of(curves.control().time().toArray()))
                .filter(t -> t <= end || ReportedCurve.same(t, end))
                .sorted()
                .toArray();
        List<Double> times = new ArrayList<>();
        int between = 0;
        int lost = 0;
        double before = Double.NaN;
        for (double t : all) {
            if (ReportedCurve.same(t, before) || !accepted.test(t)) {
                continue;
            }
            before = t;
            boolean both = curves.treatment().hasPointAt(t) && curves.control().hasPointAt(t);
            if (both || known(curves, t)) {
                times.add(t);
                between += both ? 0 : 1;
            } else {
                lost++;
            }
        }
        CurveGrid grid = new CurveGrid(
                DoubleSeq.of(times.stream().mapToDouble(Double::doubleValue).toArray()), notes(between, lost));
        return grid.joined(curves);
    }

    private static boolean known(ReportedCurves curves, double t) {
        return curves.treatment().survivalAt(t) >= 0 && curves.control().survivalAt(t) >= 0;
    }

    private static String notes(int between, int lost) {
        return Assumptions.join(
                between == 0
                        ? ""
                        : "At " + times(between) + " one curve was read between its points, where it falls by at most "
                                + ReportedCurve.READABLE + ".",
                lost == 0
                        ? ""
                        : times(lost).replaceFirst("^1 time", "One time") + " at which only one arm has a point "
                                + (lost == 1 ? "was" : "were") + " left out.");
    }

    private static String times(int n) {
        return n + (n == 1 ? " time" : " times");
    }

    /** Clicks along the curves make intervals in which hardly anything happens: those are joined. */
    private CurveGrid joined(ReportedCurves curves) {
        if (intervals() <= BY_HAND || 3 * withoutEvents(curves) <= intervals()) {
            return this;
        }
        List<Double> kept = new ArrayList<>(List.of(time.get(0)));
        for (int i = 1; i < time.size(); i++) {
            double start = kept.get(kept.size() - 1);
            if (falls(curves.treatment(), start, time.get(i)) && falls(curves.control(), start, time.get(i))) {
                kept.add(time.get(i));
            }
        }
        double end = time.get(time.size() - 1);
        if (kept.get(kept.size() - 1) < end) {
            if (kept.size() > 1) {
                kept.remove(kept.size() - 1);
            }
            kept.add(end);
        }
        String note = intervals() + " intervals between the points were joined to " + (kept.size() - 1)
                + " in which both curves fall by at least 5%.";
        return new CurveGrid(
                DoubleSeq.of(kept.stream().mapToDouble(Double::doubleValue).toArray()), Assumptions.join(notes, note));
    }

    private static boolean falls(ReportedCurve curve, double start, double end) {
        return curve.survivalAt(end) <= (1 - JOINED) * curve.survivalAt(start);
    }

    private int withoutEvents(ReportedCurves curves) {
        int count = 0;
        for (int i = 1; i < time.size(); i++) {
            boolean flat = flat(curves.treatment(), i) || flat(curves.control(), i);
            count += flat ? 1 : 0;
        }
        return count;
    }

    private boolean flat(ReportedCurve curve, int i) {
        return curve.survivalAt(time.get(i)) == curve.survivalAt(time.get(i - 1));
    }
}
