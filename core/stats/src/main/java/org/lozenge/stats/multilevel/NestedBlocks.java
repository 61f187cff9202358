package org.lozenge.stats.multilevel;

import java.util.Arrays;

/**
 * Clusters whose sampling errors are independent, with nested random effects.
 *
 * <p>A group of any level adds σ² to every covariance of its rows. By the formula of Sherman and Morrison its inverse follows
 * from those of its parts, so a walk from rows to groups to clusters gives every sum, and its derivatives, in time linear in
 * the number of rows and of groups; no matrix of a cluster is formed.
 *
 * <p>Columns are centred within clusters first: sums of a cluster with a large σ² are differences of nearly equal numbers
 * otherwise.
 */
final class NestedBlocks implements Blocks {

    /** Products are turned into logarithms before they leave this range. */
    private static final double LARGE = 1e100;

    private final int levels;
    private final boolean rowLevel;
    private final double[] z;
    private final int stride;
    private final int[] place;
    private final double[] v;
    private final double[][] means;
    private final int[][] first;
    private final double[][] fixedSums;
    private final double[] fixedLogs;

    /**
     * Rows in the order of the groups.
     *
     * @param z columns by row: design, then effects
     * @param v sampling variances
     * @param first for each level of groups, from clusters down, where the children of each group start: groups of the next
     *     level or, in the last, rows; one more entry than groups
     * @param rowLevel whether each row has an effect of its own
     */
    NestedBlocks(double[][] z, double[] v, int[][] first, boolean rowLevel) {
        this.v = v;
        this.first = first;
        this.rowLevel = rowLevel;
        this.levels = first.length + (rowLevel ? 1 : 0);
        int clusters = first[0].length - 1;
        int columns = z[0].length;
        double[][] centred = new double[z.length][columns];
        this.means = new double[clusters][columns];
        for (int c = 0; c < clusters; c++) {
            centre(z, centred, c);
        }
        this.place = places(centred, columns);
        this.stride = Arrays.stream(place).max().orElse(0);
        this.z = new double[z.length * stride];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < columns; j++) {
                if (place[j] > 0) {
                    this.z[i * stride + place[j] - 1] = centred[i][j];
                }
            }
        }
        int groups = rowLevel ? 0 : first[first.length - 1].length - 1;
        this.fixedSums = new double[groups][];
        this.fixedLogs = new double[groups];
        for (int g = 0; g < groups; g++) {
            Node node = new Node(0, stride + 1);
            addRows(node, first[first.length - 1][g], first[first.length - 1][g + 1], 0);
            fixedSums[g] = node.q;
            fixedLogs[g] = node.logDet;
        }
    }

    private void centre(double[][] from, double[][] to, int cluster) {
        int start = rowStart(cluster);
        int end = rowStart(cluster + 1);
        double[] mean = means[cluster];
        for (int j = 0; j < mean.length; j++) {
            double base = from[start][j];
            double sum = 0;
            for (int i = start; i < end; i++) {
                sum += from[i][j] - base;
            }
            mean[j] = base + sum / (end - start);
            for (int i = start; i < end; i++) {
                to[i][j] = from[i][j] - mean[j];
            }
        }
    }

    /** The place, from 1, of each column that varies within clusters; 0 for the others, whose centred values are all 0. */
    private static int[] places(double[][] centred, int columns) {
        int[] place = new int[columns];
        int count = 0;
        for (int j = 0; j < columns; j++) {
            for (double[] row : centred) {
                if (row[j] != 0) {
                    place[j] = ++count;
                    break;
                }
            }
        }
        return place;
    }

    /** The sums of a group over 1 and the centred columns, with derivatives by the parameters of its parts and its own. */
    private static final class Node {
        final int columns;
        double logDet;
        final double[] logDet1;
        final double[] logDet2;
        final double[] q;
        final double[][] q1;
        final double[][] q2;
        final double[] u;
        final double[][] u1;
        final double[][] u2;
        final double[] h1;
        final double[] h2;
        final double[] g1;
        final double[] g2;

        Node(int parameters, int columns) {
            this.columns = columns;
            int triangle = columns * (columns + 1) / 2;
            int pairs = parameters * (parameters + 1) / 2;
            logDet1 = new double[parameters];
            logDet2 = new double[pairs];
            q = new double[triangle];
            q1 = new double[parameters][triangle];
            q2 = new double[pairs][triangle];
            u = new double[columns];
            u1 = new double[parameters][columns];
            u2 = new double[pairs][columns];
            h1 = new double[parameters];
            h2 = new double[pairs];
            g1 = new double[parameters];
            g2 = new double[pairs];
        }

        void clear() {
            logDet = 0;
            Arrays.fill(logDet1, 0);
            Arrays.fill(logDet2, 0);
            Arrays.fill(q, 0);
            for (double[] row : q1) {
                Arrays.fill(row, 0);
            }
            for (double[] row : q2) {
                Arrays.fill(row, 0);
            }
        }

        /** Adds a part, which depends on the first parameters only. */
        void add(Node part) {
            logDet += part.logDet;
            add(logDet1, part.logDet1);
            add(logDet2, part.logDet2);
            add(q, part.q);
            for (int r = 0; r < part.q1.length; r++) {
                add(q1[r], part.q1[r]);
            }
            for (int r = 0; r < part.q2.length; r++) {
                add(q2[r], part.q2[r]);
            }
        }

        private static void add(double[] to, double[] from) {
            for (int i = 0; i < from.length; i++) {
                to[i] += from[i];
            }
        }

        /** Adds s to every covariance of the group; s is the last parameter. */
        void absorb(double s) {
            int d = h1.length - 1;
            double f = q[0];
            double g = 1 / (1 + s * f);
            double h = s * g;
            scalars(s, f, g, h, d);
            keepFirst(d);
            for (int a = 1; a < columns; a++) {
                for (int b = 1; b <= a; b++) {
                    reduce(a, b, h, d);
                }
            }
            for (int a = 0; a < columns; a++) {
                shrink(a, g, d);
            }
        }

        /** log D, h = s/D and g = 1/D with D = 1 + sf: derivatives by s and by the parameters of f. */
        private void scalars(double s, double f, double g, double h, int d) {
            logDet += StrictMath.log(1 + s * f);
            for (int r = 0; r < d; r++) {
                double fr = q1[r][0];
                h1[r] = -h * h * fr;
                g1[r] = -h * g * fr;
                logDet1[r] += h * fr;
                for (int t = 0; t <= r; t++) {
                    int rt = pair(r, t);
                    double ft = q1[t][0];
                    double frt = q2[rt][0];
                    h2[rt] = 2 * h * h * h * fr * ft - h * h * frt;
                    g2[rt] = 2 * h * h * g * fr * ft - h * g * frt;
                    logDet2[rt] += h * frt - h * h * fr * ft;
                }
                int dr = pair(d, r);
                h2[dr] = -2 * h * g * g * fr;
                g2[dr] = fr * (s * f - 1) * g * g * g;
                logDet2[dr] += fr * g * g;
            }
            int dd = pair(d, d);
            h1[d] = g * g;
            g1[d] = -f * g * g;
            h2[dd] = -2 * f * g * g * g;
            g2[dd] = 2 * f * f * g * g * g;
            logDet1[d] += f * g;
            logDet2[dd] -= f * f * g * g;
        }

        private void keepFirst(int d) {
            for (int a = 0; a < columns; a++) {
                int at = pair(a, 0);
                u[a] = q[at];
                for (int r = 0; r < d; r++) {
                    u1[r][a] = q1[r][at];
                    for (int t = 0; t <= r; t++) {
                        u2[pair(r, t)][a] = q2[pair(r, t)][at];
                    }
                }
            }
        }

        /** Q − h u u′, for columns other than the constant one. */
        private void reduce(int a, int b, double h, int d) {
            int at = pair(a, b);
            double ua = u[a];
            double ub = u[b];
            double uu = ua * ub;
            q[at] -= h * uu;
            for (int r = 0; r < d; r++) {
                double ur = u1[r][a] * ub + ua * u1[r][b];
                q1[r][at] -= h1[r] * uu + h * ur;
                for (int t = 0; t <= r; t++) {
                    int rt = pair(r, t);
                    double ut = u1[t][a] * ub + ua * u1[t][b];
                    q2[rt][at] -= h2[rt] * uu
                            + h1[r] * ut
                            + h1[t] * ur
                            + h * (u2[rt][a] * ub + u1[r][a] * u1[t][b] + u1[t][a] * u1[r][b] + ua * u2[rt][b]);
                }
                q2[pair(d, r)][at] -= h2[pair(d, r)] * uu + h1[d] * ur;
            }
            q1[d][at] -= h1[d] * uu;
            q2[pair(d, d)][at] -= h2[pair(d, d)] * uu;
        }

        /** u/D, which for the constant column is what Q − h u u′ comes to, without cancellation. */
        private void shrink(int a, double g, int d) {
            int at = pair(a, 0);
            q[at] = u[a] * g;
            for (int r = 0; r < d; r++) {
                q1[r][at] = u1[r][a] * g + u[a] * g1[r];
                for (int t = 0; t <= r; t++) {
                    int rt = pair(r, t);
                    q2[rt][at] = u2[rt][a] * g + u1[r][a] * g1[t] + u1[t][a] * g1[r] + u[a] * g2[rt];
                }
                q2[pair(d, r)][at] = u1[r][a] * g1[d] + u[a] * g2[pair(d, r)];
            }
            q1[d][at] = u[a] * g1[d];
            q2[pair(d, d)][at] = u[a] * g2[pair(d, d)];
        }
    }

    private static int pair(int a, int b) {
        return a * (a + 1) / 2 + b;
    }

    @Override
    public boolean evaluate(double[] theta, Jets out) {
        Node[] work = new Node[first.length];
        for (int level = 0; level < work.length; level++) {
            work[level] = new Node(levels - level, stride + 1);
        }
        for (int c = 0; c < means.length; c++) {
            evaluate(0, c, theta, work);
            collect(work[0], means[c], out);
        }
        return true;
    }

    private void evaluate(int level, int group, double[] theta, Node[] work) {
        Node node = work[level];
        node.clear();
        int start = first[level][group];
        int end = first[level][group + 1];
        if (level < first.length - 1) {
            for (int child = start; child < end; child++) {
                evaluate(level + 1, child, theta, work);
                node.add(work[level + 1]);
            }
        } else if (rowLevel) {
            addRows(node, start, end, theta[levels - 1]);
        } else {
            Node.add(node.q, fixedSums[group]);
            node.logDet += fixedLogs[group];
        }
        node.absorb(theta[level]);
    }

    private void addRows(Node node, int start, int end, double s) {
        double product = 1;
        boolean derivatives = node.q1.length > 0 && rowLevel;
        for (int i = start; i < end; i++) {
            double variance = v[i] + s;
            double w = 1 / variance;
            product *= variance;
            if (product > LARGE || product < 1 / LARGE) {
                node.logDet += StrictMath.log(product);
                product = 1;
            }
            if (derivatives) {
                node.logDet1[0] += w;
                node.logDet2[0] -= w * w;
                addRow(node, i * stride, w);
            } else {
                addValues(node.q, i * stride, w);
            }
        }
        node.logDet += StrictMath.log(product);
    }

    private void addRow(Node node, int from, double w) {
        double[] q = node.q;
        double[] q1 = node.q1[0];
        double[] q2 = node.q2[0];
        double w2 = w * w;
        double w3 = 2 * w2 * w;
        q[0] += w;
        q1[0] -= w2;
        q2[0] += w3;
        int at = 1;
        for (int a = 0; a < stride; a++) {
            double x = z[from + a];
            q[at] += w * x;
            q1[at] -= w2 * x;
            q2[at] += w3 * x;
            at++;
            for (int b = 0; b <= a; b++) {
                double xx = x * z[from + b];
                q[at] += w * xx;
                q1[at] -= w2 * xx;
                q2[at] += w3 * xx;
                at++;
            }
        }
    }

    private void addValues(double[] q, int from, double w) {
        q[0] += w;
        int at = 1;
        for (int a = 0; a < stride; a++) {
            double wx = w * z[from + a];
            q[at++] += wx;
            for (int b = 0; b <= a; b++) {
                q[at++] += wx * z[from + b];
            }
        }
    }

    /** Adds a cluster's sums, of the columns as they were before they were centred. */
    private void collect(Node node, double[] mean, Jets out) {
        out.logDet += node.logDet;
        addColumns(node.q, mean, out.q);
        for (int k = 0; k < out.parameters; k++) {
            int r = levels - 1 - k;
            out.logDet1[k] += node.logDet1[r];
            addColumns(node.q1[r], mean, out.q1[k]);
            for (int l = 0; l <= k; l++) {
                int rt = pair(levels - 1 - l, r);
                out.logDet2[k][l] += node.logDet2[rt];
                addColumns(node.q2[rt], mean, out.q2[k][l]);
            }
        }
    }

    private void addColumns(double[] q, double[] mean, double[][] out) {
        for (int a = 0; a < mean.length; a++) {
            double ua = place[a] == 0 ? 0 : q[pair(place[a], 0)];
            for (int b = 0; b <= a; b++) {
                double ub = place[b] == 0 ? 0 : q[pair(place[b], 0)];
                // Places ascend with columns.
                double both = place[a] == 0 || place[b] == 0 ? 0 : q[pair(place[a], place[b])];
                double cell = both + mean[a] * ub + mean[b] * ua + mean[a] * mean[b] * q[0];
                out[a][b] += cell;
                if (a != b) {
                    out[b][a] += cell;
                }
            }
        }
    }

    /**
     * Multiplies a column of one cluster by the inverse of its covariance, in place.
     *
     * @param theta variance of each level
     * @param x a value for each row of the cluster
     */
    void solve(double[] theta, int cluster, double[] x) {
        double[] ones = new double[x.length];
        Arrays.fill(ones, 1);
        solve(0, cluster, theta, ones, x, rowStart(cluster));
    }

    private void solve(int level, int group, double[] theta, double[] ones, double[] x, int offset) {
        int from = rowStart(level, group) - offset;
        int to = rowStart(level, group + 1) - offset;
        if (level < first.length - 1) {
            for (int child = first[level][group]; child < first[level][group + 1]; child++) {
                solve(level + 1, child, theta, ones, x, offset);
            }
        } else {
            double s = rowLevel ? theta[levels - 1] : 0;
            for (int i = from; i < to; i++) {
                ones[i] /= v[offset + i] + s;
                x[i] /= v[offset + i] + s;
            }
        }
        double f = 0;
        double u = 0;
        for (int i = from; i < to; i++) {
            f += ones[i];
            u += x[i];
        }
        double g = 1 / (1 + theta[level] * f);
        double h = theta[level] * g * u;
        for (int i = from; i < to; i++) {
            x[i] -= h * ones[i];
            ones[i] *= g;
        }
    }

    private int rowStart(int cluster) {
        return rowStart(0, cluster);
    }

    /** The first row of a group; the number of rows for the group after the last. */
    private int rowStart(int level, int group) {
        int at = group;
        for (int l = level; l < first.length; l++) {
            at = first[l][at];
        }
        return at;
    }
}
