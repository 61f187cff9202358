package org.lozenge.analyses.glmm;

import java.util.List;
import org.lozenge.analyses.formula.BubblePlot;
import org.lozenge.analyses.formula.Moderators;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.glmm.GlmmModel;

/**
 * Pools sparse counts by their own likelihood: generalised linear mixed models with conditional, fixed or random baselines,
 * and of one group.
 *
 * <p>The result has the tables {@code model}, {@code heterogeneity}, {@code tests}, {@code fit} and {@code studies} and a
 * forest plot; with moderators {@code coefficients}, {@code coefficients_common}, {@code moderator_test}, {@code terms},
 * {@code residual}, {@code tests}, {@code fit}, {@code predictions}, {@code marginal_means} and {@code studies}.
 */
public final class GlmmAnalysis implements Analysis {

    /** The analysis has no state. */
    public GlmmAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("glmm", "Generalised linear mixed model")
                .summary(
                        "Pools odds ratios, rate ratios, proportions or rates of sparse counts by their own likelihood:"
                                + " conditional (exact or approximate) or unconditional logistic and Poisson models with random"
                                + " effects and moderators.")
                .roles(GlmmOptions.ROLES.toArray(Role[]::new))
                .roles(Moderators.MODERATORS)
                .params(GlmmOptions.all().toArray(Param<?>[]::new))
                .references(
                        "Stijnen T, Hamza TH, Ozdemir P. Stat Med 2010;29:3046-3067. https://doi.org/10.1002/sim.4040",
                        "van Houwelingen HC, Zwinderman KH, Stijnen T. Stat Med 1993;12:2273-2284."
                                + " https://doi.org/10.1002/sim.4780122405",
                        "Jackson D, Law M, Stijnen T, Viechtbauer W, White IR. Stat Med 2018;37:1059-1085."
                                + " https://doi.org/10.1002/sim.7588",
                        "Liu Q, Pierce DA. Biometrika 1994;81:624-629. https://doi.org/10.1093/biomet/81.3.624",
                        "Self SG, Liang KY. J Am Stat Assoc 1987;82:605-610."
                                + " https://doi.org/10.1080/01621459.1987.10478472");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        GlmmOptions.Measure measure = GlmmOptions.measure(in);
        GlmmModel model = in.get(GlmmOptions.MODEL);
        tellModel(in, context, measure, model);
        try {
            Counts counts = Counts.read(in, context, measure, model);
            requireModerators(in, counts);
            if (counts.k() == 0) {
                throw new AnalysisException(
                        "no-usable-studies",
                        in.source() + ": no study tells about the effect: none has an event in only some of its"
                                + " participants, so there is no information.");
            }
            Fitting fitting = new Fitting(in, context);
            Fits fits = fitting.fit(counts);
            return AnalysisResult.of(
                    counts.moderators().isPresent()
                            ? Regression.of(in, context, fitting, fits).items(in, context)
                            : pooled(fitting.pooled(fits)));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", in.source() + ": " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException(
                    "not-estimable", in.source() + ": the model cannot be estimated: " + e.getMessage() + ".");
        }
    }

    private static void requireModerators(Inputs in, Counts counts) {
        NewValues.of(in, counts.moderators());
        if (counts.moderators().isEmpty() && in.isSet(BubblePlot.BUBBLE)) {
            throw new AnalysisException(
                    "options-conflict",
                    "Option 'bubble' is '" + in.get(BubblePlot.BUBBLE)
                            + "', but the model has no moderators. Map them with --map moderators=COLUMN, or give a"
                            + " --formula.");
        }
    }

    private static List<ResultItem> pooled(Fitted fitted) {
        GlmmTables tables = new GlmmTables(fitted);
        FitTables both = new FitTables(fitted.fits());
        return List.of(
                tables.model(),
                tables.heterogeneity(),
                both.tests(),
                both.fit(),
                tables.studies(),
                new GlmmForest(fitted).plot());
    }

    private static void tellModel(Inputs in, RunContext context, GlmmOptions.Measure measure, GlmmModel model) {
        boolean one = measure == GlmmOptions.Measure.PLO || measure == GlmmOptions.Measure.IRLN;
        if (one && (in.isSet(GlmmOptions.MODEL) || in.isSet(GlmmOptions.CODING))) {
            context.info(
                    "option-without-effect",
                    "Options 'model' and 'coding' concern two arms; one group has one likelihood.");
        }
        if (measure == GlmmOptions.Measure.IRR && model == GlmmModel.CM_AL) {
            context.info(
                    "option-without-effect",
                    "Model 'cm-al' approximates 'cm-el' for odds ratios; for rate ratios the conditional likelihood is"
                            + " binomial and exact, and was taken.");
        }
        if (!one && model == GlmmModel.UM_FS) {
            context.info(
                    "many-baselines",
                    "Model 'um-fs' estimates a baseline for each study: with many small studies maximum likelihood is"
                            + " then too sure of effects and finds too little variance between them. Compare with 'cm-el'.");
        }
    }
}
