package org.lozenge.stats.sensitivity;

import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.lozenge.stats.tau2.WeightedSums;

/** The signs of the effects are changed; arrangement number n changes the effects at the bits of n. */
final class SignChanges implements PermutationTest.Scheme {

    private static final int MAX_BITS = 40;

    private final EffectSizes effects;
    private final Tau2Estimator estimator;
    private final TestMethod test;

    SignChanges(EffectSizes effects, Tau2Estimator estimator, TestMethod test) {
        this.effects = effects;
        this.estimator = estimator;
        this.test = test;
    }

    @Override
    public long total() {
        return 1L << Math.min(MAX_BITS, effects.k());
    }

    @Override
    public int statistics() {
        return 1;
    }

    @Override
    public double[][] observed() {
        PooledFit fit =
                new RandomEffectsModel().withEstimator(estimator).withTest(test).fit(effects);
        return new double[][] {
            {fit.estimate(), fit.standardError(), fit.estimate() / fit.standardError()},
        };
    }

    @Override
    public PermutationTest.Worker worker() {
        return new Fits();
    }

    private final class Fits implements PermutationTest.Worker {
        private final double[] observed = effects.y().toArray();
        private final double[] y = observed.clone();
        private final double[] v = effects.v().toArray();
        private final Tau2Workspace workspace = new Tau2Workspace();
        private long number;

        @Override
        public void go(long to) {
            number = to;
            for (int i = 0; i < y.length; i++) {
                y[i] = (to >>> i & 1) == 0 ? observed[i] : -observed[i];
            }
        }

        @Override
        public void next() {
            go(number + 1);
        }

        @Override
        public void draw(SplittableGenerator random) {
            for (int i = 0; i < y.length; i++) {
                y[i] = random.nextBoolean() ? observed[i] : -observed[i];
            }
        }

        @Override
        public void fit(double[] statistics) {
            int k = y.length;
            Tau2Workspace slice = workspace.load(y, v, 0, k);
            try {
                double tau2 = estimator.estimate(slice);
                WeightedSums sums = slice.pooled(tau2);
                double multiplier = RowShuffles.multiplier(test, sums.q() / (k - 1));
                statistics[0] = Math.abs(sums.mean()) * Math.sqrt(sums.weight() / multiplier);
            } catch (ConvergenceException e) {
                statistics[0] = Double.NaN;
            }
        }
    }
}
