package org.lozenge.stats.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.numeric.ParallelBlocks.Monitor;
import org.lozenge.stats.sensitivity.Bootstrap.Kind;
import org.lozenge.stats.sensitivity.BootstrapResult.Quantity;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;

class BootstrapTest {

    private static BootstrapResult of(double[] draws, double observed, double[] left) {
        double[] all = {observed, observed, observed};
        return new BootstrapResult(all, new double[][] {draws, draws, draws}, new double[][] {left, left, left});
    }

    private static BootstrapResult reml(EffectSizes effects, Kind kind, int threads) {
        return new Bootstrap(new RestrictedMaximumLikelihood(), kind)
                .withThreads(threads)
                .run(effects, 4000, GoshTest.generator(11), Monitor.NONE);
    }

    @Test
    void quantilesAreThoseOfTheDefinition() {
        // 199 draws 1 … 199: the quantile of j/200 is j.
        BootstrapResult result =
                of(IntStream.rangeClosed(1, 199).asDoubleStream().toArray(), 100, new double[] {1, 2, 3});
        assertEquals(5, result.percentile(Quantity.MU, 0.95).lower(), 1e-12);
        assertEquals(195, result.percentile(Quantity.MU, 0.95).upper(), 1e-12);
        // The estimate is the median and leaving out is symmetric: nothing is moved.
        Interval bca = result.bca(Quantity.TAU2, 0.95).orElseThrow();
        assertEquals(5, bca.lower(), 1e-9);
        assertEquals(195, bca.upper(), 1e-9);
        assertEquals(0, result.bias(Quantity.I2), 1e-12);
        assertEquals(Math.sqrt(199 * 200 / 12.0), result.standardError(Quantity.I2), 1e-12);
    }

    @Test
    void bcaMovesTheLevelsAsEfronSays() {
        // 50-digit arithmetic (core/stats/validation/bootstrap.py): z0 and a from 119.5 of 199 draws below the estimate
        // and studies left out that give 1, 2 and 6.
        BootstrapResult result =
                of(IntStream.rangeClosed(1, 199).asDoubleStream().toArray(), 120, new double[] {1, 2, 6});
        Interval bca = result.bca(Quantity.MU, 0.9).orElseThrow();
        assertEquals(20.918233702875811, bca.lower(), 1e-9);
        assertEquals(195.09073333999191, bca.upper(), 1e-9);
    }

