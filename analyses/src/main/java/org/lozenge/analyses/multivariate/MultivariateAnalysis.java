package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.Collinearity;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.FitParams.Robust;
import org.lozenge.analyses.dependent.Sampling;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.multilevel.CovarianceStructure;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.multilevel.NotPositiveDefiniteException;
import org.lozenge.stats.multilevel.RobustEffects;
import org.lozenge.stats.robust.RobustType;

/**
 * Fits several outcomes of the same studies together.
 *
 * <p>The result has the tables {@code coefficients}, {@code model}, {@code outcomes}, {@code between}, {@code tests}, {@code
 * contrasts}, {@code robust}, {@code sensitivity} (where the correlation of sampling errors is assumed) and {@code studies}, and
 * the figures {@code forest} and {@code sensitivity-1}, {@code sensitivity-2}, ….
 */
public final class MultivariateAnalysis implements Analysis {

    private static final int FOREST_ROWS = 2000;

    /** The analysis has no state. */
    public MultivariateAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("multivariate", "Multivariate model of several outcomes")
                .summary(
                        "Several outcomes per study with known or assumed correlation, such as progression-free and overall"
                                + " survival: means, covariance between studies, tests across outcomes, and what another correlation"
                                + " would change.")
                .roles(StudyInput.roles())
                .roles(MultivariateOptions.roles())
                .params(MultivariateOptions.params())
                .references(
                        "Berkey CS and others. Stat Med 1998;17:2537-2550."
                                + " https://doi.org/10.1002/(SICI)1097-0258(19981130)17:22%3C2537::AID-SIM953%3E3.0.CO;2-C",
                        "Van Houwelingen HC, Arends LR, Stijnen T. Stat Med 2002;21:589-624. https://doi.org/10.1002/sim.1040",
                        "Jackson D, Riley R, White IR. Stat Med 2011;30:2481-2498. https://doi.org/10.1002/sim.4172",
                        "Jackson D and others. Stat Methods Med Res 2017;26:2853-2868."
                                + " https://doi.org/10.1177/0962280215611702");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        Problem problem = Problem.read(in, context);
        Sampling sampling = problem.sampling();
        context.checkCancelled();
        NewValues values = NewValues.of(in, problem.moderators());
        values.messages().forEach(context::report);
        try {
            MultivariateFit fit = problem.fit(in, sampling.covariance());
            warn(in, context, problem, sampling, fit);
            return AnalysisResult.of(items(in, context, problem, sampling, fit, values));
        } catch (NotPositiveDefiniteException e) {
            throw sampling.fault(e);
        } catch (ConvergenceException e) {
            throw new AnalysisException(
                    "no-convergence",
                    in.source() + ": " + e.getMessage()
                            + (in.get(MultivariateOptions.STRUCTURE).hasCorrelation()
                                    ? ". Choose a simpler covariance with --structure diag or id."
                                    : ". Leave out outcomes with few effects."));
        } catch (IllegalArgumentException e) {
            List<String> others = problem.estimable().stream()
                    .map(structure -> structure.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw new AnalysisException(
                    "not-estimable",
                    in.source() + ": " + e.getMessage()
                            + (others.isEmpty()
                                    ? ". Add studies" + (problem.isModerated() ? ", or use fewer moderators." : ".")
                                    : ". Choose a simpler covariance with --structure " + String.join(" or ", others)
                                            + "."));
        }
    }

    private static List<ResultItem> items(
            Inputs in, RunContext context, Problem problem, Sampling sampling, MultivariateFit fit, NewValues values) {
        Robust asked = in.get(FitParams.ROBUST);
        RobustEffects robust = fit.robust(asked.type().orElse(RobustType.CR2));
        Optional<RobustEffects> inCoefficients = asked == Robust.NONE ? Optional.empty() : Optional.of(robust);
        MultivariateTables tables = new MultivariateTables(problem, fit, inCoefficients, in, context);
        MultivariateFigures figures = new MultivariateFigures(problem, fit, tables, in.get(FitParams.LEVEL));
        List<ResultItem> items = new ArrayList<>(List.of(
                tables.coefficients(),
                tables.model(),
                tables.outcomes(),
                tables.between(),
                tables.tests(robust),
                tables.contrasts(),
                CoefficientTables.robust(fit.coefficients(), robust)));
        tables.predictions(values).ifPresent(items::add);
        double[] grid = MultivariateOptions.grid(in.get(MultivariateOptions.RHO_GRID));
        Sensitivity other =
                sampling.isAssumed() ? others(in, context, problem, sampling, grid) : new Sensitivity(List.of());
        boolean shown = !other.rows().isEmpty();
        if (shown) {
            items.add(tables.sensitivity(other));
        }
        items.add(tables.studies());
        if (problem.rows().size() <= FOREST_ROWS) {
            items.add(figures.forest());
        }
        if (shown && other.ofOutcome(0).size() > 1 && !problem.isModerated()) {
            items.addAll(figures.sensitivity(other));
        }
        return items;
    }

