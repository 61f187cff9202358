package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * A fitted Cox model. Immutable. Coefficients are log hazard ratios per unit of the covariate, in the order of
 * {@link #names()}; NaN for a redundant covariate, plus or minus infinity (with NaN standard error) for one without a
 * finite estimate.
 */
public final class CoxFit {

    private static final double SINGULAR = 1e-14;

    private final CoxData data;
    private final CoxDesign design;
    private final double[] estimate;
    private final double[][] covariance;
    private final double[][] robust;
    private final double logLikelihood;
    private final double nullLogLikelihood;
    private final double score;
    private final int steps;
    private final ProportionalHazards hazards;

    private CoxFit(
            CoxData data,
            CoxDesign design,
            double[] estimate,
            double[][] covariance,
            double[][] robust,
            double logLikelihood,
            double nullLogLikelihood,
            double score,
            int steps,
            ProportionalHazards hazards) {
        this.data = data;
        this.design = design;
        this.estimate = estimate;
        this.covariance = covariance;
        this.robust = robust;
        this.logLikelihood = logLikelihood;
        this.nullLogLikelihood = nullLogLikelihood;
        this.score = score;
        this.steps = steps;
        this.hazards = hazards;
    }

    /** Gathers a fit at the maximum gamma. */
    static CoxFit of(
            CoxData data,
            CoxDesign design,
            CoxLikelihood likelihood,
            double[] gamma,
            boolean[] infinite,
            double nullLogLikelihood,
            double score,
            int steps) {
        CoxScoreResiduals residuals = new CoxScoreResiduals(data, design);
        List<ProportionalHazards.Time> times = new ArrayList<>();
        likelihood.evaluate(gamma, (from, to, shift, s0, mean, u, info) -> {
            residuals.add(to, shift, s0, mean);
            times.add(new ProportionalHazards.Time(design.time[from], s0.length, u.clone(), copy(info)));
        });
        double[][] inverse =
                PositiveDefinite.of(likelihood.information, SINGULAR).inverse();
        double[][] meat = residuals.crossProduct(likelihood);
        return new CoxFit(
                data,
                design,
                spread(data, design, mark(design.toCovariates(gamma), infinite)),
                spread(data, design, mark(design.toCovariates(inverse), infinite)),
                spread(data, design, mark(design.toCovariates(sandwich(inverse, meat)), infinite)),
                likelihood.value,
                nullLogLikelihood,
                score,
                steps,
                new ProportionalHazards(data.times(), design, times));
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    private static double[][] sandwich(double[][] bread, double[][] meat) {
        int p = bread.length;
        double[][] result = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    for (int l = 0; l < p; l++) {
                        result[i][j] += bread[i][k] * meat[k][l] * bread[l][j];
                    }
                }
            }
        }
        return result;
    }

    private static double[] mark(double[] beta, boolean[] infinite) {
        for (int j = 0; j < beta.length; j++) {
            beta[j] = infinite[j] ? Math.copySign(Double.POSITIVE_INFINITY, beta[j]) : beta[j];
        }
        return beta;
    }

    private static double[][] mark(double[][] covariance, boolean[] infinite) {
        for (int i = 0; i < infinite.length; i++) {
            for (int j = 0; j < infinite.length; j++) {
                covariance[i][j] = infinite[i] || infinite[j] ? Double.NaN : covariance[i][j];
            }
        }
        return covariance;
    }

    /** From the kept columns to all columns; NaN for the others. */
    private static double[] spread(CoxData data, CoxDesign design, double[] kept) {
        double[] all = new double[data.names().size()];
        Arrays.fill(all, Double.NaN);
        for (int i = 0; i < kept.length; i++) {
            all[design.kept[i]] = kept[i];
        }
        return all;
    }

    private static double[][] spread(CoxData data, CoxDesign design, double[][] kept) {
        double[][] all = new double[data.names().size()][data.names().size()];
        for (double[] row : all) {
            Arrays.fill(row, Double.NaN);
        }
        for (int i = 0; i < kept.length; i++) {
            all[design.kept[i]] = spread(data, design, kept[i]);
        }
        return all;
    }

    /**
     * Returns the names of the covariates.
     *
     * @return all of them, redundant ones included
     */
    public List<String> names() {
        return data.names();
    }

    /**
     * Returns the number of participants.
     *
     * @return all participants, also those that carry no information
     */
    public int size() {
        return data.times().size();
    }

    /**
     * Returns the number of events.
     *
     * @return events of all participants
     */
    public int events() {
        return data.times().events();
    }

    /**
     * Returns the steps of Newton's method.
     *
     * @return at least 1
     */
    public int steps() {
        return steps;
    }

    /**
     * Returns a log hazard ratio.
     *
     * @param j 0-based position of the covariate
     * @return its coefficient; NaN if redundant, infinite without a finite estimate
     */
    public double estimate(int j) {
        return estimate[j];
    }

    /**
     * Returns the standard error from the information matrix.
     *
     * @param j 0-based position of the covariate
     * @return the standard error; NaN if redundant or infinite
     */
    public double standardError(int j) {
        return Math.sqrt(covariance[j][j]);
    }

    /**
     * Returns the robust (sandwich) standard error over clusters.
     *
     * @param j 0-based position of the covariate
     * @return the standard error; NaN if redundant or infinite
     * @see <a href="https://doi.org/10.1080/01621459.1989.10478874">Lin and Wei (1989), J. Am. Stat. Assoc. 84,
     *     1074–1078</a>
     */
    public double robustStandardError(int j) {
        return Math.sqrt(robust[j][j]);
    }

    /**
     * Returns the covariance of two coefficients.
     *
     * @param i 0-based position of a covariate
     * @param j 0-based position of a covariate
     * @param isRobust whether from the sandwich rather than from the information matrix
     * @return the covariance; NaN where one is redundant or infinite
     */
    public double covariance(int i, int j, boolean isRobust) {
        return isRobust ? robust[i][j] : covariance[i][j];
    }

    /**
     * Tests one coefficient by its standard error.
     *
     * @param j 0-based position of the covariate
     * @param isRobust whether with the robust standard error
     * @return z and its two-sided P value; NaN if redundant or infinite
     */
    public TestResult zTest(int j, boolean isRobust) {
        double z = estimate[j] / (isRobust ? robustStandardError(j) : standardError(j));
        return new TestResult(z, Double.POSITIVE_INFINITY, Normal.twoSided(z));
    }

    /**
     * Returns the limits of the normal interval of one coefficient.
     *
     * @param j 0-based position of the covariate
     * @param level between 0 and 1
     * @param isRobust whether with the robust standard error
     * @return lower and upper limit; both NaN if redundant or infinite
     */
    public double[] limits(int j, double level, boolean isRobust) {
        double half = Normal.criticalValue(Interval.requireLevel(level))
                * (isRobust ? robustStandardError(j) : standardError(j));
        return new double[] {estimate[j] - half, estimate[j] + half};
    }

    /**
     * Returns the covariates that were left out because they are constant at risk within strata or combinations of earlier
     * ones.
     *
     * @return their names; empty if none
     */
    public List<String> redundant() {
        return named(j -> Double.isNaN(estimate[j]));
    }

    /**
     * Returns the covariates without a finite estimate.
     *
     * @return their names; empty if none
     */
    public List<String> infinite() {
        return named(j -> Double.isInfinite(estimate[j]));
    }

    private List<String> named(java.util.function.IntPredicate which) {
        List<String> named = new ArrayList<>();
        for (int j = 0; j < estimate.length; j++) {
            if (which.test(j)) {
                named.add(data.names().get(j));
            }
        }
        return named;
    }

    /**
     * Returns the log partial likelihood at the maximum.
     *
     * @return the log likelihood; its limit when a coefficient is infinite
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /**
     * Returns the log partial likelihood without covariates.
     *
     * @return the log likelihood at 0
     */
    public double nullLogLikelihood() {
        return nullLogLikelihood;
    }

    /**
     * Tests all coefficients together by the likelihood ratio.
     *
     * @return chi-squared on the number of covariates that are not redundant
     */
    public TestResult likelihoodRatioTest() {
        return chiSquared(Math.max(0, 2 * (logLikelihood - nullLogLikelihood)));
    }

    /**
     * Tests all coefficients together by the score at 0, which for one binary covariate without ties is the log-rank test.
     *
     * @return chi-squared on the number of covariates that are not redundant
     */
    public TestResult scoreTest() {
        return chiSquared(score);
    }

    /**
     * Tests all coefficients together by their covariance.
     *
     * @param isRobust whether with the robust covariance
     * @return chi-squared on the number of covariates that are not redundant; statistic and P value NaN when a
     *     coefficient is infinite
     */
    public TestResult waldTest(boolean isRobust) {
        if (!infinite().isEmpty()) {
            return new TestResult(Double.NaN, design.rank(), Double.NaN);
        }
        int p = design.rank();
        double[] beta = new double[p];
        double[][] v = new double[p][p];
        for (int i = 0; i < p; i++) {
            beta[i] = estimate[design.kept[i]];
            for (int j = 0; j < p; j++) {
                v[i][j] = covariance(design.kept[i], design.kept[j], isRobust);
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(v, SINGULAR);
        double statistic = factor.inverseForm(beta);
        return new TestResult(statistic, factor.rank(), ChiSquared.upperTail(statistic, factor.rank()));
    }

    private TestResult chiSquared(double statistic) {
        return new TestResult(statistic, design.rank(), ChiSquared.upperTail(statistic, design.rank()));
    }

    /**
     * Tests proportional hazards of a group of covariates, or of all, by the score of an added interaction with time.
     *
     * <p>Agrees with {@code cox.zph} of R survival 3.5.3.
     *
     * @param transform function of time with which the coefficients may drift
     * @param columns 0-based positions of the covariates that drift together; redundant ones are passed over
     * @return chi-squared; NaN with 0 degrees of freedom if nothing can be tested
     * @throws IllegalStateException if a coefficient is infinite
     * @throws IllegalArgumentException if the transform is {@link TimeTransform#LOG} and an event has time 0
     * @see <a href="https://doi.org/10.1093/biomet/81.3.515">Grambsch and Therneau (1994), Biometrika 81, 515–526</a>
     */
    public TestResult proportionalHazardsTest(TimeTransform transform, int... columns) {
        if (!infinite().isEmpty()) {
            throw new IllegalStateException("Proportional hazards cannot be tested with infinite coefficients of "
                    + String.join(", ", infinite()));
        }
        return hazards.test(transform, columns);
    }
}
