package org.lozenge.stats.multilevel;

import java.util.List;

/**
 * Effects in independent blocks, in units in which their spread is about one and without what least squares explain: what a
 * likelihood and all that follows a fit are made of.
 */
interface BlockModel {

    /** The likelihood over the variances of this model. */
    Likelihood likelihood(boolean restricted);

    /** The effects and the design. */
    Standardised standardised();

    /** The rows of each block. */
    List<int[]> blocks();

    /** The covariance of a block. */
    double[][] covariance(int block, double[] theta);

    /** The covariances of one row of a block with all of them that are not sampling error. */
    double[] between(int block, double[] theta, int row);

    /** Multiplies columns by the inverse of the covariance, in place; rows in the order of the user. */
    void solve(double[] theta, double[]... columns);

    /** Multiplies columns of a block, rows in its order, by the inverse of its covariance, in place. */
    void solveBlock(int block, double[] theta, double[]... columns);
}
