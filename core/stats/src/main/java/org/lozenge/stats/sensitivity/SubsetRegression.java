package org.lozenge.stats.sensitivity;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.tau2.FixedTau2;

/**
 * What a meta-regression says about some of the studies.
 *
 * @param k number of studies in it
 * @param coefficients one per term of the design, in their order; empty if there is a problem
 * @param residual Q_E with its degrees of freedom and P value; NaN if there is a problem
 * @param moderators the joint test of the moderators; NaN if there is a problem
 * @param tau2 residual between-study variance; NaN if there is a problem
 * @param i2 I² of the residual heterogeneity as a fraction; NaN if there is a problem
 * @param h2 H², at least 1; NaN if there is a problem
 * @param problem why there is no fit; empty if there is one
 */
public record SubsetRegression(
        int k,
        List<Coefficient> coefficients,
        TestResult residual,
        TestResult moderators,
        double tau2,
        double i2,
        double h2,
        Optional<String> problem) {

    /**
     * One coefficient.
     *
     * @param estimate its estimate on the analysis scale
     * @param standardError its standard error
     * @param test z or t and its P value
     * @param interval its confidence interval
     */
    public record Coefficient(double estimate, double standardError, TestResult test, Interval interval) {}

    /** Why a subset has no fit. */
    record Problem(int subset, int k, String text) {}

    /** Copies the list. */
    public SubsetRegression {
        coefficients = List.copyOf(coefficients);
    }

    static SubsetRegression of(RegressionFit fit) {
        List<Coefficient> coefficients = IntStream.range(0, fit.design().terms().size())
                .mapToObj(j -> new Coefficient(
                        fit.coefficient(j), fit.standardError(j), fit.test(j), fit.confidenceInterval(j)))
                .toList();
        TestResult residual = fit.residualHeterogeneity();
        // Without heterogeneity by assumption, only Q tells how the studies differ.
        boolean fixed = fit.estimator() instanceof FixedTau2 && fit.tau2() == 0;
        double h2 = fixed ? Math.max(1, residual.statistic() / residual.df()) : fit.h2();
        return new SubsetRegression(
                fit.effects().k(),
                coefficients,
                residual,
                fit.moderatorTest(),
                fit.tau2(),
                fixed ? 1 - 1 / h2 : fit.i2(),
                h2,
                Optional.empty());
    }

    static SubsetRegression failed(Problem problem) {
        double nan = Double.NaN;
        TestResult none = new TestResult(nan, nan, nan);
        return new SubsetRegression(problem.k, List.of(), none, none, nan, nan, nan, Optional.of(problem.text));
    }
}
