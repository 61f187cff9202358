package org.lozenge.analyses.glmm;

import java.util.Optional;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;

/**
 * Both models of the same counts with everything that tables and figure show.
 *
 * @param counts the studies
 * @param common the common-effect fit
 * @param commonInterval confidence interval of the common effect
 * @param random the random-effects fit; empty where it cannot be had
 * @param randomInterval confidence interval of the mean effect
 * @param df degrees of freedom of the random-effects test; infinite for z
 * @param prediction prediction interval
 * @param tau2Interval interval of τ²
 * @param wald Wald test of heterogeneity
 * @param likelihoodRatio likelihood-ratio test of heterogeneity
 * @param level confidence level
 * @param test the token of the test
 */
record Fitted(
        Counts counts,
        GlmmFit common,
        Interval commonInterval,
        Optional<GlmmFit> random,
        Optional<Interval> randomInterval,
        double df,
        Optional<Interval> prediction,
        Optional<Interval> tau2Interval,
        TestResult wald,
        TestResult likelihoodRatio,
        Optional<TestResult> tau2Test,
        double level,
        String test) {

    /** I² from τ² and the typical variance of the studies' own effects; NaN if either is missing. */
    double i2() {
        double sum = 0;
        double squares = 0;
        int k = 0;
        for (Counts.Study study : counts.studies()) {
            if (study.own().isPresent()) {
                double w = 1 / study.own().orElseThrow().v();
                sum += w;
                squares += w * w;
                k++;
            }
        }
        if (random.isEmpty() || k < 2) {
            return Double.NaN;
        }
        double typical = (k - 1) * sum / (sum * sum - squares);
        double tau2 = random.orElseThrow().tau2();
        return tau2 / (tau2 + typical);
    }
}
