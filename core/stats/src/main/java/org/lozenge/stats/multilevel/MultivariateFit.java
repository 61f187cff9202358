package org.lozenge.stats.multilevel;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Roots;
import org.lozenge.stats.robust.RobustType;

/** A fitted model of several outcomes per study. What costs more than the fit itself is computed when it is asked for. */
public final class MultivariateFit {

    /** A correlation this close to ±1 is at its bound. */
    private static final double AT_BOUND = 1e-6;

    private final BlockFit fit;
    private final OutcomeBlocks blocks;
    private final CovarianceStructure structure;
    private final int[] outcomes;
    private final List<String> names;
    private final List<Double> modes;
    private final double level;

    MultivariateFit(
            BlockFit fit,
            OutcomeBlocks blocks,
            CovarianceStructure structure,
            int[] outcomes,
            List<String> names,
            List<Double> modes,
            double level) {
        this.fit = fit;
        this.blocks = blocks;
        this.structure = structure;
        this.outcomes = outcomes.clone();
        this.names = names;
        this.modes = modes;
        this.level = level;
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
     * Returns the variance of the true effects of one outcome between studies.
     *
     * @param outcome 0-based
     * @return τ², at least 0
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
        return structure.hasCorrelation() && !(Math.abs(rho(a, b)) < 1 - AT_BOUND);
    }

    /**
     * Returns the profile-likelihood interval of a variance.
     *
     * @param outcome 0-based; any if the structure has one variance
     * @return the interval, from 0 where the likelihood at 0 is high enough, to infinity where it never falls far enough
     * @throws org.lozenge.stats.ConvergenceException if a limit is not found
     */
    public Interval tau2Interval(int outcome) {
        int q = names.size();
        double[][] g = OutcomeStructures.matrix(fit.peak.theta, q);
        int[] order = OutcomeStructures.order(q, outcome);
        boolean deviation = structure.hasCorrelation();
        Structure parameters = switch (structure) {
            case UN -> OutcomeStructures.free(q, order);
            case CS -> OutcomeStructures.correlated(q, true);
            case HCS -> OutcomeStructures.correlated(q, false);
            case DIAG, ID -> MultivariateModel.parameters(structure, q);
        };
        double[] start = switch (structure) {
            case UN -> OutcomeStructures.freeStart(g, order);
            case CS -> new double[] {Math.sqrt(g[0][0]), correlation(0, 1)};
            case HCS, DIAG, ID -> MultivariateModel.start(structure, g);
        };
        int parameter = structure == CovarianceStructure.HCS || structure == CovarianceStructure.DIAG ? outcome : 0;
        Likelihood likelihood = fit.model.likelihood(fit.restricted);
        Climb.Peak peak = new Climb(likelihood, parameters).from(start);
        if (peak.x[parameter] < 0) {
            peak = new Climb(likelihood, parameters)
                    .from(Arrays.stream(peak.x).map(Math::abs).toArray());
        }
        Interval scaled = ProfileInterval.ofVariance(likelihood, parameters, peak, parameter, level);
        return new Interval(
                fit.variance(deviation ? scaled.lower() * scaled.lower() : scaled.lower()),
                fit.variance(deviation ? scaled.upper() * scaled.upper() : scaled.upper()),
                level);
    }

    private double correlation(int a, int b) {
        double rho = rho(a, b);
        return Double.isNaN(rho) ? 0 : rho;
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
        double target = fit.peak.value() - ChiSquared.upperQuantile(1 - level, 1) / 2;
        double rho = correlation(a, b);
        double least = structure == CovarianceStructure.UN ? -1 : -1.0 / (names.size() - 1);
        return new Interval(limit(a, b, rho, least, target), limit(a, b, rho, 1, target), level);
    }

    private double limit(int a, int b, double rho, double end, double target) {
        if (Math.abs(rho - end) < AT_BOUND || profile(a, b, end) >= target) {
            return end;
        }
        return Roots.between(
                r -> profile(a, b, r) - target, Math.min(rho, end), Math.max(rho, end), "The limit of a correlation");
    }

    /** The highest likelihood with a given correlation, in the units of the search. */
    private double profile(int a, int b, double rho) {
        int q = names.size();
        double[][] g = OutcomeStructures.matrix(fit.peak.theta, q);
        Likelihood likelihood = fit.model.likelihood(fit.restricted);
        if (structure == CovarianceStructure.UN) {
            int[] order = OutcomeStructures.order(q, a, b);
            double[] cholesky = OutcomeStructures.freeStart(g, order);
            double[] x = new double[cholesky.length - 1];
            System.arraycopy(cholesky, 3, x, 2, cholesky.length - 3);
            x[0] = cholesky[0];
            Climb climb = new Climb(likelihood, OutcomeStructures.withCorrelation(q, rho, order));
            return best(
                    climb,
                    deviation -> {
                        double[] start = x.clone();
                        start[1] = deviation;
                        return start;
                    },
                    Math.sqrt(g[b][b]));
        }
        boolean one = structure == CovarianceStructure.CS;
        boolean[] fixed = new boolean[one ? 2 : q + 1];
        fixed[fixed.length - 1] = true;
        Climb climb = new Climb(likelihood, OutcomeStructures.correlated(q, one), fixed);
        return best(
                climb,
                factor -> {
                    double[] start = new double[fixed.length];
                    for (int i = 0; i < start.length - 1; i++) {
                        start[i] = factor * Math.sqrt(g[i][i]) + 1e-4;
                    }
                    start[start.length - 1] = rho;
                    return start;
                },
                1);
    }

    private static double best(Climb climb, DoubleFunction<double[]> start, double value) {
        double best = Double.NEGATIVE_INFINITY;
        for (double factor : new double[] {1, 0.2}) {
            best = Math.max(best, climb.from(start.apply(factor * value + 1e-6)).value());
        }
        return best;
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
