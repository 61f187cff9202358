package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.Interval;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.Heterogeneity;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.numeric.Normal;

/** The forest plot of pooled studies, whole or in parts. */
public final class PooledForest {

    private PooledForest() {}

    /** Returns the plot: studies, both summaries, prediction interval, heterogeneity and tests. */
    public static ForestPlot of(Pooled pooled, Measure measure) {
        ForestPlot plot = frame(
                        "forest", "Forest plot", measure, pooled.pooling().level())
                .describe(describe(pooled, measure))
                .addAll(studies(pooled, measure))
                .addAll(summaries(pooled, measure));
        return pooled.k() == 1 ? plot : plot.footnote("Weights are those of the random-effects model.");
    }

    /**
     * Returns the plot without rows, with generic words for what either side favours.
     *
     * @param level level of the intervals, as a fraction
     */
    public static ForestPlot frame(String id, String title, Measure measure, double level) {
        ForestPlot plot = ForestPlot.of(id, title, measure.scale())
                .measure(measure.label())
                .level(level)
                .reference(measure.reference())
                .axis(measure.axis());
        return measure.comparesRisks() ? plot.favours("Favours treatment", "Favours control") : plot;
    }

    /** Returns a row per study, weighted as in the random-effects model. */
    public static List<Row> studies(Pooled pooled, Measure measure) {
        EffectSizes effects = pooled.effects();
        double z = Normal.criticalValue(pooled.pooling().level());
        var weights = pooled.random().weights();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < effects.k(); i++) {
            double y = effects.y().get(i);
            double half = z * effects.standardError(i);
            rows.add(Row.of(
                    RowKind.STUDY,
                    effects.studies().get(i),
                    measure.display(y, effects.v().get(i)),
                    measure.display(y - half, effects.v().get(i)),
                    measure.display(y + half, effects.v().get(i)),
                    weights.get(i)));
        }
        return rows;
    }

    /** Returns the rows below the studies; of a single study, which is its own summary, only the test. */
    public static List<Row> summaries(Pooled pooled, Measure measure) {
        List<Row> rows = new ArrayList<>();
        if (pooled.k() > 1) {
            rows.add(summary("Common effect", pooled.common(), measure));
            rows.add(summary(pooled.randomLabel(), pooled.random(), measure));
            String label = PlotText.level(pooled.pooling().level()) + " prediction interval";
            pooled.random()
                    .predictionInterval()
                    .ifPresent(pi -> rows.add(Row.of(
                            RowKind.PREDICTION,
                            label,
                            Double.NaN,
                            measure.display(pi.lower()),
                            measure.display(pi.upper()),
                            Double.NaN)));
            rows.add(Row.text(RowKind.NOTE, heterogeneity(pooled)));
        }
        rows.add(Row.text(RowKind.NOTE, tests(pooled)));
        return rows;
    }

    /** Returns the plot in words, for readers who cannot see it. */
    public static String describe(Pooled pooled, Measure measure) {
        String level = PlotText.level(pooled.pooling().level());
        String name = measure.name();
        if (pooled.k() == 1) {
            return "Forest plot of one study: " + name + " " + value(pooled.common(), measure, level) + ".";
        }
        String prediction = pooled.random()
                .predictionInterval()
                .map(pi -> "; " + level + " prediction interval " + range(pi, measure))
                .orElse("");
        return "Forest plot of " + pooled.k() + " studies. " + pooled.randomLabel() + ": " + name + " "
                + value(pooled.random(), measure, level) + prediction + "; I² "
                + PlotText.percent(pooled.heterogeneity().i2()) + ". Common effect: "
                + value(pooled.common(), measure, level) + ".";
    }

    private static String value(PooledFit fit, Measure measure, String level) {
        return PlotText.fixed(measure.display(fit.estimate()), 2) + ", " + level + " CI "
                + range(fit.confidenceInterval(), measure);
    }

    private static String range(Interval interval, Measure measure) {
        return PlotText.fixed(measure.display(interval.lower()), 2) + " to "
                + PlotText.fixed(measure.display(interval.upper()), 2);
    }

    /** Returns for instance {@code Heterogeneity: τ² = 0.31; Q = 152.23, df = 12, P < 0.001; I² = 92% (95% CI 81% to 98%)}. */
    public static String heterogeneity(Pooled pooled) {
        Heterogeneity h = pooled.heterogeneity();
        return "Heterogeneity: τ² = " + PlotText.fixed(h.tau2(), 2)
                + "; Q = " + PlotText.fixed(h.q().statistic(), 2)
                + ", df = " + (int) h.q().df()
                + ", " + PlotText.p(h.q().pValue())
                + "; I² = " + PlotText.percent(h.i2())
                + percentages(h.i2Interval());
    }

    private static String percentages(Optional<Interval> interval) {
        return interval.map(i -> " (" + PlotText.level(i.level()) + " CI " + PlotText.percent(i.lower()) + " to "
                        + PlotText.percent(i.upper()) + ")")
                .orElse("");
    }

    /** Returns for instance {@code Test for overall effect: common z = −2.1, P = 0.04; random t = −3.97, df = 12, P = 0.002}. */
    public static String tests(Pooled pooled) {
        if (pooled.k() == 1) {
            return "Test for overall effect: " + test(pooled.common());
        }
        return "Test for overall effect: common " + test(pooled.common()) + "; random " + test(pooled.random());
    }

    private static String test(PooledFit fit) {
        TestResult test = fit.test();
        if (Double.isNaN(test.statistic())) {
            return "not defined, because all effects agree exactly";
        }
        boolean normal = Double.isInfinite(test.df());
        return (normal ? "z = " : "t = ") + PlotText.fixed(test.statistic(), 2)
                + (normal ? "" : ", df = " + (int) test.df())
                + ", " + PlotText.p(test.pValue());
    }

    private static Row summary(String label, PooledFit fit, Measure measure) {
        return Row.of(
                RowKind.SUMMARY,
                label,
                measure.display(fit.estimate()),
                measure.display(fit.confidenceInterval().lower()),
                measure.display(fit.confidenceInterval().upper()),
                Double.NaN);
    }
}
