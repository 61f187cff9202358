package org.lozenge.stats.sensitivity;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.HeterogeneityBasis;
import org.lozenge.stats.model.PooledFit;

/** Fits one model to many subsets of studies. Fits do not depend on each other, so that threads cannot change them. */
final class Subsets {

    /** Work, in studies, below which starting threads costs more than it saves. */
    private static final long WORTH_THREADS = 20_000;

    private final double[] y;
    private final double[] v;
    private final Function<EffectSizes, PooledFit> model;
    private final HeterogeneityBasis basis;

    Subsets(EffectSizes effects, Function<EffectSizes, PooledFit> model, HeterogeneityBasis basis) {
        this.y = effects.y().toArray();
        this.v = effects.v().toArray();
        this.model = model;
        this.basis = basis;
    }

    /** Which studies the subset of a number holds; empty if none. */
    interface Members {
        int[] of(int subset);
    }

    List<SubsetFit> fit(int subsets, Members members) {
        IntStream numbers = IntStream.range(0, subsets);
        boolean many = (long) subsets * y.length >= WORTH_THREADS;
        return (many ? numbers.parallel() : numbers)
                .mapToObj(i -> fit(members.of(i)))
                .toList();
    }

    private SubsetFit fit(int[] studies) {
        if (studies.length == 0) {
            return SubsetFit.failed(0, "no study is left");
        }
        double[] ys = new double[studies.length];
        double[] vs = new double[studies.length];
        for (int i = 0; i < studies.length; i++) {
            ys[i] = y[studies[i]];
            vs[i] = v[studies[i]];
        }
        try {
            return SubsetFit.of(model.apply(EffectSizes.of(ys, vs)), basis);
        } catch (ConvergenceException e) {
            return SubsetFit.failed(
                    studies.length, Optional.ofNullable(e.getMessage()).orElse("no convergence"));
        }
    }
}
