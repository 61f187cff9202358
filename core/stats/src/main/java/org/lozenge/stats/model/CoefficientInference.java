package org.lozenge.stats.model;

import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.StudentT;

/**
 * Standard errors, tests and intervals of coefficients of a regression, and of linear combinations of them: by the model
 * ({@link RegressionFit#inference()}) or robust against dependent studies ({@link RobustCovariance}). A combination is one
 * number per term of the design.
 */
public interface CoefficientInference {

    /**
     * Returns the fit.
     *
     * @return the regression whose coefficients these are
     */
    RegressionFit fit();

    /**
     * Returns the covariance of two coefficients.
     *
     * @param a 0-based position of a term
     * @param b 0-based position of a term
     * @return the covariance
     */
    double covariance(int a, int b);

    /**
     * Returns the degrees of freedom with which a combination is tested.
     *
     * @param combination a number per term
     * @return the degrees of freedom; infinite for a normal distribution, NaN where there are none
     */
    double df(double... combination);

    /**
     * Tests whether several combinations are all 0.
     *
     * @param combinations one array of a number per term each
     * @return the test
     */
    JointTest testAll(double[]... combinations);

    /**
     * Returns a combination of the coefficients.
     *
     * @param combination a number per term
     * @return their weighted sum
     */
    default double estimate(double... combination) {
        return fit().predict(combination);
    }

    /**
     * Returns the standard error of a combination.
     *
     * @param combination a number per term
     * @return the standard error, at least 0; NaN where it cannot be estimated
     */
    default double standardError(double... combination) {
        double sum = 0;
        for (int i = 0; i < combination.length; i++) {
            for (int j = 0; j < combination.length; j++) {
                // A zero keeps a coefficient out even where its variance overflows.
                if (combination[i] != 0 && combination[j] != 0) {
                    sum += combination[i] * combination[j] * covariance(i, j);
                }
            }
        }
        return Math.sqrt(Math.max(0, sum));
    }

    /**
     * Tests a combination against 0.
     *
     * @param combination a number per term
     * @return z or t, its degrees of freedom and the two-sided P value; NaN where the standard error or the degrees of
     *     freedom do not exist
     */
    default TestResult test(double... combination) {
        double se = standardError(combination);
        double df = df(combination);
        if (!(se > 0) || !(df > 0)) {
            return new TestResult(Double.NaN, df, Double.NaN);
        }
        double statistic = estimate(combination) / se;
        return new TestResult(statistic, df, StudentT.twoSided(statistic, df));
    }

    /**
     * Returns the confidence interval of a combination.
     *
     * @param level the level as a fraction
     * @param combination a number per term
     * @return the interval; without limits where there are no degrees of freedom
     */
    default Interval confidenceInterval(double level, double... combination) {
        return interval(level, 0, combination);
    }

    /**
     * Returns the interval in which the true effect of a new study lies, if the combination predicts its mean.
     *
     * @param level the level as a fraction
     * @param combination a number per term
     * @return the interval, with τ² added to the variance
     */
    default Interval predictionInterval(double level, double... combination) {
        return interval(level, fit().tau2(), combination);
    }

    private Interval interval(double level, double tau2, double... combination) {
        double df = df(combination);
        double se = standardError(combination);
        double half = df > 0 && se >= 0
                ? StudentT.criticalValue(level, df) * Math.sqrt(se * se + tau2)
                : Double.POSITIVE_INFINITY;
        double estimate = estimate(combination);
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Tests all moderators together: all terms but the intercept, or all terms where there is none.
     *
     * @return the test; NaN where there is no moderator
     */
    default JointTest moderatorTest() {
        int p = fit().design().terms().size();
        int shift = fit().design().hasIntercept() ? 1 : 0;
        double[][] combinations = new double[p - shift][p];
        for (int i = 0; i < combinations.length; i++) {
            combinations[i][shift + i] = 1;
        }
        return testAll(combinations);
    }
}
