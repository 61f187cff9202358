package org.lozenge.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.sensitivity.InfluenceDiagnostics;
import org.lozenge.stats.sensitivity.LeaveOut;
import org.lozenge.stats.sensitivity.RegressionInfluence;
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

/** Leave-one-out and influence by REML, and influence on a regression with one moderator. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class InfluenceBenchmark {

    /** The number of studies. */
    @Param({"13", "500", "5000"})
    int k;

    private EffectSizes effects = EffectSizes.of(new double[] {0}, new double[] {1});
    private double[] moderator = new double[1];

    /** Makes the studies. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        double[] y = new double[k];
        double[] v = new double[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 + 0.1 * Math.exp(random.nextGaussian());
            y[i] = Math.sqrt(v[i] + 0.1) * random.nextGaussian();
        }
        effects = EffectSizes.of(y, v);
        moderator = random.doubles(k).toArray();
    }

    /**
     * The pooled effect without each study.
     *
     * @return the fits
     */
    @Benchmark
    public Object leaveOneOut() {
        return LeaveOut.studies(effects, new RandomEffectsModel()::fit, HeterogeneityBasis.TAU2);
    }

    /**
     * All diagnostics of each study.
     *
     * @return the diagnostics
     */
    @Benchmark
    public Object influence() {
        return InfluenceDiagnostics.of(effects, new RandomEffectsModel()::fit);
    }

    /**
     * All diagnostics of each study in a regression with one moderator.
     *
     * @return the diagnostics
     */
    @Benchmark
    public List<RegressionInfluence.Study> regression() {
        return RegressionInfluence.of(effects, DesignMatrix.ofOne("x", DoubleSeq.of(moderator)), new MetaRegression());
    }
}
