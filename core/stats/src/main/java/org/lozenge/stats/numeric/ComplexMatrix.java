package org.lozenge.stats.numeric;

import java.util.Arrays;

/** A small square complex matrix that is filled, factorised and filled again. */
final class ComplexMatrix {

    private final int n;
    private final double[][] re;
    private final double[][] im;
    private double logModulus;
    private double angle;

    ComplexMatrix(int n) {
        this.n = n;
        this.re = new double[n][n];
        this.im = new double[n][n];
    }

    void clear() {
        for (int i = 0; i < n; i++) {
            Arrays.fill(re[i], 0);
            Arrays.fill(im[i], 0);
        }
    }

    void add(int i, int j, double x, double y) {
        re[i][j] += x;
        im[i][j] += y;
    }

    /** Copies the lower triangle to the upper one. */
    void mirror() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                re[j][i] = re[i][j];
                im[j][i] = im[i][j];
            }
        }
    }

    /** Writes a smaller matrix at a place of the diagonal. */
    void place(ComplexMatrix other, int at) {
        for (int i = 0; i < other.n; i++) {
            System.arraycopy(other.re[i], 0, re[at + i], at, other.n);
            System.arraycopy(other.im[i], 0, im[at + i], at, other.n);
        }
    }

    /** Finds the determinant by elimination with row pivots; the matrix is used up. */
    void eliminate() {
        logModulus = 0;
        angle = 0;
        boolean negative = false;
        for (int j = 0; j < n; j++) {
            int pivot = j;
            for (int i = j + 1; i < n; i++) {
                pivot = Math.hypot(re[i][j], im[i][j]) > Math.hypot(re[pivot][j], im[pivot][j]) ? i : pivot;
            }
            if (pivot != j) {
                swap(re, j, pivot);
                swap(im, j, pivot);
                negative = !negative;
            }
            double x = re[j][j];
            double y = im[j][j];
            logModulus += StrictMath.log(Math.hypot(x, y));
            // Half turns are counted, since tiny angles would be lost beside them.
            negative ^= x < 0;
            angle += x < 0 ? StrictMath.atan2(-y, -x) : StrictMath.atan2(y, x);
            double square = x * x + y * y;
            for (int i = j + 1; i < n; i++) {
                double fRe = (re[i][j] * x + im[i][j] * y) / square;
                double fIm = (im[i][j] * x - re[i][j] * y) / square;
                for (int m = j + 1; m < n; m++) {
                    re[i][m] -= fRe * re[j][m] - fIm * im[j][m];
                    im[i][m] -= fRe * im[j][m] + fIm * re[j][m];
                }
            }
        }
        angle += negative ? Math.PI : 0;
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    /** The logarithm of the modulus of the determinant that {@link #eliminate} found. */
    double logModulus() {
        return logModulus;
    }

    /** The angle of that determinant, but for full turns. */
    double angle() {
        return angle;
    }

    double real(int i, int j) {
        return re[i][j];
    }

    /**
     * Eliminates a symmetric matrix with pivots from the diagonal and adds up the angles of these; the matrix is used up. The
     * sum is the angle of the determinant with all its turns if the imaginary part is positive definite.
     */
    double anglesOfPivots() {
        double sum = 0;
        boolean[] done = new boolean[n];
        for (int step = 0; step < n; step++) {
            int pivot = -1;
            for (int i = 0; i < n; i++) {
                boolean larger =
                        pivot < 0 || Math.hypot(re[i][i], im[i][i]) > Math.hypot(re[pivot][pivot], im[pivot][pivot]);
                pivot = !done[i] && larger ? i : pivot;
            }
            done[pivot] = true;
            double x = re[pivot][pivot];
            double y = im[pivot][pivot];
            double square = x * x + y * y;
            sum += StrictMath.atan2(y, x);
            for (int i = 0; i < n; i++) {
                if (done[i]) {
                    continue;
                }
                double fRe = (re[i][pivot] * x + im[i][pivot] * y) / square;
                double fIm = (im[i][pivot] * x - re[i][pivot] * y) / square;
                for (int m = 0; m < n; m++) {
                    if (!done[m]) {
                        re[i][m] -= fRe * re[pivot][m] - fIm * im[pivot][m];
                        im[i][m] -= fRe * im[pivot][m] + fIm * re[pivot][m];
                    }
                }
            }
        }
        return sum;
    }
}
