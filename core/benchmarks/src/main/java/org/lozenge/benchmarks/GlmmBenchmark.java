package org.lozenge.benchmarks;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lozenge.stats.Interval;
import org.lozenge.stats.glmm.GlmmCoding;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.glmm.GlmmModel;
import org.lozenge.stats.glmm.MixedModel;
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

/** Random-effects models of thirty random two-by-two tables with rare events: from counts to estimates and limits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class GlmmBenchmark {

    /** The likelihood. */
    @Param({"CM_EL", "CM_AL", "UM_FS", "UM_RS"})
    GlmmModel likelihood = GlmmModel.CM_EL;

    /** The number of studies. */
    @Param("30")
    int k;

    private final MixedModel model = new MixedModel();
    private double[] events1 = new double[0];
    private double[] n1 = new double[0];
    private double[] events2 = new double[0];
    private double[] n2 = new double[0];
    private GlmmFit fit = model.common(GlmmData.proportion(new double[] {1}, new double[] {2}));

    /** Makes the studies. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        events1 = new double[k];
        n1 = new double[k];
        events2 = new double[k];
        n2 = new double[k];
        for (int i = 0; i < k; i++) {
            n1[i] = 50 + random.nextInt(150);
            n2[i] = 50 + random.nextInt(150);
            double base = -2.5 + 0.5 * random.nextGaussian();
            double effect = -0.5 + 0.6 * random.nextGaussian();
            events1[i] = draw(random, (int) n1[i], base + effect);
            events2[i] = draw(random, (int) n2[i], base);
        }
        fit = random();
    }

    private static int draw(Random random, int n, double logit) {
        int events = 0;
        for (int i = 0; i < n; i++) {
            events += random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return events;
    }

    /**
     * Counts to estimates.
     *
     * @return the fit
     */
    @Benchmark
    public GlmmFit random() {
        return model.random(GlmmData.oddsRatio(likelihood, GlmmCoding.HALF, events1, n1, events2, n2));
    }

    /**
     * Fit to profile interval.
     *
     * @return the interval of the effect and that of the variance between studies
     */
    @Benchmark
    public List<Interval> profile() {
        return List.of(fit.profileInterval(0, 0.95), fit.tau2Interval(0.95));
    }
}
