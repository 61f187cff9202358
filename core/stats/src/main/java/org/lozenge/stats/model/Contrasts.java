package org.lozenge.stats.model;

import java.util.Arrays;
import org.lozenge.stats.numeric.Vectors;

/**
 * Combinations of coefficients in coordinates in which the estimates are uncorrelated with variance 1, made orthogonal to
 * each other there.
 *
 * <p>A joint test needs no inverse of a covariance matrix then: nearly collinear moderators, whose coefficients are
 * correlated to −1 within rounding, lose as many digits as their columns are near to each other, not twice as many.
 */
final class Contrasts {

    /** What is left of a combination after the others, in parts of its terms' size, if it follows from them. */
    private static final double DEPENDENT = 1e-12;

    private final double[][] rows;
    private final double[] values;
    private final int rank;

    /**
     * Turns combinations.
     *
     * @param toTerms the vectors whose outer products add to the covariance of the coefficients
     * @param z the estimates in those coordinates, of effects less {@code zero}
     * @param zero what was taken from the effects; it comes back with the first term, so only an intercept may stand there
     *     unless it is 0
     * @param combinations a number per term each
     */
    Contrasts(double[][] toTerms, double[] z, double zero, double[]... combinations) {
        this.rows =
                Arrays.stream(combinations).map(c -> coordinates(toTerms, c)).toArray(double[][]::new);
        double[] sizes =
                Arrays.stream(combinations).mapToDouble(c -> size(toTerms, c)).toArray();
        double[] shifts =
                Arrays.stream(combinations).mapToDouble(c -> c[0] * zero).toArray();
        this.rank = orthogonalise(sizes, shifts);
        this.values = new double[rank];
        for (int i = 0; i < rank; i++) {
            values[i] = Vectors.dot(rows[i], z, 0, z.length) + shifts[i];
        }
    }

    /** A combination in the coordinates of the estimates; its length is its standard error. */
    static double[] coordinates(double[][] toTerms, double[] combination) {
        double[] out = new double[toTerms.length];
        for (int c = 0; c < out.length; c++) {
            for (int t = 0; t < combination.length; t++) {
                // A zero keeps a coefficient out even where its variance overflows.
                if (combination[t] != 0) {
                    out[c] += toTerms[c][t] * combination[t];
                }
            }
        }
        return out;
    }

    /** How long the combination would be if none of its terms cancelled. */
    private static double size(double[][] toTerms, double[] combination) {
        double sum = 0;
        for (double[] coordinate : toTerms) {
            for (int t = 0; t < combination.length; t++) {
                sum += combination[t] == 0 ? 0 : Math.abs(coordinate[t] * combination[t]);
            }
        }
        return sum;
    }

    /** Gram and Schmidt's method with pivots; every step twice. */
    private int orthogonalise(double[] sizes, double[] shifts) {
        int done = 0;
        while (done < rows.length && bringLargest(done, sizes, shifts)) {
            double length = length(rows[done]);
            scale(done, 1 / length, shifts);
            for (int i = done + 1; i < rows.length; i++) {
                reduce(i, done, shifts);
                reduce(i, done, shifts);
            }
            done++;
        }
        return done;
    }

    private boolean bringLargest(int at, double[] sizes, double[] shifts) {
        int best = at;
        double most = 0;
        for (int i = at; i < rows.length; i++) {
            double left = length(rows[i]) / sizes[i];
            if (left > most) {
                best = i;
                most = left;
            }
        }
        double[] row = rows[at];
        rows[at] = rows[best];
        rows[best] = row;
        swap(sizes, at, best);
        swap(shifts, at, best);
        return most > DEPENDENT;
    }

    private static void swap(double[] values, int a, int b) {
        double value = values[a];
        values[a] = values[b];
        values[b] = value;
    }

    private void scale(int row, double factor, double[] shifts) {
        for (int j = 0; j < rows[row].length; j++) {
            rows[row][j] *= factor;
        }
        shifts[row] *= factor;
    }

    private void reduce(int row, int by, double[] shifts) {
        double share = Vectors.dot(rows[row], rows[by], 0, rows[row].length);
        for (int j = 0; j < rows[row].length; j++) {
            rows[row][j] -= share * rows[by][j];
        }
        shifts[row] -= share * shifts[by];
    }

    static double length(double[] row) {
        return Math.sqrt(Vectors.dot(row, row, 0, row.length));
    }

    /** How many of the combinations do not follow from others. */
    int rank() {
        return rank;
    }

    /** Orthonormal combinations in the coordinates of the estimates, as many as {@link #rank}. */
    double[][] rows() {
        return Arrays.copyOf(rows, rank);
    }

    /** The estimates of {@link #rows}. */
    double[] values() {
        return values.clone();
    }

    /** The sum of squares of {@link #values}: χ² with {@link #rank} degrees of freedom. */
    double form() {
        return Vectors.dot(values, values, 0, rank);
    }
}
