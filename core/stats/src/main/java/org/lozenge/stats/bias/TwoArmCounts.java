package org.lozenge.stats.bias;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;

/**
 * Events and participants of two arms, one entry per study.
 *
 * @param eventsT events in the treated arm
 * @param nT participants of the treated arm
 * @param eventsC events in the control arm
 * @param nC participants of the control arm
 */
public record TwoArmCounts(DoubleSeq eventsT, DoubleSeq nT, DoubleSeq eventsC, DoubleSeq nC) {

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if the sizes differ, an arm is empty, or events are negative or exceed the
     *     participants; the message counts studies from 1
     */
    public TwoArmCounts {
        int k = eventsT.size();
        if (nT.size() != k || eventsC.size() != k || nC.size() != k) {
            throw new IllegalArgumentException("Counts of two arms need columns of one length");
        }
        for (int i = 0; i < k; i++) {
            check(i, eventsT.get(i), nT.get(i));
            check(i, eventsC.get(i), nC.get(i));
        }
    }

    private static void check(int study, double events, double n) {
        if (!(n > 0 && n <= 1e15 && events >= 0 && events <= n)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Study %d: %s events among %s participants are not possible", study + 1, events, n));
        }
    }

    /**
     * Returns the number of studies.
     *
     * @return k
     */
    public int k() {
        return nT.size();
    }

    /** Participants of both arms. */
    double n(int study) {
        return nT.get(study) + nC.get(study);
    }

    /** Events of both arms. */
    double events(int study) {
        return eventsT.get(study) + eventsC.get(study);
    }
}
