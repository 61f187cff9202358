package org.lozenge.analyses.selectionmodel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PoolingParams;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.RunContext;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.ConvergenceException;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.bias.SelectionFit;
import org.lozenge.stats.bias.SelectionFunction;
import org.lozenge.stats.bias.SelectionModel;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.RandomEffectsModel;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.tau2.MaximumLikelihood;

/**
 * Fits a selection model and the model without selection.
 *
 * <p>The result has the tables {@code model}, {@code selection} and {@code test} and the figure {@code selection-curve}.
 */
public final class SelectionModelAnalysis implements Analysis {

    /** The direction that is published more easily. */
    enum Alternative {
        /** That of the pooled effect. */
        AUTO,
        /** Large effects. */
        GREATER,
        /** Small effects. */
        LESS,
        /** Both. */
        TWO_SIDED
    }

    /** Fewer studies in an interval of P values say hardly anything. */
    private static final int SPARSE = 3;

    private static final Param<SelectionFunction> TYPE =
            Param.choice("type", "Form in which the chance of being published falls with P", SelectionFunction.STEPFUN);

    private static final Param<String> STEPS = Param.text("steps", "P values at which the chance changes", "0.025")
            .check(SelectionModelAnalysis::areSteps, "must be ascending numbers between 0 and 1, such as 0.025,0.5")
            .enabledWhen(TYPE, SelectionFunction.STEPFUN);

    private static final Param<Alternative> ALTERNATIVE = Param.choice(
                    "alternative", "Direction that is published more easily", Alternative.AUTO)
            .help("auto: the direction of the pooled effect, with one-sided P values.");

    /** The analysis has no state. */
    public SelectionModelAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("selection-model", "Selection model")
                .summary(
                        "The pooled effect if the chance of being published hangs on the P value: step, beta, half-normal,"
                                + " negative exponential, logistic and power functions, with a test for selection.")
                .roles(StudyInput.roles())
                .params(StudyInput.MEASURE, TYPE, STEPS, ALTERNATIVE, PoolingParams.LEVEL)
                .params(StudyInput.params().toArray(Param<?>[]::new))
                .references(
                        "Vevea JL, Hedges LV. Psychometrika 1995;60:419-435. https://doi.org/10.1007/BF02294384",
                        "Preston C, Ashby D, Smyth R. J Eval Clin Pract 2004;10:313-322."
                                + " https://doi.org/10.1111/j.1365-2753.2003.00457.x",
                        "Citkowicz M, Vevea JL. Psychol Methods 2017;22:28-41. https://doi.org/10.1037/met0000119");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        StudyInput studies = StudyInput.read(in, context);
        EffectSizes effects = studies.effects();
        double level = in.get(PoolingParams.LEVEL);
        try {
            PooledFit plain = new RandomEffectsModel()
                    .withEstimator(new MaximumLikelihood())
                    .withTest(TestMethod.WALD)
                    .withLevel(level)
                    .fit(effects);
            SelectionModel.Alternative alternative = alternative(in, plain);
            SelectionFit fit = model(in, alternative, level)
                    .withHeartbeat(context::checkCancelled)
                    .fit(effects);
            warn(fit, alternative, context);
            return AnalysisResult.of(model(plain, fit, studies.measure()), selection(fit), test(fit), curve(fit));
        } catch (ConvergenceException e) {
            throw new AnalysisException("no-convergence", in.source() + ": " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("selection-not-estimable", in.source() + ": " + e.getMessage() + ".");
        }
    }

    private static void warn(SelectionFit fit, SelectionModel.Alternative alternative, RunContext context) {
        context.info(
                "selection-direction",
                "P values are "
                        + switch (alternative) {
                            case GREATER -> "one-sided for effects above 0";
                            case LESS -> "one-sided for effects below 0";
                            case TWO_SIDED -> "two-sided";
                        }
                        + ".");
        if (fit.effects().k() < 10) {
            context.warn(
                    "few-studies", fit.effects().k() + " studies: a selection model needs many more to tell much.");
        }
        if (fit.maxima() > 1) {
            context.warn(
                    "several-maxima",
                    "The likelihood has " + fit.maxima()
                            + " maxima; the highest is reported. Judge the result with care.");
        }
        if (fit.isLocal()) {
            context.warn(
                    "maximum-is-local",
                    "The likelihood rises without end elsewhere, with ever stronger selection; the maximum that is"
                            + " reported is local. The studies hardly tell how strong the selection is: try another type"
                            + " or other steps.");
        }
        int[] counts = fit.studiesPerStep();
        if (Arrays.stream(counts).anyMatch(count -> count < SPARSE)) {
            context.warn(
                    "sparse-steps",
                    "Studies per interval of P: " + Arrays.toString(counts).replaceAll("[\\[\\]]", "")
                            + ". With fewer than " + SPARSE + " in one, the chance there is hardly known.");
        }
        if (fit.tau2() == 0) {
            context.info("tau2-on-bound", "The adjusted τ² is 0; standard errors take it as known.");
        }
        for (int j = 0; j < fit.parameters(); j++) {
            if (Double.isNaN(fit.deltaStandardError(j))) {
                context.info("selection-on-bound", "The estimate of " + fit.term(j) + " is 0: no selection is found.");
            }
        }
    }

