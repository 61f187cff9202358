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

    /**
     * Evaluates the function where e^η is known.
     *
     * @param eta the natural parameter
     * @param exp e^η, neither 0 nor infinite
     * @param out receives κ, the mean κ′ and the variance κ″
     */
    default void at(double eta, double exp, double[] out) {
        at(eta, out);
    }

    /**
     * Tells whether a count is the smallest or the largest that there can be, so that its likelihood rises for ever with η.
     *
     * @param y the count
     * @return −1 for the smallest, 1 for the largest, 0 for any other
     */
    int end(double y);
}
