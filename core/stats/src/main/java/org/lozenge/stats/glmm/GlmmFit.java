package org.lozenge.stats.glmm;

import java.util.Arrays;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * A fitted model of counts. Effects are log odds ratios, log rate ratios, logits or log rates. Immutable; intervals from the
 * profile likelihood are computed when they are asked for.
 */
public final class GlmmFit {

    private final GlmmData data;
    private final boolean random;
    private final Peak peak;
    private final int points;
    private final double change;
    private final int maxima;
    private final boolean refined;
    private final Runnable check;

    GlmmFit(
            GlmmData data,
            boolean random,
            Peak peak,
            int points,
            double change,
            int maxima,
            boolean refined,
            Runnable check) {
        this.data = data;
        this.random = random;
        this.peak = peak;
        this.points = points;
        this.change = change;
        this.maxima = maxima;
        this.refined = refined;
        this.check = check;
    }

    /**
     * Returns what was fitted.
     *
     * @return the counts
     */
    public GlmmData data() {
        return data;
    }

    /**
     * Returns whether effects vary between studies.
     *
     * @return false for a common effect
     */
    public boolean isRandom() {
        return random;
    }

    /**
     * Returns a coefficient.
     *
     * @param index from 0; the only one without moderators is the pooled effect
     * @return the maximum likelihood estimate
     */
    public double estimate(int index) {
        return data.design().toTerms(peak.x())[checked(index)];
    }

    /**
     * Returns the standard error of a coefficient, from the observed information about all parameters.
     *
     * @param index from 0
     * @return the standard error
     */
    public double standardError(int index) {
        return Math.sqrt(covariance(index, index));
    }

    /**
     * Returns the covariance of two coefficients.
     *
     * @param i from 0
     * @param j from 0
     * @return the covariance
     */
    public double covariance(int i, int j) {
        return form(unit(i), unit(j));
    }

    private double[] unit(int index) {
        double[] unit = new double[data.coefficients()];
        unit[checked(index)] = 1;
        return unit;
    }

    /** The covariance of two combinations of the coefficients. */
    double form(double[] a, double[] b) {
        return formOfColumns(data.design().toColumns(a), data.design().toColumns(b));
    }

    /** The covariance of two combinations of the coefficients of the orthogonal columns. */
    double formOfColumns(double[] left, double[] right) {
        double sum = 0;
        for (int c = 0; c < left.length; c++) {
            for (int d = 0; d < right.length; d++) {
                sum += left[c] * peak.covariance()[c][d] * right[d];
            }
        }
        return sum;
    }

    /**
     * Returns tests and intervals of combinations of the coefficients.
     *
     * @param df degrees of freedom of t and F, above 0; infinity for the normal distribution and χ²
     * @return what answers for them
     */
    public GlmmInference inference(double df) {
        return new GlmmInference(this, df);
    }

    private int checked(int index) {
        if (index < 0 || index >= data.coefficients()) {
            throw new IndexOutOfBoundsException(
                    "There are " + data.coefficients() + " coefficients, but not number " + index);
        }
        return index;
    }

    /**
     * Returns the residual degrees of freedom of t tests.
     *
     * @return studies less coefficients
     */
    public int df() {
        return data.k() - data.coefficients();
    }

    /**
     * Tests whether a coefficient is 0.
     *
     * @param index from 0
     * @param df degrees of freedom of t, above 0; infinity for the normal distribution
     * @return statistic, degrees of freedom and two-sided P
     */
    public TestResult test(int index, double df) {
        return inference(df).test(unit(index));
    }

    /**
     * Returns the Wald interval of a coefficient.
     *
     * @param index from 0
     * @param level as a fraction
     * @param df degrees of freedom of t, above 0; infinity for the normal distribution
     * @return the interval
     */
    public Interval interval(int index, double level, double df) {
        return inference(df).interval(level, unit(index));
    }

    /**
     * Returns the interval of the effect of a new study, {@code μ ± crit √(τ² + SE²)}, without moderators.
     *
     * @param level as a fraction
     * @param df degrees of freedom of t, above 0; infinity for the normal distribution
     * @return the prediction interval
     */
    public Interval predictionInterval(double level, double df) {
        return inference(df).predictionInterval(level, unit(0));
    }

    /**
     * Returns the interval of a coefficient in which twice the drop of the profile log-likelihood is below the quantile of χ²
     * with one degree of freedom.
     *
     * @param index from 0
     * @param level as a fraction
     * @return the interval; a limit may be infinite
     * @throws org.lozenge.stats.ConvergenceException if the profile cannot be followed
     */
    public Interval profileInterval(int index, double level) {
        return new ProfileInterval(this, ChiSquared.upperQuantile(1 - Interval.requireLevel(level), 1))
                .combination(unit(index), level);
    }

