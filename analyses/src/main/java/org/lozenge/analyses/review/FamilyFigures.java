package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.analyses.shared.PooledFunnel;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.XYPlot;
import org.lozenge.stats.model.PooledFit;

/** The figures of one family. */
final class FamilyFigures {

    private static final String ENDPOINT = "endpoint";
    private static final String FOLLOW_UP = "follow_up";

    private final FamilyReview review;
    private final Pool pool;

    FamilyFigures(FamilyReview review, Pool pool) {
        this.review = review;
        this.pool = pool;
    }

    XYPlot funnel() {
        return PooledFunnel.of(pool.pooled(), Measure.HR)
                .named("funnel", review.family().title() + ": funnel plot");
    }

    ForestPlot forest() {
        ForestPlot plot = PooledForest.frame(
                        "forest",
                        review.family().title() + ": forest plot",
                        Measure.HR,
                        pool.pooled().pooling().level())
                .describe(description());
        plot = favours(plot);
        if (review.mixture().isPresent()) {
            plot = plot.column(ENDPOINT, "Endpoint", Side.LEFT);
        }
        if (hasFollowUp()) {
            plot = plot.column(FOLLOW_UP, "Follow-up,\nmonths", Side.LEFT);
        }
        plot = plot.addAll(studies()).addAll(summaries());
        for (String footnote : footnotes()) {
            plot = plot.footnote(footnote);
        }
        return plot;
    }

    /** Which side is the good one is known for harm only. */
    private ForestPlot favours(ForestPlot plot) {
        return review.family().isHarm()
                ? plot.favours("Favours " + review.treatment(), "Favours " + review.control())
                : plot.favours("Lower hazard with " + review.treatment(), "Higher hazard with " + review.treatment());
    }

    private boolean hasFollowUp() {
        return pool.reports().stream()
                .anyMatch(report -> report.cutOff().months().isPresent());
    }

    private List<Row> studies() {
        List<Row> marks = PooledForest.studies(pool.pooled(), Measure.HR);
        boolean headed = review.settings().size() > 1;
        List<Row> rows = new ArrayList<>();
        int at = 0;
        for (FamilyReview.Setting setting : groups()) {
            if (headed) {
                rows.add(Row.text(
                        RowKind.HEADING,
                        setting.name().isEmpty() ? "Setting not stated" : Words.capital(setting.name())));
            }
            for (int i = 0; i < setting.pool().k(); i++) {
                rows.add(cells(marks.get(at), pool.reports().get(at)).indent(headed ? 1 : 0));
                at++;
            }
            if (headed && setting.pool().k() > 1) {
                rows.addAll(subtotal(setting.pool()));
            }
        }
        return rows;
    }

    private List<FamilyReview.Setting> groups() {
        return review.settings().isEmpty() ? List.of(new FamilyReview.Setting("", pool)) : review.settings();
    }

    private Row cells(Row mark, Report report) {
        Row row = mark.cell(ENDPOINT, report.endpoint().label());
        return report.cutOff().months().isPresent()
                ? row.cell(
                        FOLLOW_UP,
                        PlotText.fixed(Math.rint(report.cutOff().months().getAsDouble() * 10) / 10, 0))
                : row;
    }

    /** Two trials cannot show how much trials differ, so theirs is a common-effect subtotal. */
    private static List<Row> subtotal(Pool group) {
        boolean two = group.k() == 2;
        PooledFit fit = two ? group.common() : group.random();
        Row diamond = Row.of(
                RowKind.SUBTOTAL,
                two ? "Subtotal, common effect" : "Subtotal, random effects",
                Measure.HR.display(fit.estimate()),
                Measure.HR.display(fit.confidenceInterval().lower()),
                Measure.HR.display(fit.confidenceInterval().upper()),
                Double.NaN);
        return List.of(
                diamond.indent(1),
                Row.text(RowKind.NOTE, PooledForest.heterogeneity(group.pooled()))
                        .indent(1));
    }

    private List<Row> summaries() {
        List<Row> rows = new ArrayList<>(PooledForest.summaries(pool.pooled(), Measure.HR));
        if (pool.intervalsDisagree()) {
            rows.add(2, otherInterval());
        }
        return rows;
    }

    /** The interval that says the opposite about 1, below the one the user asked for. */
    private Row otherInterval() {
        boolean hksj = pool.random().testMethod().isHartungKnapp();
        PooledFit other = pool.otherInterval();
        return Row.of(
                RowKind.SUMMARY,
                "Random effects, " + (hksj ? "Wald" : "HKSJ") + " interval",
                Measure.HR.display(other.estimate()),
                Measure.HR.display(other.confidenceInterval().lower()),
                Measure.HR.display(other.confidenceInterval().upper()),
                Double.NaN);
    }

    private List<String> footnotes() {
        List<String> notes = new ArrayList<>();
        if (pool.k() > 1) {
            notes.add("Weights are those of the random-effects model.");
        }
        notes.add(
                "Intervals of trials follow from hazard ratio and standard error and may differ slightly from the printed ones.");
        boolean two = review.settings().size() > 1
                && review.settings().stream().anyMatch(setting -> setting.pool().k() == 2);
        if (two) {
            notes.add("Subtotals of two trials are common-effect ones: two trials cannot show how much trials differ.");
        }
        List<String> bounds = pool.reports().stream()
                .filter(report -> report.derived().standing() == Derivation.Standing.BOUND)
                .map(Report::trial)
                .toList();
        if (!bounds.isEmpty()) {
            notes.add("The interval of " + Words.list(bounds) + " is the widest that its report allows.");
        }
        return notes;
    }

    private String description() {
        String level = PlotText.level(pool.pooled().pooling().level());
        String trials = "Forest plot of " + Words.count(pool.k(), "trial") + " for "
                + review.family().title().toLowerCase(java.util.Locale.ROOT) + ". ";
        PooledFit fit = pool.random();
        String result = pool.k() == 1 ? "Hazard ratio " : "Random-effects hazard ratio ";
        String prediction = fit.predictionInterval()
                .map(pi -> "; " + level + " prediction interval " + Words.range(pi))
                .orElse("");
        return trials + result + Words.ratio(fit) + ", " + level + " interval " + Words.range(fit.confidenceInterval())
                + prediction + ".";
    }
}
