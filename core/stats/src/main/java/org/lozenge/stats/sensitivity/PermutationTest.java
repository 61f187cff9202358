package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * Permutation test of a pooled effect or of moderators.
 *
 * <p>Without moderators the hypothesis of no effect makes each effect as likely to be positive as negative: the signs are
 * changed in all 2ᵏ ways. With moderators the hypothesis that they do not matter makes every assignment of their rows to
 * the studies equally likely. In both cases the model is refitted, τ² included, and the P value of a coefficient is the
 * share of arrangements whose statistic is at least as far from 0 as the observed one; the observed arrangement counts.
 *
 * <p>All arrangements are tried where there are no more than asked for; the test is exact then. Otherwise arrangements
 * are drawn at random, and the P value is {@code (1 + hits)/(1 + draws)} with its Monte-Carlo standard error. Blocks of
 * draws have their own generators, so the number of threads does not matter.
 *
 * <p>DerSimonian–Laird and a given τ² have a kernel of their own; other estimators of τ² are some ten times slower with
 * moderators. Agrees with metafor 3.8.1 {@code
 * permutest()}. Immutable; may be shared between threads.
 *
 * @see <a href="https://doi.org/10.1002/sim.1752">Higgins and Thompson (2004), Stat. Med. 23, 1663–1682</a>
 * @see <a href="https://doi.org/10.1111/j.0006-341X.1999.00732.x">Follmann and Proschan (1999), Biometrics 55, 732–737</a>
 */
public final class PermutationTest {

    /** The largest number of arrangements. */
    public static final int MAX_ARRANGEMENTS = 100_000_000;

    /** Statistics this close to each other, relative to the observed one, count as equal. */
    private static final double EQUAL = 1e-9;

    private static final int BLOCK = 512;

    private final Tau2Estimator estimator;
    private final TestMethod test;
    private final int arrangements;
    private final int threads;

    /**
     * Creates the test, on one thread.
     *
     * @param estimator the estimator of τ²
     * @param test the statistic: Wald and t are the same here; both Hartung–Knapp methods differ
     * @param arrangements how many arrangements are tried at most, up to {@value #MAX_ARRANGEMENTS}
     * @throws IllegalArgumentException if there is none or there are too many
     */
    public PermutationTest(Tau2Estimator estimator, TestMethod test, int arrangements) {
        this(estimator, test, arrangements, 1);
    }

