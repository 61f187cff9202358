package org.lozenge.analyses.compareconventions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.PoolingParams.Convention;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.Interval;

/**
 * Pools one table as several programs do by default, and says what makes their numbers differ.
 *
 * <p>The result has the tables {@code conventions} (a row per convention and model) and {@code differences} and the figure
 * {@code forest}.
 */
public final class CompareConventionsAnalysis implements Analysis {

    /** The analysis has no state. */
    public CompareConventionsAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        List<Param<?>> params = new ArrayList<>(List.of(StudyInput.MEASURE, PoolingParams.LEVEL));
        params.addAll(StudyInput.params());
        return AnalysisSpec.of("compare-conventions", "Conventions compared")
                .summary(
                        "The same studies pooled as metafor, meta, Review Manager 5, Stata and Lozenge do by default, side"
                                + " by side, with the reason of every difference.")
                .roles(StudyInput.roles())
                .params(params.toArray(Param<?>[]::new))
                .references(
                        "Viechtbauer W. J Stat Softw 2010;36(3). https://doi.org/10.18637/jss.v036.i03",
                        "Balduzzi S, Rücker G, Schwarzer G. Evid Based Ment Health 2019;22:153-160."
                                + " https://doi.org/10.1136/ebmental-2019-300117",
                        "Veroniki AA and others. Res Synth Methods 2019;10:23-43. https://doi.org/10.1002/jrsm.1319");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        double level = in.get(PoolingParams.LEVEL);
        List<Fitted> all = new ArrayList<>();
        for (Convention convention : Convention.values()) {
            context.checkCancelled();
            all.add(fitted(in, convention == Convention.LOZENGE ? context : new Silent(context), convention, level));
        }
        Fitted own = all.get(0);
        if (own.k() == 1) {
            context.report(Message.warning(
                    "single-study",
                    "There is one study, which every convention reports as it is; there is no heterogeneity to differ"
                            + " about."));
        }
        return AnalysisResult.of(
                conventions(all), Differences.table(own, all.subList(1, all.size())), forest(all, level));
    }

    private static Fitted fitted(Inputs in, RunContext context, Convention convention, double level) {
        try {
            return Fitted.of(in, context, convention, level);
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", e.getMessage() + ".");
        }
    }

    private static Tabular conventions(List<Fitted> all) {
        Measure measure = all.get(0).measure();
        int n = 2 * all.size();
        String[] names = new String[n];
        String[] models = new String[n];
        String[] methods = new String[n];
        String[] tests = new String[n];
        for (int i = 0; i < n; i++) {
            Fitted fit = all.get(i / 2);
            boolean random = i % 2 == 1;
            names[i] = fit.name();
            models[i] = random ? "random" : "common";
            methods[i] = random ? fit.tau2Method() : fit.commonMethod();
            tests[i] = random ? fit.test() : "z";
        }
        return Tabular.of("conventions", "Pooled effects by convention: " + measure.label())
                .texts("convention", names)
                .texts("model", models)
                .texts("method", methods)
                .texts("test", tests)
                .numbers("k", both(all, fit -> fit.k(), fit -> fit.k()))
                .numbers("estimate", both(all, fit -> fit.estimate(false), fit -> fit.estimate(true)))
                .numbers("se", both(all, fit -> fit.standardError(false), fit -> fit.standardError(true)))
                .numbers(
                        "ci_lower",
                        both(
                                all,
                                f -> f.interval(false).lower(),
                                f -> f.interval(true).lower()))
                .numbers(
                        "ci_upper",
                        both(
                                all,
                                f -> f.interval(false).upper(),
                                f -> f.interval(true).upper()))
                .numbers("p_value", both(all, fit -> fit.pValue(false), fit -> fit.pValue(true)))
                .numbers("pi_lower", both(all, fit -> Double.NaN, fit -> lower(fit.prediction())))
                .numbers("pi_upper", both(all, fit -> Double.NaN, fit -> upper(fit.prediction())))
                .numbers("tau2", both(all, fit -> Double.NaN, Fitted::tau2))
                .numbers("i2", both(all, fit -> Double.NaN, Fitted::i2))
                .numbers("q", both(all, fit -> Double.NaN, fit -> fit.q().statistic()))
                .numbers("q_p", both(all, fit -> Double.NaN, fit -> fit.q().pValue()))
                .numbers(
                        "effect",
                        both(all, f -> measure.display(f.estimate(false)), f -> measure.display(f.estimate(true))))
                .numbers(
                        "effect_lower",
                        both(
                                all,
                                f -> measure.display(f.interval(false).lower()),
                                f -> measure.display(f.interval(true).lower())))
                .numbers(
                        "effect_upper",
                        both(
                                all,
                                f -> measure.display(f.interval(false).upper()),
                                f -> measure.display(f.interval(true).upper())))
                .label("effect", measure.label());
    }

    private static double[] both(List<Fitted> all, ToDoubleFunction<Fitted> common, ToDoubleFunction<Fitted> random) {
        double[] values = new double[2 * all.size()];
        for (int i = 0; i < all.size(); i++) {
            values[2 * i] = common.applyAsDouble(all.get(i));
            values[2 * i + 1] = random.applyAsDouble(all.get(i));
        }
        return values;
    }

    private static ForestPlot forest(List<Fitted> all, double level) {
        Measure measure = all.get(0).measure();
        List<Row> rows = new ArrayList<>();
        for (Fitted fit : all) {
            rows.add(Row.text(RowKind.HEADING, title(fit.convention())));
            rows.add(summary("Common effect (" + fit.commonMethod() + ")", fit, false, measure));
            rows.add(summary("Random effects (" + fit.tau2Method() + ", " + fit.test() + ")", fit, true, measure));
            fit.prediction()
                    .ifPresent(pi -> rows.add(Row.of(
                            RowKind.PREDICTION,
                            PlotText.level(level) + " prediction interval (" + fit.predictionMethod() + ")",
                            Double.NaN,
                            measure.display(pi.lower()),
                            measure.display(pi.upper()),
                            Double.NaN)));
        }
        return PooledForest.frame("forest", "Conventions compared", measure, level)
                .describe("Pooled effects of " + all.get(0).k() + " studies by the conventions of " + all.size()
                        + " programs: " + measure.label().toLowerCase(Locale.ROOT)
                        + " under both models with prediction intervals.")
                .addAll(rows);
    }

    private static Row summary(String label, Fitted fit, boolean random, Measure measure) {
        Interval interval = fit.interval(random);
        return Row.of(
                RowKind.SUMMARY,
                label,
                measure.display(fit.estimate(random)),
                measure.display(interval.lower()),
                measure.display(interval.upper()),
                Double.NaN);
    }

    private static String title(Convention convention) {
        return switch (convention) {
            case LOZENGE -> "Lozenge";
            case METAFOR -> "metafor";
            case META -> "meta";
            case REVMAN5 -> "Review Manager 5";
            case STATA -> "Stata";
        };
    }

    private static double lower(Optional<Interval> interval) {
        return interval.map(Interval::lower).orElse(Double.NaN);
    }

    private static double upper(Optional<Interval> interval) {
        return interval.map(Interval::upper).orElse(Double.NaN);
    }
}
