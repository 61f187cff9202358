package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.numeric.DoubledGramSchmidt;

/**
 * The moderators of the effect as orthogonal columns, so that neither their units nor their zeros matter to a search.
 *
 * <p>Each column has k as the sum of its squares. What is found for them is turned back by {@link #toTerms}. Immutable.
 */
final class Design {

    /** A column of which less than this is left by those before it follows from them. */
    private static final double DEPENDENT = 1e-13;

    private final double[][] rows;
    private final double[][] back;

    private Design(double[][] rows, double[][] back) {
        this.rows = rows;
        this.back = back;
    }

    /** The design without moderators. */
    static Design ofOnes(int k) {
        double[][] rows = new double[k][1];
        for (double[] row : rows) {
            row[0] = 1;
        }
        return new Design(rows, new double[][] {{1}});
    }

    /**
     * Makes the columns orthogonal.
     *
     * @param x a row a study; only read
     * @throws IllegalArgumentException if rows differ in length or are empty, a number is not finite, or a column follows
     *     from those before it
     */
    static Design of(double[][] x) {
        if (x.length == 0 || isOnes(x)) {
            return ofOnes(x.length);
        }
        double[][] columns = columns(x);
        int p = columns.length;
        double root = Math.sqrt(x.length);
        DoubledGramSchmidt orthonormal = DoubledGramSchmidt.of(columns);
        double[][] back = orthonormal.inverse();
        for (int c = 0; c < p; c++) {
            double left = 1 / (back[c][c] * length(columns[c]));
            if (p > x.length || !(left > DEPENDENT)) {
                throw new IllegalArgumentException(
                        "Column " + (c + 1) + " of the moderators is 0 or follows from those before it");
            }
        }
        double[][] rows = new double[x.length][p];
        for (int i = 0; i < x.length; i++) {
            for (int c = 0; c < p; c++) {
                rows[i][c] = orthonormal.basis()[c][i] * root;
            }
        }
        double[][] scaled = Arrays.stream(back)
                .map(row -> Arrays.stream(row).map(cell -> cell * root).toArray())
                .toArray(double[][]::new);
        return new Design(rows, scaled);
    }

    private static boolean isOnes(double[][] x) {
        return Arrays.stream(x).allMatch(row -> row.length == 1 && row[0] == 1);
    }

    private static double[][] columns(double[][] x) {
        int p = x[0].length;
        double[][] columns = new double[p][x.length];
        for (int i = 0; i < x.length; i++) {
            if (p == 0 || x[i].length != p) {
                throw new IllegalArgumentException("Rows of moderators must have the same length, at least 1");
            }
            for (int c = 0; c < p; c++) {
                if (!(Math.abs(x[i][c]) <= 1e150)) {
                    throw new IllegalArgumentException("Moderators must be finite, but one is " + x[i][c]);
                }
                columns[c][i] = x[i][c];
            }
        }
        return columns;
    }

    private static double length(double[] column) {
        double largest = Arrays.stream(column).map(Math::abs).max().orElse(0);
        double squares = Arrays.stream(column)
                .map(cell -> cell / largest)
                .map(cell -> cell * cell)
                .sum();
        return largest * Math.sqrt(squares);
    }

    int columns() {
        return back.length;
    }

    /** A row of the orthogonal columns. */
    double[] row(int i) {
        return rows[i];
    }

    /** What a combination of the terms is as a combination of the orthogonal columns. */
    double[] toColumns(double... combination) {
        double[] out = new double[back.length];
        for (int t = 0; t < combination.length; t++) {
            for (int c = 0; c < out.length; c++) {
                out[c] += combination[t] * back[t][c];
            }
        }
        return out;
    }

    /** Turns coefficients of the orthogonal columns into those of the terms. */
    double[] toTerms(double[] x) {
        double[] out = new double[back.length];
        for (int t = 0; t < out.length; t++) {
            for (int c = 0; c < back.length; c++) {
                out[t] += back[t][c] * x[c];
            }
        }
        return out;
    }

    /** The size of the parts that make up the coefficient of a term. */
    double size(int term, double[] x) {
        double size = 0;
        for (int c = 0; c < back.length; c++) {
            size += Math.abs(back[term][c] * x[c]);
        }
        return size;
    }

    /** The design in turned coordinates. */
    Design turned(Turn turn) {
        return new Design(Arrays.stream(rows).map(turn::of).toArray(double[][]::new), back);
    }

    /** Coordinates of which the first is along a given direction: a reflection. */
    static final class Turn {
        private final double[] u;
        private final double squares;
        private final double sign;

        Turn(double... direction) {
            double length = length(direction);
            u = Arrays.stream(direction).map(cell -> cell / length).toArray();
            sign = u[0] > 0 ? -1 : 1;
            u[0] -= sign;
            squares = Arrays.stream(u).map(cell -> cell * cell).sum();
        }

        /** Turns the first numbers, as many as the direction has; the rest stays. */
        double[] of(double... x) {
            double dot = 0;
            for (int c = 0; c < u.length; c++) {
                dot += x[c] * u[c];
            }
            double[] out = x.clone();
            for (int c = 0; c < u.length; c++) {
                out[c] -= 2 * dot / squares * u[c];
            }
            out[0] *= sign;
            return out;
        }
    }
}
