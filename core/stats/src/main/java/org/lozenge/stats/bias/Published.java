package org.lozenge.stats.bias;

/**
 * The probability A that a study is published, and its derivatives, as functions of μ, τ² and the parameters of the
 * selection. One object is reused for all studies.
 */
interface Published {

    /**
     * Computes log A of a study.
     *
     * @param se its standard error
     * @param x μ, τ² and the parameters of the selection
     * @param gradient receives the gradient
     * @param hessian receives the second derivatives
     * @return log A; not finite where the weight function has no integral
     */
    double logProbability(double se, double[] x, double[] gradient, double[][] hessian);
}
