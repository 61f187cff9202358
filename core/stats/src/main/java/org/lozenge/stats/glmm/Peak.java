package org.lozenge.stats.glmm;

/**
 * A maximum of the likelihood.
 */
final class Peak {

    private final double[] x;
    private final double value;
    private final double[][] covariance;

    /**
     * Holds these values; nothing is copied.
     *
     * @param x the parameters, standard deviations not negative
     * @param value the log-likelihood
     * @param covariance the inverse of the observed information, NaN for standard deviations of 0
     */
    Peak(double[] x, double value, double[][] covariance) {
        this.x = x;
        this.value = value;
        this.covariance = covariance;
    }

    double[] x() {
        return x;
    }

    double value() {
        return value;
    }

    double[][] covariance() {
        return covariance;
    }
}
