package org.lozenge.stats.model;

/** How the prediction interval for the effect of a new study is formed; each needs three studies. */
public enum PredictionMethod {
    /** Standard error and distribution of the confidence interval: {@code μ ± crit √(τ² + SE²)}. */
    AUTO("auto"),
    /** Higgins, Thompson and Spiegelhalter: 1/√Σw as standard error, t with k − 2 degrees of freedom. */
    HTS("hts"),
    /** 1/√Σw as standard error, t with k − 1 degrees of freedom. */
    T("t"),
    /** No prediction interval. */
    NONE("none");

    private final String token;

    PredictionMethod(String token) {
        this.token = token;
    }

    /**
     * Returns the token users type.
     *
     * @return {@code auto}, {@code hts}, {@code t} or {@code none}
     */
    public String token() {
        return token;
    }
}
