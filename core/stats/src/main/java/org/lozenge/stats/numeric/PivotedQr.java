package org.lozenge.stats.numeric;

import java.util.Arrays;

/**
 * The QR factorisation of a tall matrix by Householder reflections with column pivoting.
 *
 * <p>Columns are first scaled to unit length, so that the rank does not depend on units. With rows in the order of
 * their size, largest first, the triangular factor is accurate row by row: rows of very different weight do not disturb
 * each other.
 *
 * @see <a href="https://doi.org/10.1007/BF02149768">Cox and Higham (1998), Stability of Householder QR factorization
 *     for weighted least squares problems</a>
 */
public final class PivotedQr {

    private final double[][] upper;
    private final int[] pivot;
    private final double[] scale;
    private final int rank;
    private final double[] inverseDiagonal;

    private PivotedQr(double[][] upper, int[] pivot, double[] scale, int rank) {
        this.upper = upper;
        this.pivot = pivot;
        this.scale = scale;
        this.rank = rank;
        this.inverseDiagonal = new double[rank];
        for (int j = 0; j < rank; j++) {
            inverseDiagonal[j] = 1 / upper[j][j];
        }
    }

    /**
     * Factorises a matrix.
     *
     * @param columns the columns, each as long as there are rows; only read
     * @param tolerance smallest part of a column of unit length that must be left after the earlier columns are
     *     explained; 0 to keep all columns that are not exactly explained
     * @return the factorisation
     */
    public static PivotedQr of(double[][] columns, double tolerance) {
        int p = columns.length;
        int n = p == 0 ? 0 : columns[0].length;
        double[][] a = new double[p][];
        double[] scale = new double[p];
        int[] pivot = new int[p];
        for (int j = 0; j < p; j++) {
            double norm = norm(columns[j], 0);
            scale[j] = norm > 0 ? 1 / norm : 0;
            a[j] = columns[j].clone();
            for (int i = 0; i < n; i++) {
                a[j][i] *= scale[j];
            }
            pivot[j] = j;
        }
        double[][] upper = new double[p][p];
        int rank = 0;
        while (rank < Math.min(n, p) && bringLongest(a, pivot, upper, rank) > tolerance) {
            reflect(a, upper, rank, rank + 1);
            rank++;
        }
        return new PivotedQr(upper, pivot, scale, rank);
    }

    /**
     * Tells which columns do not follow from those before them.
     *
     * @param columns the columns, each as long as there are rows; only read
     * @param tolerance smallest part of a column of unit length that must be left after the earlier columns are
     *     explained
     * @return for each column whether it adds a dimension
     */
    public static boolean[] independent(double[][] columns, double tolerance) {
        double[][] a = new double[columns.length][];
        for (int j = 0; j < a.length; j++) {
            double norm = norm(columns[j], 0);
            a[j] = columns[j].clone();
            for (int i = 0; i < a[j].length; i++) {
                a[j][i] /= norm > 0 ? norm : 1;
            }
        }
        boolean[] kept = new boolean[a.length];
        double[][] upper = new double[a.length][a.length];
        int rank = 0;
        for (int j = 0; j < a.length; j++) {
            kept[j] = rank < a[j].length && norm(a[j], rank) > tolerance;
            if (kept[j]) {
                double[] column = a[rank];
                a[rank] = a[j];
                a[j] = column;
                reflect(a, upper, rank, j + 1);
                rank++;
            }
        }
        return kept;
    }

    /** Swaps the column with the longest rest to the front and returns its length. */
    private static double bringLongest(double[][] a, int[] pivot, double[][] upper, int step) {
        int best = step;
        double longest = -1;
        for (int j = step; j < a.length; j++) {
            double length = norm(a[j], step);
            // The first of columns that are about as long, so that the choice does not hang on rounding.
            if (length > longest * (1 + 1e-9)) {
                longest = length;
                best = j;
            }
        }
        double[] column = a[step];
        a[step] = a[best];
        a[best] = column;
        int index = pivot[step];
        pivot[step] = pivot[best];
        pivot[best] = index;
        for (int i = 0; i < step; i++) {
            double cell = upper[i][step];
            upper[i][step] = upper[i][best];
            upper[i][best] = cell;
        }
        return longest;
    }

