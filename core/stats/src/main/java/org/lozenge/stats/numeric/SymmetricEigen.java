package org.lozenge.stats.numeric;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** Eigenvalues and powers of a small symmetric matrix. */
public final class SymmetricEigen {

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
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(a, false));
        return new SymmetricEigen(eigen.getRealEigenvalues(), eigen.getV().getData());
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
