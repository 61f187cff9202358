package org.lozenge.stats.model;

import java.util.Locale;

/**
 * Two-by-two tables of several studies for the methods of Mantel and Haenszel.
 *
 * <p>Each study has a events and b others in the first group, c events and d others in the second. Counts may be fractions,
 * where constants were added.
 */
public final class MantelHaenszelTables {

    final double[] a;
    final double[] b;
    final double[] c;
    final double[] d;

    private MantelHaenszelTables(double[] a, double[] b, double[] c, double[] d) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
    }

    /**
     * Returns tables of these cells.
     *
     * @param a events in the first group, one per study
     * @param b others in the first group
     * @param c events in the second group
     * @param d others in the second group
     * @return the tables; the arrays are copied
     * @throws IllegalArgumentException if the arrays differ in length, are empty, or hold a number that is negative or not
     *     finite, or if a group of a study is empty
     */
    public static MantelHaenszelTables of(double[] a, double[] b, double[] c, double[] d) {
        if (a.length == 0 || b.length != a.length || c.length != a.length || d.length != a.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Tables need the same number of each cell, at least one, but there are %d, %d, %d and %d",
                    a.length,
                    b.length,
                    c.length,
                    d.length));
        }
        for (int i = 0; i < a.length; i++) {
            boolean valid = isCount(a[i]) && isCount(b[i]) && isCount(c[i]) && isCount(d[i]);
            if (!valid || !(a[i] + b[i] > 0) || !(c[i] + d[i] > 0)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Study %d has the table %s, %s, %s, %s; cells must be finite and not negative, and no group empty",
                        i + 1,
                        a[i],
                        b[i],
                        c[i],
                        d[i]));
            }
        }
        return new MantelHaenszelTables(a.clone(), b.clone(), c.clone(), d.clone());
    }

    private static boolean isCount(double value) {
        return value >= 0 && !Double.isInfinite(value);
    }

    /**
     * Returns the number of studies.
     *
     * @return the number of tables, at least 1
     */
    public int k() {
        return a.length;
    }

    double n1(int i) {
        return a[i] + b[i];
    }

    double n2(int i) {
        return c[i] + d[i];
    }

    double total(int i) {
        return a[i] + b[i] + c[i] + d[i];
    }

    double events(int i) {
        return a[i] + c[i];
    }

    /** Observed minus expected events of the first group: a − n₁m/n without its cancellation. */
    double excess(int i) {
        return (a[i] * d[i] - b[i] * c[i]) / total(i);
    }

    /** The hypergeometric variance of the first cell; 0 where it cannot vary. */
    double variance(int i) {
        double n = total(i);
        double product = n1(i) * n2(i) * events(i) * (b[i] + d[i]);
        return product == 0 || n <= 1 ? 0 : product / (n * n * (n - 1));
    }
}
