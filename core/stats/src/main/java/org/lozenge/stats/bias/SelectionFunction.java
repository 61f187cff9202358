package org.lozenge.stats.bias;

/** The form in which the chance of being published falls with the P value. */
public enum SelectionFunction {
    /** Constant between given P values: δⱼ relative to the first interval. */
    STEPFUN,
    /** {@code p^(δ₁−1) (1 − p)^(δ₂−1)}. */
    BETA,
    /** {@code exp(−δp²)}. */
    HALFNORM,
    /** {@code exp(−δp)}. */
    NEGEXP,
    /** {@code 2 exp(−δp) / (1 + exp(−δp))}. */
    LOGISTIC,
    /** {@code (1 − p)^δ}. */
    POWER;

    /** How many parameters the smooth forms have. */
    int parameters() {
        return this == BETA ? 2 : 1;
    }

    /**
     * The log of a smooth form with its derivatives by the parameters of the search: the logs of δ for {@link #BETA}, δ
     * for the others. Mixed derivatives are 0.
     *
     * @param out receives the value, the first derivatives and the second derivatives
     */
    void at(double logP, double logQ, double[] parameters, double[] out) {
        switch (this) {
            case BETA -> {
                double first = StrictMath.exp(parameters[0]);
                double second = StrictMath.exp(parameters[1]);
                out[1] = first * logP;
                out[2] = second * logQ;
                out[3] = out[1];
                out[4] = out[2];
                out[0] = out[1] - logP + out[2] - logQ;
            }
            case HALFNORM -> linear(-StrictMath.exp(2 * logP), parameters[0], out);
            case NEGEXP -> linear(-StrictMath.exp(logP), parameters[0], out);
            case POWER -> linear(logQ, parameters[0], out);
            case LOGISTIC -> {
                double p = StrictMath.exp(logP);
                double decay = StrictMath.exp(-parameters[0] * p);
                double rest = 1 / (1 + decay);
                out[0] = StrictMath.log(2 * rest) - parameters[0] * p;
                out[1] = -p * rest;
                out[2] = -p * p * decay * rest * rest;
            }
            case STEPFUN -> throw new IllegalStateException("a step function is not smooth");
        }
    }

    private static void linear(double slope, double delta, double[] out) {
        out[0] = delta * slope;
        out[1] = slope;
        out[2] = 0;
    }

    /** The power of exp(−z²/2) in the form where P values approach 0 as z² grows. */
    double exponentAtZero(double[] parameters) {
        return this == BETA ? StrictMath.exp(parameters[0]) - 1 : 0;
    }

    /** The same where P values approach 1. */
    double exponentAtOne(double[] parameters) {
        return switch (this) {
            case BETA -> StrictMath.exp(parameters[1]) - 1;
            case POWER -> parameters[0];
            default -> 0;
        };
    }
}
