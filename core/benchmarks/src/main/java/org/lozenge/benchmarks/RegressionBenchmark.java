package org.lozenge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.JointTest;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.RobustCovariance;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.robust.RobustType;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.RestrictedMaximumLikelihood;
import org.lozenge.stats.tau2.Tau2Estimator;
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

/** Meta-regression of k studies on p coefficients, from columns to the test of all moderators. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegressionBenchmark {

    /** The number of studies and of coefficients. */
    @Param({"1000x5", "100000x20"})
    String size = "1000x5";

    /** The estimator of τ². */
    @Param({"dl", "reml"})
    String tau2 = "dl";

    private EffectSizes effects = EffectSizes.of(new double[] {0, 1}, new double[] {1, 1});
    private final List<DoubleSeq> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private MetaRegression model = new MetaRegression();
    private int[] clusters = {};

    /** Makes the studies. */
    @Setup
    public void prepare() {
        int k = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int p = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        Tau2Estimator estimator = tau2.equals("dl") ? new DerSimonianLaird() : new RestrictedMaximumLikelihood();
        model = new MetaRegression().withEstimator(estimator).withTest(TestMethod.HARTUNG_KNAPP);
        Random random = new Random(1);
        double[] y = new double[k];
        double[] v = new double[k];
        clusters = new int[k];
        for (int i = 0; i < k; i++) {
            v[i] = 0.02 + random.nextDouble();
            y[i] = Math.sqrt(v[i] + 0.1) * random.nextGaussian();
            clusters[i] = i / 2;
        }
        for (int j = 1; j < p; j++) {
            double[] x = new double[k];
            for (int i = 0; i < k; i++) {
                x[i] = 10 * j + random.nextGaussian();
                y[i] += 0.05 * x[i];
            }
            names.add("x" + j);
            columns.add(DoubleSeq.of(x));
        }
        effects = EffectSizes.of(y, v);
    }

    /** The model and its test. */
    @Benchmark
    public JointTest fit() {
        return regression().inference().moderatorTest();
    }

    /** Robust standard errors by pairs of studies (CR2), with Satterthwaite's degrees of freedom of one coefficient. */
    @Benchmark
    public double robust() {
        RobustCovariance robust = RobustCovariance.of(regression(), clusters, RobustType.CR2);
        double[] last = new double[names.size() + 1];
        last[names.size()] = 1;
        return robust.df(last);
    }

    private RegressionFit regression() {
        return model.fit(effects, DesignMatrix.withIntercept(names, columns, effects.k()));
    }
}
