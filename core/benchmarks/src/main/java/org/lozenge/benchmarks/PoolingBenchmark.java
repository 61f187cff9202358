package org.lozenge.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Pooling k studies: REML, HKSJ with the ad hoc guard, test, confidence and prediction interval.
 *
 * <p>13 studies are the BCG trials; larger sets are random with a between-study variance of 0.3.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PoolingBenchmark {

    private static final double[] BCG_Y = {
        -0.8893113339202054, -1.5853886572014306, -1.3480731482996933, -1.4415511900213054, -0.2175473222112957,
        -0.786115585818864, -1.6208982235983924, 0.011952333523841206, -0.4694176487381487, -1.3713448034727846,
        -0.33935882833839015, 0.4459134005713783, -0.017313948216879493
    };
    private static final double[] BCG_V = {
        0.3255847650039614, 0.19458112139814387, 0.41536796536796533, 0.020010031902247573, 0.05121017216963086,
        0.0069056184559087574, 0.22301724757231517, 0.003961579297641758, 0.056434210463248966, 0.07302479361302891,
        0.01241221397155972, 0.5325058452001528, 0.0714046596839863
    };

    /** The number of studies. */
    @Param({"13", "5000", "1000000"})
    int k;

    private final RandomEffectsModel model = new RandomEffectsModel();
    private EffectSizes effects = EffectSizes.of(BCG_Y, BCG_V);

    /** Makes the studies. */
    @Setup
    public void prepare() {
        if (k == BCG_Y.length) {
            return;
        }
        Random random = new Random(1);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 + 0.1 * Math.exp(random.nextGaussian());
            y[i] = Math.sqrt(v[i] + 0.3) * random.nextGaussian();
        }
        effects = EffectSizes.of(y, v);
    }

    /**
     * The full result.
     *
     * @param hole swallows the values
     */
    @Benchmark
    public void remlHksj(Blackhole hole) {
        PooledFit fit = model.fit(effects);
        hole.consume(fit.test());
        hole.consume(fit.confidenceInterval());
        hole.consume(fit.predictionInterval());
    }

    /**
     * τ² by REML alone.
     *
     * @return τ²
     */
    @Benchmark
    public double reml() {
        return new RestrictedMaximumLikelihood().estimate(effects);
    }

    /**
     * τ² by DerSimonian and Laird alone.
     *
     * @return τ²
     */
    @Benchmark
    public double derSimonianLaird() {
        return new DerSimonianLaird().estimate(effects);
    }

    /**
     * Q, τ² with its standard error and Q-profile interval, I² and H².
     *
     * @return the description
     */
    @Benchmark
    public Object heterogeneity() {
        return model.fit(effects).heterogeneity();
    }
}
