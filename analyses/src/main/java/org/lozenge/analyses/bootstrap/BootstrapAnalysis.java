package org.lozenge.analyses.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
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
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.sensitivity.Bootstrap;
import org.lozenge.stats.sensitivity.BootstrapResult;
import org.lozenge.stats.sensitivity.BootstrapResult.Quantity;
import org.lozenge.stats.tau2.Tau2Estimators;

/**
 * Bootstrap intervals of the pooled effect, τ² and I² under random effects.
 *
 * <p>The result has the tables {@code intervals} and {@code draws}.
 */
public final class BootstrapAnalysis implements Analysis {

    private static final List<Quantity> QUANTITIES = List.of(Quantity.MU, Quantity.TAU2, Quantity.I2);

    /** With fewer studies, drawing them with replacement gives few different sets. */
    private static final int FEW = 6;

    static final Param<Bootstrap.Kind> KIND = Param.choice(
                    "kind", "How effects are resampled", Bootstrap.Kind.PARAMETRIC)
            .help("parametric: new effects from the fitted model; nonparametric: studies with replacement.");

    static final Param<Integer> DRAWS = Param.integer("draws", "Number of draws", 10_000)
            .min(Bootstrap.MIN_DRAWS)
            .max(Bootstrap.MAX_DRAWS);

    /** The analysis has no state. */
    public BootstrapAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("bootstrap", "Bootstrap intervals")
                .summary("Percentile and BCa intervals of the pooled effect, tau² and I² from resampled studies, drawn"
                        + " from the fitted model or with replacement.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, PoolingParams.TAU2, PoolingParams.LEVEL, KIND, DRAWS)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Efron B. J Am Stat Assoc 1987;82:171-185. https://doi.org/10.1080/01621459.1987.10478410",
                        "Viechtbauer W. Stat Med 2007;26:37-52. https://doi.org/10.1002/sim.2514");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        if (effects.k() < 2) {
            throw new AnalysisException(
                    "too-few-studies", in.source() + " has one usable study; a bootstrap needs at least two.");
        }
        RunMonitor monitor = new RunMonitor(context, "Draws");
        BootstrapResult result = draw(in, effects, context, monitor);
        if (result.used() < Bootstrap.MIN_DRAWS) {
            context.checkCancelled();
            throw new AnalysisException(
                    "no-convergence", "tau² was found in " + result.used() + " draws only. Try --tau2 dl or pm.");
        }
        tell(in, context, effects, result, monitor);
        return AnalysisResult.of(intervals(result, in.get(PoolingParams.LEVEL), studies.measure()), draws(result));
    }

    private static BootstrapResult draw(Inputs in, EffectSizes effects, RunContext context, RunMonitor monitor) {
        try {
            return new Bootstrap(Tau2Estimators.of(in.get(PoolingParams.TAU2)), in.get(KIND))
                    .withThreads(RunMonitor.threads())
                    .run(effects, in.get(DRAWS), context.random(), monitor);
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static void tell(
            Inputs in, RunContext context, EffectSizes effects, BootstrapResult result, RunMonitor monitor) {
        if (monitor.isStopped()) {
            context.warn(
                    "stopped-early",
                    String.format(
                            Locale.ROOT,
                            "Stopped after %,d of %,d draws; the intervals are from these.",
                            result.used() + result.failures(),
                            in.get(DRAWS)));
        }
        if (result.failures() > 0) {
            context.warn(
                    "failed-draws",
                    String.format(
                            Locale.ROOT, "tau² was not found in %,d draws, which do not count.", result.failures()));
        }
        List<String> without = QUANTITIES.stream()
                .filter(quantity ->
                        result.bca(quantity, in.get(PoolingParams.LEVEL)).isEmpty())
                .map(quantity -> quantity.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!without.isEmpty()) {
            context.info(
                    "no-bca",
                    "No BCa interval of " + String.join(", ", without)
                            + ": leaving out one study at a time does not show how skewed it is.");
        }
        if (in.get(KIND) == Bootstrap.Kind.NONPARAMETRIC && effects.k() < FEW) {
            context.warn(
                    "few-studies",
                    in.source() + ": " + effects.k()
                            + " studies drawn with replacement give few different sets, and the"
                            + " intervals are too short. Use --kind parametric.");
        }
    }

    private static Tabular intervals(BootstrapResult result, double level, Measure measure) {
        Stream<Optional<Interval>> bca = QUANTITIES.stream().map(quantity -> result.bca(quantity, level));
        List<Optional<Interval>> corrected = bca.toList();
        List<Interval> percentile =
                QUANTITIES.stream().map(q -> result.percentile(q, level)).toList();
        double[] shown = {measure.display(result.estimate(Quantity.MU)), Double.NaN, Double.NaN};
        return Tabular.of("intervals", "Bootstrap intervals")
                .texts("quantity", "estimate", "tau2", "i2")
                .numbers("estimate", each(result::estimate))
                .numbers("bias", each(result::bias))
                .numbers("se", each(result::standardError))
                .numbers(
                        "ci_lower",
                        percentile.stream().mapToDouble(Interval::lower).toArray())
                .numbers(
                        "ci_upper",
                        percentile.stream().mapToDouble(Interval::upper).toArray())
                .numbers("bca_lower", limits(corrected, Interval::lower))
                .numbers("bca_upper", limits(corrected, Interval::upper))
                .numbers("effect", shown)
                .numbers("effect_lower", measure.display(percentile.get(0).lower()), Double.NaN, Double.NaN)
                .numbers("effect_upper", measure.display(percentile.get(0).upper()), Double.NaN, Double.NaN)
                .label("ci_lower", "Percentile lower")
                .label("ci_upper", "Percentile upper");
    }

    private static double[] each(ToDoubleFunction<Quantity> value) {
        return QUANTITIES.stream().mapToDouble(value).toArray();
    }

    private static double[] limits(List<Optional<Interval>> intervals, ToDoubleFunction<Interval> limit) {
        return intervals.stream()
                .mapToDouble(i -> i.map(limit::applyAsDouble).orElse(Double.NaN))
                .toArray();
    }

    private static Tabular draws(BootstrapResult result) {
        double[] tau2 = result.draws(Quantity.TAU2).toArray();
        return Tabular.of("draws", "Draws")
                .numbers("draws", result.used() + (double) result.failures())
                .format("draws", Format.INTEGER)
                .numbers("used", result.used())
                .format("used", Format.INTEGER)
                .numbers("tau2_zero", Arrays.stream(tau2).filter(t -> t == 0).count() / (double) result.used())
                .format("tau2_zero", Format.PERCENT)
                .label("tau2_zero", "tau² = 0");
    }
}
