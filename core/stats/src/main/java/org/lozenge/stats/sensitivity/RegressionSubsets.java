package org.lozenge.stats.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.numeric.ParallelBlocks;

/** Fits one meta-regression to many subsets of studies. Fits do not depend on each other. */
final class RegressionSubsets {

    /** Work, in studies, below which starting threads costs more than it saves. */
    private static final long WORTH_THREADS = 5_000;

    private final EffectSizes effects;
    private final DesignMatrix design;
    private final MetaRegression model;
    private final List<String> moderators;
    private final List<DoubleSeq> columns;

    RegressionSubsets(EffectSizes effects, DesignMatrix design, MetaRegression model) {
        this.effects = effects;
        this.design = design;
        this.model = model;
        int shift = design.hasIntercept() ? 1 : 0;
        this.moderators = design.terms().subList(shift, design.terms().size());
        this.columns = design.columns().subList(shift, design.columns().size());
    }

    /**
     * Fits.
     *
     * @param subsets how many
     * @param members the studies of the subset of a number
     * @param summary what is wanted of a fit
     * @param problem what stands in its place: number of studies and why there is no fit
     * @param monitor hears how far the run is, and may stop it; then only the first fits are returned
     */
    <T> List<T> fit(
            int subsets,
            IntFunction<int[]> members,
            Summary<T> summary,
            Function<SubsetRegression.Problem, T> problem,
            ParallelBlocks.Monitor monitor) {
        AtomicReferenceArray<T> found = new AtomicReferenceArray<>(subsets);
        ParallelBlocks.Worker worker = (from, to) -> {
            for (int i = (int) from; i < to; i++) {
                found.set(i, fit(i, members.apply(i), summary, problem));
            }
        };
        boolean many = (long) subsets * effects.k() >= WORTH_THREADS;
        int threads = many ? Runtime.getRuntime().availableProcessors() : 1;
        long block = Math.max(1, WORTH_THREADS / effects.k());
        int done = (int) ParallelBlocks.runInSteps(subsets, block, threads, () -> worker, monitor);
        return IntStream.range(0, done).mapToObj(found::get).toList();
    }

    private <T> T fit(int subset, int[] studies, Summary<T> summary, Function<SubsetRegression.Problem, T> problem) {
        try {
            return summary.of(subset, fit(studies));
        } catch (NoFit | ConvergenceException e) {
            return problem.apply(new SubsetRegression.Problem(
                    subset, studies.length, Optional.ofNullable(e.getMessage()).orElse("no convergence")));
        }
    }

    /** What is wanted of the fit of a subset. */
    interface Summary<T> {
        T of(int subset, RegressionFit fit);
    }

    /** Says why a subset cannot be fitted. */
    private static final class NoFit extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoFit(String why) {
            super(why);
        }
    }

    private RegressionFit fit(int[] studies) {
        int terms = design.terms().size();
        if (studies.length <= terms) {
            throw new NoFit(studies.length + (studies.length == 1 ? " study is" : " studies are") + " too few for "
                    + terms + (terms == 1 ? " coefficient" : " coefficients"));
        }
        // The fits are thrown away, so their studies need no names.
        EffectSizes some = EffectSizes.of(
                pick(effects.y(), studies).toArray(), pick(effects.v(), studies).toArray());
        return model.fit(some, design.subset(studies).orElseGet(() -> anew(studies)));
    }

    /** The design of studies that hardly tell all coefficients, or do not. */
    private DesignMatrix anew(int[] studies) {
        List<DoubleSeq> left = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            DoubleSeq column = pick(columns.get(j), studies);
            if (design.hasIntercept() && isConstant(column)) {
                throw new NoFit(
                        "moderator '" + moderators.get(j) + "' has the same value in all studies that are left");
            }
            left.add(column);
        }
        return design(left, studies.length);
    }

    private DesignMatrix design(List<DoubleSeq> left, int k) {
        DesignMatrix some;
        try {
            some = design.hasIntercept()
                    ? DesignMatrix.withIntercept(moderators, left, k)
                    : DesignMatrix.withoutIntercept(moderators, left, k);
        } catch (IllegalArgumentException e) {
            throw new NoFit(String.valueOf(e.getMessage()));
        }
        if (!some.dropped().isEmpty()) {
            throw new NoFit("moderator '" + some.dropped().get(0) + "' follows from the others in the studies that are"
                    + " left");
        }
        return some;
    }

    private static boolean isConstant(DoubleSeq column) {
        for (int i = 1; i < column.size(); i++) {
            if (column.get(i) != column.get(0)) {
                return false;
            }
        }
        return true;
    }

    private static DoubleSeq pick(DoubleSeq values, int[] which) {
        return DoubleSeq.of(Arrays.stream(which).mapToDouble(values::get).toArray());
    }
}
