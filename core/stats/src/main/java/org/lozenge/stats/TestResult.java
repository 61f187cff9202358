package org.lozenge.stats;

/**
 * The result of a statistical test.
 *
 * @param statistic the test statistic; NaN when the test is degenerate (0/0)
 * @param df degrees of freedom; {@link Double#POSITIVE_INFINITY} for a z test
 * @param pValue the P value between 0 and 1; NaN when there is no meaningful one, as when all effects
 *     agree exactly and the standard error is estimated from their spread
 */
public record TestResult(double statistic, double df, double pValue) {}
