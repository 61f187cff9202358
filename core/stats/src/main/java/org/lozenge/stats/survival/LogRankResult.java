package org.lozenge.stats.survival;

import java.util.Locale;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Observed and expected (weighted) events of a log-rank test, with the tests that follow from them. Immutable.
 *
 * <p>With two groups, {@code observedMinusExpected(g)} and {@code variance(g)} are the O − E and V that meta-analyses of
 * individual patient data pool; (O − E) / V estimates the log hazard ratio of group g against the other one when the
 * weights are all 1.
 */
public final class LogRankResult {

    /** Groups that are never compared leave pivots of rounding size. */
    private static final double SINGULAR = 1e-10;

    private final int[] size;
    private final double[] observed;
    private final double[] expected;
    private final double[][] covariance;

    LogRankResult(int[] size, double[] observed, double[] expected, double[][] covariance) {
        this.size = size;
        this.observed = observed;
        this.expected = expected;
        this.covariance = covariance;
    }

    /**
     * Returns the number of groups.
     *
     * @return the largest group number plus 1
     */
    public int groups() {
        return observed.length;
    }

    /**
     * Returns the number of participants of a group.
     *
     * @param group from 0
     * @return the number, 0 for a number that no participant has
     */
    public int size(int group) {
        return size[group];
    }

    /**
     * Returns the observed events of a group, each with its weight.
     *
     * @param group from 0
     * @return O; the plain count when all weights are 1
     */
    public double observed(int group) {
        return observed[group];
    }

    /**
     * Returns the events that a group would have if the hazards were equal within strata, each with its weight.
     *
     * @param group from 0
     * @return E; over all groups as many as observed
     */
    public double expected(int group) {
        return expected[group];
    }

    /**
     * Returns observed minus expected events.
     *
     * @param group from 0
     * @return O − E
     */
    public double observedMinusExpected(int group) {
        return observed[group] - expected[group];
    }

    /**
     * Returns the hypergeometric variance of O − E.
     *
     * @param group from 0
     * @return V, the same for both groups when there are two
     */
    public double variance(int group) {
        return covariance[group][group];
    }

    /**
     * Returns the covariance of O − E between two groups.
     *
     * @param group from 0
     * @param other from 0
     * @return the covariance; the variance when both are the same
     */
    public double covariance(int group, int other) {
        return covariance[group][other];
    }

    /**
     * Tests whether all groups have the same hazard.
     *
     * @return chi-squared on the rank of V, normally one less than the number of groups; statistic and P value are NaN
     *     with 0 degrees of freedom when there is nothing to compare (no event with two groups at risk)
     */
    public TestResult chiSquared() {
        double[] difference = new double[observed.length];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = observedMinusExpected(i);
        }
        PositiveDefinite v = PositiveDefinite.of(covariance, SINGULAR);
        return result(v.inverseForm(difference), v.rank());
    }

    /**
     * Tests for a trend of the hazard over ordered groups (Tarone).
     *
     * <pre>{@code χ² = (Σ sⱼ (Oⱼ − Eⱼ))² / Σ sⱼ Vⱼₖ sₖ}</pre>
     *
     * @param scores a finite number for each group, such as its dose; shift and scale do not matter
     * @return chi-squared on 1 degree of freedom; NaN with 0 degrees of freedom if the scores do not differ among groups
     *     that are compared
     * @throws IllegalArgumentException if there are not as many scores as groups, or one is not finite
     * @see <a href="https://doi.org/10.1093/biomet/62.3.679">Tarone (1975), Biometrika 62, 679–682</a>
     */
    public TestResult trend(double... scores) {
        if (scores.length != observed.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%d groups need as many scores, but there are %d", observed.length, scores.length));
        }
        double[] s = centred(scores);
        double sum = 0;
        double variance = 0;
        double scale = 0;
        for (int j = 0; j < s.length; j++) {
            sum += s[j] * observedMinusExpected(j);
            scale += s[j] * s[j] * covariance[j][j];
            for (int k = 0; k < s.length; k++) {
                variance += s[j] * covariance[j][k] * s[k];
            }
        }
        boolean comparable = variance > SINGULAR * scale;
        return comparable ? result(sum * sum / variance, 1) : result(Double.NaN, 0);
    }

    private static double[] centred(double[] scores) {
        double mean = 0;
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "Scores of a trend must be finite, but one is %s", score));
            }
            mean += score / scores.length;
        }
        double[] s = scores.clone();
        for (int i = 0; i < s.length; i++) {
            s[i] -= mean;
        }
        return s;
    }

    private static TestResult result(double statistic, int df) {
        return df == 0
                ? new TestResult(Double.NaN, 0, Double.NaN)
                : new TestResult(statistic, df, ChiSquared.upperTail(statistic, df));
    }
}
