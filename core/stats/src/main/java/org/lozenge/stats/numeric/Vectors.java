package org.lozenge.stats.numeric;

/** Loops over a stretch of cells of long columns, in the form in which they run fastest. Nothing is checked. */
public final class Vectors {

    /** Rows that should be worked on at a time, so that all columns of them stay near the processor. */
    public static final int BLOCK = 256;

    private Vectors() {}

    /**
     * Multiplies two columns: four sums at once, so that an addition need not wait for the one before.
     *
     * @param a a column
     * @param b a column
     * @param from first row
     * @param to one past the last row
     * @return Σab
     */
    public static double dot(double[] a, double[] b, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            first += a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    /**
     * Adds the products of a column with some others, which share the way through its cells two by two.
     *
     * @param a the column
     * @param others other columns
     * @param count how many of them
     * @param from first row
     * @param to one past the last row
     * @param out where the products are added
     */
    public static void addDots(double[] a, double[][] others, int count, int from, int to, double[] out) {
        int j = 0;
        for (; j + 1 < count; j += 2) {
            addTwo(a, others[j], others[j + 1], from, to, out, j);
        }
        if (j < count) {
            out[j] += dot(a, others[j], from, to);
        }
    }

    private static void addTwo(double[] a, double[] b, double[] c, int from, int to, double[] out, int at) {
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double b3 = 0;
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        double c3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            b0 += a[i] * b[i];
            b1 += a[i + 1] * b[i + 1];
            b2 += a[i + 2] * b[i + 2];
            b3 += a[i + 3] * b[i + 3];
            c0 += a[i] * c[i];
            c1 += a[i + 1] * c[i + 1];
            c2 += a[i + 2] * c[i + 2];
            c3 += a[i + 3] * c[i + 3];
        }
        for (; i < to; i++) {
            b0 += a[i] * b[i];
            c0 += a[i] * c[i];
        }
        out[at] += (b0 + b1) + (b2 + b3);
        out[at + 1] += (c0 + c1) + (c2 + c3);
    }

    /**
     * Multiplies cell by cell.
     *
     * @param a a column
     * @param b a column
     * @param out where the products go
     * @param from first row
     * @param to one past the last row
     */
    public static void multiply(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = a[i] * b[i];
        }
    }

    /**
     * Subtracts a multiple of a column.
     *
     * @param factor the factor
     * @param a the column
     * @param out what it is taken from
     * @param from first row
     * @param to one past the last row
     */
    public static void subtract(double factor, double[] a, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] -= factor * a[i];
        }
    }

    /**
     * Multiplies a column by a number.
     *
     * @param factor the number
     * @param out the column
     * @param from first row
     * @param to one past the last row
     */
    public static void scale(double factor, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] *= factor;
        }
    }
}
