package org.lozenge.stats.multilevel;

import java.util.Arrays;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;

/**
 * An orthonormal basis of a design, by the modified Gram-Schmidt process run twice. The first column, the intercept where
 * there is one, comes first, so that the others are centred.
 */
final class Basis {

    private final double[][] columns;
    private final double[][] r;

    private Basis(double[][] columns, double[][] r) {
        this.columns = columns;
        this.r = r;
    }

    static Basis of(DesignMatrix design) {
        double[][] columns = design.columns().stream().map(DoubleSeq::toArray).toArray(double[][]::new);
        int p = columns.length;
        double[][] r = new double[p][p];
        for (int j = 0; j < p; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < j; i++) {
                    double product = SymmetricMatrix.dot(columns[i], columns[j]);
                    r[i][j] += product;
                    for (int row = 0; row < columns[j].length; row++) {
                        columns[j][row] -= product * columns[i][row];
                    }
                }
            }
            double largest = Arrays.stream(columns[j]).map(Math::abs).max().orElse(0);
            double sum = 0;
            for (double x : columns[j]) {
                sum += x / largest * (x / largest);
            }
            double norm = largest * Math.sqrt(sum);
            r[j][j] = norm;
            for (int row = 0; row < columns[j].length; row++) {
                columns[j][row] /= norm;
            }
        }
        return new Basis(columns, r);
    }

    int p() {
        return columns.length;
    }

    double at(int row, int column) {
        return columns[column][row];
    }

    /** Coordinates of the projection of a column. */
    double[] project(double[] y) {
        double[] out = new double[p()];
        for (int j = 0; j < out.length; j++) {
            out[j] = SymmetricMatrix.dot(columns[j], y);
        }
        return out;
    }

    double fitted(int row, double[] coordinates) {
        double sum = 0;
        for (int j = 0; j < coordinates.length; j++) {
            sum += columns[j][row] * coordinates[j];
        }
        return sum;
    }

    /** Coefficients of the terms from coordinates: the solution of Rb = c. */
    double[] toTerms(double[] coordinates) {
        double[] b = coordinates.clone();
        for (int i = b.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < b.length; j++) {
                b[i] -= r[i][j] * b[j];
            }
            b[i] /= r[i][i];
        }
        return b;
    }

    /** The covariance of the terms from that of the coordinates. */
    double[][] toTerms(double[][] covariance) {
        int p = p();
        double[][] half = new double[p][];
        for (int i = 0; i < p; i++) {
            half[i] = toTerms(covariance[i]);
        }
        double[][] out = new double[p][p];
        for (int j = 0; j < p; j++) {
            double[] column = new double[p];
            for (int i = 0; i < p; i++) {
                column[i] = half[i][j];
            }
            column = toTerms(column);
            for (int i = 0; i < p; i++) {
                out[i][j] = column[i];
            }
        }
        return symmetric(out);
    }

    private static double[][] symmetric(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (a[i][j] + a[j][i]) / 2;
                a[i][j] = mean;
                a[j][i] = mean;
            }
        }
        return a;
    }

    /** Coordinates of a row of the design: the solution of R′c = x. */
    double[] toBasis(double[] x) {
        double[] c = x.clone();
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < i; j++) {
                c[i] -= r[j][i] * c[j];
            }
            c[i] /= r[i][i];
        }
        return c;
    }
}
