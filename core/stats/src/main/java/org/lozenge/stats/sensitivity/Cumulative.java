package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.ParallelBlocks;

/**
 * Fits a model to the first study, the first two, and so on to all of them.
 *
 * <p>Agrees with metafor 3.8.1 {@code cumul()}.
 */
public final class Cumulative {

    private Cumulative() {}

    /**
     * Adds study after study, without a monitor.
     *
     * @param effects the studies
     * @param order as below
     * @param model as below
     * @param basis as below
     * @return a fit per step
     */
    public static List<SubsetFit> inOrder(
            EffectSizes effects, int[] order, Function<EffectSizes, PooledFit> model, HeterogeneityBasis basis) {
        return inOrder(effects, order, model, basis, ParallelBlocks.Monitor.NONE);
    }

    /**
     * Adds study after study.
     *
     * @param effects the studies
     * @param order positions of the studies in the order in which they are added; each exactly once
     * @param model fits the model; must be safe to call from several threads
     * @param basis what I² comes from; of a common effect always Q
     * @param monitor hears how far the run is, and may stop it
     * @return a fit per step; the last one is that of all studies; the first ones only if the monitor stopped the run
     * @throws IllegalArgumentException if the order leaves out or repeats a study
     */
    public static List<SubsetFit> inOrder(
            EffectSizes effects,
            int[] order,
            Function<EffectSizes, PooledFit> model,
            HeterogeneityBasis basis,
            ParallelBlocks.Monitor monitor) {
        int[] own = order.clone();
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < Math.max(sorted.length, effects.k()); i++) {
            if (i >= sorted.length || i >= effects.k() || sorted[i] != i) {
                throw new IllegalArgumentException("The order must hold each of the " + effects.k()
                        + " positions from 0 exactly once, but is " + Arrays.toString(order));
            }
        }
        return new Subsets(effects, model, basis).fit(own.length, last -> Arrays.copyOf(own, last + 1), monitor);
    }
}
