package org.lozenge.stats.sensitivity;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.DerSimonianLaird;
import org.lozenge.stats.tau2.Tau2Estimator;

/**
 * Graphical display of study heterogeneity (GOSH): the pooled effect of every subset of the studies, or of many random
 * ones, with its heterogeneity. A cloud in several pieces shows that a few studies drive the result.
 *
 * <p>Of each subset: the pooled effect, Cochran's Q, τ² and I² (from τ² and the typical sampling variance under random
 * effects, from Q under a common effect). A single study has its own effect, a Q of 0, and NaN for what it cannot tell.
 *
 * <p>Under a common effect and for DerSimonian–Laird the sums over a subset are put together from two tables of partial
 * sums, one for each half of the studies, so that a subset costs four additions and no drift arises as it would if
 * studies entered and left one by one; where such a sum would cancel, and for all other estimators, the subset is fitted
 * on the kernels of the models. The values agree with fits of each subset to a relative 1e-10. Immutable; may be shared
 * between threads.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.37">Olkin, Dahabreh and Trikalinos (2012), Res. Synth. Methods 3,
 *     214–223</a>
 */
public final class Gosh {

    /** The largest number of studies of which all subsets can be asked for: 1,048,575 subsets. */
    public static final int MAX_STUDIES_FOR_ALL = 20;

    /** The largest number of random subsets. */
    public static final int MAX_SUBSETS = 50_000_000;

    private static final int RANDOM_BLOCK = 1024;

    private final Optional<Tau2Estimator> estimator;
    private final int threads;

    private Gosh(Optional<Tau2Estimator> estimator, int threads) {
        this.estimator = estimator;
        this.threads = threads;
    }

    /**
     * Returns the method under a common effect.
     *
     * @return the method, on one thread
     */
    public static Gosh commonEffect() {
        return new Gosh(Optional.empty(), 1);
    }

    /**
     * Returns the method under random effects.
     *
     * @param estimator the estimator of τ²
     * @return the method, on one thread
     */
    public static Gosh randomEffects(Tau2Estimator estimator) {
        return new Gosh(Optional.of(estimator), 1);
    }

    /**
     * Returns the method on several threads; the results are the same bits.
     *
     * @param count how many threads, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if there is none
     */
    public Gosh withThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "At least one thread is needed, but there are %d", count));
        }
        return new Gosh(estimator, count);
    }

    /**
     * Pools all subsets, 2ᵏ − 1 of them. Subset i, counted from 0, holds study j if bit j of i + 1 is set.
     *
     * @param effects the studies, {@value #MAX_STUDIES_FOR_ALL} at most
     * @param monitor hears how far the run is, and may stop it
     * @return the subsets, fewer if the monitor stopped
     * @throws IllegalArgumentException if there are more studies
     */
    public GoshSubsets all(EffectSizes effects, ParallelBlocks.Monitor monitor) {
        if (effects.k() > MAX_STUDIES_FOR_ALL) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "All subsets of %d studies are too many: %d studies at most; ask for random subsets",
                    effects.k(),
                    MAX_STUDIES_FOR_ALL));
        }
        int subsets = (1 << effects.k()) - 1;
        GoshSubsets result = GoshSubsets.ofAll(effects.k(), subsets);
        boolean sums = estimator.isEmpty() || estimator.get() instanceof DerSimonianLaird;
        long block;
        long done;
        if (sums) {
            GoshSums tables = new GoshSums(effects, estimator.isPresent());
            block = tables.block();
            // The empty subset is counted too, so that blocks begin where the second half changes.
            done = ParallelBlocks.run(subsets + 1L, block, threads, () -> tables.worker(result), monitor) - 1;
        } else {
            done = ParallelBlocks.runInSteps(
                    subsets, RANDOM_BLOCK, threads, () -> new GoshFits(effects, estimator).worker(result), monitor);
        }
        return result.first((int) Math.max(0, done));
    }

    /**
     * Pools random subsets: each study is in or out with equal chances, and empty subsets are drawn again, so that all
     * subsets are equally likely. A subset may be drawn more than once.
     *
     * @param effects the studies
     * @param subsets how many
     * @param random the source of randomness; equal generators give equal subsets
     * @param monitor hears how far the run is, and may stop it
     * @return the subsets, fewer if the monitor stopped
     * @throws IllegalArgumentException if the number of subsets is not between 1 and {@value #MAX_SUBSETS}
     */
    public GoshSubsets random(
            EffectSizes effects, int subsets, SplittableGenerator random, ParallelBlocks.Monitor monitor) {
        if (subsets < 1 || subsets > MAX_SUBSETS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "The number of subsets must be 1 to %d, but is %d", MAX_SUBSETS, subsets));
        }
        GoshSubsets result = GoshSubsets.drawn(effects.k(), subsets);
        // One generator per block, split off in order: who works on a block does not matter.
        SplittableGenerator[] generators = new SplittableGenerator[(subsets + RANDOM_BLOCK - 1) / RANDOM_BLOCK];
        for (int i = 0; i < generators.length; i++) {
            generators[i] = random.split();
        }
        long done = ParallelBlocks.runInSteps(
                subsets,
                RANDOM_BLOCK,
                threads,
                () -> {
                    ParallelBlocks.Worker fits = new GoshFits(effects, estimator).worker(result);
                    return (from, to) -> {
                        result.draw((int) from, (int) to, generators[(int) (from / RANDOM_BLOCK)]);
                        fits.work(from, to);
                    };
                },
                monitor);
        return result.first((int) done);
    }
}
