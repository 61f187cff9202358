package org.lozenge.stats.sensitivity;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.ParallelBlocks;

/** Fits one model to many subsets of studies. Fits do not depend on each other, so that threads cannot change them. */
final class Subsets {

    /** Work, in studies, below which starting threads costs more than it saves. */
    private static final long WORTH_THREADS = 20_000;

    private final EffectSizes effects;
    private final Function<EffectSizes, PooledFit> model;
    private final HeterogeneityBasis basis;

    Subsets(EffectSizes effects, Function<EffectSizes, PooledFit> model, HeterogeneityBasis basis) {
        this.effects = effects;
        this.model = model;
        this.basis = basis;
    }

    /** Which studies the subset of a number holds; empty if none. */
    interface Members {
        int[] of(int subset);
    }

    /** Fits; the first ones only if the monitor stops the run. */
    List<SubsetFit> fit(int subsets, Members members, ParallelBlocks.Monitor monitor) {
        SubsetFit[] fits = new SubsetFit[subsets];
        boolean many = (long) subsets * effects.k() >= WORTH_THREADS;
        int threads = many ? Runtime.getRuntime().availableProcessors() : 1;
        long block = Math.max(1, WORTH_THREADS / effects.k());
        ParallelBlocks.Worker worker = (from, to) -> {
            for (int i = (int) from; i < to; i++) {
                fits[i] = fit(members.of(i));
            }
        };
        long done = ParallelBlocks.runInSteps(subsets, block, threads, () -> worker, monitor);
        return List.of(Arrays.copyOf(fits, (int) done));
    }

    private SubsetFit fit(int[] studies) {
        if (studies.length == 0) {
            return SubsetFit.failed(0, "no study is left");
        }
        try {
            return SubsetFit.of(model.apply(effects.at(studies)), basis);
        } catch (ConvergenceException e) {
            return SubsetFit.failed(
                    studies.length, Optional.ofNullable(e.getMessage()).orElse("no convergence"));
        }
    }
}
