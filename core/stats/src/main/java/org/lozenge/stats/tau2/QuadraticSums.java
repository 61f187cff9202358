package org.lozenge.stats.tau2;

/**
 * The generalised Q statistic {@code Σ aᵢ(yᵢ − ȳ)² = y′Ay} of a slice with arbitrary weights, and the traces its moments
 * are made of. Everything is a sum of positive terms, so that nothing cancels when one weight dominates; linear in k.
 */
final class QuadraticSums {

    private final double[] a;
    private final double[] share;
    private final double[] rest;
    private final double q;

    QuadraticSums(double[] weights, double[] y, int from, int to) {
        int k = to - from;
        a = weights;
        share = new double[k];
        rest = new double[k];
        double total = 0;
        int top = 0;
        for (int i = 0; i < k; i++) {
            total += a[i];
            top = a[i] > a[top] ? i : top;
        }
        double others = 0;
        double offset = 0;
        for (int i = 0; i < k; i++) {
            share[i] = a[i] / total;
            others += i == top ? 0 : a[i];
            offset += share[i] * (y[from + i] - y[from + top]);
        }
        double squares = 0;
        double again = 0;
        for (int i = 0; i < k; i++) {
            rest[i] = i == top ? others / total : 1 - share[i];
            double residual = y[from + i] - y[from + top] - offset;
            squares += a[i] * residual * residual;
            again += share[i] * residual;
        }
        // The second term takes out the rounding of the mean.
        q = Math.max(0, squares - total * again * again);
    }

    /** y′Ay. */
    double q() {
        return q;
    }

    /** tr A. */
    double trace() {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * rest[i];
        }
        return sum;
    }

    /** tr AV. */
    double trace(double[] v, int from) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * v[from + i] * rest[i];
        }
        return sum;
    }

    /** The variance of y′Ay: 2 tr ASAS with S = diag(v + τ²). */
    double variance(double[] v, int from, double tau2) {
        double diagonal = 0;
        double cross = 0;
        double before = 0;
        for (int i = 0; i < a.length; i++) {
            double b = a[i] * (v[from + i] + tau2);
            diagonal += b * rest[i] * (b * rest[i]);
            cross += share[i] * b * before;
            before += share[i] * b;
        }
        return 2 * diagonal + 4 * cross;
    }
}
