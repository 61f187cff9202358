package org.lozenge.stats.model;

/**
 * What a likelihood says about a fit.
 *
 * @param logLikelihood the log-likelihood with all constants
 * @param parameters the number of estimated parameters: coefficients and, unless it was given, τ²
 * @param observations k for the full likelihood, k − p for the restricted one
 */
public record InformationCriteria(double logLikelihood, int parameters, int observations) {

    /**
     * Returns Akaike's criterion.
     *
     * @return −2 log L + 2 parameters
     */
    public double aic() {
        return -2 * logLikelihood + 2.0 * parameters;
    }

    /**
     * Returns the Bayesian criterion.
     *
     * @return −2 log L + parameters · log(observations)
     */
    public double bic() {
        return -2 * logLikelihood + parameters * StrictMath.log(observations);
    }

    /**
     * Returns Akaike's criterion corrected for few studies, as metafor does: with at least two observations more than
     * parameters.
     *
     * @return −2 log L + 2 parameters · n/(n − parameters − 1)
     */
    public double aicc() {
        double n = Math.max(observations, parameters + 2);
        return -2 * logLikelihood + 2 * parameters * (n / (n - parameters - 1));
    }
}
