package org.lozenge.stats.multilevel;

/**
 * The sums of {@link ClusterBlocks} at one s and d, with their derivatives.
 *
 * <p>A sum has six kinds: its value, derivatives by d and s, and second ones by d twice, by both, and by s twice.
 */
final class ClusterSums {

    private static final int KINDS = 6;

    /** Products are turned into logarithms before they leave this range. */
    private static final double LARGE = 1e100;

    private final int[] start;
    private final double[] variance;
    private final double[][] x;
    private final int[] place;
    private final double[][] means;
    private final boolean rowLevel;
    private final boolean derivatives;
    private final double d;
    private final double s;
    private double product = 1;
    private double log;
    private double logD;
    private double logS;
    private double logDd;
    private double logDs;
    private double logSs;
    private final double[] w;
    private final double[] w2;
    private final double[] w3;
    private final double[][] moments;
    private final double[] reduced;
    private final double[] total;

    /**
     * Sums of no cluster yet.
     *
     * @param d variance of clusters
     * @param s variance of rows
     * @param derivatives whether derivatives are wanted
     */
    ClusterSums(ClusterBlocks blocks, double d, double s, boolean derivatives) {
        this.start = blocks.start;
        this.variance = blocks.variance;
        this.x = blocks.x;
        this.place = blocks.place;
        this.means = blocks.means;
        this.rowLevel = blocks.rowLevel;
        this.derivatives = derivatives;
        this.d = d;
        this.s = s;
        int largest = 0;
        for (int c = 0; c < start.length - 1; c++) {
            largest = Math.max(largest, start[c + 1] - start[c]);
        }
        this.w = new double[largest];
        this.w2 = new double[largest];
        this.w3 = new double[largest];
        int pairs = x.length * (x.length + 1) / 2;
        this.moments = new double[3][pairs];
        this.reduced = new double[KINDS * pairs];
        this.total = new double[KINDS * place.length * (place.length + 1) / 2];
    }

    void add(int cluster) {
        if (derivatives) {
            weigh(start[cluster], start[cluster + 1]);
            absorb();
        } else {
            weighValues(start[cluster], start[cluster + 1]);
            absorbValues();
        }
        collect(cluster);
    }

