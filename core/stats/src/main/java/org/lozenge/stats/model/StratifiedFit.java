package org.lozenge.stats.model;

import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;

/**
 * A common effect estimated from counts stratum by stratum, by the methods of Mantel and Haenszel or of Peto. A stratum is a
 * study.
 *
 * @param estimate the common effect on the analysis scale
 * @param standardError its standard error, above 0
 * @param weights one fraction per study; they add to 1; 0 for studies without information
 */
public record StratifiedFit(double estimate, double standardError, DoubleSeq weights) {

    /** Checks that the numbers can be used. */
    public StratifiedFit {
        Objects.requireNonNull(weights, "weights");
        if (!Double.isFinite(estimate) || !(standardError > 0) || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "A fit needs a finite estimate and a finite standard error above 0, but has %s and %s",
                    estimate,
                    standardError));
        }
    }

    /** Returns the fit from weights that do not yet add to 1. */
    static StratifiedFit of(double estimate, double variance, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] fractions = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            fractions[i] = weights[i] / sum;
        }
        return new StratifiedFit(estimate, Math.sqrt(variance), DoubleSeq.of(fractions));
    }

    /** Returns whether estimate and variance are those of a fit. */
    static boolean isUsable(double estimate, double variance) {
        return Double.isFinite(estimate) && variance > 0 && !Double.isInfinite(variance);
    }

    /**
     * Returns the test of no effect.
     *
     * @return z with its two-sided P value
     */
    public TestResult test() {
        double z = estimate / standardError;
        return new TestResult(z, Double.POSITIVE_INFINITY, Normal.twoSided(z));
    }

    /**
     * Returns the confidence interval.
     *
     * @param level the level as a fraction
     * @return estimate and standard error under the normal distribution
     */
    public Interval confidenceInterval(double level) {
        double half = Normal.criticalValue(Interval.requireLevel(level)) * standardError;
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Tests whether effects of the studies differ from the common one beyond chance.
     *
     * @param effects the studies' own effects on the same scale, of those studies that have one
     * @return {@code Q = Σ(y − estimate)²/v} with k − 1 degrees of freedom; NaN for one study
     */
    public TestResult heterogeneity(EffectSizes effects) {
        if (effects.k() == 1) {
            return new TestResult(Double.NaN, 0, Double.NaN);
        }
        double q = 0;
        for (int i = 0; i < effects.k(); i++) {
            double distance = effects.y().get(i) - estimate;
            q += distance * distance / effects.v().get(i);
        }
        int df = effects.k() - 1;
        return new TestResult(q, df, ChiSquared.upperTail(q, df));
    }
}
