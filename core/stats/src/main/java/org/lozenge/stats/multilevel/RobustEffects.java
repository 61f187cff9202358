package org.lozenge.stats.multilevel;

import java.util.Arrays;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.robust.ClusterRobust;
import org.lozenge.stats.robust.RobustType;

/** Coefficients with cluster-robust standard errors and Satterthwaite's degrees of freedom. */
public final class RobustEffects {

    private final RobustType type;
    private final int clusters;
    private final ClusterRobust robust;
    private final Standardised data;
    private final FixedEffects coefficients;
    private final double level;

    RobustEffects(
            RobustType type,
            int clusters,
            ClusterRobust robust,
            Standardised data,
            FixedEffects coefficients,
            double level) {
        this.type = type;
        this.clusters = clusters;
        this.robust = robust;
        this.data = data;
        this.coefficients = coefficients;
        this.level = level;
    }

    /**
     * Returns how residuals were adjusted.
     *
     * @return the type
     */
    public RobustType type() {
        return type;
    }

    /**
     * Returns the number of clusters.
     *
     * @return at least 2
     */
    public int clusters() {
        return clusters;
    }

    /**
     * Returns the robust standard error of a coefficient.
     *
     * @param term 0-based
     * @return the standard error; NaN where the coefficient rests on clusters that the model fits exactly
     */
    public double standardError(int term) {
        return combination(unit(term)).standardError();
    }

    /**
     * Tests whether a coefficient is 0.
     *
     * @param term 0-based
     * @return t with Satterthwaite's degrees of freedom; all NaN where there is no standard error
     */
    public TestResult test(int term) {
        return combination(unit(term)).test();
    }

    /**
     * Returns the confidence interval of a coefficient.
     *
     * @param term 0-based
     * @return the interval; without limits where there is no standard error
     */
    public Interval confidenceInterval(int term) {
        return combination(unit(term)).confidenceInterval();
    }

    /**
     * Returns a combination of the coefficients, such as a mean at given values of the moderators.
     *
     * @param ofTerms a weight per term
     * @return the combination, with Satterthwaite's degrees of freedom; its standard error and test are NaN and its
     *     interval has no limits where it rests on clusters that the model fits exactly
     */
    public FixedEffects.Combination combination(double... ofTerms) {
        double[] weights = weights(ofTerms);
        double estimate = coefficients.combination(ofTerms).estimate();
        double df = robust.df(weights);
        if (Double.isNaN(df)) {
            return new FixedEffects.Combination(
                    estimate,
                    Double.NaN,
                    new TestResult(Double.NaN, Double.NaN, Double.NaN),
                    new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, level));
        }
        double se = data.scale * Math.sqrt(robust.covariance(weights, weights));
        double half = se * StudentT.criticalValue(level, df);
        return new FixedEffects.Combination(
                estimate,
                se,
                new TestResult(estimate / se, df, StudentT.twoSided(estimate / se, df)),
                new Interval(estimate - half, estimate + half, level));
    }

    /**
     * Tests whether several coefficients are 0, by Hotelling's T² with Zhang's approximation.
     *
     * @param tested 0-based terms, at least one
     * @return the test
     */
    public FixedEffects.Omnibus omnibus(int... tested) {
        return omnibus(Arrays.stream(tested).mapToObj(this::unit).toArray(double[][]::new));
    }

    /**
     * Tests whether several combinations of coefficients are 0, by Hotelling's T² with Zhang's approximation.
     *
     * @param contrasts a row of weights per combination, at least one; what follows from other rows does not count
     * @return the test
     */
    public FixedEffects.Omnibus omnibus(double[][] contrasts) {
        double[][] weights = coefficients.inBasis(contrasts);
        double[] estimates = Arrays.stream(weights)
                .mapToDouble(row -> coefficients.inBasis(row) / data.scale)
                .toArray();
        ClusterRobust.Wald wald = robust.wald(weights, estimates);
        return new FixedEffects.Omnibus(wald.statistic(), wald.df1(), wald.df2(), wald.pValue());
    }

    private double[] unit(int term) {
        double[] unit = new double[coefficients.terms().size()];
        unit[term] = 1;
        return unit;
    }

    /** The weights of basis coordinates that give a combination of terms. */
    private double[] weights(double[] ofTerms) {
        return data.basis.toBasis(ofTerms);
    }
}
