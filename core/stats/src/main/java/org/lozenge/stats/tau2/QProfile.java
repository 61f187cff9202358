package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;

/**
 * Confidence interval for the between-study variance τ² by profiling Cochran's Q:
 *
 * <pre>{@code {τ² ≥ 0 : χ²(α/2) ≤ Q(τ²) ≤ χ²(1 − α/2)}}   with k − 1 degrees of freedom
 * }</pre>
 *
 * <p>Exact when the sampling variances are known and the effects normal. Each limit solves one equation to the last
 * digits ({@code Q(limit)} equals its quantile).
 *
 * <p>If even {@code Q(0)} lies below the lower quantile no τ² belongs to the set: the effects agree better than chance
 * explains. The interval is then reported as [0, 0] and {@link Result#empty} is true. An interval that does not contain
 * a moment or likelihood estimate is possible, since that estimate has another equation; the Paule–Mandel estimate is
 * always inside.
 *
 * <p>Agrees with metafor 3.8.1 {@code confint()} to a relative 1e-8.
 *
 * @see <a href="https://doi.org/10.1002/sim.2514">Viechtbauer (2007), Stat. Med. 26, 37–52</a>
 */
public final class QProfile {

    private QProfile() {}

    /**
     * An interval and whether the set it stands for is empty.
     *
     * @param interval limits of τ²
     * @param empty whether no τ² satisfies the condition; the interval is then [0, 0]
     */
    public record Result(Interval interval, boolean empty) {}

    /**
     * Computes the interval.
     *
     * @param effects at least two studies
     * @param level the level as a fraction
     * @return the interval
     * @throws IllegalArgumentException for one study or a level outside 0 to 1
     */
    public static Result interval(EffectSizes effects, double level) {
        Interval.requireLevel(level);
        int k = effects.k();
        if (k == 1) {
            throw new IllegalArgumentException("An interval for tau² needs at least two studies");
        }
        return interval(new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, k), level);
    }

    /**
     * Computes the interval of the residual variance of studies about their mean or about a regression; chi-squared has as
     * many degrees of freedom as they.
     *
     * @param sums the workspace with residual degrees of freedom, left at whatever τ² was evaluated last
     * @param level the level as a fraction
     * @return the interval
     */
    public static Result interval(TauSums sums, double level) {
        double tail = (1 - level) / 2;
        double low = ChiSquared.lowerQuantile(tail, sums.df());
        double lower = GeneralisedQ.solve(sums, ChiSquared.upperQuantile(tail, sums.df()));
        double upper = GeneralisedQ.solve(sums, low);
        sums.evaluate(0);
        return new Result(new Interval(lower, upper, level), sums.q() < low);
    }
}
