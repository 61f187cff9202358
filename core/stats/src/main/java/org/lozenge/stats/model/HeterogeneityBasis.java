package org.lozenge.stats.model;

/** What I² and H² are computed from. */
public enum HeterogeneityBasis {
    /**
     * From τ² and the typical sampling variance {@code s² = (k − 1) / (Σw − Σw²/Σw)}: {@code I² = τ²/(τ² + s²)} and
     * {@code H² = 1 + τ²/s²}; their intervals from the interval of τ².
     */
    TAU2("tau2"),
    /**
     * From Cochran's Q: {@code I² = (Q − df)/Q} and {@code H² = Q/df}, not below 0 and 1; their intervals from the
     * approximate standard error of log H by Higgins and Thompson.
     */
    Q("q");

    private final String token;

    HeterogeneityBasis(String token) {
        this.token = token;
    }

    /**
     * Returns the token users type.
     *
     * @return {@code tau2} or {@code q}
     */
    public String token() {
        return token;
    }
}
