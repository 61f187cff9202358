package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Reconstructs individual patient data from a digitised Kaplan–Meier curve and the numbers at risk below it, after Guyot
 * and others.
 *
 * <p>Between two printed numbers at risk the censored times are spread evenly. Their number is found so that the events
 * that the curve implies (at each click the whole number that brings the redrawn curve nearest) and the censored times
 * together lead from one number at risk to the next. After the last printed number:
 * <ul>
 *   <li>with a total number of events, as many are censored as make the events add up;
 *   <li>without, censoring goes on at its mean rate so far; with a single printed number nobody is censored before the
 *       end of the curve.
 * </ul>
 * Whoever is left at the end of the curve is censored there.
 *
 * <p>Where the numbers contradict the curve (more at risk than the curve leaves), the curve wins and
 * {@link ReconstructedPatients#maximumRiskError()} says by how much.
 *
 * <p>Good for survival and medians; good for hazard ratios only with numbers at risk or total events.
 *
 * @see <a href="https://doi.org/10.1186/1471-2288-12-9">Guyot, Ades, Ouwens and Welton (2012), BMC Med. Res. Methodol. 12,
 *     9</a>
 */
public final class IpdReconstruction {

    private static final int NEIGHBOURS = 3;

    /** The state while going along the curve. */
    private static final class Walk {
        private int atRisk;
        private double drawn = 1;
        private int events;
        private final List<Double> eventTimes = new ArrayList<>();
        private final List<Double> censoredTimes = new ArrayList<>();

        Walk(int atRisk) {
            this.atRisk = atRisk;
        }

        Walk copy() {
            Walk copy = new Walk(atRisk);
            copy.drawn = drawn;
            copy.events = events;
            copy.eventTimes.addAll(eventTimes);
            copy.censoredTimes.addAll(censoredTimes);
            return copy;
        }
    }

    /** The clicks from one printed number at risk to the next. */
    private record Stretch(DigitisedCurve curve, int from, int to, double start, double end) {

        Walk walk(Walk before, int censored) {
            Walk walk = before.copy();
            int done = 0;
            for (int k = from; k < to; k++) {
                double t = curve.time().get(k);
                while (done < censored && censoredTime(done, censored) < t) {
                    done = censor(walk, done, censored);
                }
                eventsAt(walk, t, curve.survival().get(k));
            }
            while (done < censored) {
                done = censor(walk, done, censored);
            }
            return walk;
        }

        private double censoredTime(int i, int censored) {
            return start + (i + 1) * (end - start) / (censored + 1);
        }

        private int censor(Walk walk, int done, int censored) {
            if (walk.atRisk > 0) {
                walk.atRisk--;
                walk.censoredTimes.add(censoredTime(done, censored));
            }
            return done + 1;
        }

        private static void eventsAt(Walk walk, double t, double survival) {
            if (walk.atRisk == 0 || walk.drawn == 0) {
                return;
            }
            int d = (int) Math.max(0, Math.round(walk.atRisk * (1 - survival / walk.drawn)));
            for (int i = 0; i < d; i++) {
                walk.eventTimes.add(t);
            }
            walk.drawn *= (double) (walk.atRisk - d) / walk.atRisk;
            walk.atRisk -= d;
            walk.events += d;
        }
    }

    /**
     * Reconstructs one arm.
     *
     * @param curve the digitised curve
     * @param risk numbers at risk; the one at time 0 is needed, more are better
     * @param totalEvents the number of events of the arm, if the report prints it
     * @return the patients, as many as are at risk at time 0
     * @throws IllegalArgumentException if there are more events than patients
     */
    public ReconstructedPatients reconstruct(DigitisedCurve curve, NumbersAtRisk risk, OptionalInt totalEvents) {
        int n = (int) risk.count().get(0);
        if (totalEvents.isPresent() && (totalEvents.getAsInt() > n || totalEvents.getAsInt() < 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d events cannot come from %d patients", totalEvents.getAsInt(), n));
        }
        int last = risk.time().size() - 1;
        double end =
                Math.max(curve.time().get(curve.time().size() - 1), risk.time().get(last));
        Walk walk = new Walk(n);
        int riskError = 0;
        int from = 0;
        for (int i = 0; i < last; i++) {
            int to = firstFrom(curve, risk.time().get(i + 1));
            Stretch stretch =
                    new Stretch(curve, from, to, risk.time().get(i), risk.time().get(i + 1));
            int target = (int) risk.count().get(i + 1);
            walk = towards(stretch, walk, w -> w.atRisk - target);
            riskError = Math.max(riskError, Math.abs(walk.atRisk - target));
            from = to;
        }
        Stretch rest = new Stretch(curve, from, curve.time().size(), risk.time().get(last), end);
        walk = last(rest, walk, totalEvents);
        return result(curve, walk, end, riskError);
    }

    private static int firstFrom(DigitisedCurve curve, double time) {
        int i = 0;
        while (i < curve.time().size() && curve.time().get(i) < time) {
            i++;
        }
        return i;
    }

    /** How far a walk is above its target; each more censored time lowers it by about one or less. */
    private interface Excess {
        int of(Walk walk);
    }

    /**
     * Walks with the number of censored times that comes nearest to the target: halving finds where the excess changes
     * sign, and its neighbourhood makes up for the small jumps that rounding of events leaves.
     */
    private static Walk towards(Stretch stretch, Walk before, Excess excess) {
        int low = 0;
        int high = before.atRisk;
        while (low < high) {
            int middle = (low + high) / 2;
            if (excess.of(stretch.walk(before, middle)) > 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Walk best = stretch.walk(before, low);
        for (int c = Math.max(0, low - NEIGHBOURS); c <= Math.min(before.atRisk, low + NEIGHBOURS); c++) {
            Walk walk = stretch.walk(before, c);
            best = Math.abs(excess.of(walk)) < Math.abs(excess.of(best)) ? walk : best;
        }
        return best;
    }

    private static Walk last(Stretch rest, Walk before, OptionalInt totalEvents) {
        if (totalEvents.isPresent()) {
            return towards(rest, before, walk -> walk.events - totalEvents.getAsInt());
        }
        double rate = rest.start > 0 ? before.censoredTimes.size() / rest.start : 0;
        int censored = (int) Math.min(before.atRisk, Math.round(rate * (rest.end - rest.start)));
        return rest.walk(before, censored);
    }

    private static ReconstructedPatients result(DigitisedCurve curve, Walk walk, double end, int riskError) {
        int n = walk.eventTimes.size() + walk.censoredTimes.size() + walk.atRisk;
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        int i = 0;
        for (double t : walk.eventTimes) {
            time[i] = t;
            event[i++] = true;
        }
        for (double t : walk.censoredTimes) {
            time[i++] = t;
        }
        while (i < n) {
            time[i++] = end;
        }
        SurvivalTimes times = SurvivalTimes.of(time, event);
        double[] errors = errors(curve, times);
        return new ReconstructedPatients(times, errors[0], errors[1], riskError);
    }

    /** Root mean square and maximum of the distance of each click from the redrawn step at its time. */
    private static double[] errors(DigitisedCurve curve, SurvivalTimes times) {
        KaplanMeierCurve drawn = new KaplanMeier(CurveInterval.PLAIN, 0.95).estimate(times);
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < curve.time().size(); i++) {
            double t = curve.time().get(i);
            double low = survival(drawn, t);
            double high = survival(drawn, Math.nextDown(t));
            double s = curve.clicked().get(i);
            double distance = s < low ? low - s : Math.max(0, s - high);
            squares += distance * distance;
            largest = Math.max(largest, distance);
        }
        return new double[] {Math.sqrt(squares / curve.time().size()), largest};
    }

    /** Survival at a time, flat beyond the last one. */
    private static double survival(KaplanMeierCurve curve, double t) {
        int step = curve.stepAt(t);
        return step < 0 ? 1 : curve.survival().get(step);
    }
}
