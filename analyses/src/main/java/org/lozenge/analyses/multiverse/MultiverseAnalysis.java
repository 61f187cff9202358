package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.EffectRoute;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;

/**
 * Pools the studies under all combinations of choices and says which of them turn the conclusion.
 *
 * <p>The result has the text {@code conclusion}, the tables {@code verdict}, {@code choices} and {@code specifications},
 * {@code routes} where there are several, and the figures {@code specification-curve} and {@code choice-forest}.
 */
public final class MultiverseAnalysis implements Analysis {

    /** The analysis has no state. */
    public MultiverseAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("multiverse", "Multiverse: all combinations of choices")
                .summary(
                        "The pooled effect under every combination of τ² estimator, test, model, way to the effects and"
                                + " studies left out, and which of these choices turn the conclusion.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE)
                .params(MultiverseOptions.all().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Steegen S and others. Perspect Psychol Sci 2016;11:702-712."
                                + " https://doi.org/10.1177/1745691616658637",
                        "Voracek M, Kossmeier M, Tran US. Z Psychol 2019;227:64-82."
                                + " https://doi.org/10.1027/2151-2604/a000357");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        if (studies.effects().k() < 2) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + " has one usable study; there is nothing to pool in several ways.");
        }
        Measure measure = studies.measure();
        OptionalDouble threshold = threshold(in, measure);
        List<EffectRoute> routes = MultiverseOptions.routes(in, studies.routes(in));
        List<Specification> all = fit(in, context, routes);
        Specification reference = all.get(0);
        if (!reference.isFitted()) {
            throw new AnalysisException(
                    "no-convergence",
                    "The reference specification has no fit: " + reference.problem()
                            + ". Put another estimator first in --tau2s.");
        }
        List<Choice> choices = Choice.of(all);
        List<Verdict> verdicts = Conclusion.of(measure, threshold).stream()
                .map(question -> Verdict.of(question, reference, all, choices))
                .toList();
        tell(context, studies, all, verdicts);
        MultiverseFigures figures = new MultiverseFigures(measure, reference);
        List<ResultItem> items = new ArrayList<>();
        if (!verdicts.isEmpty()) {
            items.add(MultiverseTables.conclusion(verdicts, reference));
            items.add(MultiverseTables.verdict(verdicts));
        }
        items.add(MultiverseTables.choices(choices, measure));
        if (routes.size() > 1) {
            items.add(MultiverseTables.routes(routes));
        }
        items.add(figures.curve(all, threshold));
        items.add(figures.choices(choices, in.get(PoolingParams.LEVEL)));
        items.add(MultiverseTables.specifications(all, measure));
        return AnalysisResult.of(items);
    }

    private static List<Specification> fit(Inputs in, RunContext context, List<EffectRoute> routes) {
        try {
            return new Universe(MultiverseOptions.setups(in), routes).fit(in.get(MultiverseOptions.EXCLUDE), context);
        } catch (ConvergenceException e) {
            // Only the search for influential studies fits a model whose failure is not part of the result.
            throw new AnalysisException(
                    "no-convergence",
                    e.getMessage() + ". Put another estimator first in --tau2s, or set --exclude one.");
        }
    }

    private static OptionalDouble threshold(Inputs in, Measure measure) {
        if (!in.isSet(MultiverseOptions.THRESHOLD)) {
            return OptionalDouble.empty();
        }
        double value = in.get(MultiverseOptions.THRESHOLD);
        if (measure.isRatio() && !(value > 0)) {
            throw new AnalysisException(
                    "param-value",
                    "--threshold " + PlotText.fixed(value, 2) + " is no "
                            + measure.label().toLowerCase(java.util.Locale.ROOT)
                            + ": give it on the reader's scale, above 0, such as 0.8.");
        }
        if (value == measure.reference()) {
            throw new AnalysisException(
                    "param-value",
                    "--threshold " + PlotText.fixed(value, 2)
                            + " means no effect, which the verdict covers anyway; give an effect that matters.");
        }
        return OptionalDouble.of(value);
    }

    private static void tell(RunContext context, StudyInput studies, List<Specification> all, List<Verdict> verdicts) {
        long failed = all.stream().filter(s -> !s.isFitted()).count();
        if (failed > 0) {
            Specification first =
                    all.stream().filter(s -> !s.isFitted()).findFirst().orElseThrow();
            context.warn(
                    "no-fit",
                    failed + " of " + all.size() + " specifications have no fit and are not counted, the first because "
                            + first.problem() + ".");
        }
        long exact = all.stream()
                .filter(s -> s.isFitted() && Double.isNaN(s.pValue()))
                .count();
        if (exact > 0) {
            context.info(
                    "degenerate",
                    exact + " of " + all.size()
                            + " specifications have no P value: the effects in them agree exactly, and the plain"
                            + " Hartung-Knapp test takes their standard error for 0.");
        }
        if (studies.effects().k() == 2) {
            context.info("nothing-left-out", "With two studies none is left out: a single study is no meta-analysis.");
        }
        if (verdicts.stream().anyMatch(Verdict::flips)) {
            context.warn(
                    "conclusion-turns",
                    verdicts.stream()
                            .filter(Verdict::flips)
                            .map(v -> "In " + v.differ() + " of " + v.specifications() + " specifications " + v.turned()
                                    + ", unlike in the reference.")
                            .collect(Collectors.joining(" ")));
        }
    }
}
