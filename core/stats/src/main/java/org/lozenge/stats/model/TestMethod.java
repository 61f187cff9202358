package org.lozenge.stats.model;

/** How the pooled effect is tested and its confidence interval formed. */
public enum TestMethod {
    /** Standard error 1/√Σw and the normal distribution. */
    WALD("z", "Wald z"),
    /** Standard error 1/√Σw and Student's t with k − 1 degrees of freedom. */
    T("t", "Wald t"),
    /**
     * Hartung, Knapp, Sidik and Jonkman: the squared standard error is multiplied by {@code Σw(y − μ)²/(k − 1)}, and t
     * has k − 1 degrees of freedom. The interval can be narrower than that of the other methods.
     */
    HARTUNG_KNAPP("hksj-plain", "Hartung-Knapp-Sidik-Jonkman (HKSJ)"),
    /** As {@link #HARTUNG_KNAPP}, but the multiplier is at least 1, so the standard error never shrinks. */
    HARTUNG_KNAPP_AD_HOC("hksj", "Hartung-Knapp-Sidik-Jonkman (HKSJ) with ad hoc guard"),
    /** Kenward and Roger's adjusted standard error and degrees of freedom, from the expected information of REML. */
    KENWARD_ROGER("kr", "Kenward-Roger"),
    /** Hardy and Thompson's profile likelihood of the pooled effect; needs the maximum likelihood estimate of τ². */
    PROFILE_LIKELIHOOD("pl", "profile likelihood"),
    /** Henmi and Copas: common-effect weights and an exact-style pivot; needs the DerSimonian–Laird estimate of τ². */
    HENMI_COPAS("hc", "Henmi-Copas"),
    /** Doi's inverse-variance heterogeneity model: common-effect weights, variance with τ², normal distribution. */
    IVHET("ivhet", "inverse variance heterogeneity (IVhet)"),
    /**
     * Stanley and Doucouliagos' unrestricted weighted least squares: common-effect weights, the squared standard error
     * multiplied by {@code Q/(k − 1)}, t with k − 1 degrees of freedom. τ² plays no part.
     */
    UNRESTRICTED_WEIGHTED_LEAST_SQUARES("uwls", "unrestricted weighted least squares (UWLS)");

    private final String token;
    private final String label;

    TestMethod(String token, String label) {
        this.token = token;
        this.label = label;
    }

    /**
     * Returns the token users type.
     *
     * @return the token, such as {@code z} or {@code hksj}
     */
    public String token() {
        return token;
    }

    /**
     * Returns the name shown to readers.
     *
     * @return the name in full
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether the standard error is estimated from the spread of the effects.
     *
     * @return true for both Hartung–Knapp methods
     */
    public boolean isHartungKnapp() {
        return this == HARTUNG_KNAPP || this == HARTUNG_KNAPP_AD_HOC;
    }

    /**
     * Tells whether studies are weighted by 1/v, whatever τ² is, so that the estimate is the common-effect one.
     *
     * @return true for Henmi–Copas, IVhet and unrestricted weighted least squares
     */
    public boolean hasCommonWeights() {
        return this == HENMI_COPAS || this == IVHET || this == UNRESTRICTED_WEIGHTED_LEAST_SQUARES;
    }
}
