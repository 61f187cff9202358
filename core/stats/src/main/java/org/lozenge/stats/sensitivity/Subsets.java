package org.lozenge.stats.sensitivity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
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

    /** @throws java.util.concurrent.CancellationException if the monitor stops the run: some fits would be missing */
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
        if (ParallelBlocks.run(subsets, block, threads, () -> worker, monitor) < subsets) {
            throw new CancellationException("Stopped before all subsets were fitted");
        }
        return List.of(fits);
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
