package org.lozenge.stats.robust;

import org.lozenge.stats.numeric.SymmetricEigen;

/**
 * What a fit says about one cluster, in units in which its effects have the identity for a covariance. Arrays are not
 * copied: they are made for the purpose and only read.
 */
public final class RobustCluster {

    /** Eigenvalues of at most this part of the largest belong to a study that the model fits exactly. */
    static final double EXACT = 1e-10;

    /** Φ^(−1/2)X, whose columns are orthonormal over all clusters. */
    final double[][] rows;

    /** Φ^(−1/2)e. */
    final double[] residuals;

    /** Φ where the effects are independent; else empty. */
    private final double[] variances;

    /** Φ where they are not; else empty. */
    private final double[][] covariance;

    private RobustCluster(double[][] rows, double[] residuals, double[] variances, double[][] covariance) {
        this.rows = rows;
        this.residuals = residuals;
        this.variances = variances;
        this.covariance = covariance;
    }

    /**
     * Returns a cluster.
     *
     * @param x design by row
     * @param residuals effects less fitted values
     * @param covariance the covariance of the effects in the model, whose inverse gave the weights
     * @return the cluster
     */
    public static RobustCluster of(double[][] x, double[] residuals, double[][] covariance) {
        double[][] root = SymmetricEigen.of(covariance).power(-0.5, 0);
        double[] z = new double[residuals.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = dot(root[i], residuals);
        }
        return new RobustCluster(product(root, x), z, new double[0], covariance);
    }

    /**
     * Returns a cluster of effects that are independent in the model.
     *
     * @param rows rows of the orthonormal basis of the weighted design
     * @param residuals effects less fitted values over their standard deviations
     * @param variances the variances of the effects in the model, whose inverses gave the weights
     * @return the cluster
     */
    public static RobustCluster standardised(double[][] rows, double[] residuals, double[] variances) {
        return new RobustCluster(rows, residuals, variances, new double[0][]);
    }

    /** The cluster in other coordinates of the coefficients. */
    RobustCluster in(double[][] coordinates) {
        return new RobustCluster(product(rows, coordinates), residuals, variances, covariance);
    }

    int size() {
        return rows.length;
    }

    /** The rows multiplied by what residuals are adjusted by. */
    double[][] adjusted(RobustType type) {
        return switch (type) {
            case CR0, CR1, CR1P, CR1S -> rows;
            case CR2 -> product(adjustment(), rows);
            case CR3 -> {
                double[][] g = residualMaker();
                yield isExact(g)
                        ? new double[size()][rows[0].length]
                        : product(SymmetricEigen.of(g).power(-1, EXACT), rows);
            }
        };
    }

    /** I − H of the cluster. */
    private double[][] residualMaker() {
        int n = size();
        double[][] g = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                g[a][b] = (a == b ? 1 : 0) - dot(rows[a], rows[b]);
            }
        }
        return g;
    }

    /** Whether the model leaves nothing of a cluster but rounding. */
    private static boolean isExact(double[][] g) {
        double trace = 0;
        for (int a = 0; a < g.length; a++) {
            trace += g[a][a];
        }
        return trace <= EXACT * g.length;
    }

    /** Φ (ΦGΦ)^(−1/2), which is G^(−1/2) where Φ is a multiple of the identity. */
    private double[][] adjustment() {
        int n = size();
        double[][] g = residualMaker();
        if (n == 1) {
            g[0][0] = g[0][0] > EXACT ? 1 / Math.sqrt(g[0][0]) : 0;
            return g;
        }
        if (isExact(g)) {
            return new double[n][n];
        }
        double[][] phi = relative();
        double[][] root = SymmetricEigen.of(product(phi, product(g, phi))).power(-0.5, EXACT);
        return product(phi, root);
    }

    /** Φ over its largest variance. */
    private double[][] relative() {
        int n = size();
        double[][] phi = new double[n][n];
        double largest = 0;
        for (int a = 0; a < n; a++) {
            phi[a] = covariance.length == 0 ? phi[a] : covariance[a].clone();
            phi[a][a] = covariance.length == 0 ? variances[a] : covariance[a][a];
            largest = Math.max(largest, phi[a][a]);
        }
        for (double[] row : phi) {
            for (int b = 0; b < n; b++) {
                row[b] /= largest;
            }
        }
        return phi;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double[][] product(double[][] a, double[][] b) {
        int columns = b[0].length;
        double[][] out = new double[a.length][columns];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                if (a[i][k] != 0) {
                    for (int j = 0; j < columns; j++) {
                        out[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
        }
        return out;
    }
}