    private static void reflect(double[][] a, double[][] upper, int step, int from) {
        double[] h = a[step];
        double length = norm(h, step);
        double alpha = h[step] > 0 ? -length : length;
        upper[step][step] = alpha;
        h[step] -= alpha;
        double square = -alpha * h[step];
        for (int j = from; j < a.length; j++) {
            double[] column = a[j];
            double factor = Vectors.dot(h, column, step, h.length) / square;
            for (int i = step; i < h.length; i++) {
                column[i] -= factor * h[i];
            }
            upper[step][j] = column[step];
        }
    }

    private static double norm(double[] x, int from) {
        double squares = Vectors.dot(x, x, from, x.length);
        // Far from where squares lose digits or overflow.
        return squares > 1e-250 && squares < 1e250 ? Math.sqrt(squares) : carefulNorm(x, from);
    }

    private static double carefulNorm(double[] x, int from) {
        double largest = 0;
        for (int i = from; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (int i = from; i < x.length; i++) {
            double relative = x[i] / largest;
            sum += relative * relative;
        }
        return largest * Math.sqrt(sum);
    }

    /**
     * Returns the number of linearly independent columns.
     *
     * @return the rank
     */
    public int rank() {
        return rank;
    }

    /**
     * Returns the columns in the order in which they were taken; those from {@link #rank} on are explained by the rest.
     *
     * @return positions of columns; a copy
     */
    public int[] pivot() {
        return pivot.clone();
    }

    /**
     * Returns the logarithm of the determinant of A′A over the independent columns.
     *
     * @return log |A′A|
     */
    public double logDeterminant() {
        double sum = 0;
        for (int j = 0; j < rank; j++) {
            sum += 2 * (StrictMath.log(Math.abs(upper[j][j])) - StrictMath.log(scale[pivot[j]]));
        }
        return sum;
    }

    /**
     * Turns a row of the matrix into the row of the orthonormal factor.
     *
     * @param row the row, with as many cells as there are columns
     * @param out receives {@link #rank} cells
     */
    public void orthonormalRow(double[] row, double[] out) {
        for (int j = 0; j < rank; j++) {
            double cell = row[pivot[j]] * scale[pivot[j]];
            for (int i = 0; i < j; i++) {
                cell -= upper[i][j] * out[i];
            }
            out[j] = cell * inverseDiagonal[j];
        }
    }

    /**
     * Turns all rows of the matrix into the orthonormal factor.
     *
     * @param columns the matrix
     * @return {@link #rank} columns of unit length, orthogonal to each other
     */
    public double[][] orthonormal(double[][] columns) {
        double[][] out = new double[rank][];
        for (int j = 0; j < rank; j++) {
            double[] column = columns[pivot[j]].clone();
            Vectors.scale(scale[pivot[j]], column, 0, column.length);
            for (int i = 0; i < j; i++) {
                Vectors.subtract(upper[i][j], out[i], column, 0, column.length);
            }
            Vectors.scale(inverseDiagonal[j], column, 0, column.length);
            out[j] = column;
        }
        return out;
    }

    /**
     * Turns coefficients of the orthonormal factor into coefficients of the matrix.
     *
     * @param z coefficients, {@link #rank} of them
     * @return one coefficient per column; 0 for columns that the others explain
     */
    public double[] coefficients(double[] z) {
        double[] x = new double[pivot.length];
        double[] solved = Arrays.copyOf(z, rank);
        for (int i = rank - 1; i >= 0; i--) {
            for (int j = i + 1; j < rank; j++) {
                solved[i] -= upper[i][j] * solved[j];
            }
            solved[i] /= upper[i][i];
            x[pivot[i]] = solved[i] * scale[pivot[i]];
        }
        return x;
    }
}