    private static SelectionModel model(Inputs in, SelectionModel.Alternative alternative, double level) {
        return in.get(TYPE) == SelectionFunction.STEPFUN
                ? SelectionModel.stepped(steps(in.get(STEPS)), alternative, level)
                : SelectionModel.smooth(in.get(TYPE), alternative, level);
    }

    private static SelectionModel.Alternative alternative(Inputs in, PooledFit plain) {
        return switch (in.get(ALTERNATIVE)) {
            case AUTO -> plain.estimate() < 0 ? SelectionModel.Alternative.LESS : SelectionModel.Alternative.GREATER;
            case GREATER -> SelectionModel.Alternative.GREATER;
            case LESS -> SelectionModel.Alternative.LESS;
            case TWO_SIDED -> SelectionModel.Alternative.TWO_SIDED;
        };
    }

    private static boolean areSteps(String text) {
        double before = 0;
        for (double step : steps(text)) {
            if (!(step > before && step <= 1)) {
                return false;
            }
            before = step;
        }
        return before > 0;
    }

    private static double[] steps(String text) {
        return Arrays.stream(text.strip().split("[,; ]+", -1))
                .mapToDouble(step -> NumberText.parse(step).orElse(Double.NaN))
                .toArray();
    }

    private static Tabular model(PooledFit plain, SelectionFit fit, Measure measure) {
        TestResult test = fit.test();
        double[] lower = {plain.confidenceInterval().lower(), fit.interval().lower()};
        double[] upper = {plain.confidenceInterval().upper(), fit.interval().upper()};
        double[] estimate = {plain.estimate(), fit.estimate()};
        return Tabular.of("model", "Pooled effect without and with selection: " + measure.label())
                .texts("model", "unadjusted", "adjusted")
                .numbers("k", plain.k(), plain.k())
                .numbers("estimate", estimate)
                .numbers("se", plain.standardError(), fit.standardError())
                .numbers("statistic", plain.test().statistic(), test.statistic())
                .numbers("p_value", plain.test().pValue(), test.pValue())
                .numbers("ci_lower", lower)
                .numbers("ci_upper", upper)
                .numbers("tau2", plain.tau2(), fit.tau2())
                .numbers("tau2_se", plain.tau2StandardError(), fit.tau2StandardError())
                .numbers("effect", shown(measure, estimate))
                .numbers("effect_lower", shown(measure, lower))
                .numbers("effect_upper", shown(measure, upper))
                .label("effect", measure.label());
    }

    private static double[] shown(Measure measure, double[] values) {
        return Arrays.stream(values).map(measure::display).toArray();
    }

    private static Tabular selection(SelectionFit fit) {
        int m = fit.parameters();
        String[] terms = new String[m];
        double[][] cells = new double[4][m];
        for (int j = 0; j < m; j++) {
            terms[j] = fit.term(j);
            cells[0][j] = fit.delta(j);
            cells[1][j] = fit.deltaStandardError(j);
            cells[2][j] = fit.deltaInterval(j).lower();
            cells[3][j] = fit.deltaInterval(j).upper();
        }
        return Tabular.of("selection", "Selection: " + fit.function().name().toLowerCase(Locale.ROOT))
                .texts("term", terms)
                .numbers("estimate", cells[0])
                .numbers("se", cells[1])
                .numbers("ci_lower", cells[2])
                .numbers("ci_upper", cells[3]);
    }

    private static Tabular test(SelectionFit fit) {
        TestResult test = fit.selectionTest();
        return Tabular.of("test", "Likelihood-ratio test for selection")
                .numbers("statistic", test.statistic())
                .numbers("df", test.df())
                .numbers("p_value", test.pValue());
    }

    /** The relative chance of being published over the P value; the beta function can be infinite at the ends. */
    private static XYPlot curve(SelectionFit fit) {
        List<double[]> points = new ArrayList<>();
        double[] steps = fit.steps();
        if (steps.length > 0) {
            double from = 0;
            for (double to : steps) {
                double middle = (from + to) / 2;
                points.add(new double[] {from, fit.chance(middle)});
                points.add(new double[] {to, fit.chance(middle)});
                from = to;
            }
        } else {
            for (int i = 1; i < 400; i++) {
                double p = i / 400.0;
                points.add(new double[] {p, fit.chance(p)});
            }
        }
        double[] x = points.stream().mapToDouble(p -> p[0]).toArray();
        double[] y = points.stream().mapToDouble(p -> p[1]).toArray();
        String p =
                fit.alternative() == SelectionModel.Alternative.TWO_SIDED ? "P value, two-sided" : "P value, one-sided";
        TestResult test = fit.selectionTest();
        return XYPlot.of("selection-curve", "Relative chance of being published", p, "Relative chance")
                .band(Tone.SHADE_LIGHT, "", x, new double[x.length], y)
                .layer(Mark.LINE, Tone.REFERENCE, "No selection", new double[] {0, 1}, new double[] {1, 1})
                .layer(Mark.LINE, Tone.ESTIMATE, "Estimated", x, y)
                .footnote("Likelihood-ratio test for selection: " + PlotText.p(test.pValue()) + ".")
                .describe("Relative chance of being published over the P value, by the "
                        + fit.function().name().toLowerCase(Locale.ROOT) + " selection model of "
                        + fit.effects().k() + " studies.");
    }
}
