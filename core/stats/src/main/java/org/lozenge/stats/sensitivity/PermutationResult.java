package org.lozenge.stats.sensitivity;

import java.util.concurrent.atomic.AtomicLongArray;

/** The result of a {@link PermutationTest}. Coefficients are counted from 0, the intercept or pooled effect first. */
public final class PermutationResult {

    private final double[][] observed;
    private final long[] hits;
    private final long failures;
    private final long done;
    private final boolean exact;
    private final boolean inOrder;

    PermutationResult(double[][] observed, AtomicLongArray hits, long done, long asked, boolean inOrder) {
        this.observed = observed;
        this.hits = new long[observed.length];
        for (int i = 0; i < this.hits.length; i++) {
            this.hits[i] = hits.get(i);
        }
        this.failures = hits.get(observed.length);
        this.done = done;
        this.inOrder = inOrder;
        this.exact = inOrder && done == asked;
    }

    /**
     * Returns the number of coefficients.
     *
     * @return 1 without moderators, else the intercept and each moderator
     */
    public int coefficients() {
        return observed.length == 1 ? 1 : observed.length - 1;
    }

    /**
     * Returns the position of the joint test of all moderators for {@link #statistic}, {@link #pValue} and {@link
     * #monteCarloError}.
     *
     * @return one past the last coefficient; 0, the pooled effect itself, without moderators
     */
    public int joint() {
        return observed.length - 1;
    }

    /**
     * Returns an estimate.
     *
     * @param coefficient which
     * @return the estimate as observed
     */
    public double estimate(int coefficient) {
        return observed[coefficient][0];
    }

    /**
     * Returns a standard error.
     *
     * @param coefficient which
     * @return the standard error as observed
     */
    public double standardError(int coefficient) {
        return observed[coefficient][1];
    }

    /**
     * Returns a statistic.
     *
     * @param coefficient which, or {@link #joint}
     * @return the estimate over its standard error; Q_M, or F of the Hartung–Knapp methods, for the joint test
     */
    public double statistic(int coefficient) {
        return observed[coefficient][2];
    }

    /**
     * Returns a two-sided permutation P value.
     *
     * @param coefficient which, or {@link #joint}
     * @return the share of arrangements at least as extreme
     */
    public double pValue(int coefficient) {
        long fitted = done - failures;
        return exact ? hits[coefficient] / (double) fitted : (1.0 + hits[coefficient]) / (1.0 + fitted);
    }

    /**
     * Returns the Monte-Carlo standard error of a P value.
     *
     * @param coefficient which, or {@link #joint}
     * @return {@code √(p(1 − p)/n)} with n the draws and the observed arrangement; 0 if all arrangements were tried
     */
    public double monteCarloError(int coefficient) {
        double p = pValue(coefficient);
        return exact ? 0 : Math.sqrt(p * (1 - p) / (1.0 + done - failures));
    }

    /**
     * Tells whether all arrangements were tried.
     *
     * @return true if the P values are exact
     */
    public boolean isExact() {
        return exact;
    }

    /**
     * Tells whether arrangements were tried in order rather than at random. If the test was stopped early, those tried are
     * then no fair sample: they are like the observed one.
     *
     * @return true if all were asked for
     */
    public boolean inOrder() {
        return inOrder;
    }

    /**
     * Returns the number of arrangements that were tried.
     *
     * @return all there are, or as many as were drawn
     */
    public long arrangements() {
        return done;
    }

    /**
     * Returns the number of arrangements without a result, which count neither way.
     *
     * @return how many fits failed
     */
    public long failures() {
        return failures;
    }
}
