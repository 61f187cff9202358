package org.lozenge.stats.model;

/** How the confidence interval for τ² is formed. */
public enum Tau2IntervalMethod {
    /** Profiles Cochran's Q: {@link org.lozenge.stats.tau2.QProfile}. */
    Q_PROFILE("qp"),
    /** Profiles the likelihood: {@link org.lozenge.stats.tau2.ProfileLikelihood}; full for ML, else restricted. */
    PROFILE_LIKELIHOOD("pl"),
    /** {@code τ² ± z SE(τ²)}, the lower limit not below 0. */
    WALD("wald"),
    /** Profiles the full likelihood, whatever the estimator. */
    PROFILE_LIKELIHOOD_ML("pl-ml"),
    /** Profiles the restricted likelihood, whatever the estimator. */
    PROFILE_LIKELIHOOD_REML("pl-reml"),
    /**
     * Exact distribution of the generalised Q statistic: {@link org.lozenge.stats.tau2.GeneralisedQInterval}, with the
     * weights of the estimator if it is a generalised moment estimator, 1/v for the DerSimonian–Laird and equal ones for the
     * Hedges–Olkin estimator, else 1/√v.
     */
    GENERALISED_Q("genq"),
    /** No interval. */
    NONE("none");

    private final String token;

    Tau2IntervalMethod(String token) {
        this.token = token;
    }

    /**
     * Returns the token users type.
     *
     * @return the token, such as {@code qp}
     */
    public String token() {
        return token;
    }
}
