package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.robust.RobustType;

/** A fitted model of several outcomes per study. What costs more than the fit itself is computed when it is asked for. */
public final class MultivariateFit {

    private final BlockFit fit;
    private final OutcomeBlocks blocks;
    private final CovarianceStructure structure;
    private final int[] outcomes;
    private final List<String> names;
    private final List<Double> modes;
    private final OutcomeIntervals intervals;

    MultivariateFit(
            BlockFit fit,
            OutcomeBlocks blocks,
            CovarianceStructure structure,
            int[] outcomes,
            List<String> names,
            List<Double> modes,
            OutcomeIntervals intervals) {
        this.fit = fit;
        this.blocks = blocks;
        this.structure = structure;
        this.outcomes = outcomes.clone();
        this.names = names;
        this.modes = modes;
        this.intervals = intervals;
    }

    /**
     * Returns the outcomes.
     *
     * @return their names
     */
    public List<String> outcomes() {
        return names;
    }

    /**
     * Returns the structure of the covariance between studies.
     *
     * @return the structure
     */
    public CovarianceStructure structure() {
        return structure;
    }

    /**
     * Returns the number of effects.
     *
     * @return at least 2
     */
    public int estimateCount() {
        return fit.data.n();
    }

    /**
     * Returns the number of studies.
     *
     * @return at least 2
     */
    public int studyCount() {
        return blocks.blocks().size();
    }

    /**
     * Returns the coefficients with their model-based tests.
     *
     * @return the coefficients
     */
    public FixedEffects coefficients() {
        return fit.coefficients();
    }

    /**
     * Tells whether the data tell the variance of an outcome between studies.
     *
     * @param outcome 0-based
     * @return false if the design explains its effects, such as those of one study, and no other outcome shares the variance
     */
    public boolean isEstimable(int outcome) {
        return intervals.isEstimable(outcome);
    }

    /**
     * Returns the variance of the true effects of one outcome between studies.
     *
     * @param outcome 0-based
     * @return τ², at least 0; 0 where it cannot be estimated
     */
    public double tau2(int outcome) {
        return fit.variance(fit.peak.theta[OutcomeStructures.cell(outcome, outcome)]);
    }

    /**
     * Returns the correlation of the true effects of two outcomes between studies.
     *
     * @param a 0-based outcome
     * @param b another one
     * @return between −1 and 1; 0 where the structure has none, NaN where a variance is 0
     */
    public double rho(int a, int b) {
        double[] theta = fit.peak.theta;
        if (!structure.hasCorrelation()) {
            return 0;
        }
        double rho = theta[OutcomeStructures.cell(a, b)]
                / (Math.sqrt(theta[OutcomeStructures.cell(a, a)]) * Math.sqrt(theta[OutcomeStructures.cell(b, b)]));
        return Double.isNaN(rho) ? rho : Math.max(-1, Math.min(1, rho));
    }

    /**
     * Tells whether the data leave the covariance between studies at the edge of what is possible.
     *
     * @param a 0-based outcome
     * @param b another one
     * @return true if their correlation is −1 or 1, or a variance is 0
     */
    public boolean isAtBound(int a, int b) {
        return structure.hasCorrelation() && !(Math.abs(rho(a, b)) < 1 - OutcomeIntervals.AT_BOUND);
    }

    /**
     * Returns the profile-likelihood interval of a variance.
     *
     * @param outcome 0-based; any if the structure has one variance
     * @return the interval, from 0 where the likelihood at 0 is high enough, to infinity where it never falls far enough
     * @throws org.lozenge.stats.ConvergenceException if a limit is not found
     */
    public Interval tau2Interval(int outcome) {
        return intervals.tau2(outcome);
    }

    /**
     * Returns the profile-likelihood interval of a correlation between studies.
     *
     * @param a 0-based outcome
     * @param b another one
     * @return the interval, up to the bounds of the structure where the likelihood there is high enough
     * @throws org.lozenge.stats.ConvergenceException if a limit is not found
     */
    public Interval rhoInterval(int a, int b) {
        return intervals.rho(a, b);
    }

    /**
     * Returns how much of the information on a coefficient comes from other outcomes: one less the ratio of its variance to
     * that from the rows of its own outcome alone, with the same variances between studies (Jackson and others 2017).
     *
     * @param term 0-based
     * @param outcome 0-based outcome of the coefficient, whose column is 0 in the rows of all others
     * @return a fraction, 0 if other outcomes add nothing
     * @see <a href="https://doi.org/10.1177/0962280215611702">Jackson, White, Price, Copas and Riley (2017), Stat. Methods Med. Res.
     *     26, 2853–2868</a>
     */
    public double borrowedStrength(int term, int outcome) {
        int p = fit.data.p();
        int[] columns = IntStream.range(0, p)
                .filter(j -> IntStream.range(0, outcomes.length)
                        .allMatch(i -> outcomes[i] == outcome
                                || fit.design.columns().get(j).get(i) == 0))
                .toArray();
        double[][] separate = blocks.separateCovariance(outcome, fit.peak.theta, columns);
        double[][] all = new double[p][p];
        for (int a = 0; a < columns.length; a++) {
            for (int b = 0; b < columns.length; b++) {
                all[columns[a]][columns[b]] = fit.variance(separate[a][b]);
            }
        }
        double alone = fit.data.basis.toTerms(all)[term][term];
        return 1 - coefficients().covariance(term, term) / alone;
    }

    /**
     * Tests whether there is more than sampling error.
     *
     * @return Cochran's Q, generalised to correlated effects and moderators
     */
    public TestResult residualHeterogeneity() {
        return fit.residualHeterogeneity();
    }

    /**
     * Returns the log-likelihood.
     *
     * @param restricted true for the restricted one: that of a set of orthonormal contrasts
     * @return the log-likelihood at the fitted covariance
     */
    public double logLikelihood(boolean restricted) {
        return fit.logLikelihood(restricted);
    }

    /**
     * Returns the log-likelihoods of all maxima that the search met.
     *
     * @return highest first; more than one if the likelihood has several
     */
    public List<Double> modes() {
        return modes.stream()
                .map(value -> fit.logLikelihood(value, fit.restricted))
                .toList();
    }

    /**
     * Returns coefficients with cluster-robust tests, studies as clusters.
     *
     * @param type how residuals are adjusted
     * @return the coefficients
     */
    public RobustEffects robust(RobustType type) {
        int[] codes = new int[fit.data.n()];
        for (int b = 0; b < blocks.blocks().size(); b++) {
            for (int row : blocks.blocks().get(b)) {
                codes[row] = b;
            }
        }
        return fit.robust(type, codes);
    }

    /**
     * Returns the prediction interval of the true effect on one outcome in a new study.
     *
     * @param outcome 0-based
     * @param weights the row of the design at which to predict
     * @return the interval
     */
    public Interval predictionInterval(int outcome, double... weights) {
        return coefficients().combination(weights).predictionInterval(tau2(outcome));
    }

    /**
     * Returns the fitted values.
     *
     * @return one per effect, without random effects
     */
    public DoubleSeq fitted() {
        return DoubleSeq.of(
                IntStream.range(0, fit.data.n()).mapToDouble(fit::fitted).toArray());
    }

    /**
     * Predicts the true effect behind each effect.
     *
     * @return one per effect
     */
    public List<MultilevelFit.Prediction> trueEffects() {
        return Arrays.stream(fit.trueEffects())
                .map(cell -> new MultilevelFit.Prediction(cell[0], cell[1]))
                .toList();
    }
}
