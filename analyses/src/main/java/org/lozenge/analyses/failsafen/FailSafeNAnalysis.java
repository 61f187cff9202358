package org.lozenge.analyses.failsafen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.FailSafeN;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.Tau2Estimators;

/** Fail-safe numbers by five methods: the table {@code tests}. */
public final class FailSafeNAnalysis implements Analysis {

    private static final Param<Double> ALPHA = Param.number("alpha", "P value to reach", 0.05)
            .check(alpha -> alpha > 0 && alpha < 0.5, "must be between 0 and 0.5, both excluded");

    private static final Param<Double> TARGET = Param.number("target", "Effect to reach by Orwin's method", 0)
            .help("On the analysis scale (a log for ratios). Without it, half of the mean effect.");

    /** The analysis has no state. */
    public FailSafeNAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("fail-safe-n", "Fail-safe N")
                .summary("How many unpublished studies without an effect would make the result insignificant or small:"
                        + " Rosenthal, Fisher, Orwin, Rosenberg and the general method.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, ALPHA, TARGET, PoolingParams.TAU2)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Rosenthal R. Psychol Bull 1979;86:638-641. https://doi.org/10.1037/0033-2909.86.3.638",
                        "Orwin RG. J Educ Stat 1983;8:157-159. https://doi.org/10.3102/10769986008002157",
                        "Rosenberg MS. Evolution 2005;59:464-468. https://doi.org/10.1111/j.0014-3820.2005.tb01004.x");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        EffectSizes effects = StudyInput.read(in, context).effects();
        double alpha = in.get(ALPHA);
        List<String> methods = new ArrayList<>();
        List<FailSafeN> results = new ArrayList<>();
        add(methods, results, "rosenthal", () -> FailSafeN.rosenthal(effects, alpha));
        add(methods, results, "fisher", () -> FailSafeN.fisher(effects, alpha));
        add(methods, results, "orwin", () -> FailSafeN.orwin(effects, in.isSet(TARGET) ? in.get(TARGET) : Double.NaN));
        if (Double.isInfinite(results.get(results.size() - 1).n())) {
            context.info(
                    "target-not-reached",
                    "Orwin: studies without an effect never bring the mean to 0 itself, however many there are. Set"
                            + " --target to a small effect on the side of the mean.");
        }
        add(methods, results, "rosenberg", () -> FailSafeN.rosenberg(effects, alpha));
        context.checkCancelled();
        if (effects.k() == 1) {
            context.info("method-omitted", "Left out: general, which needs at least 2 studies.");
        } else {
            try {
                add(
                        methods,
                        results,
                        "general",
                        () -> FailSafeN.general(
                                effects, Tau2Estimators.of(in.get(PoolingParams.TAU2)), TestMethod.WALD, alpha));
            } catch (ConvergenceException e) {
                context.warn("method-omitted", "Left out: general, since " + e.getMessage() + ".");
            }
        }
        return AnalysisResult.of(Tabular.of("tests", "Fail-safe N")
                .texts("method", methods.toArray(String[]::new))
                .numbers(
                        "n",
                        results.stream().mapToDouble(FailSafeNAnalysis::whole).toArray())
                .numbers(
                        "target",
                        results.stream().mapToDouble(FailSafeN::target).toArray())
                .numbers(
                        "p_value",
                        results.stream().mapToDouble(FailSafeN::pValue).toArray())
                .format("n", Format.INTEGER)
                .label("n", "studies"));
    }

    private static void add(List<String> methods, List<FailSafeN> results, String method, Supplier<FailSafeN> result) {
        results.add(result.get());
        methods.add(method);
    }

    /** Whole studies; rounding may not add one. */
    private static double whole(FailSafeN result) {
        return Math.ceil(result.n() * (1 - 1e-12));
    }
}
