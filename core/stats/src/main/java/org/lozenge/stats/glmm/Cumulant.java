package org.lozenge.stats.glmm;

/**
 * The cumulant function κ of a natural exponential family, whose log-likelihood is {@code y·η − κ(η)} plus a constant.
 */
interface Cumulant {

    /**
     * Evaluates the function.
     *
     * @param eta the natural parameter
     * @param out receives κ, the mean κ′ and the variance κ″
     */
    void at(double eta, double[] out);
}
