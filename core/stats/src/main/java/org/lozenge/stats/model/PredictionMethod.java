package org.lozenge.stats.model;

/** How the prediction interval for the effect of a new study is formed; each needs three studies. */
public enum PredictionMethod {
    /** Standard error and distribution of the confidence interval: {@code μ ± crit √(τ² + SE²)}. */
    AUTO("auto"),
    /** Higgins, Thompson and Spiegelhalter: 1/√Σw as standard error, t with k − 2 degrees of freedom. */
    HTS("hts"),
    /** 1/√Σw as standard error, t with k − 1 degrees of freedom. */
    T("t"),
    /** 1/√Σw as standard error and the normal distribution. */
    S("s"),
    /** Hartung–Knapp standard error, t with k − 1 degrees of freedom. */
    HK("hk"),
    /** Partlett and Riley: Hartung–Knapp standard error, t with k − 2 degrees of freedom. */
    HK_PR("hk-pr"),
    /** Kenward–Roger standard error and degrees of freedom. */
    KR("kr"),
    /** Partlett and Riley: Kenward–Roger standard error, one degree of freedom less than Kenward and Roger's. */
    KR_PR("kr-pr"),
    /**
     * Nagashima, Noma and Furukawa: the uncertainty of τ² from its confidence distribution, that of the mean from t; the
     * limit of their bootstrap for infinitely many samples.
     */
    NNF("nnf"),
    /** No prediction interval. */
    NONE("none");

    private final String token;

    PredictionMethod(String token) {
        this.token = token;
    }

    /**
     * Returns the token users type.
     *
     * @return the token, such as {@code auto} or {@code hts}
     */
    public String token() {
        return token;
    }
}
