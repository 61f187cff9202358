package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.glmm.GlmmModel;
import org.lozenge.stats.glmm.MixedModel;

/**
 * Pools sparse counts by their own likelihood: generalised linear mixed models with conditional, fixed or random baselines,
 * and of one group.
 *
 * <p>The result has the tables {@code model}, {@code heterogeneity}, {@code tests}, {@code fit} and {@code studies} and a
 * forest plot.
 */
public final class GlmmAnalysis implements Analysis {

    /** Doubling the quadrature points should not move anything by more, in standard errors. */
    private static final double QUADRATURE = 1e-4;

    private static final int FEW = 5;

    /** The analysis has no state. */
    public GlmmAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("glmm", "Generalised linear mixed model")
                .summary(
                        "Pools odds ratios, rate ratios, proportions or rates of sparse counts by their own likelihood:"
                                + " conditional (exact or approximate) or unconditional logistic and Poisson models with random"
                                + " effects.")
                .roles(GlmmOptions.ROLES.toArray(Role[]::new))
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
            if (counts.k() == 0) {
                throw new AnalysisException(
                        "no-usable-studies",
                        in.source() + ": no study tells about the effect: none has an event in only some of its"
                                + " participants, so there is no information.");
            }
            Fitted fitted = fit(in, context, counts);
            GlmmTables tables = new GlmmTables(fitted);
            return AnalysisResult.of(
                    tables.model(),
                    tables.heterogeneity(),
                    tables.tests(),
                    tables.fit(),
                    tables.studies(),
                    new GlmmForest(fitted).plot());
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", in.source() + ": " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException(
                    "not-estimable", in.source() + ": the model cannot be estimated: " + e.getMessage() + ".");
        }
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

    // ---- the fits

    private static Fitted fit(Inputs in, RunContext context, Counts counts) {
        int points = in.get(GlmmOptions.POINTS);
        MixedModel model = points == 0 ? new MixedModel() : new MixedModel().withPoints(points);
        double level = in.get(PoolingParams.LEVEL);
        requireFinite(in, counts);
        GlmmFit common = model.common(counts.data());
        requireCurvature(in, common);
        tellQuadrature(context, common, "common-effect");
        Optional<GlmmFit> random = random(in, context, model, counts);
        double df = in.get(GlmmOptions.TEST) == GlmmOptions.Test.Z ? Double.POSITIVE_INFINITY : common.df();
        boolean profile = in.get(GlmmOptions.CI) == GlmmOptions.Limits.PROFILE;
        Interval commonInterval =
                profile ? common.profileInterval(0, level) : common.interval(0, level, Double.POSITIVE_INFINITY);
        Optional<Interval> interval =
                random.map(fit -> profile ? fit.profileInterval(0, level) : fit.interval(0, level, df));
        TestResult wald = model.waldHeterogeneity(common);
        tellWald(context, counts, wald, common);
        return new Fitted(
                counts,
                common,
                commonInterval,
                random,
                interval,
                df,
                random.filter(fit -> counts.k() > 2).flatMap(fit -> prediction(in, fit, df)),
                random.filter(fit -> in.get(GlmmOptions.TAU2_CI) == GlmmOptions.Tau2Limits.PL)
                        .map(fit -> fit.tau2Interval(level)),
                wald,
                model.likelihoodRatioHeterogeneity(common),
                random.map(fit -> model.tau2Test(common, fit)),
                level,
                in.get(GlmmOptions.TEST).name().toLowerCase(Locale.ROOT));
    }

    private static void requireFinite(Inputs in, Counts counts) {
        if (counts.data().isAtEnd()) {
            boolean two = counts.data().isTwoArms();
            List<String> words = new ArrayList<>();
            for (Counts.Study study : counts.studies().subList(0, Math.min(5, counts.k()))) {
                words.add(study.name());
            }
            throw new AnalysisException(
                    "separation",
                    in.source()
                            + ": the estimate is infinite, because every study is at the same end of what its counts"
                            + " allow (" + String.join(", ", words) + (counts.k() > 5 ? " …" : "") + "): "
                            + (two
                                    ? "one arm never has an event, or has nothing but events. Peto's method (analysis"
                                            + " 'peto') gives a finite odds ratio; a risk difference is another way."
                                    : "no study has an event, or all have nothing but events. The exact interval of the"
                                            + " total tells what is known."));
        }
    }

    private static void requireCurvature(Inputs in, GlmmFit fit) {
        if (!(fit.standardError(0) > 0)) {
            throw new AnalysisException(
                    "no-convergence",
                    in.source() + ": the likelihood is flat at the estimate " + fit.estimate(0)
                            + ", so that it has no standard error.");
        }
    }

    private static Optional<GlmmFit> random(Inputs in, RunContext context, MixedModel model, Counts counts) {
        if (counts.k() < 2) {
            context.warn(
                    "tau2-not-estimable",
                    in.source() + ": one study does not tell how effects vary; there is no random-effects model.");
            return Optional.empty();
        }
        try {
            GlmmFit fit = model.random(counts.data());
            requireCurvature(in, fit);
            tellQuadrature(context, fit, "random-effects");
            if (fit.maxima() > 1) {
                context.warn(
                        "several-maxima",
                        "The likelihood of the random-effects model has " + fit.maxima()
                                + " maxima; the highest is reported. Judge the variance between studies by its interval.");
            }
            if (counts.k() < FEW) {
                context.warn(
                        "few-studies",
                        counts.k() + " studies tell little about the variance between them; its maximum likelihood"
                                + " estimate tends to be too small, and intervals too short.");
            }
            return Optional.of(fit);
        } catch (ConvergenceException e) {
            context.warn(
                    "random-not-estimable",
                    in.source() + ": the random-effects model cannot be estimated, only the common effect is reported. "
                            + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private static void tellQuadrature(RunContext context, GlmmFit fit, String name) {
        if (fit.quadratureChange() > QUADRATURE) {
            context.warn(
                    "quadrature-points",
                    "With " + fit.points() + " quadrature points the " + name
                            + " fit is not settled: doubling them changes it by up to "
                            + PlotText.fixed(fit.quadratureChange(), 4)
                            + " standard errors. Give more with --points, or 0 to have the number chosen.");
        }
    }

    private static Optional<Interval> prediction(Inputs in, GlmmFit fit, double df) {
        double level = in.get(PoolingParams.LEVEL);
        return switch (in.get(GlmmOptions.PI)) {
            case AUTO -> Optional.of(fit.predictionInterval(level, df));
            case HTS -> Optional.of(fit.predictionInterval(level, fit.df() - 1));
            case NONE -> Optional.empty();
        };
    }

    private static void tellWald(RunContext context, Counts counts, TestResult wald, GlmmFit common) {
        int missing = (int) (common.df() - wald.df());
        if (missing > 0) {
            context.info(
                    "wald-without-some",
                    "The Wald test of heterogeneity leaves out " + missing + " of " + counts.k()
                            + " studies, whose own estimates are infinite. The likelihood-ratio test has them all.");
        }
    }
}
