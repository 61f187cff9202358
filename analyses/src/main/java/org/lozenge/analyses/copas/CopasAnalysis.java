package org.lozenge.analyses.copas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.RunMonitor;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.CopasFit;
import org.lozenge.stats.bias.CopasModel;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.numeric.ParallelBlocks;
import org.lozenge.stats.tau2.MaximumLikelihood;

/**
 * The sensitivity analysis of Copas and Shi, along a path of ever stronger selection and over a grid of γ₀ and γ₁.
 *
 * <p>The result has the tables {@code model}, {@code path} and {@code grid} and the figures {@code copas},
 * {@code copas-residual} and {@code copas-contour}.
 */
public final class CopasAnalysis implements Analysis {

    /** A P value of the residual test from which a fit leaves no asymmetry. */
    static final double FITS = 0.10;

    private static final double LOWEST = -2;

    private static final double HIGHEST = 2;

    /** On the path, and in the strongest corner of the grid, the most precise study is published with 99 %. */
    private static final double NEARLY_SURE = Normal.upperQuantile(0.01);

    /** A γ₀ at which everything is published. */
    static final double ALL = 40;

    /** The chances on the path that the least precise study is published. */
    private static final double[] PATH = {1, 0.99, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

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
            context.warn(
                    "few-studies",
                    effects.k() + (effects.k() == 1 ? " study" : " studies")
                            + ": the Copas model needs many more to tell much.");
        }
        try {
            CopasModel model = new CopasModel(effects, level, context::checkCancelled);
            PooledFit plain = new RandomEffectsModel()
                    .withEstimator(new MaximumLikelihood())
                    .withTest(TestMethod.WALD)
                    .withLevel(level)
                    .fit(effects);
            Search search = new Search(model, context);
            List<CopasFit> path = path(search, effects);
            List<CopasFit> grid = grid(search, effects, in.get(GRID));
            search.report();
            Optional<CopasFit> chosen = path.stream()
                    .filter(fit -> fit.residualTest().pValue() >= FITS)
                    .findFirst();
            warn(chosen, path, context);
            CopasTables tables = new CopasTables(studies.measure());
            CopasFigures figures = new CopasFigures(studies.measure(), plain, path);
            return AnalysisResult.of(
                    tables.model(plain, chosen),
                    tables.fits("path", "Effects along ever stronger selection", path),
                    tables.fits("grid", "Effects over the strength of selection", grid),
                    figures.path(),
                    figures.residual(),
                    figures.contours(grid, in.get(GRID), chosen));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", in.source() + ": " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("copas-not-estimable", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static void warn(Optional<CopasFit> chosen, List<CopasFit> path, RunContext context) {
        if (chosen.isEmpty()) {
            context.warn("asymmetry-left", "No selection on the path explains the asymmetry of the funnel.");
        } else if (chosen.get() == path.get(0)) {
            context.info(
                    "no-selection-needed",
                    "The funnel shows no asymmetry that selection would have to explain, so the adjusted effect is the"
                            + " unadjusted one.");
        }
        long onBound = path.stream()
                .filter(fit -> Math.abs(fit.rho()) >= CopasModel.BOUND)
                .count();
        if (onBound > 0) {
            context.warn(
                    "correlation-on-bound",
                    String.format(
                            Locale.ROOT,
                            "At %d of %d points of the path the correlation is on its bound of ±%s: the data do not tell"
                                    + " it, and standard errors take it as known.",
                            onBound,
                            path.size(),
                            CopasModel.BOUND));
        }
    }

    private static double extreme(EffectSizes effects, int sign) {
        double extreme = effects.standardError(0);
        for (int i = 1; i < effects.k(); i++) {
            double se = effects.standardError(i);
            extreme = sign * se > sign * extreme ? se : extreme;
        }
        return extreme;
    }

    /** From no selection at all: the most precise study is published almost surely, the least precise less and less. */
    private static List<CopasFit> path(Search search, EffectSizes effects) {
        double smallest = extreme(effects, -1);
        double largest = extreme(effects, 1);
        List<double[]> strengths = new ArrayList<>();
        for (double chance : PATH) {
            double gamma1 =
                    Math.max(0, (NEARLY_SURE - Normal.upperQuantile(1 - chance)) / (1 / smallest - 1 / largest));
            strengths.add(chance == 1 ? new double[] {ALL, 0} : new double[] {NEARLY_SURE - gamma1 / smallest, gamma1});
        }
        return search.at(strengths, "Path");
    }

    private static List<CopasFit> grid(Search search, EffectSizes effects, int n) {
        double smallest = extreme(effects, -1);
        List<double[]> strengths = new ArrayList<>();
        for (int a = 0; a < n; a++) {
            double gamma0 = LOWEST + (HIGHEST - LOWEST) * a / (n - 1);
            for (int b = 0; b < n; b++) {
                strengths.add(new double[] {gamma0, (NEARLY_SURE - LOWEST) * smallest * b / (n - 1)});
            }
        }
        return search.at(strengths, "Grid");
    }

    /** Fits points and keeps those that fail for a message. */
    private static final class Search {
        private final CopasModel model;
        private final RunContext context;
        private final List<String> failed = new ArrayList<>();

        Search(CopasModel model, RunContext context) {
            this.model = model;
            this.context = context;
        }

        /** The fits at some pairs of gamma0 and gamma1, on several threads, in their order. */
        List<CopasFit> at(List<double[]> strengths, String step) {
            List<Optional<CopasFit>> fits = new ArrayList<>(Collections.nCopies(strengths.size(), Optional.empty()));
            ParallelBlocks.Worker worker = (from, to) -> {
                for (int i = (int) from; i < to; i++) {
                    fits.set(i, fit(strengths.get(i)));
                }
            };
            ParallelBlocks.run(fits.size(), 1, RunMonitor.threads(), () -> worker, (done, total) -> {
                context.progress((double) done / total, step);
                return true;
            });
            for (int i = 0; i < fits.size(); i++) {
                if (fits.get(i).isEmpty()) {
                    failed.add(String.format(
                            Locale.ROOT,
                            "%.4g, %.4g",
                            strengths.get(i)[0],
                            strengths.get(i)[1]));
                }
            }
            List<CopasFit> found = fits.stream().flatMap(Optional::stream).toList();
            if (found.isEmpty()) {
                throw new ConvergenceException(
                        "The Copas model converged nowhere, at none of the strengths of selection");
            }
            return found;
        }

        private Optional<CopasFit> fit(double[] strength) {
            try {
                return Optional.of(model.fit(strength[0], strength[1]));
            } catch (ConvergenceException e) {
                return Optional.empty();
            }
        }

        void report() {
            if (!failed.isEmpty()) {
                context.warn(
                        "points-left-out", "No convergence at gamma0, gamma1 = " + String.join("; ", failed) + ".");
            }
        }
    }
}
