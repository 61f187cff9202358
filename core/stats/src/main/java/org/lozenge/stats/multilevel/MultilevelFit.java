package org.lozenge.stats.multilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.robust.RobustType;

/** A fitted model of effects in nested groups. What costs more than the fit itself is computed when it is asked for. */
public final class MultilevelFit {

    private final BlockFit fit;
    private final NestedLevels levels;
    private final Structure structure;
    private final List<Double> modes;
    private final double level;

    MultilevelFit(BlockFit fit, NestedLevels levels, Structure structure, List<Double> modes, double level) {
        this.fit = fit;
        this.levels = levels;
        this.structure = structure;
        this.modes = modes;
        this.level = level;
    }

    /**
     * A random effect or true effect, predicted from all effects of its cluster.
     *
     * @param value the prediction
     * @param standardError of the difference between prediction and truth
     */
    public record Prediction(double value, double standardError) {}

    /**
     * A likelihood-ratio test of one variance component.
     *
     * @param statistic twice the difference of the log-likelihoods with and without it, at least 0
     * @param pValue by chi-squared with one degree of freedom, as usual but conservative
     * @param boundaryPValue by the even mixture of that with 0, which holds for a variance at its bound
     */
    public record ComponentTest(double statistic, double pValue, double boundaryPValue) {}

