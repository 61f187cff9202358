package org.lozenge.stats.glmm;

/** Which likelihood two arms have. One group has the likelihood of {@link #UM_FS} without baselines. */
public enum GlmmModel {
    /**
     * Conditional on the events of both arms, exact: non-central hypergeometric for odds ratios, binomial for rate ratios.
     */
    CM_EL,
    /** Conditional and approximate: for odds ratios the binomial likelihood that holds if events are rare. */
    CM_AL,
    /** Unconditional, with a baseline of its own for each study. */
    UM_FS,
    /** Unconditional, with normally distributed baselines. */
    UM_RS;

    /**
     * Returns whether the likelihood has no baselines, because the events of both arms together are given.
     *
     * @return true for {@link #CM_EL} and {@link #CM_AL}
     */
    public boolean isConditional() {
        return this == CM_EL || this == CM_AL;
    }
}
