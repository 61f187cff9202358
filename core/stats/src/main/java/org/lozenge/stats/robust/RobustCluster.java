package org.lozenge.stats.robust;

/** What a fit says about one cluster. Arrays are not copied: they are made for the purpose and only read. */
public final class RobustCluster {

    final double[][] x;
    final double[] residuals;
    final double[][] covariance;

    private RobustCluster(double[][] x, double[] residuals, double[][] covariance) {
        this.x = x;
        this.residuals = residuals;
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
        return new RobustCluster(x, residuals, covariance);
    }

    /**
     * Returns a cluster of effects that are independent in the model.
     *
     * @param x design by row
     * @param residuals effects less fitted values
     * @param variances the variances of the effects in the model, whose inverses gave the weights
     * @return the cluster
     */
    public static RobustCluster independent(double[][] x, double[] residuals, double[] variances) {
        double[][] covariance = new double[variances.length][variances.length];
        for (int i = 0; i < variances.length; i++) {
            covariance[i][i] = variances[i];
        }
        return new RobustCluster(x, residuals, covariance);
    }
}