    /**
     * Returns the variance between studies.
     *
     * @return τ², 0 for a common effect
     */
    public double tau2() {
        return random ? square(peak.x()[likelihood().position(StudyIntegral.TAU)]) : 0;
    }

    /**
     * Returns the standard error of τ².
     *
     * @return from the observed information; NaN where τ² is 0
     */
    public double tau2StandardError() {
        return random ? spreadError(StudyIntegral.TAU) : Double.NaN;
    }

    private double spreadError(int parameter) {
        int at = likelihood().position(parameter);
        return 2 * peak.x()[at] * Math.sqrt(peak.covariance()[at][at]);
    }

    /**
     * Returns the interval of τ² by its profile likelihood.
     *
     * @param level as a fraction
     * @return the interval; its lower limit may be 0, its upper one infinite
     * @throws IllegalStateException for a common effect
     */
    public Interval tau2Interval(double level) {
        if (!random) {
            throw new IllegalStateException("A common effect has no variance between studies");
        }
        return new ProfileInterval(this, ChiSquared.upperQuantile(1 - Interval.requireLevel(level), 1)).tau2(level);
    }

    /**
     * Returns the variance of baselines.
     *
     * @return σ²; NaN unless baselines are random
     */
    public double sigma2() {
        return data.hasRandomBaselines() ? square(peak.x()[likelihood().position(StudyIntegral.SIGMA)]) : Double.NaN;
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Returns the maximum of the log-likelihood with all constants.
     *
     * @return the log-likelihood
     */
    public double logLikelihood() {
        return peak.value();
    }

    /**
     * Returns the number of estimated parameters, baselines and variances included.
     *
     * @return the number
     */
    public int parameters() {
        int baselines = data.hasOwnBaselines() ? data.k() : data.hasRandomBaselines() ? 2 : 0;
        return data.coefficients() + baselines + (random ? 1 : 0);
    }

    /**
     * Returns the number of observations that BIC and AICc count.
     *
     * @return a row an arm in unconditional models, a row a study otherwise
     */
    public int observations() {
        return data.observations();
    }

    /**
     * Returns Akaike's criterion.
     *
     * @return AIC
     */
    public double aic() {
        return -2 * logLikelihood() + 2.0 * parameters();
    }

    /**
     * Returns Schwarz's criterion.
     *
     * @return BIC
     */
    public double bic() {
        return -2 * logLikelihood() + parameters() * StrictMath.log(observations());
    }

    /**
     * Returns Akaike's criterion with the correction for few observations. Their number is taken as at least two more than
     * that of parameters, as metafor does.
     *
     * @return AICc
     */
    public double aicc() {
        double n = Math.max(observations(), parameters() + 2);
        return -2 * logLikelihood() + 2 * parameters() * n / (n - parameters() - 1);
    }

    /**
     * Returns the studies' own effects given the fitted model (empirical Bayes).
     *
     * @return posterior means, in the order of {@link GlmmData#used()}
     */
    public double[] blups() {
        return posterior()[0];
    }

    /**
     * Returns the posterior standard deviations of the studies' own effects, the parameters taken as known.
     *
     * @return as many as {@link #blups()}
     */
    public double[] blupStandardErrors() {
        return Arrays.stream(posterior()[1]).map(Math::sqrt).toArray();
    }

    /**
     * Returns each study's share of the observed information about the effect, the other parameters taken as known.
     *
     * @return fractions that add to 1, in the order of {@link GlmmData#used()}; NaN if there is no information
     */
    public double[] informationShares() {
        double[] shares = likelihood().with(rule()).information(peak.x());
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private double[][] posterior() {
        return likelihood().with(rule()).posterior(peak.x());
    }

    /**
     * Returns the number of quadrature points for each random effect.
     *
     * @return 1 if nothing was integrated
     */
    public int points() {
        return points;
    }

    /**
     * Returns how much more points change the answer: half as many more before the last, or twice as many as were set.
     *
     * @return the largest change of a parameter in its standard errors, or of the log-likelihood
     */
    public double quadratureChange() {
        return change;
    }

    /**
     * Returns the number of maxima of the likelihood that were found; the highest counts.
     *
     * @return at least 1
     */
    public int maxima() {
        return Math.max(1, maxima);
    }

    MarginalLikelihood likelihood() {
        return likelihood(data);
    }

    MarginalLikelihood likelihood(GlmmData data) {
        return (random ? MarginalLikelihood.random(data) : MarginalLikelihood.common(data)).checking(check);
    }

    Runnable check() {
        return check;
    }

    /** The standard error of τ; NaN where τ is 0. */
    double tauStandardError() {
        int at = likelihood().position(StudyIntegral.TAU);
        return Math.sqrt(peak.covariance()[at][at]);
    }

    /** Whether the number of points was chosen, so that limits may take more. */
    boolean isRefined() {
        return refined;
    }

    GaussHermite rule() {
        return new GaussHermite(points);
    }

    double[] parameterValues() {
        return peak.x().clone();
    }
}
