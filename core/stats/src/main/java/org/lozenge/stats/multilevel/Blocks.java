package org.lozenge.stats.multilevel;

/** Some blocks of rows, which add their part to what a likelihood is made of. */
interface Blocks {

    /**
     * Adds the sums of these blocks.
     *
     * @param theta variance parameters
     * @param out receives the sums with their derivatives by {@code theta}; without them if it has no parameters
     * @return false if a covariance is not positive definite
     */
    boolean evaluate(double[] theta, Jets out);
}
