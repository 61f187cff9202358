package org.lozenge.stats.model;

import java.util.Locale;

/** Events and person-time of the two groups of several studies for the methods of Mantel and Haenszel. */
public final class MantelHaenszelRates {

    final double[] x1;
    final double[] t1;
    final double[] x2;
    final double[] t2;

    private MantelHaenszelRates(double[] x1, double[] t1, double[] x2, double[] t2) {
        this.x1 = x1;
        this.t1 = t1;
        this.x2 = x2;
        this.t2 = t2;
    }

    /**
     * Returns studies with these numbers.
     *
     * @param x1 events in the first group, one per study
     * @param t1 person-time of the first group, above 0
     * @param x2 events in the second group
     * @param t2 person-time of the second group, above 0
     * @return the studies; the arrays are copied
     * @throws IllegalArgumentException if the arrays differ in length, are empty, or hold a count that is negative or a time
     *     that is not above 0, or a number that is not finite
     */
    public static MantelHaenszelRates of(double[] x1, double[] t1, double[] x2, double[] t2) {
        if (x1.length == 0 || t1.length != x1.length || x2.length != x1.length || t2.length != x1.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Events and times must be as many, at least one, but there are %d, %d, %d and %d",
                    x1.length,
                    t1.length,
                    x2.length,
                    t2.length));
        }
        for (int i = 0; i < x1.length; i++) {
            double sum = x1[i] + t1[i] + x2[i] + t2[i];
            if (!(x1[i] >= 0 && x2[i] >= 0 && t1[i] > 0 && t2[i] > 0) || Double.isInfinite(sum)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Study %d has %s events in %s and %s in %s; events must not be negative and times above 0",
                        i + 1,
                        x1[i],
                        t1[i],
                        x2[i],
                        t2[i]));
            }
        }
        return new MantelHaenszelRates(x1.clone(), t1.clone(), x2.clone(), t2.clone());
    }

    /**
     * Returns the number of studies.
     *
     * @return the number of studies, at least 1
     */
    public int k() {
        return x1.length;
    }

    double time(int i) {
        return t1[i] + t2[i];
    }
}
