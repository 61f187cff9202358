package org.lozenge.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.sensitivity.Bootstrap;
import org.lozenge.stats.sensitivity.Gosh;
import org.lozenge.stats.sensitivity.PermutationTest;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All subsets of 20 studies, a million permutations of a moderator and 100,000 bootstrap draws of 13 studies. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class ResamplingBenchmark {

    /** The number of threads. */
    @Param({"1", "2"})
    int threads;

    private EffectSizes twenty = random(20);
    private EffectSizes thirteen = random(13);
    private double[] moderator = new double[13];

    /** Makes the studies. */
    @Setup
    public void prepare() {
        twenty = random(20);
        thirteen = random(13);
        Random random = new Random(2);
        moderator = random.doubles(13).toArray();
    }

    private static EffectSizes random(int k) {
        Random random = new Random(1);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 + 0.1 * Math.exp(random.nextGaussian());
            y[i] = Math.sqrt(v[i] + 0.1) * random.nextGaussian();
        }
        return EffectSizes.of(y, v);
    }

    private static SplittableGenerator generator() {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(1);
    }

    /**
     * 2²⁰ − 1 subsets under a common effect.
     *
     * @return the subsets
     */
    @Benchmark
    public Object goshCommon() {
        return Gosh.commonEffect().withThreads(threads).all(twenty, ParallelBlocks.Monitor.NONE);
    }

    /**
     * 2²⁰ − 1 subsets by DerSimonian and Laird.
     *
     * @return the subsets
     */
    @Benchmark
    public Object goshDerSimonianLaird() {
        return Gosh.randomEffects(new DerSimonianLaird()).withThreads(threads).all(twenty, ParallelBlocks.Monitor.NONE);
    }

    /**
     * 2²⁰ − 1 subsets by REML.
     *
     * @return the subsets
     */
    @Benchmark
    public Object goshReml() {
        return Gosh.randomEffects(new RestrictedMaximumLikelihood())
                .withThreads(threads)
                .all(twenty, ParallelBlocks.Monitor.NONE);
    }

    /**
     * 8,191 subsets of 13 studies by REML.
     *
     * @return the subsets
     */
    @Benchmark
    public Object goshRemlThirteen() {
        return Gosh.randomEffects(new RestrictedMaximumLikelihood())
                .withThreads(threads)
                .all(thirteen, ParallelBlocks.Monitor.NONE);
    }

    /**
     * A million draws with one moderator by DerSimonian and Laird.
     *
     * @return the result
     */
    @Benchmark
    public Object permutation() {
        return new PermutationTest(new DerSimonianLaird(), TestMethod.WALD, 1_000_000)
                .withThreads(threads)
                .test(thirteen, new double[][] {moderator}, generator(), ParallelBlocks.Monitor.NONE);
    }

    /**
     * 100,000 parametric draws by REML.
     *
     * @return the result
     */
    @Benchmark
    public Object bootstrap() {
        return new Bootstrap(new RestrictedMaximumLikelihood(), Bootstrap.Kind.PARAMETRIC)
                .withThreads(threads)
                .run(thirteen, 100_000, generator(), ParallelBlocks.Monitor.NONE);
    }
}
