package org.lozenge.analyses.glmm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.glmm.GlmmData;
import org.lozenge.stats.glmm.GlmmFit;
import org.lozenge.stats.glmm.MixedModel;
import org.lozenge.stats.glmm.Separation;

/** Fits both models and tells the reader what to beware of. */
final class Fitting {

    /** Doubling the quadrature points should not move anything by more, in standard errors. */
    private static final double QUADRATURE = 1e-4;

    private static final int FEW = 5;
    private static final TestResult NO_TEST = new TestResult(Double.NaN, Double.NaN, Double.NaN);
    private static final int NAMED = 5;

    private final Inputs in;
    private final RunContext context;
    private final MixedModel model;
    private final double level;

    Fitting(Inputs in, RunContext context) {
        this.in = in;
        this.context = context;
        int points = in.get(GlmmOptions.POINTS);
        MixedModel chosen = points == 0 ? new MixedModel() : new MixedModel().withPoints(points);
        this.model = chosen.withCheck(context::checkCancelled);
        this.level = in.get(PoolingParams.LEVEL);
    }

    /** Fits the common-effect and the random-effects model. */
    Fits fit(Counts counts) {
        requireFinite(counts);
        GlmmFit common = model.common(counts.data());
        requireCurvature(common);
        tellQuadrature(common, "common-effect");
        Optional<GlmmFit> random = random(counts);
        TestResult wald = orNone("Wald test of heterogeneity", () -> model.waldHeterogeneity(common))
                .orElse(NO_TEST);
        tellWald(counts, wald, common);
        return new Fits(
                counts,
                common,
                random,
                in.get(GlmmOptions.TEST) == GlmmOptions.Test.Z ? Double.POSITIVE_INFINITY : common.df(),
                random.filter(fit -> in.get(GlmmOptions.TAU2_CI) == GlmmOptions.Tau2Limits.PL)
                        .flatMap(fit -> orNone("interval of τ²", () -> fit.tau2Interval(level))),
                wald,
                orNone("likelihood-ratio test of heterogeneity", () -> model.likelihoodRatioHeterogeneity(common))
                        .orElse(NO_TEST),
                random.map(fit -> model.tau2Test(common, fit)),
                level,
                in.get(GlmmOptions.TEST).name().toLowerCase(Locale.ROOT));
    }

    /** What else could not be had does not cost the fits. */
    private <T> Optional<T> orNone(String name, Supplier<T> what) {
        try {
            return Optional.of(what.get());
        } catch (ConvergenceException e) {
            context.warn(
                    "part-not-estimable",
                    in.source() + ": the " + name + " cannot be had and is left out. " + e.getMessage() + ".");
            return Optional.empty();
        }
    }

    /** Adds the intervals of a pooled effect. */
    Fitted pooled(Fits fits) {
        return new Fitted(
                fits,
                interval(fits.common(), Double.POSITIVE_INFINITY, 0, "common effect"),
                fits.random().map(fit -> interval(fit, fits.df(), 0, "mean effect")),
                prediction(fits, 1));
    }

    /** The interval of a coefficient, as the options ask for it. */
    Interval interval(GlmmFit fit, double df, int coefficient, String name) {
        Interval wald = fit.interval(coefficient, level, df);
        if (in.get(GlmmOptions.CI) == GlmmOptions.Limits.WALD) {
            return wald;
        }
        try {
            return fit.profileInterval(coefficient, level);
        } catch (ConvergenceException e) {
            context.warn(
                    "wald-instead",
                    in.source() + ": the profile interval of the " + name + " cannot be had, the one from its standard"
                            + " error is given instead. " + e.getMessage() + ".");
            return wald;
        }
    }

    /** The interval of the effect of a new study whose mean effect is a combination of the coefficients. */
    Optional<Interval> prediction(Fits fits, double... combination) {
        return fits.random().filter(fit -> fit.df() > 1).flatMap(fit -> switch (in.get(GlmmOptions.PI)) {
            case AUTO -> Optional.of(fit.inference(fits.df()).predictionInterval(level, combination));
            case HTS -> Optional.of(fit.inference(fit.df() - 1).predictionInterval(level, combination));
            case NONE -> Optional.<Interval>empty();
        });
    }

