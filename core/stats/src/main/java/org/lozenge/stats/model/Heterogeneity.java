package org.lozenge.stats.model;

import java.util.Optional;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.ChiSquared;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.tau2.QProfile;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * How much the studies of a fit differ beyond chance.
 *
 * <p>One study tells nothing: every number is NaN then and every interval empty. τ² and what follows from it belong to
 * the fit: for a common effect τ² is 0 by assumption, so ask a random-effects fit.
 *
 * @param k number of studies
 * @param q Cochran's Q at τ² = 0, its k − 1 degrees of freedom and the upper tail of the chi-squared distribution
 * @param tau2 between-study variance of the fit
 * @param tau2StandardError its standard error
 * @param tau2Interval its interval; empty if none was asked for
 * @param tau2IntervalIsNull whether the Q profile (or the exact interval from Q) contains no τ² at all, because the effects agree better than chance
 *     explains; the interval is [0, 0] then
 * @param typicalVariance the typical sampling variance {@code (k − 1)/(Σw − Σw²/Σw)} by Higgins and Thompson
 * @param i2 I² as a fraction, 0 to 1
 * @param i2Interval its interval
 * @param h2 H², at least 1
 * @param h2Interval its interval
 * @see <a href="https://doi.org/10.1002/sim.1186">Higgins and Thompson (2002), Stat. Med. 21, 1539–1558</a>
 */
public record Heterogeneity(
        int k,
        TestResult q,
        double tau2,
        double tau2StandardError,
        Optional<Interval> tau2Interval,
        boolean tau2IntervalIsNull,
        double typicalVariance,
        double i2,
        Optional<Interval> i2Interval,
        double h2,
        Optional<Interval> h2Interval) {

    static Heterogeneity of(PooledFit fit, Tau2IntervalMethod method, HeterogeneityBasis basis) {
        return of(fit, method, basis, fit.tau2StandardError());
    }

    /**
     * Describes the heterogeneity without intervals of τ² and without its standard error, which costs as much as all else:
     * for many fits of one kind.
     *
     * @param fit a fit
     * @param basis what I² and H² are computed from
     * @return the heterogeneity; the standard error of τ² is NaN
     */
    public static Heterogeneity withoutErrors(PooledFit fit, HeterogeneityBasis basis) {
        return of(fit, Tau2IntervalMethod.NONE, basis, Double.NaN);
    }

    private static Heterogeneity of(
            PooledFit fit, Tau2IntervalMethod method, HeterogeneityBasis basis, double tau2StandardError) {
        EffectSizes effects = fit.effects();
        int k = effects.k();
        if (k == 1) {
            return unknown();
        }
        WeightedSums sums = new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, k);
        sums.evaluate(0);
        double q = sums.q();
        double typical = (k - 1) / sums.traceP();
        Optional<QProfile.Result> limits = limits(fit, method, sums);
        Optional<Interval> tau2Interval = limits.map(QProfile.Result::interval);
        Optional<Interval> h2Interval = basis == HeterogeneityBasis.Q
                ? h2IntervalFromQ(q, k, fit.level())
                : tau2Interval.map(i -> new Interval(1 + i.lower() / typical, 1 + i.upper() / typical, i.level()));
        double h2 = basis == HeterogeneityBasis.Q ? Math.max(1, q / (k - 1)) : 1 + fit.tau2() / typical;
        double i2 = basis == HeterogeneityBasis.Q ? i2(h2) : fit.tau2() / (fit.tau2() + typical);
        return new Heterogeneity(
                k,
                new TestResult(q, k - 1, ChiSquared.upperTail(q, k - 1)),
                fit.tau2(),
                tau2StandardError,
                tau2Interval,
                limits.map(QProfile.Result::empty).orElse(false),
                typical,
                i2,
                h2Interval.map(h -> new Interval(i2(h.lower()), i2(h.upper()), h.level())),
                h2,
                h2Interval);
    }

    /**
     * Returns the between-study standard deviation.
     *
     * @return τ, the square root of τ²
     */
    public double tau() {
        return Math.sqrt(tau2);
    }

    /**
     * Returns the same heterogeneity with a Q that was taken about another estimate, such as Mantel and Haenszel's.
     *
     * @param other the other Q, at least 0
     * @param basis what I² and H² are computed from; from τ² they stay as they are
     * @param level the level of their intervals, as a fraction
     * @return the changed copy; this where k is 1
     */
    public Heterogeneity withQ(double other, HeterogeneityBasis basis, double level) {
        if (k == 1) {
            return this;
        }
        TestResult test = new TestResult(other, k - 1, ChiSquared.upperTail(other, k - 1));
        boolean fromQ = basis == HeterogeneityBasis.Q;
        double ratio = fromQ ? Math.max(1, other / (k - 1)) : h2;
        Optional<Interval> interval = fromQ ? h2IntervalFromQ(other, k, level) : h2Interval;
        return new Heterogeneity(
                k,
                test,
                tau2,
                tau2StandardError,
                tau2Interval,
                tau2IntervalIsNull,
                typicalVariance,
                fromQ ? i2(ratio) : i2,
                fromQ ? interval.map(h -> new Interval(i2(h.lower()), i2(h.upper()), h.level())) : i2Interval,
                ratio,
                interval);
    }

    private static Heterogeneity unknown() {
        double nan = Double.NaN;
        return new Heterogeneity(
                1,
                new TestResult(nan, 0, nan),
                nan,
                nan,
                Optional.empty(),
                false,
                nan,
                nan,
                Optional.empty(),
                nan,
                Optional.empty());
    }

    private static Optional<QProfile.Result> limits(PooledFit fit, Tau2IntervalMethod method, WeightedSums sums) {
        return Tau2Limits.of(method, sums, fit.estimator(), fit.tau2(), fit.tau2StandardError(), fit.level());
    }

    /**
     * Higgins and Thompson's test-based interval: normal in log H, about the H that is shown, which is at least 1; not defined
     * for two studies that agree.
     */
    private static Optional<Interval> h2IntervalFromQ(double q, int k, double level) {
        double error = q > k
                ? (StrictMath.log(q) - StrictMath.log(k - 1)) / 2 / (Math.sqrt(2 * q) - Math.sqrt(2 * k - 3))
                : Math.sqrt((1 - 1 / (3.0 * (k - 2) * (k - 2))) / (2.0 * (k - 2)));
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            return Optional.empty();
        }
        double factor = StrictMath.exp(2 * Normal.criticalValue(level) * error);
        double h2 = Math.max(1, q / (k - 1));
        return Optional.of(new Interval(Math.max(1, h2 / factor), h2 * factor, level));
    }

    private static double i2(double h2) {
        return (h2 - 1) / h2;
    }
}
