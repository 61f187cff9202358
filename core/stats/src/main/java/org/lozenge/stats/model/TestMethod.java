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
    HARTUNG_KNAPP_AD_HOC("hksj", "Hartung-Knapp-Sidik-Jonkman (HKSJ) with ad hoc guard");

    private final String token;
    private final String label;

    TestMethod(String token, String label) {
        this.token = token;
        this.label = label;
    }

    /**
     * Returns the token users type.
     *
     * @return {@code z}, {@code t}, {@code hksj-plain} or {@code hksj}
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
}
