package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;

/** The second step of the two-step estimators: moments with weights 1/(v + τ₀²) from a first estimate. */
final class TwoStep {

    private TwoStep() {}

    /** With those weights tr AV = k − 1 − τ₀² tr A, so that the moment estimate is τ₀² + (Q − (k − 1)) / tr A. */
    static double moment(Tau2Estimator first, double[] y, double[] v, int from, int to) {
        if (to - from == 1) {
            return Double.NaN;
        }
        double start = first.estimate(y, v, from, to);
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(start);
        return start + (sums.q() - (to - from - 1)) / sums.traceP();
    }

    static double moment(Tau2Estimator first, EffectSizes effects) {
        return moment(first, effects.y().toArray(), effects.v().toArray(), 0, effects.k());
    }

    static double error(Tau2Estimator first, double[] y, double[] v, int from, int to, double tau2) {
        if (to - from == 1) {
            return Double.NaN;
        }
        double start = first.estimate(y, v, from, to);
        WeightedSums sums = new WeightedSums(y, v, from, to);
        sums.evaluate(start);
        return Moments.qDeviation(sums, tau2 - start) / sums.traceP();
    }
}
