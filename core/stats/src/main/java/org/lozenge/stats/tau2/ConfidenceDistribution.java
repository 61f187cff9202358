package org.lozenge.stats.tau2;

import java.util.Objects;
import java.util.function.DoubleFunction;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.QuadraticForm;
import org.lozenge.stats.numeric.Roots;

/**
 * The confidence distribution of the between-study variance τ² from the exact distribution of the generalised Q
 * statistic: {@code H(τ²) = P(Q ≥ observed Q | τ²)}, which rises from H(0), the P value of the test of homogeneity, to 1.
 * Its quantiles are confidence limits.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.1081">Jackson (2013), Res. Synth. Methods 4, 220–229</a>
 */
public final class ConfidenceDistribution {

    private static final int MAX_DOUBLINGS = 1100;

    private final DoubleFunction<QuadraticForm> forms;
    private final double q;
    private final double scale;

    /**
     * Prepares the distribution.
     *
     * @param weights the weights of the Q statistic
     * @param effects at least two studies
     * @throws IllegalArgumentException for one study
     */
    public ConfidenceDistribution(MomentWeights weights, EffectSizes effects) {
        this(
                Objects.requireNonNull(weights, "weights"),
                effects.y().toArray(),
                effects.v().toArray(),
                0,
                effects.k());
    }

    ConfidenceDistribution(MomentWeights weights, double[] y, double[] v, int from, int to) {
        if (to - from < 2) {
            throw new IllegalArgumentException("An interval for tau² needs at least two studies");
        }
        double[] a = weights.of(v, from, to);
        QuadraticSums sums = new QuadraticSums(a, y, from, to);
        this.forms = tau2 -> aboutTheMean(a, v, from, tau2);
        this.q = sums.q();
        this.scale = Math.max(sums.q(), sums.trace(v, from)) / sums.trace();
    }

    private ConfidenceDistribution(DesignMoments moments) {
        this.forms = moments::form;
        this.q = moments.q();
        this.scale = Math.max(moments.q(), moments.traceOfVariances()) / moments.trace();
    }

    /**
     * Returns the distribution that belongs to studies about their mean or about a regression.
     *
     * @param weights the weights of the Q statistic
     * @param sums the workspace, with degrees of freedom
     */
    static ConfidenceDistribution of(MomentWeights weights, TauSums sums) {
        if (sums instanceof DesignSums design) {
            return new ConfidenceDistribution(design.moments(weights));
        }
        WeightedSums studies = (WeightedSums) sums;
        return new ConfidenceDistribution(weights, studies.y(), studies.v(), studies.from(), studies.to());
    }

    /**
     * Returns the probability of a Q statistic at least as large as the observed one.
     *
     * @param tau2 between-study variance, at least 0
     * @return H(τ²), increasing
     */
    public double upperTail(double tau2) {
        return forms.apply(tau2).upperTail(q);
    }

    /**
     * Returns the probability of a Q statistic up to the observed one.
     *
     * @param tau2 between-study variance, at least 0
     * @return 1 − H(τ²), with its own relative precision
     */
    public double lowerTail(double tau2) {
        return forms.apply(tau2).lowerTail(q);
    }

    /**
     * Returns the τ² whose confidence distribution reaches a probability.
     *
     * @param probability between 0 and 1, both excluded
     * @return τ² with H(τ²) equal to the probability, or 0 if H(0) is not below it
     */
    public double quantile(double probability) {
        boolean upper = probability > 0.5;
        double target = upper ? 1 - probability : probability;
        if (excess(0, target, upper) >= 0) {
            return 0;
        }
        double high = scale;
        for (int i = 0; i < MAX_DOUBLINGS && excess(high, target, upper) < 0; i++) {
            high *= 2;
        }
        return Roots.between(t -> excess(t, target, upper), 0, high, "Quantile of tau²");
    }

    /** Increasing in τ², and 0 where the tail is as wanted; on the scale of the tail itself. */
    private double excess(double tau2, double target, boolean upper) {
        return upper ? 1 - lowerTail(tau2) / target : upperTail(tau2) / target - 1;
    }

    private static QuadraticForm aboutTheMean(double[] a, double[] v, int from, double tau2) {
        double[] s = new double[a.length];
        for (int i = 0; i < s.length; i++) {
            s[i] = v[from + i] + tau2;
        }
        return new QuadraticForm(a, s);
    }
}
