package org.lozenge.stats.tau2;

import java.util.Arrays;
import org.lozenge.stats.numeric.CholeskyBasis;
import org.lozenge.stats.numeric.PivotedQr;
import org.lozenge.stats.numeric.Vectors;

/**
 * Orthonormal columns of a basis whose rows are weighted.
 *
 * <p>The basis itself is orthonormal, so that its weighted cross products are as well conditioned as the weights are
 * alike: as a rule their Cholesky factor gives the columns in O(k·p²) simple sums. Where weights are so different that
 * digits would be lost, Householder reflections with the heaviest studies first take its place, which do not let studies
 * of very different weight disturb each other.
 *
 * @see <a href="https://doi.org/10.1137/0906012">Björck and Duff (1980), A direct method for the solution of sparse linear
 *     least squares problems, on factors of the basis first</a>
 */
final class WeightedBasis {

    /** Above this condition number of the cross products, reflections are used. */
    private static final double WELL_CONDITIONED = 1e3;

    private final double[][] basis;
    private final double[] v;
    private final int k;
    private final int p;
    private final OrthonormalColumns q;

    private final CholeskyBasis cholesky;

    /** Row j holds the coefficients of the basis that make the j-th orthonormal column, but for weights. */
    private final double[][] back;

    private double logDeterminant;

    /** Studies by their variance; empty until reflections are needed. */
    private int[] order = {};

    WeightedBasis(double[][] basis, double[] v) {
        this.basis = basis;
        this.v = v;
        this.k = v.length;
        this.p = basis.length;
        this.q = new OrthonormalColumns(new double[p][k], k);
        this.cholesky = new CholeskyBasis(p);
        this.back = new double[p][p];
    }

    /** The columns that belong to the last weights. */
    OrthonormalColumns columns() {
        return q;
    }

    /** The logarithm of the determinant of the weighted cross products. */
    double logDeterminant() {
        return logDeterminant;
    }

    /** Coefficients of the orthonormal columns as coefficients of the basis. */
    double[] toBasis(double[] z) {
        double[] out = new double[p];
        for (int j = 0; j < p; j++) {
            Vectors.subtract(-z[j], back[j], out, 0, p);
        }
        return out;
    }

    /** Takes other weights, given by their roots. */
    void weigh(double[] root) {
        double[][] columns = q.columns();
        cholesky.clear();
        for (int from = 0; from < k; from += Vectors.BLOCK) {
            int to = Math.min(k, from + Vectors.BLOCK);
            for (int j = 0; j < p; j++) {
                Vectors.multiply(root, basis[j], columns[j], from, to);
            }
            cholesky.add(columns, from, to);
        }
        if (cholesky.factorise(WELL_CONDITIONED)) {
            for (int from = 0; from < k; from += Vectors.BLOCK) {
                cholesky.solve(columns, from, Math.min(k, from + Vectors.BLOCK));
            }
            for (int j = 0; j < p; j++) {
                System.arraycopy(cholesky.inverse()[j], 0, back[j], 0, p);
            }
            logDeterminant = cholesky.logDeterminant();
        } else {
            reflect();
        }
    }

    private void reflect() {
        if (order.length == 0) {
            order = byVariance(v);
        }
        double[][] columns = q.columns();
        double[][] sorted = new double[p][k];
        for (int j = 0; j < p; j++) {
            for (int i = 0; i < k; i++) {
                sorted[j][i] = columns[j][order[i]];
            }
        }
        PivotedQr qr = PivotedQr.of(sorted, 0);
        double[][] orthonormal = qr.orthonormal(sorted);
        logDeterminant = qr.logDeterminant();
        for (int j = 0; j < p; j++) {
            double[] unit = new double[p];
            unit[j] = 1;
            System.arraycopy(qr.coefficients(unit), 0, back[j], 0, p);
            for (int i = 0; i < k; i++) {
                columns[j][order[i]] = orthonormal[j][i];
            }
        }
    }

    /** Studies by their variance; variances that agree in all but their last bits stay in the order of the studies. */
    private static int[] byVariance(double[] v) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(v.length);
        long low = (1L << bits) - 1;
        long[] keys = new long[v.length];
        for (int i = 0; i < keys.length; i++) {
            // The bits of positive doubles are in the order of the numbers.
            keys[i] = (Double.doubleToRawLongBits(v[i]) & ~low) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) (keys[i] & low);
        }
        return order;
    }
}
