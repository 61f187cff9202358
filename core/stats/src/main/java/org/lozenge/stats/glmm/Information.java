package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.numeric.PositiveDefinite;

/** The observed information about the parameters that are not on their bound. */
final class Information {

    private Information() {}

    /**
     * Inverts the negative second derivatives.
     *
     * @param hessian second derivatives
     * @param x the parameters
     * @param spreads positions of standard deviations, negative for none; those of 0 are left out
     * @return a matrix for all parameters, NaN for those left out and where the curvature is not that of a maximum
     */
    static double[][] inverse(double[][] hessian, double[] x, int... spreads) {
        int n = x.length;
        boolean[] out = new boolean[n];
        for (int spread : spreads) {
            if (spread >= 0 && x[spread] == 0) {
                out[spread] = true;
            }
        }
        int[] free = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (!out[i]) {
                free[count++] = i;
            }
        }
        double[][] m = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                m[i][j] = -hessian[free[i]][free[j]];
            }
        }
        double[][] all = new double[n][n];
        for (double[] row : all) {
            Arrays.fill(row, Double.NaN);
        }
        PositiveDefinite factor = PositiveDefinite.of(m, 1e-13);
        if (factor.rank() == count) {
            double[][] inverse = factor.inverse();
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    all[free[i]][free[j]] = inverse[i][j];
                }
            }
        }
        return all;
    }

    /** Newton's step from x for the parameters that are not on their bound. */
    static double[] step(double[][] covariance, double[] gradient, double[] x) {
        double[] next = x.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                if (!Double.isNaN(covariance[i][j])) {
                    next[i] += covariance[i][j] * gradient[j];
                }
            }
        }
        return next;
    }

    /** The largest difference in standard errors; NaN where the curvature is not that of a maximum. */
    static double distance(double[] a, double[] b, double[][] covariance) {
        double largest = covariance.length == 0 || Double.isNaN(covariance[0][0]) ? Double.NaN : 0;
        for (int i = 0; i < a.length; i++) {
            double moved = Math.abs(a[i] - b[i]);
            largest = Math.max(largest, moved == 0 ? 0 : moved / Math.sqrt(covariance[i][i]));
        }
        return largest;
    }
}
