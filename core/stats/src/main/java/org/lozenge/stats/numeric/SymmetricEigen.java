package org.lozenge.stats.numeric;

import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.lozenge.stats.ConvergenceException;

/** Eigenvalues and powers of a small symmetric matrix. */
public final class SymmetricEigen {

    /** Rotations over all cells; ten do for any matrix of numbers. */
    private static final int MAX_SWEEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param matrix square; its upper triangle is taken for both
     * @return the decomposition
     * @throws ConvergenceException if it is not found
     */
    public static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][n];
        boolean diagonal = true;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                a[i][j] = matrix[i][j];
                a[j][i] = matrix[i][j];
                diagonal &= i == j || matrix[i][j] == 0;
            }
        }
        if (diagonal) {
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = a[i][i];
                a[i][i] = 1;
            }
            return new SymmetricEigen(values, a);
        }
        try {
            EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(a, false));
            return new SymmetricEigen(eigen.getRealEigenvalues(), eigen.getV().getData());
        } catch (MaxCountExceededException e) {
            // The QL method gives up where cells are nearly zero, such as 1e-160 beside 1.
            return rotated(a);
        }
    }

    /** Jacobi's method, which is slower but ends for every matrix. */
    private static SymmetricEigen rotated(double[][] a) {
        int n = a.length;
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) {
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            boolean done = true;
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    if (Math.abs(a[p][q]) > 1e-17 * Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]))
                            && Math.abs(a[p][q]) > Double.MIN_NORMAL) {
                        rotate(a, vectors, p, q);
                        done = false;
                    }
                }
            }
            if (done) {
                double[] values = new double[n];
                for (int i = 0; i < n; i++) {
                    values[i] = a[i][i];
                }
                return new SymmetricEigen(values, vectors);
            }
        }
        throw new ConvergenceException("The eigenvalues of a matrix did not converge in " + MAX_SWEEPS + " sweeps");
    }

    /** Turns rows and columns p and q so that their cell becomes 0. */
    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (double[] row : a) {
            turn(row, p, q, c, s);
        }
        for (int k = 0; k < a.length; k++) {
            double kept = a[p][k];
            a[p][k] = c * kept - s * a[q][k];
            a[q][k] = s * kept + c * a[q][k];
        }
        a[p][q] = 0;
        a[q][p] = 0;
        for (double[] row : vectors) {
            turn(row, p, q, c, s);
        }
    }

    private static void turn(double[] row, int p, int q, double c, double s) {
        double kept = row[p];
        row[p] = c * kept - s * row[q];
        row[q] = s * kept + c * row[q];
    }

    /**
     * Returns the eigenvalues.
     *
     * @return in no particular order; a copy
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * Returns a power of the matrix.
     *
     * @param exponent such as −0.5
     * @param zero eigenvalues not above this fraction of the largest count as zero and stay zero
     * @return a symmetric matrix
     */
    public double[][] power(double exponent, double zero) {
        int n = values.length;
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double[][] out = new double[n][n];
        for (int k = 0; k < n; k++) {
            if (values[k] > zero * largest) {
                double scale = scalar(values[k], exponent);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        out[i][j] += scale * vectors[i][k] * vectors[j][k];
                    }
                }
            }
        }
        return out;
    }

    /**
     * Returns the inverse of the matrix whose eigenvalues are the absolute values of those of this one, all made larger by the
     * same amount.
     *
     * @param added what is added to each absolute eigenvalue, above 0
     * @return a positive definite matrix
     */
    public double[][] absoluteInverse(double added) {
        int n = values.length;
        double[][] out = new double[n][n];
        for (int k = 0; k < n; k++) {
            double scale = 1 / (Math.abs(values[k]) + added);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out[i][j] += scale * vectors[i][k] * vectors[j][k];
                }
            }
        }
        return out;
    }

    /**
     * Returns the eigenvector of the largest eigenvalue.
     *
     * @return of length 1; its sign is arbitrary
     */
    public double[] largestDirection() {
        int n = values.length;
        int largest = 0;
        for (int k = 1; k < n; k++) {
            largest = values[k] > values[largest] ? k : largest;
        }
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = vectors[i][largest];
        }
        return out;
    }

    private static double scalar(double x, double exponent) {
        if (exponent == -1) {
            return 1 / x;
        }
        if (exponent == 0.5) {
            return Math.sqrt(x);
        }
        return exponent == -0.5 ? 1 / Math.sqrt(x) : StrictMath.pow(x, exponent);
    }
}