    private PermutationTest(Tau2Estimator estimator, TestMethod test, int arrangements, int threads) {
        this.estimator = Objects.requireNonNull(estimator, "estimator");
        this.test = Objects.requireNonNull(test, "test");
        this.arrangements = arrangements;
        this.threads = threads;
        if (arrangements < 1 || arrangements > MAX_ARRANGEMENTS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The number of arrangements must be 1 to %d, but is %d",
                    MAX_ARRANGEMENTS,
                    arrangements));
        }
    }

    /**
     * Returns the test on several threads; the results are the same bits.
     *
     * @param count how many threads, at least 1
     * @return the changed copy
     */
    public PermutationTest withThreads(int count) {
        return new PermutationTest(estimator, test, arrangements, count);
    }

    /**
     * Tests the pooled effect.
     *
     * @param effects at least two studies
     * @param random the source of randomness, used only if not all arrangements are tried
     * @param monitor hears how far the run is, and may stop it
     * @return the result, with one coefficient
     * @throws IllegalArgumentException for one study, or if the observed statistic is not finite
     */
    public PermutationResult test(EffectSizes effects, SplittableGenerator random, ParallelBlocks.Monitor monitor) {
        if (effects.k() < 2) {
            throw new IllegalArgumentException("A permutation test needs at least two studies");
        }
        return run(new SignChanges(effects, estimator, test), random, monitor);
    }

    /**
     * Tests moderators, each by itself and all together.
     *
     * @param effects the studies, at least two more than moderators
     * @param moderators one array per moderator, with a finite value per study
     * @param random the source of randomness, used only if not all arrangements are tried
     * @param monitor hears how far the run is, and may stop it
     * @return the result: the intercept, the moderators in their order, and their joint test
     * @throws IllegalArgumentException if there are too few studies, or if a moderator does not vary or follows from
     *     the others, or if an observed statistic is not finite
     */
    public PermutationResult test(
            EffectSizes effects, double[][] moderators, SplittableGenerator random, ParallelBlocks.Monitor monitor) {
        return run(new RowShuffles(effects, moderators, estimator, test), random, monitor);
    }

    /** A way to rearrange data; makes workers that belong to one thread each. */
    interface Scheme {
        /** How many arrangements there are, or more than {@link #MAX_ARRANGEMENTS}. */
        long total();

        /** How many statistics a fit has. */
        int statistics();

        /** The estimate, standard error and statistic of each coefficient as observed; the last has a statistic only. */
        double[][] observed();

        Worker worker();
    }

    /** Rearranges and refits. */
    interface Worker {
        /** Goes to an arrangement by its number. */
        void go(long number);

        /** Goes to the next arrangement after that of the last number. */
        void next();

        /** Goes to a random arrangement. */
        void draw(SplittableGenerator random);

        /** Fits; the absolute statistics, or NaN if τ² is not found or the fit is singular. */
        void fit(double[] statistics);
    }

    private PermutationResult run(Scheme scheme, SplittableGenerator random, ParallelBlocks.Monitor monitor) {
        double[][] observed = scheme.observed();
        int n = scheme.statistics();
        double[] limits = new double[n];
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(observed[i][2])) {
                throw new IllegalArgumentException(
                        "the effects lie exactly on the model, so that plain Hartung-Knapp standard errors are 0 and there"
                                + " is no statistic to compare; take z or hksj instead of hksj-plain");
            }
            limits[i] = Math.abs(observed[i][2]) * (1 - EQUAL);
        }
        boolean exact = scheme.total() <= arrangements;
        // The last cell counts fits without a result.
        AtomicLongArray hits = new AtomicLongArray(n + 1);
        long done = exact
                ? tryAll(scheme, limits, hits, monitor)
                : Draws.run(arrangements, threads, random, () -> drawn(scheme, limits, hits), monitor);
        return new PermutationResult(observed, hits, done, scheme.total(), exact);
    }

    private long tryAll(Scheme scheme, double[] limits, AtomicLongArray hits, ParallelBlocks.Monitor monitor) {
        LongAdder tried = new LongAdder();
        ParallelBlocks.runInSteps(scheme.total(), BLOCK, threads, () -> exact(scheme, limits, hits, tried), monitor);
        return tried.sum();
    }

    private static ParallelBlocks.Worker exact(Scheme scheme, double[] limits, AtomicLongArray hits, LongAdder tried) {
        Worker worker = scheme.worker();
        double[] statistics = new double[limits.length];
        return (from, to) -> {
            long[] found = new long[limits.length + 1];
            worker.go(from);
            for (long i = from; i < to; i++) {
                if (i > from) {
                    worker.next();
                }
                worker.fit(statistics);
                count(statistics, limits, found);
            }
            for (int i = 0; i < found.length; i++) {
                hits.addAndGet(i, found[i]);
            }
            tried.add(to - from);
        };
    }

    private static Draws.Worker drawn(Scheme scheme, double[] limits, AtomicLongArray hits) {
        Worker worker = scheme.worker();
        double[] statistics = new double[limits.length];
        long[] found = new long[limits.length + 1];
        return (number, random) -> {
            worker.draw(random);
            worker.fit(statistics);
            Arrays.fill(found, 0);
            count(statistics, limits, found);
            for (int i = 0; i < found.length; i++) {
                if (found[i] != 0) {
                    hits.addAndGet(i, found[i]);
                }
            }
        };
    }

    private static void count(double[] statistics, double[] limits, long[] found) {
        if (Double.isNaN(statistics[0])) {
            found[limits.length]++;
            return;
        }
        for (int i = 0; i < limits.length; i++) {
            found[i] += statistics[i] >= limits[i] ? 1 : 0;
        }
    }
}
