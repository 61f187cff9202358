package org.lozenge.stats.numeric;

import java.util.Arrays;

/**
 * Makes long columns orthonormal by the Cholesky factor of their cross products: the fastest way, and an accurate one
 * where the columns are not far from orthonormal already, which {@link #factorise} finds out. A workspace for one thread.
 *
 * @see <a href="https://doi.org/10.1137/140971692">Yamamoto, Nakatsukasa, Yanagisawa and Fukaya (2015), Electron. Trans.
 *     Numer. Anal. 44, 306–326, on rounding in Cholesky QR</a>
 */
public final class CholeskyBasis {

    private final int p;

    /** The lower triangle of the cross products, then their factor. */
    private final double[][] lower;

    /** Row j holds what of each column makes the j-th orthonormal one. */
    private final double[][] inverse;

    private double logDeterminant;

    /**
     * Creates a workspace.
     *
     * @param p the number of columns
     */
    public CholeskyBasis(int p) {
        this.p = p;
        this.lower = new double[p][p];
        this.inverse = new double[p][p];
    }

    /** Begins new columns. */
    public void clear() {
        for (double[] row : lower) {
            Arrays.fill(row, 0);
        }
    }

    /**
     * Adds the cross products of a stretch of the columns.
     *
     * @param columns the columns
     * @param from first row
     * @param to one past the last row
     */
    public void add(double[][] columns, int from, int to) {
        for (int j = 0; j < p; j++) {
            Vectors.addDots(columns[j], columns, j + 1, from, to, lower[j]);
        }
    }

    /**
     * Factorises the cross products.
     *
     * @param worst the largest condition number of the cross products, but for a factor of at most p, that is accepted
     * @return whether it is not above; if it is, the columns need a better method
     */
    public boolean factorise(double worst) {
        double largest = 0;
        for (int i = 0; i < p; i++) {
            largest = Math.max(largest, lower[i][i]);
            for (int j = 0; j <= i; j++) {
                double cell = lower[i][j];
                for (int c = 0; c < j; c++) {
                    cell -= lower[i][c] * lower[j][c];
                }
                // Negated, so that NaN fails as well.
                if (j == i && !(cell * worst > largest)) {
                    return false;
                }
                lower[i][j] = j == i ? Math.sqrt(cell) : cell / lower[j][j];
            }
        }
        return largest * invert() < worst;
    }

    /** Inverts the factor and returns the largest diagonal cell of the inverse of the cross products. */
    private double invert() {
        double largest = 0;
        logDeterminant = 0;
        for (int c = 0; c < p; c++) {
            double squares = 0;
            for (int i = c; i < p; i++) {
                double cell = i == c ? 1 : 0;
                for (int j = c; j < i; j++) {
                    cell -= lower[i][j] * inverse[j][c];
                }
                inverse[i][c] = cell / lower[i][i];
                squares += inverse[i][c] * inverse[i][c];
            }
            largest = Math.max(largest, squares);
            logDeterminant += 2 * StrictMath.log(lower[c][c]);
        }
        return largest;
    }

    /**
     * Makes a stretch of the columns orthonormal, in place.
     *
     * @param columns the columns
     * @param from first row
     * @param to one past the last row
     */
    public void solve(double[][] columns, int from, int to) {
        for (int j = 0; j < p; j++) {
            double[] column = columns[j];
            for (int c = 0; c < j; c++) {
                Vectors.subtract(lower[j][c], columns[c], column, from, to);
            }
            Vectors.scale(inverse[j][j], column, from, to);
        }
    }

    /**
     * Makes whole columns orthonormal, in place.
     *
     * @param columns the columns
     * @param k the number of rows
     * @param worst as for {@link #factorise}
     * @return whether that was possible; if not, the columns are as they were
     */
    public boolean orthonormalise(double[][] columns, int k, double worst) {
        clear();
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            add(columns, from, Math.min(k, from + Vectors.BLOCK));
        }
        if (!factorise(worst)) {
            return false;
        }
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            solve(columns, from, Math.min(k, from + Vectors.BLOCK));
        }
        return true;
    }

    /**
     * Returns the inverse of the factor.
     *
     * @return in row j, up to place j, what of each column makes the j-th orthonormal one; only to be read
     */
    public double[][] inverse() {
        return inverse;
    }

    /**
     * Returns the logarithm of the determinant of the cross products.
     *
     * @return log |A′A|
     */
    public double logDeterminant() {
        return logDeterminant;
    }
}
