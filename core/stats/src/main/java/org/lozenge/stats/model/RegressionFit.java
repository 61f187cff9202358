package org.lozenge.stats.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.PositiveDefinite;
import org.lozenge.stats.numeric.StudentT;
import org.lozenge.stats.numeric.Vectors;
import org.lozenge.stats.tau2.DesignSums;
import org.lozenge.stats.tau2.FixedTau2;
import org.lozenge.stats.tau2.QProfile;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Mode;

/** A fitted meta-regression. All values are on the analysis scale. Immutable. */
public final class RegressionFit {

    private final EffectSizes effects;
    private final DesignMatrix design;
    private final Tau2Estimator estimator;
    private final TestMethod testMethod;
    private final double level;
    private final double tau2;
    private final double[] coefficients;
    private final double[][] toTerms;
    private final double[] standard;
    private final double[][] covariance;
    private final double multiplier;
    private final double[] residuals;
    private volatile Optional<WithoutTau2> atZero = Optional.empty();

    RegressionFit(
            EffectSizes effects,
            DesignMatrix design,
            Tau2Estimator estimator,
            TestMethod testMethod,
            double level,
            double tau2,
            DesignSums sums) {
        this.effects = effects;
        this.design = design;
        this.estimator = estimator;
        this.testMethod = testMethod;
        this.level = level;
        this.tau2 = tau2;
        this.toTerms = factors(design, sums);
        this.standard = sums.standardCoordinates(zero(effects, design));
        this.covariance = covariance(toTerms);
        this.multiplier = sums.q() / sums.df();
        this.residuals = sums.residuals();
        this.coefficients =
                Refinement.of(effects, design, tau2, toTerms, design.toTerms(sums.coefficients()), residuals);
    }

    /** Vectors whose outer products add to the covariance. */
    private static double[][] factors(DesignMatrix design, DesignSums sums) {
        double[][] factors = sums.covarianceFactor();
        for (int c = 0; c < factors.length; c++) {
            factors[c] = design.toTerms(factors[c]);
        }
        return factors;
    }

    /** What may be taken from the effects because the intercept takes it up: about their mean. */
    private static double zero(EffectSizes effects, DesignMatrix design) {
        if (!design.hasIntercept()) {
            return 0;
        }
        double first = effects.y().get(0);
        double sum = 0;
        for (int i = 0; i < effects.k(); i++) {
            sum += effects.y().get(i) - first;
        }
        return first + sum / effects.k();
    }

