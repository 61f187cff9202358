package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/** The second step of the two-step estimators: moments with weights 1/(v + τ₀²) from a first estimate. */
final class TwoStep {

    private TwoStep() {}

    /** With those weights tr AV = df − τ₀² tr A, so that the moment estimate is τ₀² + (Q − df) / tr A. */
    static double moment(Tau2Estimator first, TauSums sums) {
        if (sums.df() == 0) {
            return Double.NaN;
        }
        double start = first.estimate(sums);
        sums.evaluate(start);
        return start + (sums.q() - sums.df()) / sums.traceP();
    }

    static double moment(Tau2Estimator first, EffectSizes effects) {
        return moment(first, new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k()));
    }

    static double error(Tau2Estimator first, TauSums sums, double tau2) {
        if (sums.df() == 0) {
            return Double.NaN;
        }
        double start = first.estimate(sums);
        sums.evaluate(start);
        return Moments.qDeviation(sums, tau2 - start) / sums.traceP();
    }
}
