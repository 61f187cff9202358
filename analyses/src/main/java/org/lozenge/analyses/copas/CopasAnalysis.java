package org.lozenge.analyses.copas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.CopasFit;
import org.lozenge.stats.bias.CopasModel;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.MaximumLikelihood;

/**
 * The sensitivity analysis of Copas and Shi over a grid of γ₀ and γ₁.
 *
 * <p>The result has the tables {@code model} and {@code grid} and the figure {@code copas}.
 */
public final class CopasAnalysis implements Analysis {

    /** A P value of the residual test from which a fit leaves no asymmetry. */
    private static final double FITS = 0.10;

    private static final double LOWEST = -2;

    private static final double HIGHEST = 2;

    /** The most precise study is published with 99 % in the strongest corner of the grid. */
    private static final double NEARLY_SURE = 2.3263478740408408;

    private static final Param<Integer> GRID = Param.integer("grid", "Values of gamma0 and of gamma1", 8)
            .check(n -> n >= 2 && n <= 50, "must be between 2 and 50");

    /** The analysis has no state. */
    public CopasAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("copas", "Copas selection model")
                .summary("How the pooled effect changes if small studies, and among them those with small effects, are"
                        + " less likely to be published: a sensitivity analysis over a grid.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, GRID, PoolingParams.LEVEL)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Copas J, Shi JQ. Biostatistics 2000;1:247-262. https://doi.org/10.1093/biostatistics/1.3.247",
                        "Copas JB, Shi JQ. Stat Methods Med Res 2001;10:251-265."
                                + " https://doi.org/10.1177/096228020101000402");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        double level = in.get(PoolingParams.LEVEL);
        if (effects.k() < 10) {
            context.warn("few-studies", effects.k() + " studies: the Copas model needs many more to tell much.");
        }
        try {
            CopasModel model = new CopasModel(effects, level);
            PooledFit plain = new RandomEffectsModel()
                    .withEstimator(new MaximumLikelihood())
                    .withTest(TestMethod.WALD)
                    .withLevel(level)
                    .fit(effects);
            List<CopasFit> fits = grid(model, effects, in.get(GRID), context);
            Optional<CopasFit> chosen = fits.stream()
                    .filter(fit -> fit.residualTest().pValue() >= FITS)
                    .min(Comparator.comparingDouble(CopasFit::unpublished));
            if (chosen.isEmpty()) {
                context.warn("asymmetry-left", "No selection on the grid explains the asymmetry of the funnel.");
            }
            return AnalysisResult.of(
                    model(plain, chosen, studies.measure()),
                    table(fits, studies.measure()),
                    plot(fits, plain, studies.measure()));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", in.source() + ": " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("copas-not-estimable", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static List<CopasFit> grid(CopasModel model, EffectSizes effects, int n, RunContext context) {
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < effects.k(); i++) {
            smallest = Math.min(smallest, effects.standardError(i));
        }
        List<CopasFit> fits = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (int a = 0; a < n; a++) {
            double gamma0 = LOWEST + (HIGHEST - LOWEST) * a / (n - 1);
            for (int b = 0; b < n; b++) {
                context.checkCancelled();
                double gamma1 = (NEARLY_SURE - LOWEST) * smallest * b / (n - 1);
                try {
                    fits.add(model.fit(gamma0, gamma1));
                } catch (ConvergenceException e) {
                    failed.add(gamma0 + ", " + gamma1);
                }
            }
        }
        if (fits.isEmpty()) {
            throw new ConvergenceException("The Copas model converged nowhere on the grid");
        }
        if (!failed.isEmpty()) {
            context.warn("points-left-out", "No convergence at gamma0, gamma1 = " + String.join("; ", failed) + ".");
        }
        return fits;
    }

    private static Tabular model(PooledFit plain, Optional<CopasFit> chosen, Measure measure) {
        int n = chosen.isPresent() ? 2 : 1;
        double[][] cells = new double[8][n];
        double[] first = {
            plain.k(),
            plain.estimate(),
            plain.standardError(),
            plain.test().pValue(),
            plain.confidenceInterval().lower(),
            plain.confidenceInterval().upper(),
            plain.tau2(),
            0
        };
        for (int j = 0; j < first.length; j++) {
            cells[j][0] = first[j];
        }
        chosen.ifPresent(fit -> {
            double[] second = {
                plain.k(),
                fit.estimate(),
                fit.standardError(),
                fit.test().pValue(),
                fit.interval().lower(),
                fit.interval().upper(),
                fit.tau2(),
                fit.unpublished()
            };
            for (int j = 0; j < second.length; j++) {
                cells[j][1] = second[j];
            }
        });
        return Tabular.of("model", "Pooled effect without and with selection: " + measure.label())
                .texts("model", n == 2 ? new String[] {"unadjusted", "adjusted"} : new String[] {"unadjusted"})
                .numbers("k", cells[0])
                .numbers("estimate", cells[1])
                .numbers("se", cells[2])
                .numbers("p_value", cells[3])
                .numbers("ci_lower", cells[4])
                .numbers("ci_upper", cells[5])
                .numbers("tau2", cells[6])
                .numbers("unpublished", cells[7])
                .numbers("effect", shown(measure, cells[1]))
                .numbers("effect_lower", shown(measure, cells[4]))
                .numbers("effect_upper", shown(measure, cells[5]))
                .format("k", Format.INTEGER)
                .format("p_value", Format.P_VALUE)
                .label("se", "SE")
                .label("p_value", "P")
                .label("ci_lower", "CI lower")
                .label("ci_upper", "CI upper")
                .label("tau2", "τ²")
                .label("effect", measure.label())
                .label("effect_lower", "lower")
                .label("effect_upper", "upper");
    }

    private static double[] shown(Measure measure, double[] values) {
        return Arrays.stream(values).map(measure::display).toArray();
    }

    private static double[] cells(List<CopasFit> fits, ToDoubleFunction<CopasFit> cell) {
        return fits.stream().mapToDouble(cell).toArray();
    }

    private static Tabular table(List<CopasFit> fits, Measure measure) {
        return Tabular.of("grid", "Effects over the strength of selection")
                .numbers("gamma0", cells(fits, CopasFit::gamma0))
                .numbers("gamma1", cells(fits, CopasFit::gamma1))
                .numbers("p_smallest", cells(fits, CopasFit::chanceOfSmallest))
                .numbers("p_largest", cells(fits, CopasFit::chanceOfLargest))
                .numbers("unpublished", cells(fits, CopasFit::unpublished))
                .numbers("estimate", cells(fits, CopasFit::estimate))
                .numbers("se", cells(fits, CopasFit::standardError))
                .numbers("ci_lower", cells(fits, fit -> fit.interval().lower()))
                .numbers("ci_upper", cells(fits, fit -> fit.interval().upper()))
                .numbers("p_value", cells(fits, fit -> fit.test().pValue()))
                .numbers("tau2", cells(fits, CopasFit::tau2))
                .numbers("rho", cells(fits, CopasFit::rho))
                .numbers("residual_p", cells(fits, fit -> fit.residualTest().pValue()))
                .numbers("effect", shown(measure, cells(fits, CopasFit::estimate)))
                .format("p_value", Format.P_VALUE)
                .format("residual_p", Format.P_VALUE)
                .label("p_smallest", "published, smallest study")
                .label("p_largest", "published, largest study")
                .label("se", "SE")
                .label("p_value", "P")
                .label("ci_lower", "CI lower")
                .label("ci_upper", "CI upper")
                .label("tau2", "τ²")
                .label("rho", "ρ")
                .label("residual_p", "P of asymmetry left")
                .label("effect", measure.label());
    }

    private static XYPlot plot(List<CopasFit> fits, PooledFit plain, Measure measure) {
        XYPlot plot = XYPlot.of(
                        "copas",
                        "Pooled effect over the strength of selection",
                        "Chance that the smallest study is published",
                        measure.axis())
                .scales(Scale.LINEAR, measure.scale())
                .layer(Mark.LINE, Tone.REFERENCE, "No selection", new double[] {0, 1}, shown(measure, new double[] {
                    plain.estimate(), plain.estimate()
                }));
        plot = points(plot, fits, measure, true);
        return points(plot, fits, measure, false)
                .footnote("Each point is a choice of the two parameters of selection.")
                .describe("Pooled effect of " + plain.k() + " studies at " + fits.size()
                        + " strengths of selection by the Copas model.");
    }

    private static XYPlot points(XYPlot plot, List<CopasFit> fits, Measure measure, boolean fitting) {
        List<CopasFit> some = fits.stream()
                .filter(fit -> fit.residualTest().pValue() >= FITS == fitting)
                .toList();
        return some.isEmpty()
                ? plot
                : plot.points(
                        fitting ? Tone.ESTIMATE : Tone.IMPUTED,
                        fitting ? "No asymmetry left (P at least 0.10)" : "Asymmetry left (P below 0.10)",
                        cells(some, CopasFit::chanceOfSmallest),
                        shown(measure, cells(some, CopasFit::estimate)),
                        new double[0],
                        List.of());
    }
}
