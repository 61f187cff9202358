package org.lozenge.stats.bias;

import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.model.MetaRegression;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Rücker's limit meta-analysis: the random-effects model extended by a small-study effect α, in the limit of infinitely
 * precise studies.
 *
 * <pre>{@code yᵢ = β + √(vᵢ + τ²) (α + εᵢ),   limit β₀ = β + τα}</pre>
 *
 * <p>α and β come from the generalised radial plot with τ² of the ordinary random-effects model. As in metasens
 * {@code limitmeta(method.adjust = "beta0")} the standard error of β₀ is {@code 1/√Σ(1/sᵢ − mean)²}, and z is normal.
 * On {@code direct-limit.csv} it agrees with 50 digits to a relative 1e-11. Cochran's Q splits into the part due to small-study effects (1 degree of freedom) and the rest (k − 2).
 *
 * @see <a href="https://doi.org/10.1093/biostatistics/kxq046">Rücker et al. (2011), Biostatistics 12, 122–142</a>
 */
public final class LimitMetaAnalysis {

    private final double alpha;
    private final double beta;
    private final double tau;
    private final double standardError;
    private final double qSmall;
    private final double qResidual;
    private final int k;
    private final double level;

    private LimitMetaAnalysis(
            RegressionFit radial, double tau, double standardError, double q, double qResidual, double level) {
        this.alpha = radial.coefficient(1);
        this.beta = radial.coefficient(0);
        this.tau = tau;
        this.standardError = standardError;
        this.qSmall = Math.max(0, q - qResidual);
        this.qResidual = qResidual;
        this.k = radial.effects().k();
        this.level = level;
    }

    /**
     * Fits the model.
     *
     * @param effects at least three studies with standard errors that differ
     * @param estimator of τ²
     * @param level the level of intervals as a fraction
     * @return the fit
     * @throws IllegalArgumentException for fewer than three studies or equal standard errors
     * @throws org.lozenge.stats.ConvergenceException if τ² cannot be found
     */
    public static LimitMetaAnalysis of(EffectSizes effects, Tau2Estimator estimator, double level) {
        FunnelRegression plain = FunnelRegression.egger(effects, level);
        double tau2 = estimator.estimate(effects);
        double[] total = new double[effects.k()];
        double mean = 0;
        for (int i = 0; i < total.length; i++) {
            total[i] = Math.sqrt(effects.v().get(i) + tau2);
            mean += 1 / effects.standardError(i) / total.length;
        }
        double squares = 0;
        for (int i = 0; i < total.length; i++) {
            double d = 1 / effects.standardError(i) - mean;
            squares += d * d;
        }
        DesignMatrix design = DesignMatrix.ofOne("total error", DoubleSeq.of(total));
        if (!design.dropped().isEmpty()) {
            throw new IllegalArgumentException("the between-study variance (" + tau2
                    + ") hides all differences in precision, so there is no limit to estimate");
        }
        RegressionFit radial = new MetaRegression()
                .withEstimator(new FixedTau2(tau2))
                .withTest(TestMethod.WALD)
                .withLevel(level)
                .fit(effects, design);
        WeightedSums sums = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k());
        sums.evaluate(0);
        double residual = plain.fit().residualHeterogeneity().statistic();
        return new LimitMetaAnalysis(radial, Math.sqrt(tau2), 1 / Math.sqrt(squares), sums.q(), residual, level);
    }

    /**
     * Returns the effect in the limit.
     *
     * @return β₀ = β + τα
     */
    public double estimate() {
        return beta + tau * alpha;
    }

    /**
     * Returns the standard error of {@link #estimate}.
     *
     * @return the standard error
     */
    public double standardError() {
        return standardError;
    }

    /**
     * Returns the interval of {@link #estimate}.
     *
     * @return its confidence interval
     */
    public Interval interval() {
        double half = Normal.criticalValue(level) * standardError;
        return new Interval(estimate() - half, estimate() + half, level);
    }

    /**
     * Tests {@link #estimate} against 0.
     *
     * @return z and its two-sided P value
     */
    public TestResult test() {
        double z = estimate() / standardError;
        return new TestResult(z, Double.POSITIVE_INFINITY, Normal.twoSided(z));
    }

    /**
     * Returns the small-study effect.
     *
     * @return α, in units of the total standard error
     */
    public double smallStudyEffect() {
        return alpha;
    }

    /**
     * Tests for small-study effects.
     *
     * @return the part of Cochran's Q that the regression explains, with 1 degree of freedom
     */
    public TestResult smallStudyTest() {
        return new TestResult(qSmall, 1, ChiSquared.upperTail(qSmall, 1));
    }

    /**
     * Tests for heterogeneity beyond small-study effects.
     *
     * @return the rest of Cochran's Q, with k − 2 degrees of freedom
     */
    public TestResult residualTest() {
        return new TestResult(qResidual, k - 2, ChiSquared.upperTail(qResidual, k - 2));
    }
}