    /**
     * Returns the levels.
     *
     * @return clusters first
     */
    public NestedLevels levels() {
        return levels;
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
     * Tells whether the likelihood was the restricted one.
     *
     * @return true for REML
     */
    public boolean isRestricted() {
        return fit.restricted;
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
     * Returns the variance of the random effects of each level.
     *
     * @return as many as levels, each at least 0
     */
    public DoubleSeq sigma2() {
        return DoubleSeq.of(Arrays.stream(fit.peak.theta).map(fit::variance).toArray());
    }

    /**
     * Returns the standard error of a variance, from the observed information.
     *
     * @param component 0-based level
     * @return the standard error; NaN for a variance at 0
     */
    public double sigma2StandardError(int component) {
        int[] free = Climb.indices(fit.peak.free);
        double[][] information = Climb.part(fit.peak.hessian, free, -1);
        if (!fit.peak.free[component] || !SymmetricMatrix.factor(information, information)) {
            return Double.NaN;
        }
        double[][] covariance = SymmetricMatrix.inverse(information);
        for (int i = 0; i < free.length; i++) {
            if (free[i] == component) {
                return fit.variance(Math.sqrt(covariance[i][i]));
            }
        }
        return Double.NaN;
    }

    /**
     * Returns the profile-likelihood interval of a variance.
     *
     * @param component 0-based level
     * @return the interval; the lower limit is 0 where the likelihood at 0 is high enough, the upper one infinite where it
     *     never falls far enough
     * @throws ConvergenceException if a limit is not found
     */
    public Interval sigma2Interval(int component) {
        Interval scaled = ProfileInterval.ofVariance(without(component), fit.peak, component, level, List.of());
        return new Interval(fit.variance(scaled.lower()), fit.variance(scaled.upper()), level);
    }

    /** A search over all variances but one. */
    private Climb without(int component) {
        boolean[] fixed = new boolean[levels.size()];
        fixed[component] = true;
        return new Climb(fit.model.likelihood(fit.restricted), structure, fixed);
    }

    /**
     * Returns the log-likelihood at given values of one variance, highest over the others.
     *
     * @param component 0-based level
     * @param values variances, at least 0
     * @return log-likelihoods, as {@link #logLikelihood} of the fitted kind
     * @throws ConvergenceException if one is not found
     */
    public DoubleSeq profile(int component, DoubleSeq values) {
        Climb climb = without(component);
        double[] out = new double[values.size()];
        double[] from = fit.peak.x;
        for (int i = 0; i < out.length; i++) {
            double[] start = from.clone();
            start[component] = fit.data.variance(values.get(i));
            Climb.Peak peak = climb.from(start);
            if (!peak.stationary) {
                throw new ConvergenceException("The profile likelihood did not converge at " + values.get(i));
            }
            out[i] = fit.logLikelihood(peak.value(), fit.restricted);
            from = peak.x;
        }
        return DoubleSeq.of(out);
    }

    /**
     * Tests whether the variance of one level is 0.
     *
     * @param component 0-based level
     * @return the test
     * @throws ConvergenceException if the model without it is not found
     */
    public ComponentTest componentTest(int component) {
        Climb climb = without(component);
        List<double[]> starts = new ArrayList<>();
        double total = Arrays.stream(fit.peak.theta).sum();
        for (double share : new double[] {1, 0.01}) {
            double[] start = new double[levels.size()];
            Arrays.fill(start, share * total / levels.size());
            start[component] = 0;
            starts.add(start);
        }
        Climb.Peak without = Search.climb(climb, starts, "The model without '" + levels.name(component) + "'")
                .best();
        double statistic = Math.max(0, 2 * (fit.peak.value() - without.value()));
        double p = ChiSquared.upperTail(statistic, 1);
        return new ComponentTest(statistic, p, statistic == 0 ? 1 : p / 2);
    }

    /**
     * Returns the correlation of two true effects of one group of a level that are in different groups of the next.
     *
     * @param component 0-based level
     * @return between 0 and 1; NaN if all variances are 0
     */
    public double intraclassCorrelation(int component) {
        double above = 0;
        double all = 0;
        for (int l = 0; l < levels.size(); l++) {
            above += l <= component ? fit.peak.theta[l] : 0;
            all += fit.peak.theta[l];
        }
        return above / all;
    }

    /**
     * Returns the typical sampling variance, (n − p) / tr P with P the projection under sampling error only.
     *
     * @return above 0
     */
    public double typicalVariance() {
        return fit.typicalVariance();
    }

    /**
     * Returns the part of the total variance that is between the groups of a level: σ² over the sum of all σ² and the
     * typical sampling variance.
     *
     * @param component 0-based level
     * @return between 0 and 1
     */
    public double i2(int component) {
        double typical = fit.data.variance(typicalVariance());
        double total = typical + Arrays.stream(fit.peak.theta).sum();
        return fit.peak.theta[component] / total;
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
     * @return the log-likelihood at the fitted variances
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
     * Returns the number of steps of the search that found the maximum.
     *
     * @return at least 0
     */
    public int steps() {
        return fit.peak.steps;
    }

    /**
     * Returns coefficients with cluster-robust tests.
     *
     * @param type how residuals are adjusted
     * @return the coefficients
     */
    public RobustEffects robust(RobustType type) {
        return fit.robust(type, levels.codes(0));
    }

    /**
     * Returns the prediction interval of a new effect in a new cluster, if the model has an intercept only.
     *
     * @return the interval; empty with moderators
     */
    public Optional<Interval> predictionInterval() {
        FixedEffects b = coefficients();
        if (!fit.design.hasIntercept() || b.terms().size() > 1) {
            return Optional.empty();
        }
        double variance = b.covariance(0, 0);
        for (double sigma2 : fit.peak.theta) {
            variance += fit.variance(sigma2);
        }
        return Optional.of(b.interval(b.coefficients().get(0), Math.sqrt(variance), b.df(0)));
    }

    /**
     * Returns the fitted values.
     *
     * @return one per effect, without random effects
     */
    public DoubleSeq fitted() {
        double[] out = new double[fit.data.n()];
        for (int i = 0; i < out.length; i++) {
            out[i] = fit.fitted(i);
        }
        return DoubleSeq.of(out);
    }

    /**
     * Predicts the random effects of a level.
     *
     * @param component 0-based level
     * @return one per group, in order of first appearance
     */
    public List<Prediction> groupEffects(int component) {
        Prediction[] out = new Prediction[levels.count(component)];
        double sigma2 = fit.peak.theta[component];
        for (int b = 0; b < fit.model.blocks().size(); b++) {
            int[] rows = fit.model.blocks().get(b);
            int[] groups = Arrays.stream(rows)
                    .map(row -> levels.group(component, row))
                    .distinct()
                    .toArray();
            double[][] covariances = new double[groups.length][rows.length];
            double[] variances = new double[groups.length];
            for (int g = 0; g < groups.length; g++) {
                variances[g] = sigma2;
                for (int i = 0; i < rows.length; i++) {
                    covariances[g][i] = levels.group(component, rows[i]) == groups[g] ? sigma2 : 0;
                }
            }
            double[][] predicted = fit.randomEffects(b, covariances, variances);
            for (int g = 0; g < groups.length; g++) {
                out[groups[g]] = new Prediction(predicted[g][0], predicted[g][1]);
            }
        }
        return List.of(out);
    }

    /**
     * Predicts the mean of each cluster, the overall mean plus the cluster's random effect, if the model has an intercept only.
     *
     * @return one per cluster, in order of first appearance
     * @throws IllegalStateException with moderators
     */
    public List<Prediction> clusterMeans() {
        if (predictionInterval().isEmpty()) {
            throw new IllegalStateException("With moderators a cluster has no single mean");
        }
        Prediction[] out = new Prediction[levels.count(0)];
        double sigma2 = fit.peak.theta[0];
        double[][] one = {{fit.data.basis.at(0, 0)}};
        for (int b = 0; b < fit.model.blocks().size(); b++) {
            int[] rows = fit.model.blocks().get(b);
            double[][] covariances = new double[1][rows.length];
            Arrays.fill(covariances[0], sigma2);
            double[] predicted = fit.predict(b, covariances, new double[] {sigma2}, one)[0];
            double shift = fit.fitted(rows[0]) - fit.data.scale * fit.data.basis.fitted(rows[0], fit.peak.point.beta);
            out[levels.group(0, rows[0])] = new Prediction(shift + predicted[0], predicted[1]);
        }
        return List.of(out);
    }

    /**
     * Returns the weights with which effects enter the mean, if the model has an intercept only.
     *
     * @return weights that add to 1, one per effect; with correlated sampling errors some may be negative; empty with
     *     moderators
     */
    public Optional<DoubleSeq> weights() {
        return predictionInterval().map(interval -> fit.meanWeights());
    }

    /**
     * Predicts the true effect behind each effect: fitted value plus the random effects of all levels.
     *
     * @return one per effect
     */
    public List<Prediction> trueEffects() {
        return Arrays.stream(fit.trueEffects())
                .map(cell -> new Prediction(cell[0], cell[1]))
                .toList();
    }
}
