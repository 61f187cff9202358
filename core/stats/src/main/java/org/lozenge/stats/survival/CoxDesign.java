package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows that carry information, sorted by stratum and descending time, and an orthonormal basis of their covariates.
 *
 * <p>A participant censored before the first event of the stratum is never at risk at an event and is left out. Among the
 * others all share the risk set of that first event, so a combination of covariates that is constant within each stratum
 * is exactly one about which the likelihood knows nothing: the Gram–Schmidt process, after centring within strata, finds
 * these and nothing else. Fitting in the orthonormal basis keeps full accuracy for covariates of any unit and for nearly
 * collinear ones.
 */
final class CoxDesign {

    /** A column whose part that others do not explain is smaller than this, relative to its size, is redundant. */
    private static final double REDUNDANT = 1e-9;

    final int[] rows;
    /** First position of each stratum, and the end. */
    final int[] starts;

    final double[] time;
    final boolean[] event;
    /** Basis values, position by column; each column has mean square 1. */
    final double[][] q;
    /** For each column of the data its coefficients in the basis: x (centred) = Σ q[·][k] r[k][j]. */
    final double[][] r;
    /** Columns of the data that make up the basis, in order. */
    final int[] kept;

    private CoxDesign(CoxData data, int[] rows, int[] starts) {
        this.rows = rows;
        this.starts = starts;
        time = new double[rows.length];
        event = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            time[i] = data.times().time(rows[i]);
            event[i] = data.times().event(rows[i]);
        }
        int p = data.names().size();
        double[][] basis = new double[p][];
        double[][] coefficients = new double[p][p];
        int[] columns = new int[p];
        int rank = 0;
        for (int j = 0; j < p; j++) {
            double[] x = centred(data, j);
            double size = norm(x);
            double level = largest(data, j);
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < rank; k++) {
                    coefficients[k][j] += reduce(x, basis[k]);
                }
            }
            double rest = norm(x);
            if (size > 1e-13 * level && rest > REDUNDANT * size) {
                coefficients[rank][j] = rest;
                for (int i = 0; i < x.length; i++) {
                    x[i] /= rest;
                }
                basis[rank] = x;
                columns[rank++] = j;
            }
        }
        kept = Arrays.copyOf(columns, rank);
        r = Arrays.copyOf(coefficients, rank);
        q = new double[rows.length][rank];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < rank; k++) {
                q[i][k] = basis[k][i];
            }
        }
    }

    static CoxDesign of(CoxData data) {
        SurvivalTimes times = data.times();
        Map<Integer, Double> firstEvent = new HashMap<>();
        for (int i = 0; i < times.size(); i++) {
            if (times.event(i)) {
                firstEvent.merge(data.stratum(i), times.time(i), Math::min);
            }
        }
        Integer[] order = new Integer[times.size()];
        Arrays.setAll(order, i -> i);
        int[] rows = Arrays.stream(order)
                .filter(i -> times.time(i) >= firstEvent.getOrDefault(data.stratum(i), Double.POSITIVE_INFINITY))
                .sorted(Comparator.<Integer>comparingInt(data::stratum)
                        .thenComparing(
                                Comparator.<Integer>comparingDouble(times::time).reversed()))
                .mapToInt(Integer::intValue)
                .toArray();
        return new CoxDesign(data, rows, starts(data, rows, firstEvent.size()));
    }

    private static int[] starts(CoxData data, int[] rows, int strata) {
        int[] starts = new int[strata + 1];
        int s = 0;
        for (int i = 1; i < rows.length; i++) {
            if (data.stratum(rows[i]) != data.stratum(rows[i - 1])) {
                starts[++s] = i;
            }
        }
        starts[strata] = rows.length;
        return starts;
    }

    private double[] centred(CoxData data, int column) {
        double[] x = new double[rows.length];
        for (int s = 0; s + 1 < starts.length; s++) {
            double first = data.value(column, rows[starts[s]]);
            double sum = 0;
            for (int i = starts[s]; i < starts[s + 1]; i++) {
                x[i] = data.value(column, rows[i]) - first;
                sum += x[i];
            }
            double mean = sum / (starts[s + 1] - starts[s]);
            for (int i = starts[s]; i < starts[s + 1]; i++) {
                x[i] -= mean;
            }
        }
        return x;
    }

    private double largest(CoxData data, int column) {
        double largest = 0;
        for (int row : rows) {
            largest = Math.max(largest, Math.abs(data.value(column, row)));
        }
        return largest;
    }

    /** Root mean square, without overflow. */
    private static double norm(double[] x) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (double value : x) {
            sum += (value / largest) * (value / largest);
        }
        return largest * Math.sqrt(sum / x.length);
    }

    /** Takes the part along a basis column out of x and returns its coefficient. */
    private static double reduce(double[] x, double[] basis) {
        double product = 0;
        for (int i = 0; i < x.length; i++) {
            product += x[i] * basis[i];
        }
        double coefficient = product / x.length;
        for (int i = 0; i < x.length; i++) {
            x[i] -= coefficient * basis[i];
        }
        return coefficient;
    }

    int rank() {
        return kept.length;
    }

    /** Coefficients of the kept columns from those of the basis: solves the triangular system. */
    double[] toCovariates(double[] gamma) {
        double[] beta = new double[rank()];
        for (int i = rank() - 1; i >= 0; i--) {
            double sum = gamma[i];
            for (int j = i + 1; j < rank(); j++) {
                sum -= r[i][kept[j]] * beta[j];
            }
            beta[i] = sum / r[i][kept[i]];
        }
        return beta;
    }

    /** The covariance of the kept columns' coefficients from that of the basis. */
    double[][] toCovariates(double[][] covariance) {
        int p = rank();
        double[][] half = new double[p][];
        for (int j = 0; j < p; j++) {
            half[j] = toCovariates(covariance[j]);
        }
        double[][] result = new double[p][p];
        for (int j = 0; j < p; j++) {
            double[] column = new double[p];
            for (int i = 0; i < p; i++) {
                column[i] = half[i][j];
            }
            double[] solved = toCovariates(column);
            for (int i = 0; i < p; i++) {
                result[i][j] = solved[i];
            }
        }
        return result;
    }

    /** A score of the kept columns from that of the basis. */
    double[] scoreToCovariates(double[] u) {
        double[] result = new double[rank()];
        for (int j = 0; j < rank(); j++) {
            for (int k = 0; k <= j; k++) {
                result[j] += r[k][kept[j]] * u[k];
            }
        }
        return result;
    }

    /** An information matrix of the kept columns from that of the basis. */
    double[][] informationToCovariates(double[][] information) {
        int p = rank();
        double[][] half = new double[p][];
        for (int i = 0; i < p; i++) {
            half[i] = scoreToCovariates(information[i]);
        }
        double[][] result = new double[p][p];
        for (int j = 0; j < p; j++) {
            double[] column = new double[p];
            for (int i = 0; i < p; i++) {
                column[i] = half[i][j];
            }
            double[] done = scoreToCovariates(column);
            for (int i = 0; i < p; i++) {
                result[i][j] = done[i];
            }
        }
        return result;
    }
}
