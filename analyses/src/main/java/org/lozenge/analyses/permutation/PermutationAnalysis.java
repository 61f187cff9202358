package org.lozenge.analyses.permutation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.sensitivity.PermutationResult;
import org.lozenge.stats.sensitivity.PermutationTest;
import org.lozenge.stats.tau2.Tau2Estimator;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Tests the pooled effect, or moderators, by permutation.
 *
 * <p>The result has the tables {@code coefficients} and {@code test}.
 */
public final class PermutationAnalysis implements Analysis {

    /** The statistic that is compared. */
    enum Statistic {
        /** Wald. */
        Z(TestMethod.WALD),
        /** Hartung-Knapp-Sidik-Jonkman. */
        HKSJ_PLAIN(TestMethod.HARTUNG_KNAPP),
        /** With the ad hoc guard. */
        HKSJ(TestMethod.HARTUNG_KNAPP_AD_HOC);

        private final TestMethod method;

        Statistic(TestMethod method) {
            this.method = method;
        }
    }

    static final Param<Statistic> TEST = Param.choice("test", "Statistic that is compared", Statistic.Z)
            .help("z, or the statistic of Hartung-Knapp-Sidik-Jonkman with (hksj) or without its guard (hksj-plain).");

    static final Param<Integer> DRAWS = Param.integer("draws", "Largest number of arrangements", 100_000)
            .min(100)
            .max(PermutationTest.MAX_ARRANGEMENTS)
            .help(
                    "If there are no more arrangements than this, all are tried and the P value is exact; otherwise as many"
                            + " are drawn at random.");

    /** The analysis has no state. */
    public PermutationAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("permutation", "Permutation test")
                .summary(
                        "P values of the pooled effect, by changing signs, or of moderators, by shuffling them among the"
                                + " studies: exact if all arrangements can be tried, else by chance with a known error.")
                .roles(StudyInput.roles())
                .roles(Moderators.MODERATORS)
                .params(StudyInput.MEASURE, PoolingParams.TAU2, TEST, DRAWS)
                .params(Moderators.params().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Higgins JPT, Thompson SG. Stat Med 2004;23:1663-1682. https://doi.org/10.1002/sim.1752",
                        "Follmann DA, Proschan MA. Biometrics 1999;55:732-737."
                                + " https://doi.org/10.1111/j.0006-341X.1999.00732.x");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        if (effects.k() < 2) {
            throw new AnalysisException(
                    "too-few-studies", in.source() + " has one usable study; a permutation test needs at least two.");
        }
        RunMonitor monitor = new RunMonitor(context, "Arrangements");
        List<String> names = new ArrayList<>();
        PermutationResult result = Moderators.isAskedFor(in)
                ? moderators(in, context, studies, names, monitor)
                : signs(in, context, effects, monitor);
        if (result.arrangements() == result.failures()) {
            context.checkCancelled();
        }
        tell(in, context, result, monitor);
        return AnalysisResult.of(coefficients(result, names, studies.measure()), joint(result, names));
    }

    private static PermutationTest test(Inputs in) {
        Tau2Estimator estimator = Tau2Estimators.of(in.get(PoolingParams.TAU2));
        return new PermutationTest(estimator, in.get(TEST).method, in.get(DRAWS)).withThreads(RunMonitor.threads());
    }

    private static PermutationResult signs(Inputs in, RunContext context, EffectSizes effects, RunMonitor monitor) {
        try {
            return test(in).test(effects, context.random(), monitor);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("degenerate", in.source() + ": " + e.getMessage() + ".");
        }
    }

    /** @param names gets the names of the moderators' terms */
    private static PermutationResult moderators(
            Inputs in, RunContext context, StudyInput studies, List<String> names, RunMonitor monitor) {
        Moderators moderators = Moderators.read(in, context, studies);
        List<String> terms = moderators.design().terms();
        int k = moderators.effects().k();
        if (!moderators.design().hasIntercept()) {
            throw new AnalysisException(
                    "no-intercept",
                    in.source() + ": a permutation test compares with a model of an intercept alone, so the formula"
                            + " needs one; leave '- 1' out.");
        }
        if (k < terms.size() + 1) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + " has " + k + " usable studies with all moderators; " + terms.size()
                            + " coefficients (" + String.join(", ", terms) + ") need at least " + (terms.size() + 1)
                            + ". Use fewer moderators.");
        }
        names.addAll(terms.subList(1, terms.size()));
        double[][] columns = moderators.design().columns().stream()
                .skip(1)
                .map(DoubleSeq::toArray)
                .toArray(double[][]::new);
        try {
            return test(in).test(moderators.effects(), columns, context.random(), monitor);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("moderators", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static void tell(Inputs in, RunContext context, PermutationResult result, RunMonitor monitor) {
        if (monitor.isStopped()) {
            context.warn(
                    "stopped-early",
                    String.format(
                            Locale.ROOT,
                            "Stopped after %,d arrangements; the P values are of these and not exact%s.",
                            result.arrangements(),
                            result.inOrder() ? ", and the first arrangements are like the observed one" : ""));
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
        // Changing all signs leaves the distance from 0 as it is, so that two arrangements are the most extreme.
        int extreme = Moderators.isAskedFor(in) ? 1 : 2;
        if (result.isExact() && extreme >= 0.05 * result.arrangements()) {
            context.warn(
                    "few-arrangements",
                    in.source() + ": there are only " + result.arrangements()
                            + " arrangements, so no P value can be below 0.05 whatever the effects.");
        }
    }

    private static Tabular coefficients(PermutationResult result, List<String> names, Measure measure) {
        int[] all = IntStream.range(0, result.coefficients()).toArray();
        String[] terms = IntStream.of(all)
                .mapToObj(i -> names.isEmpty() ? "pooled effect" : i == 0 ? "intercept" : names.get(i - 1))
                .toArray(String[]::new);
        Tabular table = Tabular.of("coefficients", "Coefficients")
                .texts("term", terms)
                .numbers(
                        "estimate",
                        Arrays.stream(all).mapToDouble(result::estimate).toArray())
                .numbers(
                        "se",
                        Arrays.stream(all).mapToDouble(result::standardError).toArray())
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
        return names.isEmpty() ? table.numbers("effect", measure.display(result.estimate(0))) : table;
    }

    private static Tabular joint(PermutationResult result, List<String> names) {
        return Tabular.of("test", names.isEmpty() ? "Test of the pooled effect" : "Test of all moderators")
                .numbers("statistic", result.statistic(result.joint()))
                .numbers("p_value", result.pValue(result.joint()))
                .numbers("p_error", result.monteCarloError(result.joint()))
                .numbers("arrangements", result.arrangements())
                .format("arrangements", Format.INTEGER)
                .texts("exact", result.isExact() ? "yes" : "no");
    }
}
