package org.lozenge.stats.tau2;

import java.util.List;
import org.lozenge.stats.EffectSizes;

/**
 * An estimator of the between-study variance τ².
 *
 * <p>An estimator has no state besides its configuration and may be shared between threads. It works on slices of
 * arrays so that resampling methods can call it without making values; {@link #estimate(EffectSizes)} is the typed
 * door. Slices must hold what {@link EffectSizes} would accept: they are not checked again.
 */
public interface Tau2Estimator {

    /**
     * Returns the short name in capitals, such as {@code REML}.
     *
     * @return the code the field uses
     */
    String code();

    /**
     * Returns the token users type, such as {@code reml}.
     *
     * @return the token; {@link Tau2Estimators#of} finds the estimator by it
     */
    String token();

    /**
     * Estimates τ² on a slice.
     *
     * @param y effect sizes
     * @param v sampling variances
     * @param from first study
     * @param to one past the last study
     * @return the estimate, at least 0; NaN for one study, from which τ² cannot be estimated
     * @throws org.lozenge.stats.ConvergenceException if an iterative method fails
     */
    double estimate(double[] y, double[] v, int from, int to);

    /**
     * Estimates τ² of the slice in a workspace, to the same bits as without one, and without allocating where the
     * estimator can.
     *
     * @param slice the slice and where to compute
     * @return the estimate, at least 0; NaN for one study, from which τ² cannot be estimated
     * @throws org.lozenge.stats.ConvergenceException if an iterative method fails
     */
    default double estimate(Tau2Workspace slice) {
        return estimate(slice.y(), slice.v(), slice.from(), slice.to());
    }

    /**
     * Returns the standard error of the estimate.
     *
     * @param y effect sizes
     * @param v sampling variances
     * @param from first study
     * @param to one past the last study
     * @param tau2 the estimate for this slice
     * @return the standard error from the estimator's asymptotic or exact-moment variance; NaN for one study
     */
    double standardError(double[] y, double[] v, int from, int to, double tau2);

    /**
     * Estimates τ².
     *
     * @param effects the studies
     * @return the estimate, at least 0; NaN for one study
     * @throws org.lozenge.stats.ConvergenceException if an iterative method fails
     */
    default double estimate(EffectSizes effects) {
        return estimate(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
    }

    /**
     * Returns the estimate before it is truncated at 0, where the estimator has one in closed form.
     *
     * @param effects the studies
     * @return the untruncated estimate, possibly negative; equal to the estimate for estimators without one; NaN for
     *     one study
     */
    default double untruncated(EffectSizes effects) {
        return estimate(effects);
    }

    /**
     * Returns the maxima of the likelihood this estimator maximises.
     *
     * @param effects the studies
     * @return all maxima in ascending order of τ²; empty for estimators that maximise no likelihood and for one study
     */
    default List<Tau2Mode> modes(EffectSizes effects) {
        return List.of();
    }
}
