package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.lozenge.stats.ConvergenceException;

/** Cholesky factors and inverses of small dense matrices; blocks are small, so plain loops suffice. */
final class SymmetricMatrix {

    private SymmetricMatrix() {}

    /**
     * The lower Cholesky factor.
     *
     * @param a symmetric; only its lower triangle is read
     * @param lower receives the factor in its lower triangle; may be {@code a} itself
     * @return false if the matrix is not positive definite to within rounding
     */
    static boolean factor(double[][] a, double[][] lower) {
        return factor(a, a.length, lower);
    }

    /** The same for the first rows and columns of a larger matrix. */
    static boolean factor(double[][] a, int size, double[][] lower) {
        for (int j = 0; j < size; j++) {
            double diagonal = a[j][j];
            double rest = diagonal;
            for (int k = 0; k < j; k++) {
                rest -= lower[j][k] * lower[j][k];
            }
            if (!(rest > 4e-15 * j * diagonal) || !(diagonal > 0) || Double.isInfinite(diagonal)) {
                return false;
            }
            double root = Math.sqrt(rest);
            for (int i = j + 1; i < size; i++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = sum / root;
            }
            lower[j][j] = root;
        }
        return true;
    }

    /** Replaces a covariance, which is known to be positive definite but for rounding, by its factor. */
    static void requireFactor(double[][] a) {
        if (!factor(a, a)) {
            throw new ConvergenceException("The fitted covariance of a cluster is not positive definite");
        }
    }

    /** Checks the sampling covariance of some rows. */
    static void requirePositiveDefinite(double[][] v, int[] rows) {
        if (!factor(v, new double[v.length][v.length])) {
            throw new NotPositiveDefiniteException(
                    "The sampling covariance of effects "
                            + Arrays.stream(rows)
                                    .mapToObj(i -> Integer.toString(i + 1))
                                    .collect(Collectors.joining(", "))
                            + " is not positive definite",
                    rows);
        }
    }

    /** The logarithm of the determinant from the factor. */
    static double logDeterminant(double[][] lower) {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += StrictMath.log(lower[i][i]);
        }
        return 2 * sum;
    }

    /** Solves in place: the vector becomes the inverse of the matrix times the vector. */
    static void solve(double[][] lower, double[] x) {
        int n = lower.length;
        for (int i = 0; i < n; i++) {
            double sum = x[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * x[k];
            }
            x[i] = sum / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < n; k++) {
                sum -= lower[k][i] * x[k];
            }
            x[i] = sum / lower[i][i];
        }
    }

    /** The inverse from the factor; symmetric. */
    static double[][] inverse(double[][] lower) {
        int n = lower.length;
        double[][] inverse = new double[n][n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            Arrays.fill(column, 0);
            column[j] = 1;
            solve(lower, column);
            for (int i = j; i < n; i++) {
                inverse[i][j] = column[i];
                inverse[j][i] = column[i];
            }
        }
        return inverse;
    }

    static double[][] multiply(double[][] a, double[][] b) {
        int columns = b.length == 0 ? 0 : b[0].length;
        double[][] out = new double[a.length][columns];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                double cell = a[i][k];
                if (cell != 0) {
                    for (int j = 0; j < columns; j++) {
                        out[i][j] += cell * b[k][j];
                    }
                }
            }
        }
        return out;
    }

    /** The trace of a product of two square matrices. */
    static double traceOfProduct(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += a[i][j] * b[j][i];
            }
        }
        return sum;
    }

    static double[] multiply(double[][] a, double[] x) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = dot(a[i], x);
        }
        return out;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
