package org.lozenge.analyses.subgroup;

import java.util.Optional;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.stats.Interval;

/**
 * One group of studies.
 *
 * @param name the value of the grouping column
 * @param positions where its studies stand among all, from 0
 * @param pooled its studies by themselves
 * @param estimate its effect on the analysis scale
 * @param se standard error
 * @param ci confidence interval
 * @param pi prediction interval, if there is one
 * @param tau2 the between-study variance that was taken
 * @param tau2Interval its interval, if there is one
 * @param i2 the share of τ² in the variance, as a fraction; NaN for one study with a τ² of its own
 */
record Group(
        String name,
        java.util.List<Integer> positions,
        Pooled pooled,
        double estimate,
        double se,
        Interval ci,
        Optional<Interval> pi,
        double tau2,
        Optional<Interval> tau2Interval,
        double i2) {

    Group {
        positions = java.util.List.copyOf(positions);
    }

    int k() {
        return positions.size();
    }
}
