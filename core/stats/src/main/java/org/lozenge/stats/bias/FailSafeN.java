package org.lozenge.stats.bias;

import java.util.Arrays;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * How many unpublished studies without an effect would overturn the conclusion. Numbers are not rounded; 0 where the
 * conclusion is not significant to begin with.
 *
 * <p>Rosenthal, Orwin and Rosenberg agree with metafor 3.8.1 {@code fsn()}; Fisher and the general number with formulas
 * computed to 50 digits ({@code direct.py}).
 *
 * @param n the number of studies; infinite where no number suffices
 * @param target the effect (Orwin) or P value that they would bring about
 * @param pValue the P value without them; NaN for Orwin's method, which tests nothing
 */
public record FailSafeN(double n, double target, double pValue) {

    /** More studies than that are not tried. */
    private static final int MOST = 1 << 20;

    /**
     * Rosenthal's number, from Stouffer's sum of z values: one-sided P.
     *
     * @param effects the studies
     * @param alpha the P value to reach
     * @return the number
     * @see <a href="https://doi.org/10.1037/0033-2909.86.3.638">Rosenthal (1979), Psychol. Bull. 86, 638–641</a>
     */
    public static FailSafeN rosenthal(EffectSizes effects, double alpha) {
        int k = effects.k();
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += effects.y().get(i) / effects.standardError(i);
        }
        double z = Math.abs(sum) / Math.sqrt(k);
        double ratio = z / Normal.upperQuantile(alpha);
        return new FailSafeN(Math.max(0, k * ratio * ratio - k), alpha, Normal.upperTail(z));
    }

    /**
     * The number by Fisher's sum of logarithms of one-sided P values; added studies have a P value of 0.5. The P values
     * point to the side of the sum of z values.
     *
     * @param effects the studies
     * @param alpha the P value to reach
     * @return the number
     * @see <a href="https://doi.org/10.1002/0470870168.ch7">Becker (2005), Failsafe N or file-drawer number</a>
     */
    public static FailSafeN fisher(EffectSizes effects, double alpha) {
        double sum = 0;
        for (int i = 0; i < effects.k(); i++) {
            sum += effects.y().get(i) / effects.standardError(i);
        }
        double sign = sum < 0 ? -1 : 1;
        double statistic = 0;
        for (int i = 0; i < effects.k(); i++) {
            statistic -= 2 * Tail.log(sign * effects.y().get(i) / effects.standardError(i));
        }
        double x = statistic;
        int k = effects.k();
        double p = ChiSquared.upperTail(x, 2 * k);
        if (p >= alpha) {
            return new FailSafeN(0, alpha, p);
        }
        double each = 2 * StrictMath.log(2);
        double high = 1;
        while (ChiSquared.upperTail(x + each * high, 2 * (k + high)) < alpha) {
            high *= 2;
        }
        double n = Roots.between(
                m -> StrictMath.log(ChiSquared.upperTail(x + each * m, 2 * (k + m))) - StrictMath.log(alpha),
                0,
                high,
                "Fail-safe N");
        return new FailSafeN(n, alpha, p);
    }

    /**
     * Orwin's number: studies without effect that bring the unweighted mean down to a target.
     *
     * @param effects the studies
     * @param target the effect to reach; taken with the sign of the mean; half the mean where NaN
     * @return the number; infinite for a target of 0
     * @see <a href="https://doi.org/10.3102/10769986008002157">Orwin (1983), J. Educ. Stat. 8, 157–159</a>
     */
    public static FailSafeN orwin(EffectSizes effects, double target) {
        int k = effects.k();
        double mean = Arrays.stream(effects.y().toArray()).sum() / k;
        double goal = Double.isNaN(target) ? mean / 2 : Math.copySign(target, mean);
        double n = mean == 0 ? 0 : goal == 0 ? Double.POSITIVE_INFINITY : Math.max(0, k * (mean - goal) / goal);
        return new FailSafeN(n, goal, Double.NaN);
    }

    /**
     * Rosenberg's number: studies of mean weight without effect that make the common-effect estimate insignificant on
     * two sides.
     *
     * @param effects the studies
     * @param alpha the P value to reach
     * @return the number
     * @see <a href="https://doi.org/10.1111/j.0014-3820.2005.tb01004.x">Rosenberg (2005), Evolution 59, 464–468</a>
     */
    public static FailSafeN rosenberg(EffectSizes effects, double alpha) {
        WeightedSums sums = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
        sums.evaluate(0);
        double z = sums.mean() * Math.sqrt(sums.weight());
        double ratio = z / Normal.upperQuantile(alpha / 2);
        return new FailSafeN(Math.max(0, effects.k() * (ratio * ratio - 1)), alpha, Normal.twoSided(z));
    }

    /**
     * The general number: the fewest whole studies with an effect of 0 and the harmonic mean of the sampling variances
     * that make the pooled effect of a model insignificant, fitted anew with them.
     *
     * @param effects the studies
     * @param estimator of τ²
     * @param test the test of the pooled effect
     * @param alpha the P value to reach
     * @return the number; infinite if a million do not suffice
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public static FailSafeN general(EffectSizes effects, Tau2Estimator estimator, TestMethod test, double alpha) {
        RandomEffectsModel model =
                new RandomEffectsModel().withEstimator(estimator).withTest(test);
        double p = model.fit(effects).test().pValue();
        if (!(p < alpha)) {
            return new FailSafeN(0, alpha, p);
        }
        double harmonic = 0;
        for (int i = 0; i < effects.k(); i++) {
            harmonic += 1 / effects.v().get(i) / effects.k();
        }
        int low = 0;
        int high = 1;
        while (pWith(effects, model, high, 1 / harmonic) < alpha) {
            low = high;
            high *= 2;
            if (high > MOST) {
                return new FailSafeN(Double.POSITIVE_INFINITY, alpha, p);
            }
        }
        while (high - low > 1) {
            int middle = low + (high - low) / 2;
            if (pWith(effects, model, middle, 1 / harmonic) < alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new FailSafeN(high, alpha, p);
    }

    private static double pWith(EffectSizes effects, RandomEffectsModel model, int added, double variance) {
        int k = effects.k();
        double[] y = Arrays.copyOf(effects.y().toArray(), k + added);
        double[] v = Arrays.copyOf(effects.v().toArray(), k + added);
        Arrays.fill(v, k, k + added, variance);
        return model.fit(EffectSizes.of(y, v)).test().pValue();
    }
}