    private static Sensitivity others(
            Inputs in, RunContext context, Problem problem, Sampling sampling, double... grid) {
        boolean restricted = in.get(FitParams.METHOD) == FitParams.Method.REML;
        List<Sensitivity.Row> rows = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (double r : grid) {
            context.checkCancelled();
            try {
                MultivariateFit fit = problem.fit(in, sampling.covariance(r));
                rows.addAll(Sensitivity.of(r, fit, in.get(FitParams.ROBUST), restricted));
            } catch (NotPositiveDefiniteException | ConvergenceException e) {
                failed.add(Double.toString(r));
            }
        }
        if (!failed.isEmpty()) {
            context.warn(
                    "no-sensitivity",
                    in.source() + ": there is no fit with a correlation of sampling errors of "
                            + String.join(", ", failed) + ", which is left out of the sensitivity analysis.");
        }
        return new Sensitivity(rows);
    }

    private static void warn(Inputs in, RunContext context, Problem problem, Sampling sampling, MultivariateFit fit) {
        if (sampling.isAssumed() && !in.isSet(Sampling.RHO)) {
            context.warn(
                    "rho-assumed",
                    in.source()
                            + ": nothing says how the sampling errors of outcomes of one study are correlated; 0 was"
                            + " assumed. Set --rho (for PFS and OS often 0.5 to 0.8), or map 'correlation' or 'covariances'; the table"
                            + " 'sensitivity' tells what that changes.");
        }
        if (problem.studiesWithSeveral() == 0) {
            context.warn(
                    "no-pairs",
                    in.source()
                            + ": no study has more than one outcome, so that nothing is gained over one analysis for each.");
        }
        int terms = fit.coefficients().terms().size();
        Collinearity.warn(
                context,
                in.source(),
                fit.coefficients(),
                IntStream.range(Math.min(problem.outcomes().size(), terms), terms)
                        .toArray());
        notEstimable(in, context, problem, fit);
        atBounds(in, context, problem, fit);
        if (fit.modes().size() > 1) {
            context.warn(
                    "several-maxima",
                    in.source() + ": the likelihood has " + fit.modes().size() + " maxima (log-likelihoods "
                            + fit.modes().stream()
                                    .map(value -> String.format(Locale.ROOT, "%.4f", value))
                                    .toList()
                            + "); the highest was taken.");
        }
    }

    private static void notEstimable(Inputs in, RunContext context, Problem problem, MultivariateFit fit) {
        List<String> names = IntStream.range(0, problem.outcomes().size())
                .filter(o -> !fit.isEstimable(o))
                .mapToObj(problem.outcomes()::get)
                .toList();
        if (!names.isEmpty()) {
            context.warn(
                    "tau2-not-estimable",
                    in.source() + ": the model fits the effects on '" + String.join("', '", names)
                            + "' exactly, so that nothing tells their variance between studies. Standard errors there hold"
                            + " sampling error only, and there is no prediction interval; --structure cs or id take the"
                            + " variance from the other outcomes.");
        }
    }

    private static void atBounds(Inputs in, RunContext context, Problem problem, MultivariateFit fit) {
        List<String> bounds = new ArrayList<>();
        int q = problem.outcomes().size();
        for (int a = 0; a < q; a++) {
            if (!fit.isEstimable(a)) {
                continue;
            }
            if (fit.tau2(a) == 0
                    || (fit.structure() == CovarianceStructure.UN && fit.tau2(a) < 1e-12 * largest(fit, q))) {
                bounds.add("τ² of " + problem.outcomes().get(a) + " = 0");
            }
            for (int b = 0; b < a; b++) {
                double rho = fit.rho(a, b);
                if (fit.isAtBound(a, b) && !Double.isNaN(rho)) {
                    bounds.add("ρ of " + problem.outcomes().get(b) + " and "
                            + problem.outcomes().get(a) + " = " + (rho > 0 ? "1" : "-1"));
                }
            }
        }
        if (!bounds.isEmpty()) {
            context.warn(
                    "covariance-at-bound",
                    in.source() + ": the covariance between studies is at the edge of what is possible ("
                            + String.join(", ", bounds)
                            + "). That is the highest likelihood, but it says that the data hardly tell the covariance; look at"
                            + " its intervals, and try --structure diag or cs.");
        }
    }

    private static double largest(MultivariateFit fit, int q) {
        double largest = 0;
        for (int a = 0; a < q; a++) {
            largest = Math.max(largest, fit.tau2(a));
        }
        return largest;
    }
}
