package org.lozenge.stats.tau2;

import java.util.Arrays;
import org.lozenge.stats.numeric.Vectors;

/**
 * Orthonormal columns Q, a cell per study each, and what the sums of a regression need of {@code I − QQ′}. Nothing of the
 * size k×k is formed. Where a study almost determines a coefficient, its {@code 1 − hᵢ} is computed from the other studies.
 */
final class OrthonormalColumns {

    /**
     * A study with a smaller complement has it computed from the other studies: small enough that there the equation for it
     * is far from its double root at one half.
     */
    private static final double DOMINANT = 0.25;

    /** A projection that leaves a smaller part of the squares has lost digits and is repeated. */
    private static final double LOST = 0.01;

    private final double[][] columns;
    private final int k;
    private final int p;
    private final double[] buffer;
    private final double[] weights;
    private final double[][] products;

    /** The rows of high leverage that {@link #complements} found. */
    private int[] dominant = {};

    /** Wraps columns, which the caller may fill and change. */
    OrthonormalColumns(double[][] columns, int k) {
        this.columns = columns;
        this.k = k;
        this.p = columns.length;
        this.buffer = new double[k];
        this.weights = new double[k];
        this.products = new double[p][p];
    }

    double[][] columns() {
        return columns;
    }

    /** Q′x. */
    double[] coordinates(double[] x) {
        double[] z = new double[p];
        for (int j = 0; j < p; j++) {
            z[j] = Vectors.dot(columns[j], x, 0, k);
        }
        return z;
    }

    /** Takes the part in the space of the columns out of a vector, and again where little is left. */
    void project(double[] x) {
        double before = Vectors.dot(x, x, 0, k);
        projectOnce(x);
        if (Vectors.dot(x, x, 0, k) < LOST * before) {
            projectOnce(x);
        }
    }

    void projectOnce(double[] x) {
        double[] z = coordinates(x);
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            int to = Math.min(k, from + Vectors.BLOCK);
            for (int j = 0; j < p; j++) {
                Vectors.subtract(z[j], columns[j], x, from, to);
            }
        }
    }

    double leverage(int i) {
        double sum = 0;
        for (int j = 0; j < p; j++) {
            sum += columns[j][i] * columns[j][i];
        }
        return sum;
    }

    private double hat(int a, int b) {
        double sum = 0;
        for (int j = 0; j < p; j++) {
            sum += columns[j][a] * columns[j][b];
        }
        return sum;
    }

    /** 1 − h for every row; from the other rows where h is large, since the difference would lose digits. */
    void complements(double[] out) {
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            int to = Math.min(k, from + Vectors.BLOCK);
            for (int i = from; i < to; i++) {
                out[i] = 1;
            }
            for (int j = 0; j < p; j++) {
                subtractSquares(columns[j], out, from, to);
            }
        }
        dominant = dominant(out);
        for (int i : dominant) {
            out[i] = fromOthers(i);
        }
    }

    /** The leverages add to p, so that these are few. */
    private static int[] dominant(double[] complement) {
        int count = 0;
        for (double free : complement) {
            count += free > DOMINANT ? 0 : 1;
        }
        int[] rows = new int[count];
        for (int i = complement.length - 1; count > 0; i--) {
            if (!(complement[i] > DOMINANT)) {
                rows[--count] = i;
            }
        }
        return rows;
    }

    /** With s = Σ h²ᵢⱼ over the others, g = 1 − h solves g(1 − g) = s. */
    private double fromOthers(int i) {
        double s = 0;
        for (int j = 0; j < k; j++) {
            if (j != i) {
                double h = hat(i, j);
                s += h * h;
            }
        }
        return 2 * s / (1 + Math.sqrt(Math.max(0, 1 - 4 * s)));
    }

    /**
     * The sum of gᵢgⱼ(I − QQ′)ᵢⱼ² over all pairs, given the complements. Dominant rows are summed pair by pair; among the
     * rest differences cost a digit at most.
     */
    double squaredTrace(double[] complement, double[] g) {
        System.arraycopy(g, 0, weights, 0, k);
        double sum = 0;
        for (int i : dominant) {
            double own = g[i] * complement[i];
            sum += own * own + pairs(g, i);
        }
        for (int i : dominant) {
            weights[i] = 0;
        }
        for (int i = 0; i < k; i++) {
            buffer[i] = weights[i] * (2 * complement[i] - 1);
        }
        sum += Vectors.dot(buffer, weights, 0, k);
        multiplyOut();
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < a; b++) {
                sum += 2 * products[a][b] * products[a][b];
            }
            sum += products[a][a] * products[a][a];
        }
        return Math.max(0, sum);
    }

    /** Σ gᵢqᵢqᵢ′ with the weights, the lower triangle. */
    private void multiplyOut() {
        for (int a = 0; a < p; a++) {
            Arrays.fill(products[a], 0);
        }
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            int to = Math.min(k, from + Vectors.BLOCK);
            for (int a = 0; a < p; a++) {
                Vectors.multiply(weights, columns[a], buffer, from, to);
                Vectors.addDots(buffer, columns, a + 1, from, to, products[a]);
            }
        }
    }

    /** What a dominant row adds with the others: with rows that are not dominant both orders, else one. */
    private double pairs(double[] g, int i) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            if (j != i) {
                double h = hat(i, j);
                sum += 2 * g[i] * g[j] * h * h;
            }
        }
        for (int j : dominant) {
            if (j != i) {
                double h = hat(i, j);
                sum -= g[i] * g[j] * h * h;
            }
        }
        return sum;
    }

    private static void subtractSquares(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] -= a[i] * a[i];
        }
    }
}