    @Test
    void bcaIsEmptyWhereItIsNotDefined() {
        double[] draws = IntStream.rangeClosed(1, 199).asDoubleStream().toArray();
        assertTrue(of(draws, 500, new double[] {1, 2, 3}).bca(Quantity.MU, 0.95).isEmpty());
        assertTrue(of(draws, 100, new double[] {2, 2, 2}).bca(Quantity.MU, 0.95).isEmpty());
        assertTrue(of(draws, 100, new double[] {Double.NaN, Double.NaN})
                .bca(Quantity.MU, 0.95)
                .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void doesNotDependOnTheNumberOfThreads(Kind kind) {
        EffectSizes effects = GoshTest.random(9, 1, 1);
        BootstrapResult one = reml(effects, kind, 1);
        BootstrapResult three = reml(effects, kind, 3);
        for (Quantity quantity : Quantity.values()) {
            assertEquals(one.draws(quantity), three.draws(quantity));
        }
        assertEquals(4000, one.used());
        assertEquals(0, one.failures());
    }

    @Test
    void parametricDrawsFollowTheModel() {
        EffectSizes effects = GoshTest.random(12, 2, 1);
        BootstrapResult result = new Bootstrap(new FixedTau2(0.2), Kind.PARAMETRIC)
                .run(effects, 40_000, GoshTest.generator(3), Monitor.NONE);
        PooledFit fit =
                new RandomEffectsModel().withEstimator(new FixedTau2(0.2)).fit(effects);
        double se = fit.classicStandardError();
        // With τ² known the pooled effect is normal; 5 standard errors of mean, standard deviation and quantile.
        assertEquals(0, result.bias(Quantity.MU), 5 * se / 200);
        assertEquals(se, result.standardError(Quantity.MU), 5 * se / Math.sqrt(2 * 40_000));
        double quantileError = Math.sqrt(0.025 * 0.975 / 40_000) / 0.0584 * se;
        assertEquals(
                fit.estimate() - 1.959963984540054 * se,
                result.percentile(Quantity.MU, 0.95).lower(),
                5 * quantileError);
    }

    @Test
    void nonparametricDrawsMoveWithShiftAndScale() {
        EffectSizes effects = GoshTest.random(9, 4, 1);
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        for (int i = 0; i < y.length; i++) {
            y[i] = 3 * y[i] - 7;
            v[i] *= 9;
        }
        BootstrapResult result = reml(effects, Kind.NONPARAMETRIC, 1);
        BootstrapResult moved = reml(EffectSizes.of(y, v), Kind.NONPARAMETRIC, 1);
        Interval mu = result.bca(Quantity.MU, 0.95).orElseThrow();
        assertEquals(
                3 * mu.lower() - 7, moved.bca(Quantity.MU, 0.95).orElseThrow().lower(), 1e-8);
        assertEquals(
                9 * result.percentile(Quantity.TAU2, 0.95).upper(),
                moved.percentile(Quantity.TAU2, 0.95).upper(),
                1e-7);
        assertEquals(
                result.percentile(Quantity.I2, 0.95).upper(),
                moved.percentile(Quantity.I2, 0.95).upper(),
                1e-9);
        assertEquals(result.estimate(Quantity.I2), moved.estimate(Quantity.I2), 1e-10);
    }

    @Test
    void keepsTheDrawsMadeBeforeItIsStopped() {
        EffectSizes effects = GoshTest.random(5, 5, 1);
        Bootstrap bootstrap = new Bootstrap(new RestrictedMaximumLikelihood(), Kind.PARAMETRIC);
        BootstrapResult all = bootstrap.run(effects, 10_000, GoshTest.generator(1), Monitor.NONE);
        BootstrapResult some = bootstrap.run(effects, 10_000, GoshTest.generator(1), (done, total) -> done < 1005);
        // A step is a block of 256 at most; the five studies left out in turn count too.
        assertTrue(some.used() >= 1000 && some.used() < 1256, () -> some.used() + " draws");
        for (int i = 0; i < some.used(); i++) {
            assertEquals(all.draws(Quantity.MU).get(i), some.draws(Quantity.MU).get(i));
        }
        BootstrapResult none = bootstrap.run(effects, 10_000, GoshTest.generator(1), (done, total) -> done < 3);
        assertEquals(0, none.used());
    }

    @Test
    void keepsWhatEachThreadHasDone() {
        EffectSizes effects = GoshTest.random(5, 5, 1);
        Bootstrap bootstrap = new Bootstrap(new RestrictedMaximumLikelihood(), Kind.PARAMETRIC).withThreads(3);
        BootstrapResult all = bootstrap.run(effects, 5000, GoshTest.generator(1), Monitor.NONE);
        Set<Double> values = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            values.add(all.draws(Quantity.MU).get(i));
        }
        AtomicLong last = new AtomicLong();
        BootstrapResult some = bootstrap.run(effects, 5000, GoshTest.generator(1), (done, total) -> {
            last.set(done);
            return done < 1000;
        });
        assertTrue(some.used() + 5 >= last.get(), () -> some.used() + " draws of " + last.get());
        for (int i = 0; i < some.used(); i++) {
            assertTrue(values.contains(some.draws(Quantity.MU).get(i)));
        }
    }

    @Test
    void stopsWithinABlock() {
        Bootstrap bootstrap = new Bootstrap(new RestrictedMaximumLikelihood(), Kind.NONPARAMETRIC);
        BootstrapResult some =
                bootstrap.run(GoshTest.random(5, 5, 1), 10_000, GoshTest.generator(1), (done, total) -> done < 7);
        // After five studies left out a step of one draw, then one of two at most.
        assertTrue(some.used() == 2 || some.used() == 3, () -> some.used() + " draws");
    }

    @Test
    void refusesTooLittle() {
        Bootstrap bootstrap = new Bootstrap(new RestrictedMaximumLikelihood(), Kind.PARAMETRIC);
        EffectSizes one = EffectSizes.of(new double[] {1}, new double[] {1});
        assertThrows(
                IllegalArgumentException.class, () -> bootstrap.run(one, 1000, GoshTest.generator(1), Monitor.NONE));
        EffectSizes two = EffectSizes.of(new double[] {1, 2}, new double[] {1, 1});
        assertThrows(IllegalArgumentException.class, () -> bootstrap.run(two, 99, GoshTest.generator(1), Monitor.NONE));
        BootstrapResult result = bootstrap.run(two, 1000, GoshTest.generator(1), Monitor.NONE);
        assertTrue(result.bca(Quantity.MU, 0.95).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> result.percentile(Quantity.MU, 95));
        BootstrapResult few = of(new double[50], 0, new double[] {1, 2, 3});
        assertThrows(IllegalStateException.class, () -> few.percentile(Quantity.MU, 0.95));
    }
}
