package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Bootstrap of the random-effects model: intervals of the pooled effect, of τ² and of I² from resampled studies.
 *
 * <ul>
 *   <li>{@link Kind#PARAMETRIC}: new effects are drawn from the fitted model, {@code yᵢ* ~ N(μ̂, vᵢ + τ̂²)}, with the
 *       variances as they are;
 *   <li>{@link Kind#NONPARAMETRIC}: as many studies are drawn with replacement, each with its effect and variance.
 * </ul>
 *
 * <p>One generator per block of draws is split off the given one, so the results do not depend on the number of threads.
 * Immutable; may be shared between threads.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1987.10478410">Efron (1987), J. Am. Stat. Assoc. 82, 171–185</a>
 * @see <a href="https://doi.org/10.1002/sim.2514">Viechtbauer (2007), Stat. Med. 26, 37–52</a>
 */
public final class Bootstrap {

    /** The fewest draws from which an interval is formed. */
    public static final int MIN_DRAWS = 100;

    /** The largest number of draws. */
    public static final int MAX_DRAWS = 10_000_000;

    private static final int JACKKNIFE_BLOCK = 64;

    /** How effects are resampled. */
    public enum Kind {
        /** From the fitted normal model. */
        PARAMETRIC,
        /** Studies with replacement. */
        NONPARAMETRIC
    }

    private final Tau2Estimator estimator;
    private final Kind kind;
    private final int threads;

    /**
     * Creates the bootstrap, on one thread.
     *
     * @param estimator the estimator of τ²
     * @param kind how effects are resampled
     */
    public Bootstrap(Tau2Estimator estimator, Kind kind) {
        this(estimator, kind, 1);
    }

    private Bootstrap(Tau2Estimator estimator, Kind kind, int threads) {
        this.estimator = Objects.requireNonNull(estimator, "estimator");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.threads = threads;
    }

    /**
     * Returns the bootstrap on several threads; the results are the same bits.
     *
     * @param count how many threads, at least 1
     * @return the changed copy
     */
    public Bootstrap withThreads(int count) {
        return new Bootstrap(estimator, kind, count);
    }

    /**
     * Draws and refits.
     *
     * @param effects at least two studies
     * @param draws how many, {@value #MIN_DRAWS} to {@value #MAX_DRAWS}
     * @param random the source of randomness; equal generators give equal draws
     * @param monitor hears how far the run is, and may stop it
     * @return the draws with the estimates from the studies themselves; fewer draws if the monitor stopped
     * @throws IllegalArgumentException for one study or a number of draws out of range
     * @throws ConvergenceException if τ² of the studies themselves is not found
     */
    public BootstrapResult run(
            EffectSizes effects, int draws, SplittableGenerator random, ParallelBlocks.Monitor monitor) {
        if (effects.k() < 2) {
            throw new IllegalArgumentException("A bootstrap needs at least two studies");
        }
        if (draws < MIN_DRAWS || draws > MAX_DRAWS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "The number of draws must be %d to %d, but is %d", MIN_DRAWS, MAX_DRAWS, draws));
        }
        int k = effects.k();
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        double[] observed = new double[BootstrapResult.QUANTITIES];
        new Sample(k).fit(y, v, k, observed);
        double[][] left = new double[BootstrapResult.QUANTITIES][k];
        boolean goOn = jackknife(y, v, left, (done, total) -> monitor.goOn(done, (long) k + draws));
        double[][] values = new double[BootstrapResult.QUANTITIES][goOn ? draws : 0];
        if (goOn) {
            draw(y, v, observed, values, random, (done, total) -> monitor.goOn(k + done, (long) k + draws));
        }
        return new BootstrapResult(observed, values, left);
    }

    /** Fills the values, one per draw; where the monitor stops, they are those of the draws that were made. */
    private void draw(
            double[] y,
            double[] v,
            double[] observed,
            double[][] values,
            SplittableGenerator random,
            ParallelBlocks.Monitor monitor) {
        int draws = values[0].length;
        boolean[] made = new boolean[draws];
        Draws.run(
                draws,
                threads,
                random,
                () -> {
                    Sample own = new Sample(y.length);
                    double[] fit = new double[BootstrapResult.QUANTITIES];
                    return (number, generator) -> {
                        own.draw(y, v, observed, generator);
                        own.fitOrNaN(fit);
                        for (int i = 0; i < fit.length; i++) {
                            values[i][number] = fit[i];
                        }
                        made[number] = true;
                    };
                },
                monitor);
        for (int i = 0; i < values.length; i++) {
            values[i] = kept(values[i], made);
        }
    }

    private static double[] kept(double[] values, boolean[] made) {
        double[] kept = new double[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            kept[count] = values[i];
            count += made[i] ? 1 : 0;
        }
        return Arrays.copyOf(kept, count);
    }

    /** Fills the estimates with each study left out, NaN where they are not found; returns whether all are there. */
    private boolean jackknife(double[] y, double[] v, double[][] left, ParallelBlocks.Monitor monitor) {
        int k = y.length;
        ParallelBlocks.Worker worker = (from, to) -> {
            Sample sample = new Sample(k);
            double[] fit = new double[BootstrapResult.QUANTITIES];
            for (int out = (int) from; out < to; out++) {
                sample.leaveOut(y, v, out);
                if (k == 2) {
                    // τ² cannot be told from one study.
                    Arrays.fill(fit, Double.NaN);
                } else {
                    sample.fitOrNaN(fit);
                }
                for (int i = 0; i < fit.length; i++) {
                    left[i][out] = fit[i];
                }
            }
        };
        return ParallelBlocks.runInSteps(k, JACKKNIFE_BLOCK, threads, () -> worker, monitor) == k;
    }

    /** A resampled set of studies and where it is fitted. Belongs to one thread. */
    private final class Sample {
        private final double[] y;
        private final double[] v;
        private int k;
        private final Tau2Workspace workspace = new Tau2Workspace();

        Sample(int k) {
            this.y = new double[k];
            this.v = new double[k];
            this.k = k;
        }

        void draw(double[] fromY, double[] fromV, double[] observed, SplittableGenerator random) {
            for (int i = 0; i < k; i++) {
                if (kind == Kind.PARAMETRIC) {
                    v[i] = fromV[i];
                    y[i] = observed[BootstrapResult.MU]
                            + Math.sqrt(v[i] + observed[BootstrapResult.TAU2]) * random.nextGaussian();
                } else {
                    int study = random.nextInt(k);
                    y[i] = fromY[study];
                    v[i] = fromV[study];
                }
            }
        }

        void leaveOut(double[] fromY, double[] fromV, int out) {
            k = 0;
            for (int i = 0; i < fromY.length; i++) {
                if (i != out) {
                    y[k] = fromY[i];
                    v[k++] = fromV[i];
                }
            }
        }

        void fitOrNaN(double[] fit) {
            try {
                fit(y, v, k, fit);
            } catch (ConvergenceException e) {
                Arrays.fill(fit, Double.NaN);
            }
        }

        void fit(double[] effects, double[] variances, int count, double[] fit) {
            Tau2Workspace slice = workspace.load(effects, variances, 0, count);
            double tau2 = estimator.estimate(slice);
            fit[BootstrapResult.MU] = slice.pooled(tau2).mean();
            WeightedSums sums = slice.sums();
            sums.evaluateMean(0);
            double typical = (count - 1) / sums.traceP();
            fit[BootstrapResult.TAU2] = tau2;
            fit[BootstrapResult.I2] = tau2 / (tau2 + typical);
        }
    }
}
