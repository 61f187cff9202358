package org.lozenge.analyses.glmm;

import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.numeric.PositiveDefinite;

/**
 * Both models of the same counts, with what is said about heterogeneity.
 *
 * @param counts the studies
 * @param common the common-effect fit
 * @param random the random-effects fit; empty where it cannot be had
 * @param df degrees of freedom of the random-effects test; infinite for z
 * @param tau2Interval interval of τ²
 * @param wald Wald test of heterogeneity
 * @param likelihoodRatio likelihood-ratio test of heterogeneity
 * @param tau2Test likelihood-ratio test of τ² = 0
 * @param level confidence level
 * @param test the token of the test
 */
record Fits(
        Counts counts,
        GlmmFit common,
        Optional<GlmmFit> random,
        double df,
        Optional<Interval> tau2Interval,
        TestResult wald,
        TestResult likelihoodRatio,
        Optional<TestResult> tau2Test,
        double level,
        String test) {

    /** The fit whose effects are reported first. */
    GlmmFit first() {
        return random.orElse(common);
    }

    /** The degrees of freedom of its tests. */
    double firstDf() {
        return random.isPresent() ? df : Double.POSITIVE_INFINITY;
    }

    /** I² from τ² and the typical variance of the studies' own effects, (k − p) / tr P; NaN if either is missing. */
    double i2() {
        int[] with = IntStream.range(0, counts.studies().size())
                .filter(i -> counts.studies().get(i).own().isPresent())
                .toArray();
        double[][] x = design(with);
        if (random.isEmpty() || with.length <= x.length) {
            return Double.NaN;
        }
        double typical = (with.length - x.length) / trace(with, x);
        double tau2 = random.orElseThrow().tau2();
        return tau2 / (tau2 + typical);
    }

    private double[][] design(int[] with) {
        if (counts.moderators().isEmpty()) {
            return new double[][] {IntStream.of(with).mapToDouble(i -> 1).toArray()};
        }
        return counts.moderators().orElseThrow().design().columns().stream()
                .map(column -> IntStream.of(with).mapToDouble(column::get).toArray())
                .toArray(double[][]::new);
    }

    /** The trace of W − WX(X′WX)⁻¹X′W with the inverses of the variances as weights. */
    private double trace(int[] with, double[][] x) {
        double[][] once = new double[x.length][x.length];
        double[][] twice = new double[x.length][x.length];
        double trace = 0;
        for (int i = 0; i < with.length; i++) {
            double w = 1 / counts.studies().get(with[i]).own().orElseThrow().v();
            trace += w;
            for (int a = 0; a < x.length; a++) {
                for (int b = 0; b < x.length; b++) {
                    once[a][b] += w * x[a][i] * x[b][i];
                    twice[a][b] += w * w * x[a][i] * x[b][i];
                }
            }
        }
        PositiveDefinite factor = PositiveDefinite.of(once, 1e-14);
        for (int a = 0; a < x.length; a++) {
            trace -= factor.solve(twice[a])[a];
        }
        return trace;
    }
}
