package org.lozenge.analyses.multivariate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
import org.lozenge.stats.multilevel.FixedEffects.Combination;
import org.lozenge.stats.multilevel.MultivariateFit;
import org.lozenge.stats.numeric.Normal;

/** The forest plot by outcome, and the means against the correlation of sampling errors. */
final class MultivariateFigures {

    private final Problem problem;
    private final MultivariateFit fit;
    private final MultivariateTables tables;
    private final Measure measure;
    private final double level;

    MultivariateFigures(Problem problem, MultivariateFit fit, MultivariateTables tables, double level) {
        this.tables = tables;
        this.problem = problem;
        this.fit = fit;
        this.measure = problem.measure();
        this.level = level;
    }

    ForestPlot forest() {
        double z = Normal.criticalValue(level);
        double[] y = problem.rows().effects().y().toArray();
        double[] v = problem.rows().effects().v().toArray();
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
                out.addAll(summary(o));
            }
        }
        return PooledForest.frame("forest", "Forest plot by outcome", measure, level)
                .addAll(out)
                .describe("Forest plot of " + fit.estimateCount() + " effects of " + fit.studyCount() + " studies on "
                        + String.join(", ", problem.outcomes()) + ".")
                .footnote("Weights are those within an outcome, by 1/(v + τ²). Diamonds: multivariate model.");
    }

    private List<Row> summary(int o) {
        Combination mean = tables.mean(o);
        Interval ci = mean.confidenceInterval();
        Optional<Interval> pi = tables.prediction(o);
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(
                        RowKind.SUBTOTAL,
                        problem.outcomes().get(o)
                                + (pi.isPresent() ? " (τ² = " + PlotText.fixed(fit.tau2(o), 3) + ")" : ""),
                        measure.display(mean.estimate()),
                        measure.display(ci.lower()),
                        measure.display(ci.upper()),
                        Double.NaN)
                .indent(1));
        pi.ifPresent(interval -> rows.add(Row.of(
                        RowKind.PREDICTION,
                        PlotText.level(level) + " prediction interval",
                        Double.NaN,
                        measure.display(interval.lower()),
                        measure.display(interval.upper()),
                        Double.NaN)
                .indent(1)));
        return rows;
    }

    /** One figure per outcome. */
    List<XYPlot> sensitivity(Sensitivity other) {
        List<XYPlot> out = new ArrayList<>();
        for (int o = 0; o < problem.outcomes().size(); o++) {
            List<Sensitivity.Row> rows = other.ofOutcome(o);
            double[] x = rows.stream().mapToDouble(Sensitivity.Row::rho).toArray();
            double[] mean = displayed(rows, Combination::estimate);
            double[] low = displayed(rows, row -> row.confidenceInterval().lower());
            double[] high = displayed(rows, row -> row.confidenceInterval().upper());
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

    private double[] displayed(List<Sensitivity.Row> rows, ToDoubleFunction<Combination> cell) {
        return rows.stream()
                .mapToDouble(row -> measure.display(cell.applyAsDouble(row.mean())))
                .toArray();
    }
}
