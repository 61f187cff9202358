package org.lozenge.analyses.hazardratio;

import java.util.List;
import org.lozenge.analyses.reports.AboutRoles;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.ReportComparisons;
import org.lozenge.analyses.reports.TrialReports;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;

/**
 * Derives log hazard ratios and their standard errors from what trial reports print.
 *
 * <p>Each row of the table is one reported result; every role is sparse. The result has the tables {@code effects} (the
 * route of highest precedence of each usable row), {@code routes} (all routes that a row allows) and {@code audit} (the
 * printed numbers held against each other), and a forest plot of the effects.
 *
 * <p>Rows whose cells cannot be read or whose interval contradicts its ratio reject the table, unless the option
 * {@code invalid} says to skip them. A row without a usable route is a warning.
 */
public final class HazardRatioAnalysis implements Analysis {

    /** Level of the intervals of the results. */
    static final Param<Double> LEVEL = Param.number("level", "Confidence level of the results", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded");

    /** The analysis has no state. */
    public HazardRatioAnalysis() {}

    @Override
    public AnalysisSpec spec() {
        return AnalysisSpec.of("hazard-ratio", "Hazard ratios from reports")
                .summary("Log hazard ratios with standard errors from what trial reports print: every route shown, one "
                        + "chosen by precedence, contradictions named.")
                .roles(Roles.STUDY.optional(), ReportRows.ENDPOINT)
                .roles(ReportRoles.all().toArray(Role[]::new))
                .roles(AboutRoles.all())
                .params(LEVEL)
                .params(ReportParams.all().toArray(Param<?>[]::new))
                .references(
                        "Parmar MKB, Torri V, Stewart L. Stat Med 1998;17:2815-2834. "
                                + "https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8",
                        "Tierney JF and others. Trials 2007;8:16. https://doi.org/10.1186/1745-6215-8-16",
                        "Response to Tierney and others. Trials 2013;14:391. https://doi.org/10.1186/1745-6215-14-391");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        ReportRows reports = ReportRows.read(in);
        List<Message> skipped = reports.rejectOrSkip(in);
        skipped.forEach(context::report);
        reports.ignoredCells().forEach(context::report);
        reports.withoutRoute().forEach(context::report);
        reports.cautions().forEach(context::report);
        reports.complaints().forEach(context::report);
        List<Comparison> comparisons =
                ReportComparisons.all(TrialReports.read(reports, in).reports());
        Comparison.warnings(comparisons, in.source()).forEach(context::report);
        double level = in.get(LEVEL);
        List<ReportRow> usable = reports.usable();
        AnalysisResult result = AnalysisResult.of(
                HazardRatioTables.effects(usable, level),
                HazardRatioTables.routes(reports.rows()),
                HazardRatioTables.audit(reports.rows(), comparisons));
        return usable.isEmpty() ? result : result.with(HazardRatioFigures.forest(usable, level));
    }
}
