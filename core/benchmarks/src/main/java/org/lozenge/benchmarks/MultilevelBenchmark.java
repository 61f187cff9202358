package org.lozenge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.multilevel.MultilevelFit;
import org.lozenge.stats.multilevel.MultilevelModel;
import org.lozenge.stats.multilevel.NestedLevels;
import org.lozenge.stats.multilevel.SamplingCovariance;
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

/** Three-level models by REML: effects in clusters of about five, with independent or correlated sampling errors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MultilevelBenchmark {

    private static final int SIZE = 5;

    /** The number of effects. */
    @Param({"1000", "100000"})
    int rows;

    /** The correlation of sampling errors. */
    @Param({"0", "0.5"})
    double rho;

    private DoubleSeq y = DoubleSeq.of();
    private SamplingCovariance v = SamplingCovariance.independent(DoubleSeq.of());
    private DesignMatrix design = DesignMatrix.withIntercept(List.of(), List.of(), 1);
    private NestedLevels levels = NestedLevels.of(List.of("cluster"), List.of(List.of("a")));

    /** Makes the effects. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        double[] effects = new double[rows];
        double[] variances = new double[rows];
        int[] clusters = new int[rows];
        List<String> names = new ArrayList<>();
        double ofCluster = 0;
        for (int i = 0; i < rows; i++) {
            clusters[i] = i / SIZE;
            names.add(Integer.toString(clusters[i]));
            ofCluster = i % SIZE == 0 ? 0.3 * random.nextGaussian() : ofCluster;
            variances[i] = 0.02 + 0.1 * Math.exp(random.nextGaussian());
            effects[i] = ofCluster + Math.sqrt(variances[i] + 0.05) * random.nextGaussian();
        }
        y = DoubleSeq.of(effects);
        DoubleSeq sampling = DoubleSeq.of(variances);
        v = rho == 0 ? SamplingCovariance.independent(sampling) : SamplingCovariance.constant(sampling, clusters, rho);
        design = DesignMatrix.withIntercept(List.of(), List.of(), rows);
        levels = NestedLevels.of(List.of("cluster"), List.of(names)).withRows("row");
    }

    /**
     * Variance components, mean and its standard error.
     *
     * @return the fit
     */
    @Benchmark
    public MultilevelFit reml() {
        return new MultilevelModel().fit(y, v, design, levels);
    }
}
