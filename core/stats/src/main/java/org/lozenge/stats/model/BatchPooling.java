package org.lozenge.stats.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Workspace;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Pools many analyses at once: estimate, standard error, test and τ² of each.
 *
 * <p>The studies of all analyses stand one after another in {@code y} and {@code v}; analysis i holds those from
 * {@code offsets[i]} to {@code offsets[i + 1]}, so there is one more offset than there are analyses. The computation is
 * that of {@link RandomEffectsModel} and {@link CommonEffectModel}, on the same kernels and to the same bits; fitting
 * allocates nothing per analysis. Analyses are shared out between threads whole, so the results do not depend on how
 * many threads there are. Immutable; may be shared between threads.
 */
public final class BatchPooling {

    private static final int BLOCK = 1024;

    /** Effects and variances in these bounds cannot be too far apart for {@link EffectSizes} either. */
    private static final double USUAL_EFFECT = 1e80;

    private static final double USUAL_MIN_VARIANCE = 1e-100;

    private static final Set<TestMethod> TESTS =
            EnumSet.of(TestMethod.WALD, TestMethod.T, TestMethod.HARTUNG_KNAPP, TestMethod.HARTUNG_KNAPP_AD_HOC);

    private final Optional<Tau2Estimator> estimator;
    private final TestMethod test;

    private BatchPooling(Optional<Tau2Estimator> estimator, TestMethod test) {
        this.estimator = estimator;
        this.test = Objects.requireNonNull(test, "test");
        if (!TESTS.contains(test)) {
            throw new IllegalArgumentException(
                    "Batch pooling has no test '" + test.token() + "'; choose one of z, t," + " hksj-plain and hksj");
        }
    }

    /**
     * Returns the random-effects model.
     *
     * @param estimator the estimator of τ²
     * @param test the test: Wald, t or Hartung–Knapp
     * @return batch pooling by it
     * @throws IllegalArgumentException for another test
     */
    public static BatchPooling randomEffects(Tau2Estimator estimator, TestMethod test) {
        return new BatchPooling(Optional.of(estimator), test);
    }

    /**
     * Returns the common-effect model.
     *
     * @param test the test: Wald, t or Hartung–Knapp
     * @return batch pooling by it
     * @throws IllegalArgumentException for another test
     */
    public static BatchPooling commonEffect(TestMethod test) {
        return new BatchPooling(Optional.empty(), test);
    }

    /**
     * Pools all analyses on the calling thread.
     *
     * @param offsets where each analysis starts, and where the last ends
     * @param y effect sizes
     * @param v sampling variances
     * @return the results, one per analysis
     * @throws IllegalArgumentException if an analysis is empty or a value is outside the ranges of {@link EffectSizes};
     *     the message names the analysis
     */
    public BatchFits fit(int[] offsets, double[] y, double[] v) {
        return fit(offsets, y, v, 1);
    }

    /**
     * Pools all analyses on several threads.
     *
     * @param offsets where each analysis starts, and where the last ends
     * @param y effect sizes
     * @param v sampling variances
     * @param threads how many threads, at least 1
     * @return the results, one per analysis; the same bits for any number of threads
     * @throws IllegalArgumentException as {@link #fit(int[], double[], double[])} does, and for no thread
     */
    public BatchFits fit(int[] offsets, double[] y, double[] v, int threads) {
        checkOffsets(offsets, Math.min(y.length, v.length));
        BatchFits fits = new BatchFits(offsets.length - 1);
        ParallelBlocks.run(
                fits.size(),
                BLOCK,
                threads,
                () -> {
                    Tau2Workspace workspace = new Tau2Workspace();
                    return (from, to) -> fit(offsets, y, v, (int) from, (int) to, workspace, fits);
                },
                ParallelBlocks.Monitor.NONE);
        return fits;
    }

    /**
     * Returns room for results, to be filled again and again by {@link #refit}.
     *
     * @param analyses how many analyses
     * @return results that are all 0 so far
     */
    public BatchFits room(int analyses) {
        return new BatchFits(analyses);
    }

    /**
     * Pools all analyses on the calling thread without allocating anything.
     *
     * @param offsets where each analysis starts, and where the last ends
     * @param y effect sizes
     * @param v sampling variances
     * @param workspace where to compute
     * @param fits where the results go, as many as analyses
     * @throws IllegalArgumentException as {@link #fit(int[], double[], double[])} does, and if the sizes differ
     */
    public void refit(int[] offsets, double[] y, double[] v, Tau2Workspace workspace, BatchFits fits) {
        checkOffsets(offsets, Math.min(y.length, v.length));
        if (fits.size() != offsets.length - 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d analyses need as many results, but there are %d",
                    offsets.length - 1,
                    fits.size()));
        }
        fit(offsets, y, v, 0, fits.size(), workspace, fits);
    }

    private void fit(int[] offsets, double[] y, double[] v, int from, int to, Tau2Workspace workspace, BatchFits fits) {
        for (int i = from; i < to; i++) {
            checkValues(i, y, v, offsets[i], offsets[i + 1]);
            workspace.load(y, v, offsets[i], offsets[i + 1]);
            fitOne(i, workspace, fits);
        }
    }

    private void fitOne(int i, Tau2Workspace slice, BatchFits fits) {
        int k = slice.k();
        double tau2;
        try {
            tau2 = estimator.isEmpty()
                    ? 0
                    : k == 1 ? Double.NaN : estimator.get().estimate(slice);
        } catch (ConvergenceException e) {
            fits.set(i, Double.NaN, Double.NaN, Double.NaN, k);
            return;
        }
        WeightedSums sums = PooledFit.pool(slice, tau2);
        TestMethod used = PooledFit.usedTest(test, k);
        double error = PooledFit.standardError(used, PooledFit.classicError(sums), PooledFit.multiplier(sums));
        fits.set(i, tau2, sums.mean(), error, PooledFit.df(used, k));
    }

    private static void checkOffsets(int[] offsets, int length) {
        if (offsets.length == 0) {
            throw new IllegalArgumentException("There are no offsets: one more than analyses is needed");
        }
        for (int i = 0; i + 1 < offsets.length; i++) {
            if (!(0 <= offsets[i] && offsets[i] < offsets[i + 1] && offsets[i + 1] <= length)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Analysis %d would hold the studies from %d to %d of %d: at least one is needed",
                        i,
                        offsets[i],
                        offsets[i + 1],
                        length));
            }
        }
    }

    /** Values well inside the ranges of {@link EffectSizes} pass quickly; others are shown to it. */
    private static void checkValues(int analysis, double[] y, double[] v, int from, int to) {
        for (int i = from; i < to; i++) {
            // Negated, so that NaN fails as well.
            if (!(v[i] >= USUAL_MIN_VARIANCE && v[i] <= EffectSizes.MAX_VARIANCE && Math.abs(y[i]) <= USUAL_EFFECT)) {
                checkExactly(analysis, Arrays.copyOfRange(y, from, to), Arrays.copyOfRange(v, from, to));
                return;
            }
        }
    }

    private static void checkExactly(int analysis, double[] y, double[] v) {
        try {
            EffectSizes.of(y, v);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Analysis " + analysis + ": " + e.getMessage(), e);
        }
    }
}
