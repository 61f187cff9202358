package org.lozenge.stats.model;

/**
 * A test of several coefficients, or contrasts of them, together.
 *
 * @param statistic F, or chi-squared where {@code df2} is infinite; NaN when the test is degenerate (0/0)
 * @param df1 degrees of freedom of the numerator: how many are tested, less those that follow from the others
 * @param df2 degrees of freedom of the denominator; {@link Double#POSITIVE_INFINITY} for chi-squared
 * @param pValue the P value between 0 and 1; NaN when there is no meaningful one
 */
public record JointTest(double statistic, int df1, double df2, double pValue) {}
