package org.lozenge.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.model.BatchFits;
import org.lozenge.stats.model.BatchPooling;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Many analyses of ten studies each on one thread: fits with P values per second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(3)
public class BatchBenchmark {

    private static final int ANALYSES = 20_000;
    private static final int K = 10;

    private final BatchPooling remlZ = BatchPooling.randomEffects(new RestrictedMaximumLikelihood(), TestMethod.WALD);
    private final BatchPooling remlHksj =
            BatchPooling.randomEffects(new RestrictedMaximumLikelihood(), TestMethod.HARTUNG_KNAPP_AD_HOC);
    private final BatchPooling dlZ = BatchPooling.randomEffects(new DerSimonianLaird(), TestMethod.WALD);
    private final BatchPooling common = BatchPooling.commonEffect(TestMethod.WALD);
    private final int[] offsets = new int[ANALYSES + 1];
    private final double[] y = new double[ANALYSES * K];
    private final double[] v = new double[ANALYSES * K];
    private final Tau2Workspace workspace = new Tau2Workspace();
    private final BatchFits fits = common.room(ANALYSES);

    /** Makes the studies: variances about 0.18, a between-study variance of 0.1. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        for (int i = 0; i < y.length; i++) {
            v[i] = 0.02 + 0.1 * Math.exp(random.nextGaussian());
            y[i] = Math.sqrt(v[i] + 0.1) * random.nextGaussian();
            offsets[i / K + 1] = i + 1;
        }
    }

    /**
     * REML with Wald P values.
     *
     * @return the results
     */
    @Benchmark
    @OperationsPerInvocation(ANALYSES)
    public BatchFits reml() {
        return run(remlZ);
    }

    /**
     * REML with HKSJ and its P values from t.
     *
     * @return the results
     */
    @Benchmark
    @OperationsPerInvocation(ANALYSES)
    public BatchFits remlHksj() {
        return run(remlHksj);
    }

    /**
     * DerSimonian and Laird with Wald P values.
     *
     * @return the results
     */
    @Benchmark
    @OperationsPerInvocation(ANALYSES)
    public BatchFits derSimonianLaird() {
        return run(dlZ);
    }

    /**
     * A common effect with Wald P values.
     *
     * @return the results
     */
    @Benchmark
    @OperationsPerInvocation(ANALYSES)
    public BatchFits commonEffect() {
        return run(common);
    }

    private BatchFits run(BatchPooling pooling) {
        pooling.refit(offsets, y, v, workspace, fits);
        return fits;
    }
}
