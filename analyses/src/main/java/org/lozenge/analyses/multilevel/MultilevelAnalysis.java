package org.lozenge.analyses.multilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lozenge.analyses.dependent.Attempt;
import org.lozenge.analyses.dependent.CoefficientTables;
import org.lozenge.analyses.dependent.Collinearity;
import org.lozenge.analyses.dependent.FitParams;
import org.lozenge.analyses.dependent.FitParams.Robust;
import org.lozenge.analyses.dependent.Rows;
import org.lozenge.analyses.dependent.Sampling;
import org.lozenge.analyses.formula.Moderators;
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
import org.lozenge.stats.Interval;
import org.lozenge.stats.model.DesignMatrix;
import org.lozenge.stats.multilevel.MultilevelFit;
import org.lozenge.stats.multilevel.MultilevelFit.ComponentTest;
import org.lozenge.stats.multilevel.MultilevelModel;
import org.lozenge.stats.multilevel.NotPositiveDefiniteException;
import org.lozenge.stats.multilevel.RobustEffects;
import org.lozenge.stats.robust.RobustType;

/**
 * Fits effects that come in clusters: a random effect for each cluster, each group within, and each effect.
 *
 * <p>The result has the tables {@code coefficients}, {@code model}, {@code components}, {@code moderator_test} and {@code
 * predictions} (with moderators), {@code robust}, {@code clusters} and {@code studies}, and the figures {@code forest} and {@code profile-1},
 * {@code profile-2}, ….
 */
public final class MultilevelAnalysis implements Analysis {

    /** Robust tests of larger clusters take too long. */
    private static final int ROBUST_CLUSTER = 1000;

    /** A forest plot of more rows cannot be read. */
    private static final int FOREST_ROWS = 2000;

