package org.lozenge.analyses.subgroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.model.JointTest;

/** The forest plot of studies in groups, with subtotals. */
final class SubgroupForest {

    private SubgroupForest() {}

    static ForestPlot of(Groups groups, Measure measure) {
        double level = groups.all().pooling().level();
        ForestPlot plot = PooledForest.frame("forest", "Forest plot by " + groups.column(), measure, level)
                .describe(describe(groups, measure));
        List<Row> studies = PooledForest.studies(groups.all(), measure);
        List<Row> rows = new ArrayList<>();
        for (Group group : groups.groups()) {
            rows.add(Row.text(RowKind.HEADING, group.name()));
            group.positions().forEach(i -> rows.add(studies.get(i).indent(1)));
            rows.addAll(subtotal(group, measure));
        }
        rows.addAll(PooledForest.summaries(groups.all(), measure));
        rows.add(Row.text(RowKind.NOTE, between(groups)));
        ForestPlot drawn = plot.addAll(rows).footnote("Weights are those of the random-effects model of all studies.");
        return drawn.footnote(
                groups.isCommon()
                        ? "Subtotals have one between-study variance for all groups."
                        : "Subtotals have a between-study variance of their own.");
    }

    private static List<Row> subtotal(Group group, Measure measure) {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(
                        RowKind.SUBTOTAL,
                        "Subtotal (k = " + group.k() + ")",
                        measure.display(group.estimate()),
                        measure.display(group.ci().lower()),
                        measure.display(group.ci().upper()),
                        Double.NaN)
                .indent(1));
        if (group.k() > 1) {
            rows.add(Row.text(RowKind.NOTE, heterogeneity(group)).indent(1));
        }
        return rows;
    }

    private static String heterogeneity(Group group) {
        TestResult q = group.pooled().heterogeneity().q();
        return "Heterogeneity: τ² = " + PlotText.fixed(group.tau2(), 2)
                + "; Q = " + PlotText.fixed(q.statistic(), 2)
                + ", df = " + (int) q.df()
                + ", " + PlotText.p(q.pValue())
                + "; I² = " + PlotText.percent(group.i2());
    }

    /** {@code Test for subgroup differences: Q = 1.77, df = 2, P = 0.41}. */
    private static String between(Groups groups) {
        Optional<JointTest> f = groups.betweenF();
        if (f.isPresent()) {
            return "Test for subgroup differences: F = "
                    + PlotText.fixed(f.get().statistic(), 2)
                    + ", df = " + f.get().df1() + " and "
                    + PlotText.fixed(f.get().df2(), 0)
                    + ", " + PlotText.p(f.get().pValue());
        }
        TestResult q = groups.betweenRandom();
        return "Test for subgroup differences: Q = " + PlotText.fixed(q.statistic(), 2) + ", df = " + (int) q.df()
                + ", " + PlotText.p(q.pValue());
    }

    private static String describe(Groups groups, Measure measure) {
        StringBuilder text = new StringBuilder("Forest plot of " + groups.all().k() + " studies in "
                + groups.groups().size() + " groups by " + groups.column() + ".");
        for (Group group : groups.groups()) {
            text.append(" ")
                    .append(group.name())
                    .append(" (")
                    .append(group.k())
                    .append("): ")
                    .append(PlotText.fixed(measure.display(group.estimate()), 2))
                    .append(", ")
                    .append(PlotText.level(groups.all().pooling().level()))
                    .append(" CI ")
                    .append(PlotText.fixed(measure.display(group.ci().lower()), 2))
                    .append(" to ")
                    .append(PlotText.fixed(measure.display(group.ci().upper()), 2))
                    .append(".");
        }
        return text.append(" ").append(between(groups)).append(".").toString();
    }
}
