package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.Interval;
import org.lozenge.stats.multilevel.FixedEffects;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.numeric.Normal;

/** The forest plot by outcome, and the means against the correlation of sampling errors. */
final class MultivariateFigures {

    private final Problem problem;
    private final MultivariateFit fit;
    private final Measure measure;
    private final double level;

    MultivariateFigures(Problem problem, MultivariateFit fit, double level) {
        this.problem = problem;
        this.fit = fit;
        this.measure = problem.measure();
        this.level = level;
    }

    ForestPlot forest() {
        double z = Normal.criticalValue(level);
        double[] y = problem.rows().effects().y().toArray();
        double[] v = problem.rows().effects().v().toArray();
        FixedEffects b = fit.coefficients();
        List<Row> out = new ArrayList<>();
        for (int o = 0; o < problem.outcomes().size(); o++) {
            int[] rows = problem.rowsOf(o);
            double tau2 = fit.tau2(o);
            double total =
                    IntStream.of(rows).mapToDouble(i -> 1 / (v[i] + tau2)).sum();
            out.add(Row.text(RowKind.HEADING, problem.outcomes().get(o)));
            for (int i : rows) {
                double half = z * Math.sqrt(v[i]);
                out.add(Row.of(
                                RowKind.STUDY,
                                problem.study(i),
                                measure.display(y[i], v[i]),
                                measure.display(y[i] - half, v[i]),
                                measure.display(y[i] + half, v[i]),
                                1 / (v[i] + tau2) / total)
                        .indent(1));
            }
            if (!problem.isModerated()) {
                out.addAll(summary(o, b));
            }
        }
        return PooledForest.frame("forest", "Forest plot by outcome", measure, level)
                .addAll(out)
                .describe("Forest plot of " + fit.estimateCount() + " effects of " + fit.studyCount() + " studies on "
                        + String.join(", ", problem.outcomes()) + ".")
                .footnote("Weights are those within an outcome, by 1/(v + τ²). Diamonds: multivariate model.");
    }

    private List<Row> summary(int o, FixedEffects b) {
        Interval ci = b.confidenceInterval(o);
        double[] weights = new double[b.terms().size()];
        weights[o] = 1;
        Interval pi = fit.predictionInterval(o, weights);
        return List.of(
                Row.of(
                                RowKind.SUBTOTAL,
                                problem.outcomes().get(o) + " (τ² = " + PlotText.fixed(fit.tau2(o), 3) + ")",
                                measure.display(b.coefficients().get(o)),
                                measure.display(ci.lower()),
                                measure.display(ci.upper()),
                                Double.NaN)
                        .indent(1),
                Row.of(
                                RowKind.PREDICTION,
                                PlotText.level(level) + " prediction interval",
                                Double.NaN,
                                measure.display(pi.lower()),
                                measure.display(pi.upper()),
                                Double.NaN)
                        .indent(1));
    }

    /** One figure per outcome. */
    List<XYPlot> sensitivity(Sensitivity other) {
        List<XYPlot> out = new ArrayList<>();
        double[] x = other.rho().stream().mapToDouble(Double::doubleValue).toArray();
        for (int o = 0; o < problem.outcomes().size(); o++) {
            int outcome = o;
            double[] mean = other.fits().stream()
                    .mapToDouble(
                            f -> measure.display(f.coefficients().coefficients().get(outcome)))
                    .toArray();
            double[] low = other.fits().stream()
                    .mapToDouble(f -> measure.display(
                            f.coefficients().confidenceInterval(outcome).lower()))
                    .toArray();
            double[] high = other.fits().stream()
                    .mapToDouble(f -> measure.display(
                            f.coefficients().confidenceInterval(outcome).upper()))
                    .toArray();
            String name = problem.outcomes().get(o);
            out.add(XYPlot.of(
                            "sensitivity-" + (o + 1),
                            name + " by the assumed correlation",
                            "Correlation of sampling errors",
                            measure.label() + ", " + name)
                    .band(Tone.SHADE_LIGHT, PlotText.level(level) + " confidence interval", x, low, high)
                    .layer(Mark.LINE, Tone.ESTIMATE, "Mean", x, mean)
                    .describe("The mean effect on " + name
                            + " with its interval, for several assumed correlations of the sampling"
                            + " errors of outcomes of one study."));
        }
        return out;
    }
}