    /** The analysis has no state. */
    public MultilevelAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("multilevel", "Multilevel model of dependent effects")
                .summary(
                        "Three-level and deeper models: effects within clusters, with moderators, correlated sampling errors,"
                                + " variance components with profile intervals, and cluster-robust tests.")
                .roles(StudyInput.roles())
                .roles(MultilevelOptions.roles())
                .params(MultilevelOptions.params())
                .references(
                        "Konstantopoulos S. Res Synth Methods 2011;2:61-76. https://doi.org/10.1002/jrsm.35",
                        "Van den Noortgate W and others. Behav Res Methods 2013;45:576-594."
                                + " https://doi.org/10.3758/s13428-012-0261-6",
                        "Assink M, Wibbelink CJM. Quant Methods Psychol 2016;12:154-174."
                                + " https://doi.org/10.20982/tqmp.12.3.p154",
                        "Pustejovsky JE, Tipton E. J Bus Econ Stat 2018;36:672-683."
                                + " https://doi.org/10.1080/07350015.2016.1247004");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        Optional<Moderators> moderators =
                Moderators.isAskedFor(in) ? Optional.of(Moderators.read(in, context, studies)) : Optional.empty();
        NewValues values = NewValues.of(in, moderators);
        values.messages().forEach(context::report);
        Rows rows = moderators
                .map(m -> new Rows(in, studies, m.effects(), m.positions()))
                .orElseGet(() -> Rows.all(in, studies));
        DesignMatrix design = moderators
                .map(Moderators::design)
                .orElseGet(() -> DesignMatrix.withIntercept(List.of(), List.of(), rows.size()));
        requireEnough(in, rows, design);
        Groups groups = Groups.of(rows, context);
        Sampling sampling = Sampling.of(rows, groups.clusterNames());
        sampling.tell(context);
        context.checkCancelled();
        Fitted fitted = fit(in, context, rows, groups, sampling, design);
        warn(context, fitted);
        return AnalysisResult.of(items(fitted, values, context));
    }

    private static void requireEnough(Inputs in, Rows rows, DesignMatrix design) {
        int p = design.terms().size();
        if (rows.size() <= p) {
            throw new AnalysisException(
                    p == 1 ? "too-few-studies" : "too-many-terms",
                    in.source() + ": "
                            + (p == 1 ? "the model" : p + " coefficients (" + String.join(", ", design.terms()) + ")")
                            + " need" + (p == 1 ? "s" : "") + " at least " + (p + 1) + " effects, but there "
                            + (rows.size() == 1 ? "is 1." : "are " + rows.size() + "."));
        }
    }

    private static Fitted fit(
            Inputs in, RunContext context, Rows rows, Groups groups, Sampling sampling, DesignMatrix design) {
        double level = in.get(FitParams.LEVEL);
        try {
            MultilevelFit fit = new MultilevelModel()
                    .withRestricted(in.get(FitParams.METHOD) == FitParams.Method.REML)
                    .withTest(in.get(FitParams.TEST).test())
                    .withLevel(level)
                    .fit(rows.effects().y(), sampling.covariance(), design, groups.levels());
            context.checkCancelled();
            Optional<RobustEffects> robust = robust(in, context, groups, fit);
            List<Optional<Interval>> intervals = in.get(FitParams.INTERVALS) == FitParams.Intervals.NONE
                    ? List.of()
                    : ofLevels(in, context, groups, "the interval of the variance of", fit::sigma2Interval);
            List<Optional<ComponentTest>> tests =
                    ofLevels(in, context, groups, "the test of the variance of", fit::componentTest);
            boolean inCoefficients = in.get(FitParams.ROBUST) != Robust.NONE;
            String test = in.get(FitParams.TEST).name().toLowerCase(Locale.ROOT);
            return new Fitted(
                    fit, rows, groups, rows.studies().measure(), level, robust, inCoefficients, intervals, tests, test);
        } catch (NotPositiveDefiniteException e) {
            throw sampling.fault(e);
        } catch (ConvergenceException e) {
            throw new AnalysisException(
                    "no-convergence",
                    in.source() + ": " + e.getMessage()
                            + ". Leave out a level, or fit the clusters by ml with --method ml.");
        }
    }

    private static <T> List<Optional<T>> ofLevels(
            Inputs in, RunContext context, Groups groups, String what, IntFunction<T> part) {
        return IntStream.range(0, groups.levels().size())
                .mapToObj(l -> Attempt.at(
                        context, in.source(), what + " '" + groups.levels().name(l) + "'", () -> part.apply(l)))
                .toList();
    }

    private static Optional<RobustEffects> robust(Inputs in, RunContext context, Groups groups, MultilevelFit fit) {
        Robust asked = in.get(FitParams.ROBUST);
        int largest = groups.largest();
        if (largest > ROBUST_CLUSTER) {
            String text = in.source() + ": a cluster has " + largest
                    + " rows; robust standard errors take clusters of up to " + ROBUST_CLUSTER;
            if (asked != Robust.NONE) {
                throw new AnalysisException("cluster-too-large", text + ". Choose --robust none.");
            }
            context.info("no-robust", text + ", so the table 'robust' is left out.");
            return Optional.empty();
        }
        return Optional.of(fit.robust(asked.type().orElse(RobustType.CR2)));
    }

    private static void warn(RunContext context, Fitted fitted) {
        MultilevelFit fit = fitted.fit();
        String source = fitted.rows().inputs().source();
        if (fit.modes().size() > 1) {
            context.warn(
                    "several-maxima",
                    source + ": the likelihood has " + fit.modes().size()
                            + " maxima (log-likelihoods "
                            + fit.modes().stream()
                                    .map(value -> String.format(Locale.ROOT, "%.4f", value))
                                    .toList()
                            + "); the highest was taken. Look at the profiles.");
        }
        List<String> zero = IntStream.range(0, fit.levels().size())
                .filter(l -> fit.sigma2().get(l) == 0)
                .mapToObj(l -> "'" + fit.levels().name(l) + "'")
                .toList();
        if (!zero.isEmpty()) {
            context.info(
                    "zero-component",
                    source + ": the variance of " + String.join(" and ", zero)
                            + " is estimated as 0, the edge of what is"
                            + " possible; its interval tells how much it may be.");
        }
        int terms = fit.coefficients().terms().size();
        if (fitted.hasIntercept()) {
            Collinearity.warn(
                    context,
                    source,
                    fit.coefficients(),
                    IntStream.range(1, terms).toArray());
        }
        for (int i = 0; i < terms; i++) {
            if (!(fit.coefficients().df(i) > 0)) {
                context.warn(
                        "no-degrees-of-freedom",
                        source + ": coefficient '" + fit.coefficients().terms().get(i) + "' has no degree of freedom by"
                                + " containment: there are as many coefficients as groups. It has no test; choose --test t or"
                                + " fewer moderators.");
            }
        }
        List<Integer> unbounded = IntStream.range(0, fitted.intervals().size())
                .filter(l -> fitted.intervals()
                        .get(l)
                        .filter(i -> Double.isInfinite(i.upper()))
                        .isPresent())
                .boxed()
                .toList();
        for (int l : unbounded) {
            context.warn(
                    "unbounded-interval",
                    source + ": the interval of the variance of '"
                            + fit.levels().name(l) + "' has no upper limit; the data" + " hardly tell it.");
        }
    }

    private static List<ResultItem> items(Fitted fitted, NewValues values, RunContext context) {
        MultilevelTables tables = new MultilevelTables(fitted);
        MultilevelFigures figures = new MultilevelFigures(fitted);
        List<ResultItem> items = new ArrayList<>(List.of(tables.coefficients(), tables.model(), tables.components()));
        tables.moderatorTest().ifPresent(items::add);
        fitted.robust()
                .ifPresent(robust ->
                        items.add(CoefficientTables.robust(fitted.fit().coefficients(), robust)));
        tables.predictions(values).ifPresent(items::add);
        items.addAll(List.of(tables.clusters(), tables.studies()));
        if (fitted.rows().size() <= FOREST_ROWS) {
            items.add(figures.forest());
        } else {
            context.info(
                    "no-forest",
                    fitted.rows().inputs().source() + ": a forest plot of "
                            + fitted.rows().size() + " rows cannot be read and is left out.");
        }
        items.addAll(figures.profiles());
        return items;
    }
}