    private void weighValues(int from, int to) {
        int size = to - from;
        double inverse = 1;
        for (int i = 0; i < size; i++) {
            w[i] = 1 / (variance[from + i] + s);
            inverse *= w[i];
            if (inverse > LARGE || inverse < 1 / LARGE) {
                log -= StrictMath.log(inverse);
                inverse = 1;
            }
        }
        multiply(inverse);
        int at = 0;
        for (int a = 0; a < x.length; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += w[i] * x[a][from + i] * x[b][from + i];
                }
                moments[0][at++] = sum;
            }
        }
    }

    private void absorbValues() {
        double[] q = moments[0];
        double g = 1 / (1 + d * q[0]);
        multiply(g);
        for (int a = 0; a < x.length; a++) {
            reduced[KINDS * pair(a, 0)] = q[pair(a, 0)] * g;
            for (int b = 1; b <= a; b++) {
                reduced[KINDS * pair(a, b)] = q[pair(a, b)] - d * g * q[pair(a, 0)] * q[pair(b, 0)];
            }
        }
    }

    /** Sums of products of columns, weighted by w, −w² and 2w³: their derivatives by s. */
    private void weigh(int from, int to) {
        int size = to - from;
        for (int i = 0; i < size; i++) {
            w[i] = 1 / (variance[from + i] + s);
        }
        double sum = 0;
        double squares = 0;
        double inverse = 1;
        for (int i = 0; i < size; i++) {
            double square = w[i] * w[i];
            w2[i] = -square;
            w3[i] = 2 * square * w[i];
            sum += w[i];
            squares += square;
            inverse *= w[i];
            if (inverse > LARGE || inverse < 1 / LARGE) {
                log -= StrictMath.log(inverse);
                inverse = 1;
            }
        }
        multiply(inverse);
        logS += sum;
        logSs -= squares;
        int at = 0;
        for (int a = 0; a < x.length; a++) {
            double[] xa = x[a];
            for (int b = 0; b <= a; b++) {
                double[] xb = x[b];
                double m0 = 0;
                double m1 = 0;
                double m2 = 0;
                for (int i = 0; i < size; i++) {
                    double xx = xa[from + i] * xb[from + i];
                    m0 += w[i] * xx;
                    m1 += w2[i] * xx;
                    m2 += w3[i] * xx;
                }
                moments[0][at] = m0;
                moments[1][at] = m1;
                moments[2][at] = m2;
                at++;
            }
        }
    }

    /** Counts the inverse of a factor of the determinant. */
    private void multiply(double inverse) {
        product *= inverse;
        if (product > LARGE || product < 1 / LARGE) {
            log -= StrictMath.log(product);
            product = 1;
        }
    }

    /** Adds d to every covariance of the cluster. */
    private void absorb() {
        double[] q = moments[0];
        double[] q1 = moments[1];
        double[] q2 = moments[2];
        double f = q[0];
        double f1 = q1[0];
        double f2 = q2[0];
        double g = 1 / (1 + d * f);
        double h = d * g;
        multiply(g);
        logD += f * g;
        logS += h * f1;
        logDd -= f * g * f * g;
        logDs += f1 * g * g;
        logSs += h * f2 - h * f1 * h * f1;
        double hs = -h * h * f1;
        double hss = -2 * h * f1 * hs - h * h * f2;
        double hd = g * g;
        double hds = -2 * h * f1 * hd;
        double hdd = -2 * f * g * hd;
        for (int a = 1; a < x.length; a++) {
            int ua = pair(a, 0);
            for (int b = 1; b <= a; b++) {
                int ub = pair(b, 0);
                int ab = pair(a, b);
                int at = KINDS * ab;
                double u = q[ua] * q[ub];
                double u1 = q1[ua] * q[ub] + q[ua] * q1[ub];
                double u2 = q2[ua] * q[ub] + 2 * q1[ua] * q1[ub] + q[ua] * q2[ub];
                reduced[at] = q[ab] - h * u;
                reduced[at + 1] = -hd * u;
                reduced[at + 2] = q1[ab] - hs * u - h * u1;
                reduced[at + 3] = -hdd * u;
                reduced[at + 4] = -hds * u - hd * u1;
                reduced[at + 5] = q2[ab] - hss * u - 2 * hs * u1 - h * u2;
            }
        }
        double gs = -h * g * f1;
        double gss = -2 * h * f1 * gs - h * g * f2;
        double gd = -f * hd;
        double gds = f1 * hd * (2 * h * f - 1);
        double gdd = -2 * f * g * gd;
        // u/D, which for the constant column is what Q − h u u′ comes to, without cancellation.
        for (int a = 0; a < x.length; a++) {
            int at = KINDS * pair(a, 0);
            double u = q[pair(a, 0)];
            double u1 = q1[pair(a, 0)];
            double u2 = q2[pair(a, 0)];
            reduced[at] = u * g;
            reduced[at + 1] = u * gd;
            reduced[at + 2] = u1 * g + u * gs;
            reduced[at + 3] = u * gdd;
            reduced[at + 4] = u1 * gd + u * gds;
            reduced[at + 5] = u2 * g + 2 * u1 * gs + u * gss;
        }
    }

    /** Adds a cluster's sums, of the columns as they were before they were centred. */
    private void collect(int cluster) {
        int to = 0;
        for (int a = 0; a < place.length; a++) {
            double ma = means[a][cluster];
            for (int b = 0; b <= a; b++) {
                double mb = means[b][cluster];
                addTimes(ma * mb, 0, to);
                if (place[a] > 0) {
                    addTimes(mb, pair(place[a], 0), to);
                }
                if (place[b] > 0) {
                    addTimes(ma, pair(place[b], 0), to);
                }
                if (place[a] > 0 && place[b] > 0) {
                    // Places ascend with columns.
                    addTimes(1, pair(place[a], place[b]), to);
                }
                to += KINDS;
            }
        }
    }

    private void addTimes(double factor, int pair, int to) {
        if (!derivatives) {
            total[to] += factor * reduced[KINDS * pair];
            return;
        }
        for (int kind = 0; kind < KINDS; kind++) {
            total[to + kind] += factor * reduced[KINDS * pair + kind];
        }
    }

    void moveTo(Jets out) {
        out.logDet += log - StrictMath.log(product);
        move(0, out.q);
        if (!derivatives) {
            return;
        }
        out.logDet1[0] += logD;
        out.logDet2[0][0] += logDd;
        move(1, out.q1[0]);
        move(3, out.q2[0][0]);
        if (rowLevel) {
            out.logDet1[1] += logS;
            out.logDet2[1][0] += logDs;
            out.logDet2[1][1] += logSs;
            move(2, out.q1[1]);
            move(4, out.q2[1][0]);
            move(5, out.q2[1][1]);
        }
    }

    private void move(int kind, double[][] to) {
        for (int a = 0; a < to.length; a++) {
            for (int b = 0; b <= a; b++) {
                double cell = total[KINDS * pair(a, b) + kind];
                to[a][b] += cell;
                to[b][a] += a == b ? 0 : cell;
            }
        }
    }

    private static int pair(int a, int b) {
        return a * (a + 1) / 2 + b;
    }
}
