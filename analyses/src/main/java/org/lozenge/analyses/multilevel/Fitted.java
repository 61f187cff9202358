package org.lozenge.analyses.multilevel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.Rows;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.stats.Interval;
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultilevelFit;
import org.lozenge.stats.multilevel.MultilevelFit.ComponentTest;
import org.lozenge.stats.multilevel.RobustEffects;

/**
 * A fit with what its tables and figures need.
 *
 * @param fit the model
 * @param rows its rows
 * @param groups its levels
 * @param measure of the effects
 * @param level of intervals
 * @param robust cluster-robust coefficients; empty if clusters are too large
 * @param inCoefficients whether these go into the coefficients
 * @param intervals of the variance of each level; an empty list if not asked for
 * @param tests of the variance of each level
 * @param test token of the test
 */
record Fitted(
        MultilevelFit fit,
        Rows rows,
        Groups groups,
        Measure measure,
        double level,
        Optional<RobustEffects> robust,
        boolean inCoefficients,
        List<Optional<Interval>> intervals,
        List<Optional<ComponentTest>> tests,
        String test) {

    /** Robust tests for the coefficients, if they were asked for. */
    Optional<RobustEffects> forCoefficients() {
        return inCoefficients ? robust : Optional.empty();
    }

    boolean hasMeanOnly() {
        return fit.predictionInterval().isPresent();
    }

    boolean hasIntercept() {
        return fit.coefficients().terms().get(0).equals("intercept");
    }

    /** The mean effect, robust if that was asked for; only without moderators. */
    Combination mean() {
        return CoefficientTables.combination(fit.coefficients(), forCoefficients(), 1);
    }

    /** The prediction interval about the mean, with its standard error and degrees of freedom. */
    Interval predictionInterval() {
        return inCoefficients
                ? mean().predictionInterval(
                                Arrays.stream(fit.sigma2().toArray()).sum())
                : fit.predictionInterval().orElseThrow();
    }
}
