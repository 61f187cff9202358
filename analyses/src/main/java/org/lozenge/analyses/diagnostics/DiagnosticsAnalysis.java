package org.lozenge.analyses.diagnostics;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.OneModel;
import org.lozenge.analyses.shared.Pooled;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.sensitivity.NormalQuantiles;
import org.lozenge.stats.tau2.ProfileLikelihood;
import org.lozenge.stats.tau2.Tau2Mode;

/**
 * Draws the figures that show whether a pooled effect fits its studies.
 *
 * <p>The result has the figures {@code radial}, {@code qq}, {@code profile} and {@code drapery}, {@code labbe} where the
 * studies have counts, and the tables {@code residuals} and {@code modes}.
 */
public final class DiagnosticsAnalysis implements Analysis {

    private static final int DRAWS = 1000;

    /** So many simulated residuals are kept at most, and at least so many draws. */
    private static final int MOST_NUMBERS = 10_000_000;

    private static final int LEAST_DRAWS = 100;

    /** The analysis has no state. */
    public DiagnosticsAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("diagnostics", "Diagnostic figures")
                .summary("Radial (Galbraith) plot, normal quantiles of residuals with a simulated band, profile of the"
                        + " likelihood of τ², drapery plot, and L'Abbé plot where there are counts.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE)
                .params(OneModel.params().toArray(Param<?>[]::new))
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Galbraith RF. Stat Med 1988;7:889-894. https://doi.org/10.1002/sim.4780070807",
                        "Rücker G, Schwarzer G. Res Synth Methods 2021;12:49-64. https://doi.org/10.1002/jrsm.1429",
                        "L'Abbé KA, Detsky AS, O'Rourke K. Ann Intern Med 1987;107:224-233."
                                + " https://doi.org/10.7326/0003-4819-107-2-224");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput input = StudyInput.read(in, context);
        OneModel model = OneModel.of(in);
        if (input.effects().k() < 2) {
            throw new AnalysisException(
                    "too-few-studies", in.source() + " has one usable study; there is nothing to hold it against.");
        }
        Pooled pooled = pool(model, input);
        PooledFit fit = model.fit(pooled);
        context.checkCancelled();
        int draws = Math.max(LEAST_DRAWS, Math.min(DRAWS, MOST_NUMBERS / fit.k()));
        NormalQuantiles quantiles =
                NormalQuantiles.of(fit, fit.level(), draws, context.random().nextLong(), context::checkCancelled);
        List<Tau2Mode> modes = ProfileLikelihood.modes(input.effects(), true);
        warn(context, modes);
        List<ResultItem> items = new ArrayList<>();
        items.add(DiagnosticFigures.radial(fit, input.measure()));
        items.add(DiagnosticFigures.quantiles(quantiles, fit));
        items.add(DiagnosticFigures.profile(input.effects(), pooled, modes));
        items.add(DiagnosticFigures.drapery(fit, input.measure(), model.label(pooled)));
        LabbePlot.of(input, fit).ifPresent(items::add);
        items.add(residuals(quantiles, fit));
        items.add(modes(modes));
        return AnalysisResult.of(items);
    }

    private static Pooled pool(OneModel model, StudyInput input) {
        try {
            return model.pooling().pool(input.effects());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static void warn(RunContext context, List<Tau2Mode> modes) {
        if (modes.size() > 1) {
            context.warn(
                    "several-modes",
                    "The restricted likelihood of τ² has " + modes.size()
                            + " maxima; the figure shows them. Estimates near" + " the lower ones are local.");
        }
    }

    private static Tabular residuals(NormalQuantiles quantiles, PooledFit fit) {
        return Tabular.of("residuals", "Standardised residuals against normal quantiles")
                .texts(
                        "study",
                        quantiles.study().stream()
                                .map(i -> fit.effects().studies().get(i))
                                .toArray(String[]::new))
                .numbers("theoretical", quantiles.theoretical().toArray())
                .numbers("residual", quantiles.residual().toArray())
                .numbers("lower", quantiles.lower().toArray())
                .numbers("upper", quantiles.upper().toArray())
                .label("study", "Study")
                .label("theoretical", "normal quantile")
                .label("lower", "band from")
                .label("upper", "to");
    }

    private static Tabular modes(List<Tau2Mode> modes) {
        return Tabular.of("modes", "Maxima of the restricted likelihood of τ²")
                .numbers("tau2", modes.stream().mapToDouble(Tau2Mode::tau2).toArray())
                .numbers(
                        "log_likelihood",
                        modes.stream().mapToDouble(Tau2Mode::logLikelihood).toArray());
    }
}
