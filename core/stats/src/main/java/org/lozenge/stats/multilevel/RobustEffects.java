package org.lozenge.stats.multilevel;

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
     * @return the standard error
     */
    public double standardError(int term) {
        double[] weights = weights(unit(term));
        return data.scale * Math.sqrt(robust.covariance(weights, weights));
    }

    /**
     * Tests whether a coefficient is 0.
     *
     * @param term 0-based
     * @return t with Satterthwaite's degrees of freedom
     */
    public TestResult test(int term) {
        double t = coefficients.coefficients().get(term) / standardError(term);
        double df = robust.df(weights(unit(term)));
        return new TestResult(t, df, StudentT.twoSided(t, df));
    }

    /**
     * Returns the confidence interval of a coefficient.
     *
     * @param term 0-based
     * @return the interval
     */
    public Interval confidenceInterval(int term) {
        double half = standardError(term) * StudentT.criticalValue(level, robust.df(weights(unit(term))));
        double estimate = coefficients.coefficients().get(term);
        return new Interval(estimate - half, estimate + half, level);
    }

    /**
     * Returns a combination of the coefficients, such as a mean at given values of the moderators.
     *
     * @param ofTerms a weight per term
     * @return the combination, with Satterthwaite's degrees of freedom
     */
    public FixedEffects.Combination combination(double... ofTerms) {
        double[] weights = weights(ofTerms);
        double estimate = coefficients.combination(ofTerms).estimate();
        double se = data.scale * Math.sqrt(robust.covariance(weights, weights));
        double df = robust.df(weights);
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
        double[][] weights = new double[tested.length][];
        double[] estimates = new double[tested.length];
        for (int i = 0; i < tested.length; i++) {
            weights[i] = weights(unit(tested[i]));
            estimates[i] = coefficients.coefficients().get(tested[i]) / data.scale;
        }
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
