package org.lozenge.stats.tau2;

/**
 * The sums of squares and traces at one value of τ² from which every estimator of τ² follows: of studies about their
 * mean ({@link WeightedSums}) or about a regression on moderators ({@link DesignSums}).
 *
 * <p>With weights {@code wᵢ = 1 / (vᵢ + τ²)}, a design matrix X of p columns (a column of ones without moderators) and
 * {@code P = W − WX(X′WX)⁻¹X′W}. An object is a workspace that belongs to one thread: {@link #evaluate} sets τ², the
 * other methods answer for it.
 */
public abstract class TauSums {

    /** Only the two kinds of this package exist. */
    TauSums() {}

    /**
     * Computes the sums at a value of τ²; the other methods then answer for it.
     *
     * @param tau2 the between-study variance, finite and at least 0
     */
    public abstract void evaluate(double tau2);

    /**
     * As {@link #evaluate}, but only for {@link #weight}, {@link #weightSquares}, {@link #q} and {@link #traceP}.
     *
     * @param tau2 the between-study variance, finite and at least 0
     */
    public abstract void evaluateMean(double tau2);

    /**
     * Returns the number of studies.
     *
     * @return k, at least 1
     */
    public abstract int k();

    /**
     * Returns the residual degrees of freedom.
     *
     * @return k − p; 0 where τ² cannot be estimated
     */
    public abstract int df();

    /**
     * Returns the sum of the weights.
     *
     * @return Σw
     */
    public abstract double weight();

    /**
     * Returns the sum of the squared weights.
     *
     * @return Σw²
     */
    public abstract double weightSquares();

    /**
     * Returns the weighted sum of squared residuals.
     *
     * @return y′Py, at least 0
     */
    public abstract double q();

    /**
     * Returns minus the derivative of {@link #q} by τ².
     *
     * @return y′PPy, at least 0
     */
    public abstract double qSlope();

    /**
     * Returns the trace of P.
     *
     * @return tr P, above 0 unless there are no degrees of freedom
     */
    public abstract double traceP();

    /**
     * Returns the trace of PP.
     *
     * @return tr PP, above 0 unless there are no degrees of freedom
     */
    public abstract double tracePP();

    /** The second smallest variance: a natural first step for τ². */
    abstract double unit();

    /** The smallest variance. */
    abstract double smallestVariance();

    /** The unit of weight in which the scaled values are. */
    abstract double scale();

    /** y′PPy times the square of the scale: its inverse root is a concave function of τ². */
    abstract double scaledSquares();

    /** y′PPPy times the cube of the scale. */
    abstract double scaledCubes();

    /** tr P, or Σw for the full likelihood, times the scale: its inverse is a concave function of τ². */
    abstract double scaledInformation(boolean restricted);

    /** Minus the derivative of {@link #scaledInformation} by τ², times the scale. */
    abstract double scaledInformationSlope(boolean restricted);

    /** The sum of squared unweighted residuals, rounded up in its seventh digit; 0 if there are none. */
    abstract double spread();

    /** Σ log(vᵢ + τ²). */
    abstract double logVariances(double tau2);

    /** log |X′X| − log |X′WX|: what the restricted likelihood has more than the full one, twice. */
    abstract double logDeterminants();

    /** The sum of squared distances of the effects from their unweighted mean, whatever the design. */
    abstract double effectSquares();

    /** The sum of squared unweighted residuals. */
    abstract double residualSquares();

    /** Σ vᵢ(1 − hᵢ) with the leverages h of the unweighted fit. */
    abstract double varianceTrace();

    /** The trace of (MV)², where M = I − X(X′X)⁻¹X′ and V holds the variances. */
    abstract double varianceTraceSquare();
}
