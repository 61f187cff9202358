package org.lozenge.stats.tau2;

/**
 * Orthonormal columns Q, a cell per study each, and what the sums of a regression need of {@code I − QQ′}. Nothing of the
 * size k×k is formed. Where a study almost determines a coefficient, its {@code 1 − hᵢ} is computed from the other studies.
 */
final class OrthonormalColumns {

    /** Rows that are worked on at a time, so that all columns of them stay near the processor. */
    static final int BLOCK = 256;

    /** A study with a higher leverage has its complement computed from the other studies. */
    private static final double DOMINANT = 0.5;

    /** A projection that leaves a smaller part of the squares has lost digits and is repeated. */
    private static final double LOST = 0.01;

    private final double[][] columns;
    private final int k;
    private final int p;
    private final double[] buffer;

    /** Wraps columns, which the caller may fill and change. */
    OrthonormalColumns(double[][] columns, int k) {
        this.columns = columns;
        this.k = k;
        this.p = columns.length;
        this.buffer = new double[BLOCK];
    }

    double[][] columns() {
        return columns;
    }

    /** Q′x. */
    double[] coordinates(double[] x) {
        double[] z = new double[p];
        for (int j = 0; j < p; j++) {
            z[j] = dot(columns[j], x, 0, k);
        }
        return z;
    }

    /** Takes the part in the space of the columns out of a vector, and again where little is left. */
    void project(double[] x) {
        double before = dot(x, x, 0, k);
        projectOnce(x);
        if (dot(x, x, 0, k) < LOST * before) {
            projectOnce(x);
        }
    }

    void projectOnce(double[] x) {
        double[] z = coordinates(x);
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(k, from + BLOCK);
            for (int j = 0; j < p; j++) {
                subtract(z[j], columns[j], x, from, to);
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
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(k, from + BLOCK);
            for (int i = from; i < to; i++) {
                out[i] = 1;
            }
            for (int j = 0; j < p; j++) {
                subtractSquares(columns[j], out, from, to);
            }
            for (int i = from; i < to; i++) {
                out[i] = out[i] > DOMINANT ? out[i] : fromOthers(i);
            }
        }
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
     * rest no difference cancels.
     */
    double squaredTrace(double[] complement, double[] g) {
        double sum = 0;
        double[] m = new double[p * (p + 1) / 2];
        for (int from = 0; from < k; from += BLOCK) {
            int to = Math.min(k, from + BLOCK);
            for (int i = from; i < to; i++) {
                if (complement[i] <= DOMINANT) {
                    sum += g[i] * g[i] * complement[i] * complement[i] + pairs(complement, g, i);
                } else {
                    sum += g[i] * g[i] * (2 * complement[i] - 1);
                }
            }
            addProducts(complement, g, from, to, m);
        }
        int at = 0;
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < a; b++, at++) {
                sum += 2 * m[at] * m[at];
            }
            sum += m[at] * m[at];
            at++;
        }
        return Math.max(0, sum);
    }

    /** Adds a block's Σ gᵢqᵢqᵢ′ over the rows that are not dominant, the lower triangle row by row. */
    private void addProducts(double[] complement, double[] g, int from, int to, double[] m) {
        int at = 0;
        for (int a = 0; a < p; a++) {
            double[] column = columns[a];
            for (int i = from; i < to; i++) {
                buffer[i - from] = complement[i] <= DOMINANT ? 0 : g[i] * column[i];
            }
            for (int b = 0; b <= a; b++) {
                m[at++] += dotShifted(buffer, columns[b], from, to);
            }
        }
    }

    /** What a dominant row adds with the others: with rows that are not dominant both orders, else one. */
    private double pairs(double[] complement, double[] g, int i) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            if (j != i) {
                double h = hat(i, j);
                sum += (complement[j] <= DOMINANT ? 1 : 2) * g[i] * g[j] * h * h;
            }
        }
        return sum;
    }

    // ---- loops over a stretch of rows

    /** Four sums at once, so that an addition need not wait for the one before. */
    static double dot(double[] a, double[] b, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            first += a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    private static double dotShifted(double[] a, double[] b, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += a[i - from] * b[i];
            second += a[i - from + 1] * b[i + 1];
            third += a[i - from + 2] * b[i + 2];
            fourth += a[i - from + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            first += a[i - from] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    static void subtract(double factor, double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] -= factor * a[i];
        }
    }

    private static void subtractSquares(double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] -= a[i] * a[i];
        }
    }
}
