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
     * Evaluates the function at several parameters whose exponentials are known, and neither 0 nor infinite.
     *
     * @param n how many
     * @param eta the natural parameters
     * @param exp e^η
     * @param inverse e^−η
     * @param value receives κ
     * @param mean receives κ′
     * @param variance receives κ″
     */
    default void all(
            int n, double[] eta, double[] exp, double[] inverse, double[] value, double[] mean, double[] variance) {
        double[] out = new double[3];
        for (int i = 0; i < n; i++) {
            at(eta[i], out);
            value[i] = out[0];
            mean[i] = out[1];
            variance[i] = out[2];
        }
    }

    /**
     * Tells whether a count is the smallest or the largest that there can be, so that its likelihood rises for ever with η.
     *
     * @param y the count
     * @return −1 for the smallest, 1 for the largest, 0 for any other
     */
    int end(double y);
}
