package org.lozenge.stats.sensitivity;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.ParallelBlocks;

/**
 * Fits a model with each study, or each group of studies, left out in turn.
 *
 * <p>Agrees with metafor 3.8.1 {@code leave1out()}. Takes as long as k fits of k − 1 studies.
 */
public final class LeaveOut {

    private LeaveOut() {}

    /**
     * Leaves out each study in turn, without a monitor.
     *
     * @param effects the studies
     * @param model as below
     * @param basis as below
     * @return a fit per study
     */
    public static List<SubsetFit> studies(
            EffectSizes effects, Function<EffectSizes, PooledFit> model, HeterogeneityBasis basis) {
        return studies(effects, model, basis, ParallelBlocks.Monitor.NONE);
    }

    /**
     * Leaves out each study in turn.
     *
     * @param effects the studies
     * @param model fits the model, such as {@code new RandomEffectsModel()::fit}; must be safe to call from several
     *     threads
     * @param basis what I² comes from; of a common effect always Q
     * @param monitor hears how far the run is, and may stop it
     * @return a fit per study, in their order, of all others; with a problem where no study is left or nothing converges;
     *     those of the first studies only if the monitor stopped the run
     */
    public static List<SubsetFit> studies(
            EffectSizes effects,
            Function<EffectSizes, PooledFit> model,
            HeterogeneityBasis basis,
            ParallelBlocks.Monitor monitor) {
        int k = effects.k();
        return new Subsets(effects, model, basis).fit(k, out -> without(out, k), monitor);
    }

    private static int[] without(int out, int k) {
        int[] others = new int[k - 1];
        for (int i = 0; i < k - 1; i++) {
            others[i] = i < out ? i : i + 1;
        }
        return others;
    }

    /**
     * Leaves out each group in turn, without a monitor.
     *
     * @param effects the studies
     * @param group as below
     * @param groups number of groups
     * @param model as below
     * @param basis as below
     * @return a fit per group
     */
    public static List<SubsetFit> groups(
            EffectSizes effects,
            int[] group,
            int groups,
            Function<EffectSizes, PooledFit> model,
            HeterogeneityBasis basis) {
        return groups(effects, group, groups, model, basis, ParallelBlocks.Monitor.NONE);
    }

    /**
     * Leaves out each group in turn.
     *
     * @param effects the studies
     * @param group number of the group of each study, from 0; as many as studies
     * @param groups number of groups
     * @param model as in {@link #studies}
     * @param basis as in {@link #studies}
     * @param monitor as in {@link #studies}
     * @return a fit per group of the studies of all other groups, as in {@link #studies}
     * @throws IllegalArgumentException if there are not as many group numbers as studies
     */
    public static List<SubsetFit> groups(
            EffectSizes effects,
            int[] group,
            int groups,
            Function<EffectSizes, PooledFit> model,
            HeterogeneityBasis basis,
            ParallelBlocks.Monitor monitor) {
        if (group.length != effects.k()) {
            throw new IllegalArgumentException(
                    "There are " + effects.k() + " studies but " + group.length + " numbers of groups");
        }
        int[] of = group.clone();
        return new Subsets(effects, model, basis)
                .fit(
                        groups,
                        out -> IntStream.range(0, of.length)
                                .filter(i -> of[i] != out)
                                .toArray(),
                        monitor);
    }
}
