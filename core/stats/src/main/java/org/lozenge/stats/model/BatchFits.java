package org.lozenge.stats.model;

import org.lozenge.stats.numeric.StudentT;

/**
 * The results of {@link BatchPooling}: the numbers of many pooled analyses, on the analysis scale.
 *
 * <p>What {@link PooledFit} would say of each analysis, bit for bit. Where the estimator of τ² did not converge, all
 * numbers of that analysis are NaN and {@link #failures} counts it; no bundled estimator is known to.
 */
public final class BatchFits {

    private final double[] tau2;
    private final double[] estimate;
    private final double[] standardError;
    private final double[] statistic;
    private final double[] pValue;

    BatchFits(int analyses) {
        this.tau2 = new double[analyses];
        this.estimate = new double[analyses];
        this.standardError = new double[analyses];
        this.statistic = new double[analyses];
        this.pValue = new double[analyses];
    }

    void set(int i, double between, double mean, double error, double df) {
        double ratio = error == 0 ? Double.NaN : mean / error;
        tau2[i] = between;
        estimate[i] = mean;
        standardError[i] = error;
        statistic[i] = ratio;
        pValue[i] = StudentT.twoSided(ratio, df);
    }

    /**
     * Returns the number of analyses.
     *
     * @return how many
     */
    public int size() {
        return tau2.length;
    }

    /**
     * Returns the between-study variance of an analysis.
     *
     * @param i its position, from 0
     * @return τ²; NaN for random effects of one study
     */
    public double tau2(int i) {
        return tau2[i];
    }

    /**
     * Returns the pooled effect of an analysis.
     *
     * @param i its position, from 0
     * @return μ
     */
    public double estimate(int i) {
        return estimate[i];
    }

    /**
     * Returns the standard error that belongs to the test.
     *
     * @param i the position of the analysis, from 0
     * @return the standard error; 0 if all effects agree and the plain Hartung–Knapp method is used
     */
    public double standardError(int i) {
        return standardError[i];
    }

    /**
     * Returns z or t.
     *
     * @param i the position of the analysis, from 0
     * @return the estimate over its standard error; NaN if that is 0
     */
    public double statistic(int i) {
        return statistic[i];
    }

    /**
     * Returns the two-sided P value.
     *
     * @param i the position of the analysis, from 0
     * @return P; NaN if the standard error is 0
     */
    public double pValue(int i) {
        return pValue[i];
    }

    /**
     * Counts the analyses whose τ² was not found.
     *
     * @return how many have no result
     */
    public int failures() {
        int failures = 0;
        for (double value : estimate) {
            failures += Double.isNaN(value) ? 1 : 0;
        }
        return failures;
    }
}
