package org.lozenge.stats.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.CommonEffectModel;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.Tau2IntervalMethod;
import org.lozenge.stats.numeric.ParallelBlocks.Monitor;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimators;

class GoshTest {

    static SplittableGenerator generator(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
    }

    static EffectSizes random(int k, long seed, double spread) {
        Random random = new Random(seed);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.1 * Math.exp(spread * random.nextGaussian());
            y[i] = 5 + Math.sqrt(v[i] + 0.1) * random.nextGaussian();
        }
        return EffectSizes.of(y, v);
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Gosh gosh(String method) {
        return method.equals("ee") ? Gosh.commonEffect() : Gosh.randomEffects(Tau2Estimators.of(method));
    }

    private static EffectSizes subset(EffectSizes effects, GoshSubsets subsets, int subset) {
        double[] y = new double[effects.k()];
        double[] v = new double[effects.k()];
        int k = 0;
        for (int i = 0; i < y.length; i++) {
            if (subsets.contains(subset, i)) {
                y[k] = effects.y().get(i);
                v[k++] = effects.v().get(i);
            }
        }
        return EffectSizes.of(Arrays.copyOf(y, k), Arrays.copyOf(v, k));
    }

    private static void assertBruteForce(String method, EffectSizes effects, GoshSubsets subsets, int step) {
        for (int i = 0; i < subsets.size(); i += step) {
            EffectSizes members = subset(effects, subsets, i);
            PooledFit fit = method.equals("ee")
                    ? new CommonEffectModel().fit(members)
                    : new RandomEffectsModel()
                            .withEstimator(Tau2Estimators.of(method))
                            .fit(members);
            assertEquals(fit.k(), subsets.k(i));
            assertEquals(fit.estimate(), subsets.estimate(i), 1e-10 * Math.abs(fit.estimate()));
            if (fit.k() == 1) {
                assertEquals(0, subsets.q(i));
                assertTrue(Double.isNaN(subsets.i2(i)));
                continue;
            }
            Heterogeneity h = fit.heterogeneity(
                    Tau2IntervalMethod.NONE, fit.isRandom() ? HeterogeneityBasis.TAU2 : HeterogeneityBasis.Q);
            assertEquals(h.q().statistic(), subsets.q(i), 1e-10 * h.q().statistic());
            // τ² is a difference; its digits are those of what it is taken from.
            double unit = fit.tau2() + h.typicalVariance();
            assertEquals(fit.tau2(), subsets.tau2(i), 1e-10 * unit);
            assertEquals(h.i2(), subsets.i2(i), 1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ee", "dl", "reml", "pm", "he", "sj"})
    void equalsBruteForce(String method) {
        EffectSizes effects = random(9, 1, 1);
        GoshSubsets subsets = gosh(method).all(effects, Monitor.NONE);
        assertEquals(511, subsets.size());
        assertTrue(subsets.isExhaustive());
        assertBruteForce(method, effects, subsets, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ee", "dl"})
    void equalsBruteForceAcrossBlocksAndWildVariances(String method) {
        EffectSizes effects = random(13, 2, 4);
        assertBruteForce(method, effects, gosh(method).all(effects, Monitor.NONE), 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 64, 70})
    void equalsBruteForceOnRandomSubsets(int k) {
        EffectSizes effects = random(k, 3, 1);
        GoshSubsets subsets =
                Gosh.randomEffects(new RestrictedMaximumLikelihood()).random(effects, 3000, generator(1), Monitor.NONE);
        assertEquals(3000, subsets.size());
        assertFalse(subsets.isExhaustive());
        assertBruteForce("reml", effects, subsets, 29);
        double members = 0;
        for (int i = 0; i < 3000; i++) {
            members += subsets.k(i);
        }
        // Each study is in or out: k/2 on average, within five standard errors.
        assertEquals(k / 2.0, members / 3000, 5 * Math.sqrt(k / 4.0 / 3000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ee", "dl", "reml"})
    void doesNotDependOnTheNumberOfThreads(String method) {
        EffectSizes effects = random(12, 4, 1);
        GoshSubsets one = gosh(method).all(effects, Monitor.NONE);
        GoshSubsets three = gosh(method).withThreads(3).all(effects, Monitor.NONE);
        GoshSubsets drawn = gosh(method).random(effects, 5000, generator(7), Monitor.NONE);
        GoshSubsets again = gosh(method).withThreads(3).random(effects, 5000, generator(7), Monitor.NONE);
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.estimate(i), three.estimate(i));
            assertEquals(one.tau2(i), three.tau2(i));
            assertEquals(drawn.estimate(i), again.estimate(i));
            assertEquals(drawn.i2(i), again.i2(i));
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "gosh.csv", numLinesToSkip = 1)
    void matchesMetafor(
            String name,
            String method,
            String y,
            String v,
            int number,
            int k,
            double q,
            double i2,
            double tau2,
            double mu) {
        EffectSizes effects = EffectSizes.of(numbers(y), numbers(v));
        GoshSubsets subsets = gosh(method).all(effects, Monitor.NONE);
        int i = number - 1;
        assertEquals(k, subsets.k(i), name);
        assertEquals(q, subsets.q(i), 1e-10 * q);
        assertEquals(i2, subsets.i2(i), 1e-8);
        assertEquals(tau2, subsets.tau2(i), 1e-8 * Math.max(tau2, 0.01));
        assertEquals(mu, subsets.estimate(i), 1e-8 * Math.abs(mu));
    }

    @Test
    void keepsWhatIsDoneWhenStopped() {
        EffectSizes effects = random(14, 5, 1);
        GoshSubsets all = Gosh.randomEffects(new RestrictedMaximumLikelihood()).all(effects, Monitor.NONE);
        GoshSubsets some =
                Gosh.randomEffects(new RestrictedMaximumLikelihood()).all(effects, (done, total) -> done < 3000);
        GoshSubsets sums = Gosh.commonEffect().all(effects, (done, total) -> done < 3000);
        GoshSubsets drawn = Gosh.randomEffects(new RestrictedMaximumLikelihood())
                .random(effects, 5000, generator(1), (done, total) -> done < 2);
        // A step of one subset, then one of two at most.
        assertTrue(drawn.size() == 2 || drawn.size() == 3, () -> drawn.size() + " subsets");
        assertEquals(16383, some.requested());
        // Steps are of 1024 subsets at most.
        assertTrue(some.size() >= 3000 && some.size() < 3000 + 1024, () -> some.size() + " subsets");
        assertEquals(3071, sums.size());
        for (int i = 0; i < some.size(); i++) {
            assertEquals(all.estimate(i), some.estimate(i));
        }
        assertEquals(2, some.first(2).size());
        assertEquals(all.estimate(1), some.first(2).estimate(1));
        assertThrows(IllegalArgumentException.class, () -> drawn.first(4));
    }

    @Test
    void copesWithOneStudyAndWithEffectsThatAgree() {
        GoshSubsets one = gosh("dl").all(EffectSizes.of(new double[] {0.4}, new double[] {0.1}), Monitor.NONE);
        assertEquals(1, one.size());
        assertEquals(0.4, one.estimate(0));
        GoshSubsets same = gosh("dl")
                .all(EffectSizes.of(new double[] {0.4, 0.4, 0.4}, new double[] {0.1, 0.2, 0.3}), Monitor.NONE);
        for (int i = 0; i < 7; i++) {
            assertEquals(0.4, same.estimate(i), 1e-15);
            assertEquals(0, same.q(i), 1e-30);
        }
    }

    @Test
    void refusesTooManySubsets() {
        EffectSizes effects = random(21, 6, 1);
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Gosh.commonEffect().all(effects, Monitor.NONE));
        assertEquals(
                "All subsets of 21 studies are too many: 20 studies at most; ask for random subsets", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Gosh.commonEffect().random(effects, 0, generator(1), Monitor.NONE));
        assertThrows(IllegalArgumentException.class, () -> Gosh.commonEffect().withThreads(0));
    }
}
