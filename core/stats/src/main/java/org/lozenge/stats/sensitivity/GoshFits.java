package org.lozenge.stats.sensitivity;

import java.util.Optional;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.lozenge.stats.tau2.WeightedSums;

/** Fits subsets one by one on the kernels of the models. Belongs to one thread. */
final class GoshFits {

    private final Optional<Tau2Estimator> estimator;
    private final double[] allY;
    private final double[] allV;
    private final double[] y;
    private final double[] v;
    private final Tau2Workspace workspace = new Tau2Workspace();

    GoshFits(EffectSizes effects, Optional<Tau2Estimator> estimator) {
        this.estimator = estimator;
        this.allY = effects.y().toArray();
        this.allV = effects.v().toArray();
        this.y = new double[effects.k()];
        this.v = new double[effects.k()];
    }

    ParallelBlocks.Worker worker(GoshSubsets result) {
        return (from, to) -> {
            for (int subset = (int) from; subset < to; subset++) {
                fit(subset, result);
            }
        };
    }

    void fit(int subset, GoshSubsets result) {
        int k = 0;
        for (int study = 0; study < allY.length; study++) {
            y[k] = allY[study];
            v[k] = allV[study];
            // Overwritten by the next study unless this one belongs here: cheaper than guessing a branch.
            k += result.contains(subset, study) ? 1 : 0;
        }
        Tau2Workspace slice = workspace.load(y, v, 0, k);
        WeightedSums sums = slice.sums();
        sums.evaluateMean(0);
        double q = sums.q();
        if (estimator.isEmpty()) {
            result.set(subset, k, sums.mean(), q, 0, k == 1 ? Double.NaN : i2FromQ(q, k));
        } else if (k == 1) {
            result.set(subset, 1, sums.mean(), q, Double.NaN, Double.NaN);
        } else {
            random(subset, result, slice, q, (k - 1) / sums.traceP());
        }
    }

    private void random(int subset, GoshSubsets result, Tau2Workspace slice, double q, double typical) {
        try {
            double tau2 = estimator.orElseThrow().estimate(slice);
            result.set(subset, slice.k(), slice.pooled(tau2).mean(), q, tau2, tau2 / (tau2 + typical));
        } catch (ConvergenceException e) {
            result.set(subset, slice.k(), Double.NaN, q, Double.NaN, Double.NaN);
        }
    }

    static double i2FromQ(double q, int k) {
        return q > k - 1 ? (q - (k - 1)) / q : 0;
    }
}
