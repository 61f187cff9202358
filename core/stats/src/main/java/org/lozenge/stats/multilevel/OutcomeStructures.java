package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parameterisations of a covariance G of q outcomes; θ are the cells of its lower triangle by rows.
 *
 * <p>A free G is LL′ with L lower triangular, so that it is a covariance for all values, singular ones included.
 */
final class OutcomeStructures {

    private OutcomeStructures() {}

    static int cell(int a, int b) {
        int high = Math.max(a, b);
        return high * (high + 1) / 2 + Math.min(a, b);
    }

    static int cells(int q) {
        return q * (q + 1) / 2;
    }

    static double[][] matrix(double[] theta, int q) {
        double[][] g = new double[q][q];
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                g[a][b] = theta[cell(a, b)];
            }
        }
        return g;
    }

    /** G = Σ xₘBₘ with x ≥ 0. */
    private record Sum(int q, List<double[][]> parts) implements Structure {

        @Override
        public int size() {
            return parts.size();
        }

        @Override
        public double[] lower() {
            return new double[parts.size()];
        }

        @Override
        public double[] upper() {
            return filled(parts.size(), Double.POSITIVE_INFINITY);
        }

        @Override
        public Map at(double[] x) {
            Map map = new Map(cells(q), x.length);
            for (int m = 0; m < x.length; m++) {
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b <= a; b++) {
                        map.theta[cell(a, b)] += x[m] * parts.get(m)[a][b];
                        map.first[cell(a, b)][m] = parts.get(m)[a][b];
                    }
                }
            }
            return map;
        }
    }

    /** G = LL′ with L = Σ xₘEₘ; the first parameters may be kept from being negative. */
    private record Factor(int q, List<double[][]> parts, int positive) implements Structure {

        @Override
        public int size() {
            return parts.size();
        }

        @Override
        public double[] lower() {
            double[] lower = filled(parts.size(), Double.NEGATIVE_INFINITY);
            Arrays.fill(lower, 0, positive, 0);
            return lower;
        }

        @Override
        public double[] upper() {
            return filled(parts.size(), Double.POSITIVE_INFINITY);
        }

        @Override
        public Map at(double[] x) {
            int n = x.length;
            Map map = new Map(cells(q), n);
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    fill(map, x, a, b);
                }
            }
            return map;
        }

        private void fill(Map map, double[] x, int a, int b) {
            int cell = cell(a, b);
            for (int m = 0; m < x.length; m++) {
                for (int n = 0; n < x.length; n++) {
                    double product = SymmetricMatrix.dot(parts.get(m)[a], parts.get(n)[b])
                            + SymmetricMatrix.dot(parts.get(n)[a], parts.get(m)[b]);
                    map.second[cell][m][n] = product;
                    map.first[cell][m] += product * x[n];
                }
            }
            map.theta[cell] = SymmetricMatrix.dot(x, map.first[cell]) / 2;
        }
    }

    /** Standard deviations, the last parameter their common correlation; one standard deviation for all if there is one. */
    private record Correlated(int q, boolean oneDeviation) implements Structure {

        @Override
        public int size() {
            return (oneDeviation ? 1 : q) + 1;
        }

        @Override
        public double[] lower() {
            double[] lower = new double[size()];
            lower[size() - 1] = -1.0 / (q - 1);
            return lower;
        }

        @Override
        public double[] upper() {
            double[] upper = filled(size(), Double.POSITIVE_INFINITY);
            upper[size() - 1] = 1;
            return upper;
        }

        @Override
        public Map at(double[] x) {
            int r = size() - 1;
            Map map = new Map(cells(q), size());
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    int i = oneDeviation ? 0 : a;
                    int j = oneDeviation ? 0 : b;
                    int cell = cell(a, b);
                    double rho = a == b ? 1 : x[r];
                    map.theta[cell] = rho * x[i] * x[j];
                    map.first[cell][i] += rho * x[j];
                    map.first[cell][j] += rho * x[i];
                    map.second[cell][i][j] += rho;
                    map.second[cell][j][i] += rho;
                    if (a != b) {
                        map.first[cell][r] = x[i] * x[j];
                        map.second[cell][i][r] += x[j];
                        map.second[cell][r][i] += x[j];
                        map.second[cell][j][r] += x[i];
                        map.second[cell][r][j] += x[i];
                    }
                }
            }
            return map;
        }
    }

    private static double[] filled(int size, double value) {
        double[] out = new double[size];
        Arrays.fill(out, value);
        return out;
    }

    /** A free covariance; outcomes in an order of their own, the first of which has its standard deviation as parameter 0. */
    static Structure free(int q, int... order) {
        List<double[][]> parts = new ArrayList<>();
        for (int a = 0; a < q; a++) {
            for (int k = 0; k <= a; k++) {
                double[][] part = new double[q][q];
                part[order[a]][k] = 1;
                parts.add(part);
            }
        }
        return new Factor(q, List.copyOf(parts), 0);
    }

    /** The parameters of {@link #free} that give a covariance, which is moved inside the set of covariances a little. */
    static double[] freeStart(double[][] g, int... order) {
        int q = order.length;
        double[][] own = new double[q][q];
        double largest = 0;
        for (int a = 0; a < q; a++) {
            largest = Math.max(largest, g[a][a]);
        }
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                own[a][b] = g[order[a]][order[b]];
            }
            own[a][a] = own[a][a] * (1 + 1e-6) + 1e-6 * largest + 1e-12;
        }
        SymmetricMatrix.requireFactor(own);
        double[] x = new double[cells(q)];
        for (int a = 0; a < q; a++) {
            for (int k = 0; k <= a; k++) {
                x[cell(a, k)] = own[a][k];
            }
        }
        return x;
    }

    /** A free covariance but for one correlation, that of the first two outcomes of the order. */
    static Structure withCorrelation(int q, double rho, int... order) {
        List<double[][]> parts = new ArrayList<>();
        double[][] first = new double[q][q];
        first[order[0]][0] = 1;
        double[][] second = new double[q][q];
        second[order[1]][0] = rho;
        second[order[1]][1] = Math.sqrt((1 - rho) * (1 + rho));
        parts.add(first);
        parts.add(second);
        for (int a = 2; a < q; a++) {
            for (int k = 0; k <= a; k++) {
                double[][] part = new double[q][q];
                part[order[a]][k] = 1;
                parts.add(part);
            }
        }
        return new Factor(q, List.copyOf(parts), 2);
    }

    /** Standard deviations and their common correlation. */
    static Structure correlated(int q, boolean oneDeviation) {
        return new Correlated(q, oneDeviation);
    }

    /** Independent variances, or one for all. */
    static Structure variances(int q, boolean oneVariance) {
        if (oneVariance) {
            return new Sum(q, List.<double[][]>of(identity(q, 1, 0)));
        }
        List<double[][]> parts = new ArrayList<>();
        for (int a = 0; a < q; a++) {
            double[][] part = new double[q][q];
            part[a][a] = 1;
            parts.add(part);
        }
        return new Sum(q, List.copyOf(parts));
    }

    /** One variance and one correlation, as the variances of what outcomes share and of what they do not. */
    static Structure exchangeable(int q) {
        return new Sum(q, List.<double[][]>of(identity(q, 0, 1.0 / q), identity(q, 1, -1.0 / q)));
    }

    private static double[][] identity(int q, double diagonal, double all) {
        double[][] out = new double[q][q];
        for (int a = 0; a < q; a++) {
            Arrays.fill(out[a], all);
            out[a][a] += diagonal;
        }
        return out;
    }

    /** All outcomes, these first. */
    static int[] order(int q, int... first) {
        return IntStream.concat(
                        Arrays.stream(first),
                        IntStream.range(0, q).filter(a -> Arrays.stream(first).noneMatch(f -> f == a)))
                .toArray();
    }
}
