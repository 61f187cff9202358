package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lozenge.analyses.reports.AboutRoles;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.ReportComparisons;
import org.lozenge.analyses.reports.TrialReport;
import org.lozenge.analyses.reports.TrialReports;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;

/**
 * The rows of a table, read.
 *
 * @param lines the rows in their order
 * @param doubts trials that were joined, rows without a study
 */
record ReportLines(List<ReportLine> lines, List<Choice.Doubt> doubts) {

    ReportLines {
        lines = List.copyOf(lines);
        doubts = List.copyOf(doubts);
    }

    /** Reads what each row is about. */
    static ReportLines read(ReportRows rows, Inputs in, RunContext context) {
        TrialReports table = TrialReports.read(rows, in);
        Derivations derivations = new Derivations(in);
        boolean controls = in.has(AboutRoles.CONTROL) || in.has(AboutRoles.COMPARISON);
        List<ReportLine> lines = new ArrayList<>();
        for (TrialReport about : table.reports()) {
            context.checkCancelled();
            boolean singleArm = controls
                    && about.arms().control().isEmpty()
                    && !about.arms().treatment().isEmpty();
            lines.add(new ReportLine(Report.of(about, derivations.of(about.figures(), singleArm)), about));
        }
        List<Choice.Doubt> doubts = table.doubts().stream()
                .map(doubt -> new Choice.Doubt(doubt.code(), doubt.text(), doubt.rows()))
                .toList();
        return new ReportLines(lines, doubts);
    }

    /** Returns what the rows say about each other, whatever will be pooled. */
    List<Comparison> comparisons(RunContext context) {
        List<TrialReport> reports = lines.stream().map(ReportLine::about).toList();
        return Stream.concat(
                        ReportComparisons.withinTrials(reports, context).stream(),
                        ReportComparisons.acrossTable(reports).stream())
                .toList();
    }
}
