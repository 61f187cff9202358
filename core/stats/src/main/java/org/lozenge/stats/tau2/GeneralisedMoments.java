package org.lozenge.stats.tau2;

import java.util.Objects;
import org.lozenge.stats.EffectSizes;

/**
 * Generalised method of moments (GENQ) estimator of the between-study variance τ²: the Q statistic with any weights a is
 * set to its expectation,
 *
 * <pre>{@code
 * τ² = (Q − tr AV) / tr A,   Q = Σ aᵢ(yᵢ − ȳ)²,   tr A = Σ aᵢ(1 − πᵢ),   tr AV = Σ aᵢvᵢ(1 − πᵢ),   πᵢ = aᵢ / Σ a
 * }</pre>
 *
 * <p>with moderators about the regression with weights a, the leverages of which take the place of π. It is
 * truncated at 0; {@link #untruncated} gives the value before. Closed form. {@code k = 1}: NaN. Weights 1/v give the
 * {@link DerSimonianLaird} estimate, equal weights the {@link HedgesOlkin} estimate.
 *
 * <p>The standard error is {@code √(2 tr ASAS) / tr A} with {@code S = diag(v + τ²)}. {@link GeneralisedQInterval} is the
 * interval that goes with it. Agrees with metafor 3.8.1 {@code rma(method = "GENQ", weights = a)} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.1016/j.cct.2006.04.004">DerSimonian and Kacker (2007), Contemp. Clin. Trials 28,
 *     105–114</a>
 * @see <a href="https://doi.org/10.1002/jrsm.1081">Jackson (2013), Res. Synth. Methods 4, 220–229</a>
 */
public final class GeneralisedMoments implements Tau2Estimator {

    private final MomentWeights weights;

    /** Creates the estimator with weights 1/√v. */
    public GeneralisedMoments() {
        this(MomentWeights.inverseStandardErrors());
    }

    /**
     * Creates the estimator.
     *
     * @param weights the weights a; only their ratios matter
     */
    public GeneralisedMoments(MomentWeights weights) {
        this.weights = Objects.requireNonNull(weights, "weights");
    }

    /**
     * Returns the weights.
     *
     * @return the weights of the Q statistic
     */
    public MomentWeights weights() {
        return weights;
    }

    @Override
    public String code() {
        return "GENQ";
    }

    @Override
    public String token() {
        return "genq";
    }

    @Override
    public double estimate(double[] y, double[] v, int from, int to) {
        return Moments.truncate(moment(y, v, from, to));
    }

    @Override
    public double estimate(TauSums sums) {
        if (sums instanceof DesignSums design) {
            return Moments.truncate(moment(design));
        }
        WeightedSums studies = (WeightedSums) sums;
        return estimate(studies.y(), studies.v(), studies.from(), studies.to());
    }

    @Override
    public double estimate(Tau2Workspace slice) {
        return estimate(slice.y(), slice.v(), slice.from(), slice.to());
    }

    @Override
    public double standardError(TauSums sums, double tau2) {
        return error(weights, sums, tau2);
    }

    @Override
    public double standardError(double[] y, double[] v, int from, int to, double tau2) {
        return error(weights, y, v, from, to, tau2);
    }

    @Override
    public double untruncated(EffectSizes effects) {
        return moment(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
    }

    private double moment(double[] y, double[] v, int from, int to) {
        if (to - from == 1) {
            return Double.NaN;
        }
        QuadraticSums sums = new QuadraticSums(weights.of(v, from, to), y, from, to);
        return (sums.q() - sums.trace(v, from)) / sums.trace();
    }

    private double moment(DesignSums design) {
        if (design.df() == 0) {
            return Double.NaN;
        }
        DesignMoments moments = design.moments(weights);
        return (moments.q() - moments.traceOfVariances()) / moments.trace();
    }

    static double error(MomentWeights weights, TauSums sums, double tau2) {
        if (sums instanceof DesignSums design) {
            if (design.df() == 0) {
                return Double.NaN;
            }
            DesignMoments moments = design.moments(weights);
            return Math.sqrt(moments.variance(tau2)) / moments.trace();
        }
        WeightedSums studies = (WeightedSums) sums;
        return error(weights, studies.y(), studies.v(), studies.from(), studies.to(), tau2);
    }

    static double error(MomentWeights weights, double[] y, double[] v, int from, int to, double tau2) {
        if (to - from == 1) {
            return Double.NaN;
        }
        QuadraticSums sums = new QuadraticSums(weights.of(v, from, to), y, from, to);
        return Math.sqrt(sums.variance(v, from, tau2)) / sums.trace();
    }
}
