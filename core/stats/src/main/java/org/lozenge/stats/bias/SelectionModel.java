package org.lozenge.stats.bias;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.BoundedNewton;
import org.lozenge.stats.numeric.BoundedNewton.Maximum;
import org.lozenge.stats.tau2.MaximumLikelihood;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * A selection model: the chance of being published depends on the P value of a study.
 *
 * <pre>{@code
 * log L = Σ log w(pᵢ) − ½ log 2π(vᵢ + τ²) − (yᵢ − μ)²/(2(vᵢ + τ²)) − log Aᵢ,
 * Aᵢ = ∫ w(p(x)) φ(x; μ, vᵢ + τ²) dx
 * }</pre>
 *
 * <p>All parameters are estimated by maximum likelihood: Newton's method with exact derivatives from many starts, of
 * which the highest maximum counts; {@link SelectionFit#maxima} tells whether there were others. Integrals are exact to
 * about 1e-13. Where the likelihood rises without end, as δ or τ² grows or up to where the weight function has no integral,
 * a lower maximum is reported with {@link SelectionFit#isLocal}.
 *
 * <p>Log-likelihoods agree with 50 digits to a relative 1e-12 and estimates to 1e-9 of their standard errors on
 * {@code selection-exact.csv}, and with metafor 3.8.1 {@code selmodel()} to 1e-8 and 1e-4 as far as its optimiser goes.
 * Where δ is on its bound of 0 the standard error of μ takes it as known; that of metafor does not.
 *
 * @see <a href="https://doi.org/10.1007/BF02294384">Vevea and Hedges (1995), Psychometrika 60, 419–435</a>
 * @see <a href="https://doi.org/10.1177/1094428114547952">Citkowicz and Vevea (2017), Psychol. Methods 22, 28–41</a>
 * @see <a href="https://doi.org/10.1111/j.1365-2753.2003.00457.x">Preston, Ashby and Smyth (2004), adjusting for publication bias</a>
 */
public final class SelectionModel {

    /** The direction of effects that are published more easily. */
    public enum Alternative {
        /** Large effects. */
        GREATER,
        /** Small (negative) effects. */
        LESS,
        /** Effects far from 0 on either side. */
        TWO_SIDED
    }

    /** A selection parameter beyond this has run away. */
    private static final double RUNAWAY = 1e5;

    private static final double LOG_RUNAWAY = 25;

    /** How many times τ² without selection, and the sampling variance, the search may go. */
    private static final double RIDGE = 1e4;

    /** A search without end that is higher by this shows that a maximum is not the highest point. */
    private static final double HIGHER = 1e-6;

    /** How many starts of each strength of a smooth selection, whose integrals take time, are climbed from. */
    private static final int CLIMBS = 3;

    /** Studies between two heartbeats. */
    private static final int BEAT = 256;

    private final SelectionFunction function;
    private final Alternative alternative;
    private final double[] steps;
    private final double level;
    private final Runnable heartbeat;

    private SelectionModel(
            SelectionFunction function, Alternative alternative, double[] steps, double level, Runnable heartbeat) {
        this.function = Objects.requireNonNull(function, "function");
        this.alternative = Objects.requireNonNull(alternative, "alternative");
        this.steps = steps;
        this.level = Interval.requireLevel(level);
        this.heartbeat = heartbeat;
    }

    /**
     * Returns the model that calls back every few hundred studies, so that a long search can be stopped.
     *
     * @param beat what is called; an exception of its own ends the search and reaches the caller
     * @return the changed copy
     */
    public SelectionModel withHeartbeat(Runnable beat) {
        return new SelectionModel(function, alternative, steps, level, Objects.requireNonNull(beat, "beat"));
    }

    /**
     * Returns a model with a smooth selection function.
     *
     * @param function any but {@link SelectionFunction#STEPFUN}
     * @param alternative the direction of the P values
     * @param level the level of intervals as a fraction
     * @return the model
     */
    public static SelectionModel smooth(SelectionFunction function, Alternative alternative, double level) {
        if (function == SelectionFunction.STEPFUN) {
            throw new IllegalArgumentException("A step function needs steps");
        }
        return new SelectionModel(function, alternative, new double[0], level, () -> {});
    }

    /**
     * Returns a model with a step function.
     *
     * @param steps where the chance of being published may change: P values between 0 and 1, ascending; 1 is added
     * @param alternative the direction of the P values
     * @param level the level of intervals as a fraction
     * @return the model
     * @throws IllegalArgumentException if there is no step, or if steps are not ascending between 0 and 1
     */
    public static SelectionModel stepped(double[] steps, Alternative alternative, double level) {
        int n = steps.length > 0 && steps[steps.length - 1] == 1 ? steps.length - 1 : steps.length;
        double[] all = Arrays.copyOf(steps, n + 1);
        all[n] = 1;
        double before = 0;
        for (int j = 0; j < n; j++) {
            if (!(all[j] > before && all[j] < 1)) {
                throw new IllegalArgumentException(
                        "Steps must ascend between 0 and 1, such as 0.025 0.5, but are " + Arrays.toString(steps));
            }
            before = all[j];
        }
        if (n == 0) {
            throw new IllegalArgumentException(
                    "A step function needs at least one step between 0 and 1, such as 0.025");
        }
        return new SelectionModel(SelectionFunction.STEPFUN, alternative, all, level, () -> {});
    }

    /**
     * Fits the model.
     *
     * @param effects the studies; more than there are parameters
     * @return the fit
     * @throws IllegalArgumentException if there are too few studies, or if an interval of a step function holds none
     * @throws ConvergenceException if the likelihood has no maximum
     */
    public SelectionFit fit(EffectSizes effects) {
        int k = effects.k();
        int m = function == SelectionFunction.STEPFUN ? steps.length - 1 : function.parameters();
        if (k < m + 2) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a selection model with %d parameters needs at least %d studies, but there %s",
                    m + 2,
                    m + 2,
                    k == 1 ? "is 1" : "are " + k));
        }
        Problem problem = new Problem(effects, m);
        double[] lower = new double[2 + m];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        lower[1] = 0;
        if (!isLogScale()) {
            lower[2] = 0;
        }
        List<Maximum> maxima = new ArrayList<>();
        double unfinished = Double.NEGATIVE_INFINITY;
        for (double[] start : problem.starts()) {
            // Scaled so that steps are of order 1 whatever the unit of the effects.
            Maximum found = BoundedNewton.climb(problem, start, lower);
            if (!found.converged() || ranAway(found)) {
                unfinished = Double.isNaN(found.value()) ? unfinished : Math.max(unfinished, found.value());
            } else if (isNew(found, maxima)) {
                maxima.add(found);
            }
        }
        if (maxima.isEmpty()) {
            throw new ConvergenceException(String.format(
                    Locale.ROOT,
                    "The likelihood of the %s selection model has no maximum (k = %d): the studies do not tell how strong the"
                            + " selection is. Try another selection function or fewer steps",
                    function.name().toLowerCase(Locale.ROOT),
                    k));
        }
        Maximum best = maxima.get(0);
        for (Maximum other : maxima) {
            best = other.value() > best.value() ? other : best;
        }
        boolean local = unfinished > best.value() + HIGHER;
        return new SelectionFit(
                effects,
                function,
                alternative,
                steps,
                level,
                problem.unit,
                best,
                problem.plain(),
                maxima.size(),
                local);
    }

    private boolean isLogScale() {
        return function == SelectionFunction.BETA || function == SelectionFunction.STEPFUN;
    }

    private boolean ranAway(Maximum found) {
        double[] x = found.x();
        for (int j = 2; j < x.length; j++) {
            if (Math.abs(x[j]) > (isLogScale() ? LOG_RUNAWAY : RUNAWAY)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNew(Maximum found, List<Maximum> known) {
        return known.stream()
                .noneMatch(other -> Math.abs(other.value() - found.value()) <= 1e-7
                        && Math.abs(other.x()[0] - found.x()[0]) <= 1e-4 * (1 + Math.abs(found.x()[0])));
    }

    /** The log-likelihood in units of the median standard error, towards the published side. */
    private final class Problem implements BoundedNewton.Objective {
        private final int k;
        private final double unit;
        private final double[] y;
        private final double[] se;
        private final int[] interval;
        private final double[] logP;
        private final double[] logQ;
        private final int m;
        private final Published published;

        /** A τ² that no search passes: along a ridge μ and τ² can grow together without end. */
        private final double largest;

        Problem(EffectSizes effects, int m) {
            this.k = effects.k();
            this.m = m;
            double[] v = effects.v().toArray();
            Arrays.sort(v);
            this.unit = Math.sqrt(v[k / 2]);
            double sign = alternative == Alternative.LESS ? -1 : 1;
            boolean twoSided = alternative == Alternative.TWO_SIDED;
            this.y = new double[k];
            this.se = new double[k];
            this.interval = new int[k];
            this.logP = new double[k];
            this.logQ = new double[k];
            for (int i = 0; i < k; i++) {
                y[i] = sign * effects.y().get(i) / unit;
                se[i] = effects.standardError(i) / unit;
                logP[i] = SmoothPublication.logP(y[i] / se[i], twoSided);
                logQ[i] = SmoothPublication.logQ(y[i] / se[i], twoSided);
                if (function == SelectionFunction.BETA) {
                    // A P value of exactly 0 or 1 has no chance under a beta weight.
                    logP[i] = Math.min(logP[i], -1e-16);
                    logQ[i] = Math.max(-1e4, Math.min(logQ[i], 0));
                } else {
                    logQ[i] = Math.max(-1e4, logQ[i]);
                }
            }
            this.largest = RIDGE * (1 + likelihoodTau2());
            if (function == SelectionFunction.STEPFUN) {
                assign();
                this.published = new SteppedPublication(steps, twoSided);
            } else {
                this.published = new SmoothPublication(function, twoSided);
            }
        }

        private void assign() {
            int[] counts = new int[steps.length];
            for (int i = 0; i < k; i++) {
                double p = StrictMath.exp(logP[i]);
                while (p > steps[interval[i]]) {
                    interval[i]++;
                }
                counts[interval[i]]++;
            }
            for (int j = 0; j < steps.length; j++) {
                if (counts[j] == 0) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "no study has a P value between %s and %s, so the selection there cannot be estimated; use"
                                    + " other steps (studies per interval: %s)",
                            j == 0 ? 0.0 : steps[j - 1],
                            steps[j],
                            Arrays.toString(counts)));
                }
            }
        }

        @Override
        public double at(double[] x, double[] gradient, double[][] hessian) {
            if (x[1] > largest) {
                return Double.NEGATIVE_INFINITY;
            }
            int n = 2 + m;
            Arrays.fill(gradient, 0);
            for (double[] row : hessian) {
                Arrays.fill(row, 0);
            }
            double[] g = new double[n];
            double[][] h = new double[n][n];
            double[] out = new double[1 + 2 * m];
            double[] parameters = Arrays.copyOfRange(x, 2, n);
            double sum = 0;
            for (int i = 0; i < k; i++) {
                if (i % BEAT == 0) {
                    heartbeat.run();
                }
                double variance = se[i] * se[i] + x[1];
                double r = y[i] - x[0];
                double logA = published.logProbability(se[i], x, g, h);
                if (!Double.isFinite(logA)) {
                    return Double.NEGATIVE_INFINITY;
                }
                sum += -0.5 * StrictMath.log(2 * Math.PI * variance) - r * r / (2 * variance) - logA;
                gradient[0] += r / variance;
                gradient[1] += (r * r / variance - 1) / (2 * variance);
                hessian[0][0] -= 1 / variance;
                hessian[0][1] -= r / (variance * variance);
                hessian[1][1] += (0.5 - r * r / variance) / (variance * variance);
                sum += weight(i, parameters, out);
                for (int a = 0; a < n; a++) {
                    gradient[a] -= g[a];
                    if (a >= 2) {
                        gradient[a] += out[a - 1];
                        hessian[a][a] += out[m + a - 1];
                    }
                    for (int b = a; b < n; b++) {
                        hessian[a][b] -= h[a][b];
                    }
                }
            }
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < a; b++) {
                    hessian[a][b] = hessian[b][a];
                }
            }
            return sum;
        }

        private double weight(int i, double[] parameters, double[] out) {
            if (function != SelectionFunction.STEPFUN) {
                function.at(logP[i], logQ[i], parameters, out);
                return out[0];
            }
            Arrays.fill(out, 0);
            if (interval[i] == 0) {
                return 0;
            }
            out[interval[i]] = 1;
            return parameters[interval[i] - 1];
        }

        private double likelihoodTau2() {
            double[] v = new double[k];
            for (int i = 0; i < k; i++) {
                v[i] = se[i] * se[i];
            }
            return new MaximumLikelihood().estimate(y, v, 0, k);
        }

        private double[] pooled(double tau2) {
            double[] v = new double[k];
            for (int i = 0; i < k; i++) {
                v[i] = se[i] * se[i];
            }
            WeightedSums sums = new WeightedSums(y, v, 0, k);
            sums.evaluate(tau2);
            double logs = 0;
            for (double variance : v) {
                logs += StrictMath.log(2 * Math.PI * (variance + tau2));
            }
            return new double[] {sums.mean(), (-logs - sums.q()) / 2};
        }

        /** The log-likelihood without selection, in the unit of the search. */
        double plain() {
            return pooled(likelihoodTau2())[1];
        }

        /** For each strength of selection the best of some combinations of mean and variance. */
        List<double[]> starts() {
            double tau2 = likelihoodTau2();
            double mean = pooled(tau2)[0];
            List<double[]> starts = new ArrayList<>();
            double[] variances = {tau2, 4 * tau2 + 1, 0.25 * tau2 + 0.01};
            for (double[] selection : selections()) {
                List<double[]> valued = new ArrayList<>();
                for (double t : variances) {
                    for (double mu : new double[] {mean, mean / 2, mean - 1}) {
                        double[] start = new double[3 + m];
                        start[0] = mu;
                        start[1] = t;
                        System.arraycopy(selection, 0, start, 2, m);
                        start[2 + m] = at(Arrays.copyOf(start, 2 + m), new double[2 + m], new double[2 + m][2 + m]);
                        valued.add(start);
                    }
                }
                valued.sort(Comparator.comparingDouble(start -> -start[2 + m]));
                valued.stream()
                        .limit(function == SelectionFunction.STEPFUN ? valued.size() : CLIMBS)
                        .forEach(start -> starts.add(Arrays.copyOf(start, 2 + m)));
            }
            if (function == SelectionFunction.BETA) {
                // Where the weight falls on both sides it can turn a wide density far away into a narrow one here.
                double wide = 30 * (1 + tau2);
                for (double side : alternative == Alternative.TWO_SIDED ? new double[] {1, -1} : new double[] {1}) {
                    starts.add(new double[] {side * wide / 2, wide, 0.5, 0.2});
                }
            }
            return starts;
        }

        private List<double[]> selections() {
            if (function == SelectionFunction.BETA) {
                return List.of(new double[] {0, 0}, new double[] {-0.3, 0.5}, new double[] {0, 1.5});
            }
            if (function != SelectionFunction.STEPFUN) {
                return List.of(new double[] {0.1}, new double[] {1}, new double[] {6}, new double[] {40});
            }
            List<double[]> selections = new ArrayList<>();
            for (double strength : new double[] {0, -1, -2.5, 1}) {
                double[] selection = new double[m];
                for (int j = 0; j < m; j++) {
                    selection[j] = strength * (1 + j) / m;
                }
                selections.add(selection);
            }
            return selections;
        }
    }
}