    private static double[][] covariance(double[][] factors) {
        int p = factors.length;
        double[][] out = new double[p][p];
        for (double[] x : factors) {
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    out[i][j] += x[i] * x[j];
                }
            }
        }
        return out;
    }

    /**
     * Returns the studies.
     *
     * @return the effects the model was fitted to
     */
    public EffectSizes effects() {
        return effects;
    }

    /**
     * Returns the moderators.
     *
     * @return the design, whose terms the coefficients belong to
     */
    public DesignMatrix design() {
        return design;
    }

    /**
     * Returns the estimator of τ².
     *
     * @return the estimator
     */
    public Tau2Estimator estimator() {
        return estimator;
    }

    /**
     * Returns the test in use.
     *
     * @return the test
     */
    public TestMethod testMethod() {
        return testMethod;
    }

    /**
     * Returns the residual between-study variance.
     *
     * @return τ², at least 0
     */
    public double tau2() {
        return tau2;
    }

    /**
     * Returns the standard error of τ².
     *
     * @return the standard error
     */
    public double tau2StandardError() {
        return estimator.standardError(sums(), tau2);
    }

    /**
     * Returns limits of the residual between-study variance.
     *
     * @param method how they are found
     * @return the limits at the level of the model; empty for {@link Tau2IntervalMethod#NONE}, and for Wald's method where
     *     τ² has no standard error
     */
    public Optional<QProfile.Result> tau2Interval(Tau2IntervalMethod method) {
        return Tau2Limits.of(method, sums(), Optional.of(estimator), tau2, tau2StandardError(), level);
    }

    /**
     * Returns the maxima of the likelihood the estimator maximises.
     *
     * @return all maxima in ascending order of τ²; empty when the estimator maximises no likelihood
     */
    public List<Tau2Mode> modes() {
        return estimator.modes(sums());
    }

    /**
     * Returns the residual degrees of freedom.
     *
     * @return k − p, at least 1
     */
    public int residualDf() {
        return effects.k() - coefficients.length;
    }

    /**
     * Returns the degrees of freedom of the tests of coefficients.
     *
     * @return k − p, or infinity for the Wald test
     */
    public double df() {
        return testMethod == TestMethod.WALD ? Double.POSITIVE_INFINITY : residualDf();
    }

    /**
     * Returns the coefficients.
     *
     * @return one per term of the design
     */
    public DoubleSeq coefficients() {
        return DoubleSeq.of(coefficients);
    }

    /**
     * Returns one coefficient.
     *
     * @param term 0-based position of the term
     * @return its estimate
     */
    public double coefficient(int term) {
        return coefficients[term];
    }

    /**
     * Returns the covariance of two coefficients that belongs to the test in use.
     *
     * @param a 0-based position of a term
     * @param b 0-based position of a term
     * @return the covariance
     */
    public double covariance(int a, int b) {
        return factor() * covariance[a][b];
    }

    /**
     * Returns the standard error of a coefficient that belongs to the test in use.
     *
     * @param term 0-based position of the term
     * @return the standard error; 0 when the fit is perfect and the plain Hartung–Knapp method is used
     */
    public double standardError(int term) {
        return Math.sqrt(covariance(term, term));
    }

    /**
     * Returns the factor by which the Hartung–Knapp method multiplies the covariance, before any guard.
     *
     * @return {@code y′Py/(k − p)}
     */
    public double hartungKnappMultiplier() {
        return multiplier;
    }

    double factor() {
        return switch (testMethod) {
            case WALD, T -> 1;
            case HARTUNG_KNAPP -> multiplier;
            case HARTUNG_KNAPP_AD_HOC -> Math.max(1, multiplier);
            default -> throw new IllegalStateException("No regression is tested by " + testMethod);
        };
    }

    /**
     * Tests a coefficient against 0.
     *
     * @param term 0-based position of the term
     * @return z or t, its degrees of freedom and the two-sided P value; NaN when the standard error is 0
     */
    public TestResult test(int term) {
        double se = standardError(term);
        if (se == 0) {
            return new TestResult(Double.NaN, df(), Double.NaN);
        }
        double statistic = coefficients[term] / se;
        return new TestResult(statistic, df(), StudentT.twoSided(statistic, df()));
    }

    /**
     * Returns the confidence interval of a coefficient.
     *
     * @param term 0-based position of the term
     * @return the interval at the level of the model
     */
    public Interval confidenceInterval(int term) {
        double half = StudentT.criticalValue(level, df()) * standardError(term);
        return new Interval(coefficients[term] - half, coefficients[term] + half, level);
    }

    /**
     * Tests all moderators together: all terms but the intercept, or all terms where there is none.
     *
     * @return chi-squared with infinite denominator degrees of freedom, or F; the numerator's are {@link
     *     #moderatorCount}; NaN when the fit is perfect or there is no moderator
     */
    public TestResult moderatorTest() {
        int m = moderatorCount();
        if (m == 0) {
            return new TestResult(Double.NaN, m, Double.NaN);
        }
        JointTest test = inference().moderatorTest();
        return new TestResult(test.statistic(), test.df1(), test.pValue());
    }

    /** Combinations of coefficients, turned to be uncorrelated. */
    Contrasts contrasts(double[]... combinations) {
        return new Contrasts(toTerms, standard, zero(effects, design), combinations);
    }

    /**
     * Returns the number of moderators that are tested together.
     *
     * @return the number of terms, without the intercept
     */
    public int moderatorCount() {
        return coefficients.length - (design.hasIntercept() ? 1 : 0);
    }

    /**
     * Tests the residual heterogeneity.
     *
     * @return Q_E, the weighted residual sum of squares at τ² = 0, with k − p degrees of freedom
     */
    public TestResult residualHeterogeneity() {
        double q = withoutTau2().q;
        return new TestResult(q, residualDf(), ChiSquared.upperTail(q, residualDf()));
    }

    /**
     * Returns the typical sampling variance that I² and H² compare τ² with.
     *
     * @return {@code (k − p) / tr P} at τ² = 0
     */
    public double typicalVariance() {
        return residualDf() / withoutTau2().traceP;
    }

    /**
     * Returns the share of the unexplained variance that is heterogeneity.
     *
     * @return I² as a fraction
     */
    public double i2() {
        return tau2 / (tau2 + typicalVariance());
    }

    /**
     * Returns the ratio of the unexplained to the sampling variance.
     *
     * @return H², at least 1
     */
    public double h2() {
        return 1 + tau2 / typicalVariance();
    }

    /**
     * Returns the share of heterogeneity that the moderators account for, as against the model without them by the same
     * estimator.
     *
     * @return R² as a fraction, at least 0; empty without an intercept or where there is no heterogeneity to explain
     */
    public Optional<Double> r2() {
        double without = design.hasIntercept() ? estimator.estimate(effects) : 0;
        return without > 0 ? Optional.of(Math.max(0, 1 - tau2 / without)) : Optional.empty();
    }

    /**
     * Returns the log-likelihood at the estimates.
     *
     * @param restricted whether the restricted likelihood is meant
     * @return the log-likelihood with all constants, that of the restricted one with log |X′X|/2 over an orthonormal
     *     basis of the design
     */
    public double logLikelihood(boolean restricted) {
        return sumsAtEstimate().logLikelihood(tau2, restricted);
    }

    /**
     * Returns the fitted values.
     *
     * @return one per study
     */
    public DoubleSeq fitted() {
        double[] out = new double[residuals.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = effects.y().get(i) - residuals[i];
        }
        return DoubleSeq.of(out);
    }

    /**
     * Returns the residuals.
     *
     * @return effect minus fitted value, one per study
     */
    public DoubleSeq residuals() {
        return DoubleSeq.of(residuals);
    }

    /**
     * Returns the leverages.
     *
     * @return the diagonal of the hat matrix, one per study; they add to the number of terms
     */
    public DoubleSeq leverages() {
        return DoubleSeq.of(sumsAtEstimate().leverages());
    }

    /**
     * Returns the weights of the studies.
     *
     * @return {@code 1/(v + τ²)} as fractions that add to 1
     */
    public DoubleSeq weights() {
        double[] out = new double[residuals.length];
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < out.length; i++) {
            smallest = Math.min(smallest, effects.v().get(i) + tau2);
        }
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = smallest / (effects.v().get(i) + tau2);
            sum += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= sum;
        }
        return DoubleSeq.of(out);
    }

    /**
     * Predicts the mean effect at a value of each term.
     *
     * @param x a value per term of the design, 1 for the intercept
     * @return the prediction
     */
    public double predict(double... x) {
        double sum = 0;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * x[i];
        }
        return sum;
    }

    /**
     * Returns the standard error of {@link #predict}.
     *
     * @param x a value per term of the design, 1 for the intercept
     * @return the standard error that belongs to the test in use
     */
    public double predictionError(double... x) {
        return Math.sqrt(factor()) * Contrasts.length(Contrasts.coordinates(toTerms, x));
    }

    /**
     * Returns tests and intervals of coefficients and their combinations by the model.
     *
     * @return the inference that belongs to the test in use
     */
    public CoefficientInference inference() {
        return new ModelInference(this);
    }

    /**
     * Returns what the likelihood says about the fit.
     *
     * @param restricted whether the restricted likelihood is meant
     * @return the criteria, with τ² counted among the parameters unless it was given
     */
    public InformationCriteria criteria(boolean restricted) {
        int parameters = coefficients.length + (estimator instanceof FixedTau2 ? 0 : 1);
        return new InformationCriteria(logLikelihood(restricted), parameters, restricted ? residualDf() : effects.k());
    }

    /**
     * Returns how much the other moderators inflate the variance of each coefficient.
     *
     * @return as many as there are terms: the variance over what it would be if the term were uncorrelated with the others;
     *     NaN for the intercept
     */
    public DoubleSeq varianceInflation() {
        double[] out = new double[coefficients.length];
        int shift = coefficients.length - moderatorCount();
        Arrays.fill(out, 0, shift, Double.NaN);
        for (int j = shift; j < out.length; j++) {
            out[j] = varianceInflation(j);
        }
        return DoubleSeq.of(out);
    }

    /**
     * Returns the generalised variance inflation factor of some terms together.
     *
     * @param terms 0-based positions of terms, without the intercept
     * @return Fox and Monette's factor, 1 if these terms are uncorrelated with the others; its 1/(2m)-th power compares
     *     terms of different size m
     */
    public double varianceInflation(int... terms) {
        int shift = coefficients.length - moderatorCount();
        if (terms.length == moderatorCount()) {
            return 1;
        }
        double[][] covariances = new double[terms.length][terms.length];
        double[][] products = new double[terms.length][terms.length];
        double[][] columns = weightedColumns(shift > 0, terms);
        double log = 0;
        for (int i = 0; i < terms.length; i++) {
            for (int j = 0; j < terms.length; j++) {
                covariances[i][j] = covariance[terms[i]][terms[j]];
                products[i][j] = Vectors.dot(columns[i], columns[j], 0, columns[i].length);
            }
            log += StrictMath.log(covariances[i][i] * products[i][i]);
        }
        return Math.max(1, StrictMath.exp(log + logDeterminant(covariances) + logDeterminant(products)));
    }

    /** Columns of the design times √w, about their weighted means if there is an intercept. */
    private double[][] weightedColumns(boolean centred, int... terms) {
        double[][] columns = new double[terms.length][];
        for (int c = 0; c < terms.length; c++) {
            double[] x = design.columns().get(terms[c]).toArray();
            double mean = 0;
            double sum = 0;
            for (int i = 0; centred && i < x.length; i++) {
                double w = 1 / (effects.v().get(i) + tau2);
                sum += w;
                mean += w / sum * (x[i] - mean);
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = (x[i] - mean) / Math.sqrt(effects.v().get(i) + tau2);
            }
            columns[c] = x;
        }
        return columns;
    }

    private static double logDeterminant(double[][] matrix) {
        return PositiveDefinite.of(matrix, 0).logDeterminantOfCorrelation();
    }

    /** What the fit says at τ² = 0. */
    private record WithoutTau2(double q, double traceP) {}

    /** Computed when first asked for; whoever comes second sees the same numbers. */
    private WithoutTau2 withoutTau2() {
        Optional<WithoutTau2> known = atZero;
        if (known.isEmpty()) {
            DesignSums sums = sums();
            sums.evaluate(0);
            known = Optional.of(new WithoutTau2(sums.q(), sums.traceP()));
            atZero = known;
        }
        return known.get();
    }

    /** The sums at the estimate of τ². */
    DesignSums sumsAtEstimate() {
        DesignSums sums = sums();
        sums.evaluate(tau2);
        return sums;
    }

    private DesignSums sums() {
        return new DesignSums(effects.y().toArray(), effects.v().toArray(), design.basis());
    }
}
