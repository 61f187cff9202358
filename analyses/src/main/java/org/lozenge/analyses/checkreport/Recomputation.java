package org.lozenge.analyses.checkreport;

/**
 * A test done again from printed counts.
 *
 * @param test its token, such as {@code fisher}
 * @param statistic the test statistic; NaN for exact tests
 * @param df degrees of freedom; NaN for exact tests
 * @param twoSided two-sided P value; NaN if the counts leave nothing to compare
 * @param oneSided the smaller one-sided P value; half the two-sided one where the test has no direction of its own
 * @param ratio odds or rate ratio, first group over second; NaN for other tests
 * @param lower lower limit of its interval
 * @param upper upper limit of its interval
 */
record Recomputation(
        String test,
        double statistic,
        double df,
        double twoSided,
        double oneSided,
        double ratio,
        double lower,
        double upper) {}
