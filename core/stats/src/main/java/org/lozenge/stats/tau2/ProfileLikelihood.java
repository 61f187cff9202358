package org.lozenge.stats.tau2;

import java.util.List;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.Roots;

/**
 * Confidence interval for the between-study variance τ² from its likelihood:
 *
 * <pre>{@code {τ² ≥ 0 : 2 (log L(τ̂²) − log L(τ²)) ≤ χ²(level)}}   with 1 degree of freedom
 * }</pre>
 *
 * <p>The restricted likelihood goes with REML, the full one with ML. Where the likelihood has several maxima the set
 * can have gaps; the interval spans all of it. The lower limit is 0 when 0 belongs to the set.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19960330)15:6%3C619::AID-SIM188%3E3.0.CO;2-A">Hardy and
 *     Thompson (1996), Stat. Med. 15, 619–629</a>
 */
public final class ProfileLikelihood {

    private static final int MAX_DOUBLINGS = 2000;

    private ProfileLikelihood() {}

    /**
     * Computes the interval.
     *
     * @param effects at least two studies
     * @param restricted whether the restricted likelihood (REML) is used instead of the full one (ML)
     * @param level the level as a fraction
     * @return limits of τ²
     * @throws IllegalArgumentException for one study or a level outside 0 to 1
     */
    public static Interval interval(EffectSizes effects, boolean restricted, double level) {
        Interval.requireLevel(level);
        if (effects.k() == 1) {
            throw new IllegalArgumentException("An interval for tau² needs at least two studies");
        }
        return interval(
                new WeightedSums(effects.y().toArray(), effects.v().toArray(), 0, effects.k()), restricted, level);
    }

    /**
     * Computes the interval of the residual variance of studies about their mean or about a regression.
     *
     * @param sums the workspace with residual degrees of freedom, left at whatever τ² was evaluated last
     * @param restricted whether the restricted likelihood (REML) is used instead of the full one (ML)
     * @param level the level as a fraction
     * @return limits of τ²
     */
    public static Interval interval(TauSums sums, boolean restricted, double level) {
        LikelihoodSearch search = new LikelihoodSearch(sums, restricted);
        double peak = search.maximum();
        double z = Normal.criticalValue(level);
        double threshold = search.logLikelihood(peak) - z * z / 2;
        var modes = search.modes();
        // The outermost maxima above the threshold bound the set from inside.
        double first = modes.stream()
                .filter(m -> m.logLikelihood() >= threshold)
                .mapToDouble(Tau2Mode::tau2)
                .min()
                .orElse(peak);
        double last = modes.stream()
                .filter(m -> m.logLikelihood() >= threshold)
                .mapToDouble(Tau2Mode::tau2)
                .max()
                .orElse(peak);
        double lower = search.logLikelihood(0) >= threshold
                ? 0
                : Roots.between(t -> search.logLikelihood(t) - threshold, 0, first, "Lower limit of tau²");
        double high = Math.max(2 * last, sums.smallestVariance());
        for (int step = 0; search.logLikelihood(high) >= threshold; step++) {
            if (step == MAX_DOUBLINGS) {
                throw new ConvergenceException("Upper limit of tau² was not found below " + high);
            }
            high *= 2;
        }
        double upper = Roots.between(t -> search.logLikelihood(t) - threshold, last, high, "Upper limit of tau²");
        return new Interval(lower, upper, level);
    }

    /**
     * Returns the maxima of the likelihood.
     *
     * @param effects at least two studies
     * @param restricted whether the restricted likelihood (REML) is used instead of the full one (ML)
     * @return all maxima in ascending order of τ²
     */
    public static List<Tau2Mode> modes(EffectSizes effects, boolean restricted) {
        return new LikelihoodSearch(effects.y().toArray(), effects.v().toArray(), 0, effects.k(), restricted).modes();
    }

    /**
     * Computes the profile of the log-likelihood.
     *
     * @param effects at least two studies
     * @param restricted whether the restricted likelihood (REML) is used instead of the full one (ML)
     * @param tau2 values of τ², at least 0
     * @return the log-likelihood at each, maximised over μ
     */
    public static double[] logLikelihoods(EffectSizes effects, boolean restricted, double[] tau2) {
        LikelihoodSearch search =
                new LikelihoodSearch(effects.y().toArray(), effects.v().toArray(), 0, effects.k(), restricted);
        double[] values = new double[tau2.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = search.logLikelihood(tau2[i]);
        }
        return values;
    }
}
