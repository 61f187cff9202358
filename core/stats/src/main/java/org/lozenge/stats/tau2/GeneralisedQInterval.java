package org.lozenge.stats.tau2;

import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;

/**
 * Confidence interval for the between-study variance τ² from the exact distribution of the generalised Q statistic
 * {@code Σ aᵢ(yᵢ − ȳ)²} with fixed weights:
 *
 * <pre>{@code {τ² ≥ 0 : P(Q ≥ q | τ²) ≥ α/2 and P(Q ≤ q | τ²) ≥ α/2}}</pre>
 *
 * <p>Weights 1/v give the interval of Biggerstaff and Jackson, weights 1/√v the one Jackson recommends when little is
 * known beforehand. Exact when the sampling variances are known and the effects normal. Where even τ² = 0 makes q
 * improbably small no τ² belongs to the set; it is then reported as [0, 0] and the result is empty.
 *
 * @see <a href="https://doi.org/10.1002/jrsm.1081">Jackson (2013), Res. Synth. Methods 4, 220–229</a>
 * @see <a href="https://doi.org/10.1002/sim.3293">Biggerstaff and Jackson (2008), Stat. Med. 27, 6093–6110</a>
 */
public final class GeneralisedQInterval {

    private GeneralisedQInterval() {}

    /**
     * Computes the interval.
     *
     * @param effects at least two studies
     * @param weights the weights of the Q statistic
     * @param level the level as a fraction
     * @return the interval
     * @throws IllegalArgumentException for one study or a level outside 0 to 1
     */
    public static QProfile.Result interval(EffectSizes effects, MomentWeights weights, double level) {
        Interval.requireLevel(level);
        return interval(new ConfidenceDistribution(weights, effects), level);
    }

    /**
     * Computes the interval from the sums of studies about their mean or about a regression.
     *
     * @param sums the workspace, with at least one degree of freedom
     * @param weights the weights of the Q statistic
     * @param level the level as a fraction
     * @return the interval
     * @throws IllegalArgumentException for a level outside 0 to 1
     */
    public static QProfile.Result interval(TauSums sums, MomentWeights weights, double level) {
        Interval.requireLevel(level);
        return interval(ConfidenceDistribution.of(weights, sums), level);
    }

    private static QProfile.Result interval(ConfidenceDistribution distribution, double level) {
        double tail = (1 - level) / 2;
        double lower = distribution.quantile(tail);
        double upper = distribution.quantile(1 - tail);
        return new QProfile.Result(
                new Interval(lower, Math.max(lower, upper), level), distribution.lowerTail(0) < tail);
    }
}
