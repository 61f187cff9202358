package org.lozenge.stats.bias;

import java.util.Arrays;
import java.util.Locale;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.BoundedNewton.Maximum;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;

/** A fitted selection model. Immutable. */
public final class SelectionFit {

    private final EffectSizes effects;
    private final SelectionFunction function;
    private final SelectionModel.Alternative alternative;
    private final double[] steps;
    private final double level;
    private final double[] x;
    private final double[] errors;
    private final double value;
    private final double plain;
    private final double shift;
    private final int maxima;
    private final boolean local;

    SelectionFit(
            EffectSizes effects,
            SelectionFunction function,
            SelectionModel.Alternative alternative,
            double[] steps,
            double level,
            double unit,
            Maximum maximum,
            double plain,
            int maxima,
            boolean local) {
        this.effects = effects;
        this.function = function;
        this.alternative = alternative;
        this.steps = steps.clone();
        this.level = level;
        this.x = maximum.x();
        this.errors = new double[x.length];
        double[][] covariance = maximum.covariance();
        for (int i = 0; i < x.length; i++) {
            errors[i] = Math.sqrt(covariance[i][i]);
        }
        double sign = alternative == SelectionModel.Alternative.LESS ? -1 : 1;
        x[0] *= sign * unit;
        x[1] *= unit * unit;
        errors[0] *= unit;
        errors[1] *= unit * unit;
        for (int i = 2; i < x.length; i++) {
            if (function == SelectionFunction.BETA || function == SelectionFunction.STEPFUN) {
                x[i] = StrictMath.exp(x[i]);
                errors[i] *= x[i];
            }
        }
        this.value = maximum.value();
        this.plain = plain;
        this.shift = effects.k() * StrictMath.log(unit);
        this.maxima = maxima;
        this.local = local;
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
     * Returns the effect adjusted for selection.
     *
     * @return μ
     */
    public double estimate() {
        return x[0];
    }

    /**
     * Returns the standard error of {@link #estimate}, from the observed information.
     *
     * @return the standard error
     */
    public double standardError() {
        return errors[0];
    }

    /**
     * Returns the interval of {@link #estimate}.
     *
     * @return its Wald interval
     */
    public Interval interval() {
        double half = Normal.criticalValue(level) * errors[0];
        return new Interval(x[0] - half, x[0] + half, level);
    }

    /**
     * Tests {@link #estimate} against 0.
     *
     * @return z and its two-sided P value
     */
    public TestResult test() {
        double z = x[0] / errors[0];
        return new TestResult(z, Double.POSITIVE_INFINITY, Normal.twoSided(z));
    }

    /**
     * Returns the between-study variance.
     *
     * @return τ², at least 0
     */
    public double tau2() {
        return x[1];
    }

    /**
     * Returns the standard error of τ².
     *
     * @return the standard error; NaN where τ² is 0
     */
    public double tau2StandardError() {
        return errors[1];
    }

    /**
     * Returns the number of selection parameters that were estimated.
     *
     * @return 1 or 2, or one less than there are intervals
     */
    public int parameters() {
        return x.length - 2;
    }

    /**
     * Returns a selection parameter.
     *
     * @param index 0-based; of a step function the chance in the interval after the first, relative to that
     * @return δ, at least 0
     */
    public double delta(int index) {
        return x[2 + index];
    }

    /**
     * Returns the standard error of a selection parameter.
     *
     * @param index 0-based
     * @return the standard error; NaN on the bound of 0
     */
    public double deltaStandardError(int index) {
        return errors[2 + index];
    }

    /**
     * Returns the interval of a selection parameter.
     *
     * @param index 0-based
     * @return the Wald interval cut at 0; NaN limits are not possible, so it is [δ, δ] on the bound
     */
    public Interval deltaInterval(int index) {
        double half = Normal.criticalValue(level) * (Double.isNaN(errors[2 + index]) ? 0 : errors[2 + index]);
        return new Interval(Math.max(0, delta(index) - half), delta(index) + half, level);
    }

    /**
     * Returns the name of a selection parameter.
     *
     * @param index 0-based
     * @return such as {@code 0.025 < p <= 1} for a step, {@code delta}, {@code delta.1}
     */
    public String term(int index) {
        if (function == SelectionFunction.STEPFUN) {
            return String.format(Locale.ROOT, "%s < p <= %s", number(steps[index]), number(steps[index + 1]));
        }
        return function.parameters() == 1 ? "delta" : "delta." + (index + 1);
    }

    private static String number(double step) {
        return step == 1 ? "1" : Double.toString(step);
    }

    /**
     * Returns the upper ends of the intervals of a step function.
     *
     * @return P values, the last one 1; empty for smooth functions
     */
    public double[] steps() {
        return steps.clone();
    }

    /**
     * Returns how many studies have a P value in each interval of a step function.
     *
     * @return counts in the order of {@link #steps}; empty for smooth functions
     */
    public int[] studiesPerStep() {
        int[] counts = new int[steps.length];
        for (int i = 0; i < effects.k() && counts.length > 0; i++) {
            double z = effects.y().get(i) / effects.standardError(i);
            double p = switch (alternative) {
                case GREATER -> Normal.upperTail(z);
                case LESS -> Normal.upperTail(-z);
                case TWO_SIDED -> Normal.twoSided(z);
            };
            int j = 0;
            while (p > steps[j]) {
                j++;
            }
            counts[j]++;
        }
        return counts;
    }

    /**
     * Tests for selection.
     *
     * @return twice the gain in log-likelihood over the model without selection, with as many degrees of freedom as
     *     there are selection parameters
     */
    public TestResult selectionTest() {
        double statistic = Math.max(0, 2 * (value - plain));
        return new TestResult(statistic, parameters(), ChiSquared.upperTail(statistic, parameters()));
    }

    /**
     * Returns the log-likelihood.
     *
     * @return its maximum, on the scale of the effects
     */
    public double logLikelihood() {
        return value - shift;
    }

    /**
     * Returns how many maxima of the likelihood were found.
     *
     * @return at least 1; more than one is worth a warning
     */
    public int maxima() {
        return maxima;
    }

    /**
     * Returns whether the likelihood has higher points than the maximum.
     *
     * @return true if it rises without end, as δ or τ² grows or up to where the weight function has no integral; the fit is then
     *     a local maximum only
     */
    public boolean isLocal() {
        return local;
    }

    /**
     * Returns the selection function.
     *
     * @return its form
     */
    public SelectionFunction function() {
        return function;
    }

    /**
     * Returns the direction of the P values.
     *
     * @return the alternative
     */
    public SelectionModel.Alternative alternative() {
        return alternative;
    }

    /**
     * Returns the relative chance that a study is published.
     *
     * @param p its P value, between 0 and 1, both excluded
     * @return w(p)
     */
    public double chance(double p) {
        if (function == SelectionFunction.STEPFUN) {
            int j = 0;
            while (p > steps[j]) {
                j++;
            }
            return j == 0 ? 1 : delta(j - 1);
        }
        double[] out = new double[1 + 2 * parameters()];
        double[] parameters = Arrays.copyOfRange(x, 2, x.length);
        if (function == SelectionFunction.BETA) {
            parameters[0] = StrictMath.log(parameters[0]);
            parameters[1] = StrictMath.log(parameters[1]);
        }
        function.at(StrictMath.log(p), StrictMath.log1p(-p), parameters, out);
        return StrictMath.exp(out[0]);
    }
}
