package org.lozenge.stats.multilevel;

import java.util.Locale;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;

/**
 * Effects without what ordinary least squares explain, in units of their spread. Shifts and changes of units of the effects
 * or the moderators do not change these numbers but by rounding.
 */
final class Standardised {

    final Basis basis;
    final double scale;
    final double[] y;
    private final double[] explained;
    private final double[] original;

    private Standardised(Basis basis, double scale, double[] y, double[] explained, double[] original) {
        this.basis = basis;
        this.scale = scale;
        this.y = y;
        this.explained = explained;
        this.original = original;
    }

    /**
     * Standardises.
     *
     * @throws IllegalArgumentException if sizes differ, values are not finite, or there are no more effects than terms
     */
    static Standardised of(DoubleSeq y, SamplingCovariance v, DesignMatrix design) {
        int n = y.size();
        if (v.size() != n || design.k() != n) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d effects need as many variances and rows of moderators, but there are %d and %d",
                    n,
                    v.size(),
                    design.k()));
        }
        Basis basis = Basis.of(design);
        if (n <= basis.p()) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%d effects do not suffice for %d coefficients", n, basis.p()));
        }
        double[] residual = y.toArray();
        for (double value : residual) {
            if (!(Math.abs(value) <= 1e150)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Effects must lie between -1e150 and 1e150, but one is %s", value));
            }
        }
        double[] explained = basis.project(residual);
        double typical = 0;
        double spread = 0;
        for (int i = 0; i < n; i++) {
            residual[i] -= basis.fitted(i, explained);
            typical += 1 / v.variances().get(i);
            spread = Math.max(spread, Math.abs(residual[i]));
        }
        double squares = 0;
        for (double r : residual) {
            squares += spread == 0 ? 0 : r / spread * (r / spread);
        }
        double scale = Math.sqrt(n / typical + spread * spread * squares / (n - basis.p()));
        for (int i = 0; i < n; i++) {
            residual[i] /= scale;
        }
        return new Standardised(basis, scale, residual, explained, y.toArray());
    }

    int n() {
        return y.length;
    }

    int p() {
        return basis.p();
    }

    /** The design and, as the last column, the effects: by row. */
    double[][] table(int[] rows) {
        double[][] z = new double[rows.length][p() + 1];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < p(); j++) {
                z[i][j] = basis.at(rows[i], j);
            }
            z[i][p()] = y[rows[i]];
        }
        return z;
    }

    /** The same by column. */
    double[][] columns(int[] rows) {
        double[][] columns = new double[p() + 1][rows.length];
        for (int j = 0; j < p(); j++) {
            for (int i = 0; i < rows.length; i++) {
                columns[j][i] = basis.at(rows[i], j);
            }
        }
        for (int i = 0; i < rows.length; i++) {
            columns[p()][i] = y[rows[i]];
        }
        return columns;
    }

    /** A variance in these units. */
    double variance(double v) {
        return v / scale / scale;
    }

    double original(int row) {
        return original[row];
    }

    /** Coefficients of the basis in the units of the effects. */
    double[] coordinates(double[] beta) {
        double[] out = new double[beta.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = explained[j] + scale * beta[j];
        }
        return out;
    }

    /** Mean and spread of squares of the standardised effects beyond the sampling variances, from which searches start. */
    double excess(SamplingCovariance v) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < y.length; i++) {
            sum += y[i] * y[i] - variance(v.variances().get(i));
            all += y[i] * y[i];
        }
        return Math.max(Math.max(sum, 0.1 * all), 1e-6 * y.length) / y.length;
    }
}
