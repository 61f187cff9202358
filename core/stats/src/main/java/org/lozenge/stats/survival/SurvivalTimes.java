package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * Individual patient data of one time-to-event endpoint: for each participant the time to the event or to the last
 * contact, and whether the event happened. Immutable; times are right-censored at most.
 *
 * <p>Two times are tied when they are the same number; nothing is rounded. A censored time that equals an event time
 * counts as just after it, so that the participant is at risk for the event.
 */
public final class SurvivalTimes {

    private final double[] time;
    private final boolean[] event;

    private SurvivalTimes(double[] time, boolean[] event) {
        this.time = time;
        this.event = event;
    }

    /**
     * Returns survival times.
     *
     * @param time finite times from 0, at least one, in any order and any unit; copied
     * @param event whether the event happened at that time; as many, copied
     * @return the survival times
     * @throws IllegalArgumentException if there is no time, if the sizes differ, or if a time is negative or not finite;
     *     the message gives its position, counting from 1
     */
    public static SurvivalTimes of(double[] time, boolean[] event) {
        if (time.length == 0 || time.length != event.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d times need as many event indicators, and at least one, but there are %d",
                    time.length,
                    event.length));
        }
        for (int i = 0; i < time.length; i++) {
            if (!(time[i] >= 0 && time[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Time %d must be finite and at least 0, but is %s", i + 1, time[i]));
            }
        }
        return new SurvivalTimes(time.clone(), event.clone());
    }

    /**
     * Returns the number of participants.
     *
     * @return the size, at least 1
     */
    public int size() {
        return time.length;
    }

    /**
     * Returns one time.
     *
     * @param i 0-based position
     * @return the time
     */
    public double time(int i) {
        return time[i];
    }

    /**
     * Returns whether the event happened to one participant.
     *
     * @param i 0-based position
     * @return true for an event, false for a censored time
     */
    public boolean event(int i) {
        return event[i];
    }

    /**
     * Returns the number of events.
     *
     * @return the events among all participants
     */
    public int events() {
        int events = 0;
        for (boolean e : event) {
            events += e ? 1 : 0;
        }
        return events;
    }

    /**
     * Returns the largest time, whether event or censored.
     *
     * @return the end of follow-up
     */
    public double last() {
        return Arrays.stream(time).max().orElseThrow();
    }

    /**
     * Returns the same times with events and censored times swapped, from which the Kaplan–Meier estimate of follow-up
     * (reverse Kaplan–Meier) is made.
     *
     * @return the reversed times
     * @see <a href="https://doi.org/10.1016/0197-2456(96)00075-X">Schemper and Smith (1996), Control. Clin. Trials 17,
     *     343–346</a>
     */
    public SurvivalTimes reversed() {
        boolean[] censored = new boolean[event.length];
        for (int i = 0; i < event.length; i++) {
            censored[i] = !event[i];
        }
        return new SurvivalTimes(time, censored);
    }

    /**
     * Returns the times of some participants.
     *
     * @param rows 0-based positions, at least one
     * @return their times, in the order of {@code rows}
     */
    public SurvivalTimes subset(int... rows) {
        double[] t = new double[rows.length];
        boolean[] e = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            t[i] = time[rows[i]];
            e[i] = event[rows[i]];
        }
        return of(t, e);
    }

    /**
     * Returns all times.
     *
     * @return the times in their order
     */
    public DoubleSeq times() {
        return DoubleSeq.of(time);
    }

    /** Positions in ascending order of time; ties keep their order. */
    int[] order() {
        Integer[] order = new Integer[time.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(time[a], time[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SurvivalTimes that
                && Arrays.equals(time, that.time)
                && Arrays.equals(event, that.event);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(time) + Arrays.hashCode(event);
    }

    @Override
    public String toString() {
        return "SurvivalTimes (" + size() + " participants, " + events() + " events)";
    }
}
