package org.lozenge.stats.glmm;

/**
 * What one study adds to the likelihood: one or two counts of natural exponential families, whose parameters are linear in
 * the effect and the baseline of the study.
 *
 * <pre>{@code ηⱼ = offsetⱼ + α + σ z₁ + xⱼ (θ + τ z₂),   log f = Σⱼ yⱼηⱼ − κⱼ(ηⱼ) + constant}</pre>
 */
final class StudyTerms {

    private final double[] y;
    private final Cumulant[] kappa;
    private final double[] offset;
    private final double[] x;
    private final double constant;
    private final double saturated;

    /**
     * Holds these values; nothing is copied.
     *
     * @param y sufficient statistics
     * @param kappa cumulant functions
     * @param offset offsets of the parameters
     * @param x share of the effect in each parameter
     * @param constant what the parameters do not change
     * @param saturated the largest possible log-likelihood, each count with a parameter of its own
     */
    StudyTerms(double[] y, Cumulant[] kappa, double[] offset, double[] x, double constant, double saturated) {
        this.y = y;
        this.kappa = kappa;
        this.offset = offset;
        this.x = x;
        this.constant = constant;
        this.saturated = saturated;
    }

    double[] y() {
        return y;
    }

    Cumulant[] kappa() {
        return kappa;
    }

    double[] offset() {
        return offset;
    }

    double[] x() {
        return x;
    }

    double constant() {
        return constant;
    }

    double saturated() {
        return saturated;
    }

    /** Whether a count is the smallest (−1) or the largest (1) that there can be. */
    int end(int j) {
        return kappa[j].end(y[j]);
    }

    int size() {
        return y.length;
    }
}
