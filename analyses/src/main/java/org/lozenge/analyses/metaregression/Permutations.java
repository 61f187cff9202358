package org.lozenge.analyses.metaregression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.model.RegressionFit;
import org.lozenge.stats.sensitivity.PermutationResult;
import org.lozenge.stats.sensitivity.PermutationTest;

/** The permutation test of the moderators: their rows are shuffled among the studies and the model is fitted anew. */
final class Permutations {

    private Permutations() {}

    /** The tables {@code permutation} and {@code permutation_test}; none if no arrangements are asked for. */
    static List<Tabular> of(Inputs in, RunContext context, Fitted fitted) {
        int draws = in.get(MetaRegressionOptions.PERMUTATIONS);
        RegressionFit fit = fitted.fit();
        if (draws == 0 || fit.moderatorCount() == 0) {
            return List.of();
        }
        if (!fit.design().hasIntercept()) {
            throw new AnalysisException(
                    "no-intercept",
                    in.source()
                            + ": a permutation test compares with a model of an intercept alone, so the formula needs"
                            + " one. Leave '- 1' out, or set --permutations 0.");
        }
        double[][] columns =
                fit.design().columns().stream().skip(1).map(DoubleSeq::toArray).toArray(double[][]::new);
        RunMonitor monitor = new RunMonitor(context, "Arrangements");
        PermutationResult result = run(in, context, fit, columns, draws, monitor);
        context.checkCancelled();
        if (monitor.isStopped()) {
            context.warn(
                    "stopped-early",
                    String.format(
                            Locale.ROOT,
                            "The permutation test was stopped after %,d arrangements; its P values are of these.",
                            result.arrangements()));
        }
        if (result.failures() > 0) {
            context.warn(
                    "no-convergence",
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d arrangements could not be fitted and do not count.",
                            result.failures(),
                            result.arrangements()));
        }
        return List.of(coefficients(fit, result), joint(result));
    }

    private static PermutationResult run(
            Inputs in, RunContext context, RegressionFit fit, double[][] columns, int draws, RunMonitor monitor) {
        try {
            return new PermutationTest(fit.estimator(), fit.testMethod(), draws)
                    .withThreads(RunMonitor.threads())
                    .test(fit.effects(), columns, context.random(), monitor);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("permutations", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static Tabular coefficients(RegressionFit fit, PermutationResult result) {
        int[] all = IntStream.range(0, result.coefficients()).toArray();
        return Tabular.of("permutation", "Permutation test of coefficients")
                .texts("term", fit.design().terms().toArray(String[]::new))
                .numbers(
                        "statistic",
                        Arrays.stream(all).mapToDouble(result::statistic).toArray())
                .numbers(
                        "p_value",
                        Arrays.stream(all).mapToDouble(result::pValue).toArray())
                .numbers(
                        "p_error",
                        Arrays.stream(all).mapToDouble(result::monteCarloError).toArray())
                .label("p_error", "Monte-Carlo error of P");
    }

    private static Tabular joint(PermutationResult result) {
        return Tabular.of("permutation_test", "Permutation test of all moderators")
                .numbers("statistic", result.statistic(result.joint()))
                .numbers("p_value", result.pValue(result.joint()))
                .numbers("p_error", result.monteCarloError(result.joint()))
                .numbers("arrangements", result.arrangements())
                .texts("exact", result.isExact() ? "yes" : "no")
                .format("arrangements", Format.INTEGER)
                .label("p_error", "Monte-Carlo error of P");
    }
}
