package org.lozenge.stats.bias;

import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;

/** A {@link CopasModel} fitted at one point (γ₀, γ₁). Immutable. */
public final class CopasFit {

    private final double gamma0;
    private final double gamma1;
    private final double estimate;
    private final double standardError;
    private final double tau2;
    private final double rho;
    private final double rhoStandardError;
    private final double logLikelihood;
    private final double gain;
    private final double[] publication;
    private final double level;

    CopasFit(
            double gamma0,
            double gamma1,
            double estimate,
            double standardError,
            double tau2,
            double rho,
            double rhoStandardError,
            double logLikelihood,
            double gain,
            double[] publication,
            double level) {
        this.gamma0 = gamma0;
        this.gamma1 = gamma1;
        this.estimate = estimate;
        this.standardError = standardError;
        this.tau2 = tau2;
        this.rho = rho;
        this.rhoStandardError = rhoStandardError;
        this.logLikelihood = logLikelihood;
        this.gain = gain;
        this.publication = publication.clone();
        this.level = level;
    }

    /**
     * Returns the constant of selection.
     *
     * @return γ₀
     */
    public double gamma0() {
        return gamma0;
    }

    /**
     * Returns the slope of selection.
     *
     * @return γ₁
     */
    public double gamma1() {
        return gamma1;
    }

    /**
     * Returns the effect adjusted for selection.
     *
     * @return μ
     */
    public double estimate() {
        return estimate;
    }

    /**
     * Returns the standard error of {@link #estimate}.
     *
     * @return from the observed information; NaN where the likelihood is not curved
     */
    public double standardError() {
        return standardError;
    }

    /**
     * Returns the interval of {@link #estimate}.
     *
     * @return its Wald interval
     */
    public Interval interval() {
        double half = Normal.criticalValue(level) * standardError;
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Tests {@link #estimate} against 0.
     *
     * @return z and its two-sided P value
     */
    public TestResult test() {
        double z = estimate / standardError;
        return new TestResult(z, Double.POSITIVE_INFINITY, Normal.twoSided(z));
    }

    /**
     * Returns the between-study variance.
     *
     * @return τ², at least 0
     */
    public double tau2() {
        return tau2;
    }

    /**
     * Returns the correlation of effect and publication.
     *
     * @return ρ between ±{@value CopasModel#BOUND}; 0 where the likelihood does not depend on it
     */
    public double rho() {
        return rho;
    }

    /**
     * Returns the standard error of {@link #rho}.
     *
     * @return the standard error; NaN on the bound or where the data tell nothing
     */
    public double rhoStandardError() {
        return rhoStandardError;
    }

    /**
     * Returns the log-likelihood.
     *
     * @return its maximum
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * Tests whether an asymmetry is left in the funnel.
     *
     * @return twice the gain in log-likelihood by a trend over the standard error, with 1 degree of freedom
     */
    public TestResult residualTest() {
        return new TestResult(gain, 1, ChiSquared.upperTail(gain, 1));
    }

    /**
     * Returns the chance that a study with the largest standard error is published.
     *
     * @return a probability
     */
    public double chanceOfSmallest() {
        return publication[0];
    }

    /**
     * Returns the chance that a study with the smallest standard error is published.
     *
     * @return a probability
     */
    public double chanceOfLargest() {
        return publication[1];
    }

    /**
     * Returns the number of unpublished studies, {@code Σ (1 − Φ(uᵢ))/Φ(uᵢ)}.
     *
     * @return the expected number, not rounded
     */
    public double unpublished() {
        return publication[2];
    }
}
