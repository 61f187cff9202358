package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.Map;

/**
 * Clusters with a random effect each and, if rows have effects of their own, one for each row: M = V + sI + d11′, the
 * three-level model.
 *
 * <p>Along the principal axes of V only d11′ is not diagonal, whatever s, so sums of each cluster over w = 1/(λ + s), w² and w³
 * give everything: by the formula of Sherman and Morrison, Z′M⁻¹Z = Z′WZ − h uu′ with u = Z′W1, f = 1′W1 and h = d/(1 + df).
 * A likelihood costs time linear in the rows even if sampling errors are correlated.
 *
 * <p>Columns are centred within clusters first: sums of a cluster with a large d are differences of nearly equal numbers
 * otherwise.
 */
final class ClusterBlocks implements Blocks {

    final boolean rowLevel;
    final int[] start;
    final double[] variance;
    final double[][] x;
    final int[] place;
    final double[][] means;

    /**
     * Clusters.
     *
     * @param start where each cluster starts among the rows; one more entry than clusters
     * @param columns design, then effects
     * @param variance of the sampling error of each row
     * @param axes those of clusters whose sampling errors are correlated, by cluster
     * @param rowLevel whether each row has an effect of its own
     */
    ClusterBlocks(
            int[] start, double[][] columns, double[] variance, Map<Integer, PrincipalAxes> axes, boolean rowLevel) {
        this.start = start;
        this.rowLevel = rowLevel;
        this.variance = variance.clone();
        this.means = new double[columns.length][start.length - 1];
        this.place = new int[columns.length];
        double[][] centred = new double[columns.length + 1][];
        centred[0] = new double[variance.length];
        Arrays.fill(centred[0], 1);
        int count = 1;
        for (int j = 0; j < columns.length; j++) {
            double[] column = centred(columns[j], means[j]);
            if (Arrays.stream(column).anyMatch(cell -> cell != 0)) {
                centred[count] = column;
                place[j] = count++;
            }
        }
        this.x = Arrays.copyOf(centred, count);
        axes.forEach(this::turn);
    }

    private double[] centred(double[] column, double[] mean) {
        double[] out = new double[column.length];
        for (int c = 0; c < mean.length; c++) {
            double base = column[start[c]];
            double sum = 0;
            for (int i = start[c]; i < start[c + 1]; i++) {
                sum += column[i] - base;
            }
            mean[c] = base + sum / (start[c + 1] - start[c]);
            for (int i = start[c]; i < start[c + 1]; i++) {
                out[i] = column[i] - mean[c];
            }
        }
        return out;
    }

    /** Puts coordinates along the axes in the place of the rows of a cluster. */
    private void turn(int cluster, PrincipalAxes axes) {
        int from = start[cluster];
        int size = start[cluster + 1] - from;
        for (int k = 0; k < size; k++) {
            variance[from + k] = axes.variance(k);
        }
        for (double[] column : x) {
            double[] rows = Arrays.copyOfRange(column, from, from + size);
            for (int k = 0; k < size; k++) {
                column[from + k] = axes.coordinate(k, rows);
            }
        }
    }

    @Override
    public boolean evaluate(double[] theta, Jets out) {
        ClusterSums sums = new ClusterSums(this, theta[0], rowLevel ? theta[1] : 0, out.parameters > 0);
        for (int c = 0; c < start.length - 1; c++) {
            sums.add(c);
        }
        sums.moveTo(out);
        return true;
    }

    /**
     * Multiplies a column of one cluster, whose sampling errors are independent, by the inverse of its covariance, in place.
     *
     * @param theta variances
     * @param column a value for each row of the cluster
     */
    void solve(double[] theta, int cluster, double[] column) {
        double s = rowLevel ? theta[1] : 0;
        double f = 0;
        double u = 0;
        for (int i = 0; i < column.length; i++) {
            double w = 1 / (variance[start[cluster] + i] + s);
            column[i] *= w;
            f += w;
            u += column[i];
        }
        double h = theta[0] / (1 + theta[0] * f) * u;
        for (int i = 0; i < column.length; i++) {
            column[i] -= h / (variance[start[cluster] + i] + s);
        }
    }
}