    /** The random-effects fit of other data of the same studies, for comparison; nothing is said about it. */
    Optional<GlmmFit> comparison(GlmmData data) {
        try {
            return Optional.of(model.random(data));
        } catch (ConvergenceException e) {
            return Optional.empty();
        }
    }

    private Optional<GlmmFit> random(Counts counts) {
        int k = counts.k();
        if (k < 2) {
            context.warn(
                    "tau2-not-estimable",
                    in.source() + ": one study does not tell how effects vary; there is no random-effects model.");
            return Optional.empty();
        }
        try {
            GlmmFit fit = model.random(counts.data());
            requireCurvature(fit);
            tellQuadrature(fit, "random-effects");
            if (fit.maxima() > 1) {
                context.warn(
                        "several-maxima",
                        "The likelihood of the random-effects model has " + fit.maxima()
                                + " maxima; the highest is reported. Judge the variance between studies by its interval.");
            }
            if (k < FEW) {
                context.warn(
                        "few-studies",
                        k + " studies tell little about the variance between them; its maximum likelihood"
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

    // ---- checks

    private void requireFinite(Counts counts) {
        counts.data().separation().ifPresent(separation -> {
            throw new AnalysisException(
                    "separation",
                    in.source() + ": "
                            + (counts.moderators().isPresent()
                                    ? ofTerms(counts, separation)
                                    : "the estimate is infinite, because every study is at the same end of what its"
                                            + " counts allow (" + names(counts, separation) + "): " + advice(counts)));
        });
    }

    private static String ofTerms(Counts counts, Separation separation) {
        List<String> terms = counts.moderators().orElseThrow().design().terms();
        double[] direction = separation.direction();
        String moving = IntStream.range(0, terms.size())
                .filter(t -> direction[t] != 0)
                .mapToObj(t -> "'" + terms.get(t) + "'")
                .collect(Collectors.joining(", "));
        return "coefficients are infinite (" + moving
                + "), because all studies that tell about them are at the same end"
                + " of what their counts allow (" + names(counts, separation) + "): "
                + (counts.data().isTwoArms()
                        ? "there an arm never has an event, or has nothing but events."
                        : "there is no event, or nothing but events.")
                + " Leave a moderator out, or join levels.";
    }

    private static String advice(Counts counts) {
        return counts.data().isTwoArms()
                ? "one arm never has an event, or has nothing but events. Peto's method (analysis 'peto') gives a finite"
                        + " odds ratio; a risk difference is another way."
                : "no study has an event, or all have nothing but events. The exact interval of the total tells what is"
                        + " known.";
    }

    private static String names(Counts counts, Separation separation) {
        int[] studies = separation.studies();
        return Arrays.stream(studies)
                        .limit(NAMED)
                        .mapToObj(i -> counts.studies().get(i).name())
                        .collect(Collectors.joining(", "))
                + (studies.length > NAMED ? " …" : "");
    }

    private void requireCurvature(GlmmFit fit) {
        for (int c = 0; c < fit.data().coefficients(); c++) {
            if (!(fit.standardError(c) > 0)) {
                throw new AnalysisException(
                        "no-convergence",
                        in.source() + ": the likelihood is flat at the estimate " + fit.estimate(c)
                                + ", so that it has no standard error.");
            }
        }
    }

    private void tellQuadrature(GlmmFit fit, String name) {
        if (fit.quadratureChange() > QUADRATURE) {
            context.warn(
                    "quadrature-points",
                    "With " + fit.points() + " quadrature points the " + name
                            + " fit is not settled: more of them change it by up to "
                            + PlotText.fixed(fit.quadratureChange(), 4)
                            + " standard errors. "
                            + (in.get(GlmmOptions.POINTS) == 0
                                    ? "Some effects are too extreme for the likelihood to be integrated exactly."
                                    : "Give more with --points, or 0 to have the number chosen."));
        }
    }

    private void tellWald(Counts counts, TestResult wald, GlmmFit common) {
        int missing = (int) (common.df() - wald.df());
        if (missing > 0) {
            context.info(
                    "wald-without-some",
                    "The Wald test of heterogeneity leaves out " + missing + " of " + counts.k()
                            + " studies, whose own estimates are infinite. The likelihood-ratio test has them all.");
        }
    }
}
