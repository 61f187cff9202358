package org.lozenge.stats.numeric;

import java.util.Arrays;

/**
 * The pivoted Cholesky factorisation of a small symmetric positive semidefinite matrix, such as a covariance or an
 * information matrix.
 *
 * <p>Rows and columns are first scaled to a unit diagonal, so that the rank does not depend on units. A pivot below the
 * tolerance ends the factorisation: the remaining variables are combinations of the earlier ones, and solutions are zero
 * there.
 *
 * @see <a href="https://doi.org/10.1137/1.9781611971811">Dongarra, Bunch, Moler and Stewart (1979), LINPACK users'
 *     guide, chapter 8</a>
 */
public final class PositiveDefinite {

    private final double[][] factor;
    private final double[] scale;
    private final int[] pivot;
    private final int rank;

    private PositiveDefinite(double[][] factor, double[] scale, int[] pivot, int rank) {
        this.factor = factor;
        this.scale = scale;
        this.pivot = pivot;
        this.rank = rank;
    }

    /**
     * Factorises a matrix.
     *
     * @param matrix square and symmetric; only read
     * @param tolerance smallest pivot of the matrix scaled to a unit diagonal, such as 1e-12
     * @return the factorisation
     */
    public static PositiveDefinite of(double[][] matrix, double tolerance) {
        int n = matrix.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = matrix[i][i] > 0 ? 1 / Math.sqrt(matrix[i][i]) : 0;
        }
        double[][] a = new double[n][n];
        int[] pivot = new int[n];
        for (int i = 0; i < n; i++) {
            pivot[i] = i;
            for (int j = 0; j < n; j++) {
                a[i][j] = matrix[i][j] * scale[i] * scale[j];
            }
        }
        int rank = 0;
        while (rank < n && bringLargest(a, pivot, rank) > tolerance) {
            eliminate(a, rank);
            rank++;
        }
        return new PositiveDefinite(a, scale, pivot, rank);
    }

    /** Swaps the largest remaining diagonal entry to the front and returns it. */
    private static double bringLargest(double[][] a, int[] pivot, int k) {
        int best = k;
        for (int i = k + 1; i < a.length; i++) {
            best = a[i][i] > a[best][best] ? i : best;
        }
        double[] row = a[k];
        a[k] = a[best];
        a[best] = row;
        for (double[] r : a) {
            double cell = r[k];
            r[k] = r[best];
            r[best] = cell;
        }
        int index = pivot[k];
        pivot[k] = pivot[best];
        pivot[best] = index;
        return a[k][k];
    }

    /** One step of the factorisation: column k of the factor, and the rest of the matrix reduced by it. */
    private static void eliminate(double[][] a, int k) {
        double root = Math.sqrt(a[k][k]);
        a[k][k] = root;
        for (int i = k + 1; i < a.length; i++) {
            a[i][k] /= root;
        }
        for (int i = k + 1; i < a.length; i++) {
            for (int j = k + 1; j <= i; j++) {
                a[i][j] -= a[i][k] * a[j][k];
                a[j][i] = a[i][j];
            }
        }
    }

    /**
     * Returns the number of linearly independent variables.
     *
     * @return the rank, from 0 to the size of the matrix
     */
    public int rank() {
        return rank;
    }

    /**
     * Returns the logarithm of the determinant of the matrix scaled to a unit diagonal.
     *
     * @return at most 0; minus infinity for a singular matrix
     */
    public double logDeterminantOfCorrelation() {
        double sum = rank < scale.length ? Double.NEGATIVE_INFINITY : 0;
        for (int i = 0; i < rank; i++) {
            sum += 2 * StrictMath.log(factor[i][i]);
        }
        return sum;
    }

    /**
     * Solves the linear system for the independent variables.
     *
     * @param right right-hand side
     * @return the solution; 0 for variables that are combinations of others
     */
    public double[] solve(double[] right) {
        double[] z = new double[rank];
        for (int i = 0; i < rank; i++) {
            double sum = right[pivot[i]] * scale[pivot[i]];
            for (int j = 0; j < i; j++) {
                sum -= factor[i][j] * z[j];
            }
            z[i] = sum / factor[i][i];
        }
        double[] x = new double[right.length];
        for (int i = rank - 1; i >= 0; i--) {
            double sum = z[i];
            for (int j = i + 1; j < rank; j++) {
                sum -= factor[j][i] * z[j];
            }
            z[i] = sum / factor[i][i];
            x[pivot[i]] = z[i] * scale[pivot[i]];
        }
        return x;
    }

    /**
     * Returns the quadratic form b′A⁻¹b over the independent variables.
     *
     * @param b a vector
     * @return the form, at least 0
     */
    public double inverseForm(double[] b) {
        double[] x = solve(b);
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            sum += b[i] * x[i];
        }
        return sum;
    }

    /**
     * Returns the inverse over the independent variables.
     *
     * @return a symmetric matrix; rows and columns of dependent variables are 0
     */
    public double[][] inverse() {
        int n = scale.length;
        double[][] inverse = new double[n][];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(unit, 0);
            unit[i] = 1;
            inverse[i] = solve(unit);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (inverse[i][j] + inverse[j][i]) / 2;
                inverse[i][j] = mean;
                inverse[j][i] = mean;
            }
        }
        return inverse;
    }
}
