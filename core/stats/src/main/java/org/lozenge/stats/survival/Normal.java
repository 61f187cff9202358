package org.lozenge.stats.survival;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The two functions of the standard normal distribution that routes and audits need. */
final class Normal {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** Probability above z. */
    static double upperTail(double z) {
        return STANDARD.survivalProbability(z);
    }

    /** The z with this probability above it. */
    static double upperQuantile(double probability) {
        return STANDARD.inverseSurvivalProbability(probability);
    }

    /** The z of a two-sided interval of a level: 1.96 for 0.95. */
    static double criticalValue(double level) {
        return upperQuantile((1 - level) / 2);
    }
}
