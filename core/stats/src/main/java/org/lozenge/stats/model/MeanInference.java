package org.lozenge.stats.model;

import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.StudentT;

/** What a method that is not a multiple of the classic standard error says about the pooled effect. */
record MeanInference(double standardError, TestResult test, Interval interval) {

    /** Symmetric about the estimate, with the normal distribution or Student's t. */
    static MeanInference symmetric(double estimate, double standardError, double df, double level) {
        double statistic = estimate / standardError;
        double half = StudentT.criticalValue(level, df) * standardError;
        return new MeanInference(
                standardError,
                new TestResult(statistic, df, StudentT.twoSided(statistic, df)),
                new Interval(estimate - half, estimate + half, level));
    }
}
