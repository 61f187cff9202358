package org.lozenge.stats.sensitivity;

import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.numeric.ParallelBlocks;

/**
 * Fits a meta-regression with each study, or each group of studies, left out in turn.
 *
 * <p>A study may be the only one to tell a coefficient: the only one of its kind, or the only one with another value of a
 * moderator. Then there is no regression without it, and the problem says so; the others have theirs. Agrees with {@code
 * rma()} of metafor 3.8.1 fitted to the rows that are left.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.11">Viechtbauer and Cheung (2010), Res. Synth. Methods 1, 112–125</a>
 */
public final class RegressionLeaveOut {

    private RegressionLeaveOut() {}

    /**
     * Leaves out each study in turn, without a monitor.
     *
     * @param effects the studies
     * @param design their moderators
     * @param model fits the regression
     * @return one entry per study, in their order
     * @throws IllegalArgumentException if the design is of another number of studies
     */
    public static List<SubsetRegression> studies(EffectSizes effects, DesignMatrix design, MetaRegression model) {
        return groups(
                effects,
                design,
                IntStream.range(0, effects.k()).toArray(),
                effects.k(),
                model,
                ParallelBlocks.Monitor.NONE);
    }

    /**
     * Leaves out each group in turn.
     *
     * @param effects the studies
     * @param design their moderators
     * @param group number of the group of each study, from 0; as many as studies
     * @param groups number of groups
     * @param model fits the regression
     * @param monitor hears how far the run is, and may stop it
     * @return one entry per group; those of the first ones only if the monitor stopped the run
     * @throws IllegalArgumentException if there are not as many group numbers or rows of the design as studies
     */
    public static List<SubsetRegression> groups(
            EffectSizes effects,
            DesignMatrix design,
            int[] group,
            int groups,
            MetaRegression model,
            ParallelBlocks.Monitor monitor) {
        if (group.length != effects.k() || design.k() != effects.k()) {
            throw new IllegalArgumentException("There are " + effects.k() + " studies but " + group.length
                    + " numbers of groups and moderators of " + design.k() + " studies");
        }
        int[] of = group.clone();
        return new RegressionSubsets(effects, design, model)
                .fit(
                        groups,
                        out -> IntStream.range(0, of.length)
                                .filter(i -> of[i] != out)
                                .toArray(),
                        (subset, fit) -> SubsetRegression.of(fit),
                        SubsetRegression::failed,
                        monitor);
    }
}
