package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.CurveTables;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.ReportDrift;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Text;
import org.lozenge.stats.Interval;
import org.lozenge.stats.survival.RestrictedMeanSurvivalTime.Estimate;

/**
 * What survival curves and event-free fractions at several times say about the pooled trials of one family: whether their
 * hazard ratios change over time, and restricted means, which need no proportional hazards.
 */
final class FamilyCurves {

    private final List<ReportDrift> drifts;
    private final List<CurveTables.MeanLine> means;
    private final double level;

    private FamilyCurves(List<ReportDrift> drifts, List<CurveTables.MeanLine> means, double level) {
        this.drifts = drifts;
        this.means = means;
        this.level = level;
    }

    /** Looks at all rows of the trials that are pooled, so far as they are about the endpoint that enters. */
    static FamilyCurves of(FamilyReview review, double level) {
        Set<List<String>> pooled = review.used().stream()
                .map(report -> List.of(report.trial(), report.endpoint().label(), report.subgroup()))
                .collect(Collectors.toSet());
        List<ReportRow> rows = review.lines().stream()
                .filter(line -> pooled.contains(List.of(
                        line.report().trial(),
                        line.report().endpoint().label(),
                        line.report().subgroup())))
                .map(ReportLine::figures)
                .filter(row -> !row.isInvalid())
                .toList();
        return new FamilyCurves(ReportDrift.of(rows), CurveTables.means(CurveTables.withCurves(rows)), level);
    }

    /** Returns whether no report of a pooled trial has curves, or fractions at several times. */
    boolean isEmpty() {
        return drifts.isEmpty() && means.isEmpty();
    }

    /** Returns a text and the tables; nothing where no report has curves or fractions at several times. */
    List<ResultItem> items() {
        if (isEmpty()) {
            return List.of();
        }
        List<ResultItem> items = new ArrayList<>(List.of(Text.of("over_time_result", "Over time", text())));
        if (!means.isEmpty()) {
            items.add(CurveTables.rmst(means, level));
        }
        if (!drifts.isEmpty()) {
            items.add(CurveTables.overTime(drifts));
        }
        if (drifts.stream().anyMatch(drift -> !drift.drift().periods().isEmpty())) {
            items.add(CurveTables.periods(drifts, level));
        }
        return items;
    }

    private String text() {
        List<String> paragraphs = new ArrayList<>();
        List<ReportDrift> marked =
                drifts.stream().filter(drift -> drift.drift().isMarked()).toList();
        marked.forEach(
                drift -> paragraphs.add(drift.study() + ". " + drift.drift().text()));
        List<String> steady = drifts.stream()
                .filter(drift ->
                        !drift.drift().isMarked() && drift.drift().test().df() > 0)
                .map(ReportDrift::study)
                .distinct()
                .filter(study ->
                        marked.stream().noneMatch(drift -> drift.study().equals(study)))
                .toList();
        if (!steady.isEmpty()) {
            paragraphs.add("Nothing shows that the hazard ratio changes in " + Words.shortList(steady, 6)
                    + "; few events leave much room for change.");
        }
        means.forEach(line -> paragraphs.add(difference(line)));
        if (paragraphs.isEmpty()) {
            paragraphs.add("Too few events between the printed times to compare hazard ratios of periods.");
        }
        return String.join("\n\n", paragraphs);
    }

    private String difference(CurveTables.MeanLine line) {
        Estimate difference = line.means().difference();
        Interval interval = difference.interval(level);
        return line.row().study() + ": up to time "
                + NumberText.print(line.means().horizon())
                + " (in the unit of its curves) the mean time free of the event is "
                + PlotText.fixed(line.means().treatment().value(), 2)
                + " with treatment and " + PlotText.fixed(line.means().control().value(), 2)
                + " with control, a difference of " + PlotText.fixed(difference.value(), 2) + " ("
                + PlotText.fixed(interval.lower(), 2) + " to " + PlotText.fixed(interval.upper(), 2) + ").";
    }

    /** Returns a warning for each trial whose hazard ratio drifts. */
    List<Message> messages() {
        return drifts.stream()
                .filter(drift -> drift.drift().isMarked())
                .map(FamilyCurves::nonProportional)
                .toList();
    }

    private static Message nonProportional(ReportDrift found) {
        return Message.warning(
                        "non-proportional", found.study() + ": " + found.drift().text())
                .at(found.rows().stream().mapToInt(Integer::intValue).toArray())
                .with("q", NumberText.print(found.drift().test().statistic()))
                .with("df", NumberText.print(found.drift().test().df()))
                .with("p_value", NumberText.print(found.drift().test().pValue()));
    }
}
