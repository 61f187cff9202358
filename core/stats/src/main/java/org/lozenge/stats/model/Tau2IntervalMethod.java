package org.lozenge.stats.model;

/** How the confidence interval for τ² is formed. */
public enum Tau2IntervalMethod {
    /** Profiles Cochran's Q: {@link org.lozenge.stats.tau2.QProfile}. */
    Q_PROFILE("qp"),
    /** Profiles the likelihood: {@link org.lozenge.stats.tau2.ProfileLikelihood}; full for ML, else restricted. */
    PROFILE_LIKELIHOOD("pl"),
    /** {@code τ² ± z SE(τ²)}, the lower limit not below 0. */
    WALD("wald"),
    /** No interval. */
    NONE("none");

    private final String token;

    Tau2IntervalMethod(String token) {
        this.token = token;
    }

    /**
     * Returns the token users type.
     *
     * @return {@code qp}, {@code pl}, {@code wald} or {@code none}
     */
    public String token() {
        return token;
    }
}
