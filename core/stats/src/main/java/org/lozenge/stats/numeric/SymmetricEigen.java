package org.lozenge.stats.numeric;

/**
 * The eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's cyclic rotations: small eigenvalues keep the
 * precision that the matrix has.
 *
 * @see <a href="https://doi.org/10.1137/0613074">Demmel and Veselić (1992), Jacobi's method is more accurate than QR</a>
 */
public final class SymmetricEigen {

    /** Rotations converge quadratically; ten rounds are more than enough. */
    private static final int MAX_ROUNDS = 60;

    private final double[] values;
    private final double[][] vectors;

    private SymmetricEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Decomposes a matrix.
     *
     * @param matrix square and symmetric; only read
     * @return the decomposition
     */
    public static SymmetricEigen of(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][];
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
            v[i][i] = 1;
        }
        boolean rotated = n > 1;
        for (int round = 0; rotated && round < MAX_ROUNDS; round++) {
            rotated = false;
            for (int p = 0; p < n - 1; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotated |= rotate(a, v, p, q);
                }
            }
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        return new SymmetricEigen(values, v);
    }

    /** Makes one pair of entries zero; says whether there was anything to do. */
    private static boolean rotate(double[][] a, double[][] v, int p, int q) {
        double off = a[p][q];
        if (Math.abs(off) <= 1e-17 * Math.sqrt(Math.abs(a[p][p]) * Math.abs(a[q][q])) || off == 0) {
            return false;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * off);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double c = 1 / Math.hypot(t, 1);
        double s = t * c;
        for (int i = 0; i < a.length; i++) {
            double x = a[i][p];
            double y = a[i][q];
            a[i][p] = c * x - s * y;
            a[i][q] = s * x + c * y;
        }
        for (int i = 0; i < a.length; i++) {
            double x = a[p][i];
            double y = a[q][i];
            a[p][i] = c * x - s * y;
            a[q][i] = s * x + c * y;
            double w = v[i][p];
            double z = v[i][q];
            v[i][p] = c * w - s * z;
            v[i][q] = s * w + c * z;
        }
        a[p][q] = 0;
        a[q][p] = 0;
        return true;
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
     * Returns the inverse square root over the space that the matrix spans.
     *
     * @param tolerance eigenvalues of at most this part of the largest count as 0
     * @return the symmetric matrix B with BAB = I, or the projection on the space where A is singular; all zero for a zero
     *     matrix
     */
    public double[][] inverseRoot(double tolerance) {
        int n = values.length;
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double[][] root = new double[n][n];
        for (int c = 0; c < n; c++) {
            if (values[c] > tolerance * largest) {
                double weight = 1 / Math.sqrt(values[c]);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        root[i][j] += weight * vectors[i][c] * vectors[j][c];
                    }
                }
            }
        }
        return root;
    }
}
