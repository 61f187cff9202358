package org.lozenge.stats.multilevel;

import java.util.Arrays;

/** How the variance parameters θ of a likelihood follow from the parameters x that are searched for. */
interface Structure {

    /** The number of parameters that are searched for. */
    int size();

    /** The smallest value of each; minus infinity for none. */
    double[] lower();

    /** The largest value of each; infinity for none. */
    double[] upper();

    /** θ with derivatives at x. */
    Map at(double[] x);

    /** θ, its first derivatives by θ and x, and its second by θ, x and x. */
    final class Map {
        final double[] theta;
        final double[][] first;
        final double[][][] second;

        Map(int theta, int x) {
            this.theta = new double[theta];
            this.first = new double[theta][x];
            this.second = new double[theta][x][x];
        }
    }

    /** θ = x ≥ 0: variances of independent random effects. */
    static Structure variances(int n) {
        double[] lower = new double[n];
        double[] upper = new double[n];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return new Structure() {
            @Override
            public int size() {
                return n;
            }

            @Override
            public double[] lower() {
                return lower;
            }

            @Override
            public double[] upper() {
                return upper;
            }

            @Override
            public Map at(double[] x) {
                Map map = new Map(n, n);
                for (int i = 0; i < n; i++) {
                    map.theta[i] = x[i];
                    map.first[i][i] = 1;
                }
                return map;
            }
        };
    }
}
