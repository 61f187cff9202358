package org.lozenge.analyses.hazardratio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.analyses.reports.AboutRoles;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.ReportComparisons;
import org.lozenge.analyses.reports.TrialReports;
import org.lozenge.analyses.shared.CurveTables;
import org.lozenge.analyses.shared.ReportDrift;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.CurveRestrictedMean;

/**
 * Derives log hazard ratios and their standard errors from what trial reports print.
 *
 * <p>Each row of the table is one reported result; every role is sparse. The result has the tables {@code effects} (the
 * route of highest precedence of each usable row), {@code routes} (all routes that a row allows) and {@code audit} (the
 * printed numbers held against each other), and a forest plot of the effects. Treatments of one trial that share a control
 * arm stand in {@code shared_control}. Where rows are points of survival curves there
 * are the tables {@code intervals} and {@code rmst}; where curves or fractions at several times tell how the hazard ratio
 * changes, {@code over_time} and {@code periods}.
 *
 * <p>Rows whose cells cannot be read or whose interval contradicts its ratio reject the table, unless the option
 * {@code invalid} says to skip them. A row without a usable route is a warning.
 */
public final class HazardRatioAnalysis implements Analysis {

    /** Level of the intervals of the results. */
    static final Param<Double> LEVEL = Param.number("level", "Confidence level of the results", 0.95)
            .check(level -> level > 0 && level < 1, "must be between 0 and 1, both excluded");

    /** End of restricted mean survival times. */
    static final Param<String> HORIZON = Param.text("horizon", "Horizon of restricted mean survival", "auto")
            .suggest("auto", "none")
            .help("In the unit of the times of the survival curves. auto: the last time at which both curves and their"
                    + " numbers at risk are known; none: no restricted means.");

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
                .params(LEVEL, HORIZON)
                .params(ReportParams.all().toArray(Param<?>[]::new))
                .references(
                        "Parmar MKB, Torri V, Stewart L. Stat Med 1998;17:2815-2834. "
                                + "https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8",
                        "Tierney JF and others. Trials 2007;8:16. https://doi.org/10.1186/1745-6215-8-16",
                        "Response to Tierney and others. Trials 2013;14:391. https://doi.org/10.1186/1745-6215-14-391",
                        "Williamson PR and others. Stat Med 2002;21:3337-3351. https://doi.org/10.1002/sim.1303",
                        "Guyot P and others. BMC Med Res Methodol 2012;12:9. https://doi.org/10.1186/1471-2288-12-9",
                        "Royston P, Parmar MKB. BMC Med Res Methodol 2013;13:152. https://doi.org/10.1186/1471-2288-13-152");
    }

    @Override
    public AnalysisResult run(Inputs in, RunContext context) {
        ReportRows reports = ReportRows.read(in, context);
        List<Message> skipped = reports.rejectOrSkip(in);
        skipped.forEach(context::report);
        reports.ignoredCells().forEach(context::report);
        reports.withoutRoute().forEach(context::report);
        reports.cautions().forEach(context::report);
        reports.complaints().forEach(context::report);
        List<Comparison> comparisons =
                ReportComparisons.all(TrialReports.read(reports, in).reports(), context);
        Comparison.warnings(comparisons, in.source()).forEach(context::report);
        double level = in.get(LEVEL);
        List<ReportRow> usable = reports.usable();
        List<ResultItem> items = new ArrayList<>(List.of(
                HazardRatioTables.effects(usable, level),
                HazardRatioTables.routes(reports.rows()),
                HazardRatioTables.audit(reports.rows(), comparisons)));
        if (!reports.contrasts().isEmpty()) {
            items.add(ContrastTables.of(reports.contrasts(), level));
        }
        items.addAll(overTime(reports, in, context));
        if (!usable.isEmpty()) {
            items.add(HazardRatioFigures.forest(usable, level));
        }
        return AnalysisResult.of(items);
    }

    /** The tables of curves and of fractions at several times, as far as there are any. */
    private static List<ResultItem> overTime(ReportRows reports, Inputs in, RunContext context) {
        double level = in.get(LEVEL);
        List<ResultItem> items = new ArrayList<>();
        List<ReportRow> curves = CurveTables.withCurves(reports.rows());
        if (!curves.isEmpty()) {
            items.add(CurveTables.intervals(curves));
        }
        List<ReportDrift> drifts = reports.drifts();
        if (!drifts.isEmpty()) {
            items.add(CurveTables.overTime(drifts));
            items.add(CurveTables.periods(drifts, level));
        }
        List<CurveTables.MeanLine> means = means(curves, in, context);
        if (!means.isEmpty()) {
            items.add(CurveTables.rmst(means, level));
        }
        return items;
    }

    private static List<CurveTables.MeanLine> means(List<ReportRow> curves, Inputs in, RunContext context) {
        String text = in.get(HORIZON).strip();
        if (text.equalsIgnoreCase("none")) {
            return List.of();
        }
        boolean auto = text.equalsIgnoreCase("auto");
        Optional<Double> wanted = NumberText.parse(text).filter(value -> value > 0);
        if (!auto && wanted.isEmpty()) {
            throw new AnalysisException(
                    "param-value", "Option 'horizon' is '" + text + "', but must be a number above 0, auto or none.");
        }
        List<CurveTables.MeanLine> means = new ArrayList<>();
        for (ReportRow row : curves) {
            Optional<Double> largest = CurveRestrictedMean.largestHorizon(row.result());
            Optional<CurveRestrictedMean> found =
                    (auto ? largest : wanted).flatMap(horizon -> CurveRestrictedMean.of(row.result(), horizon));
            found.ifPresent(mean -> means.add(new CurveTables.MeanLine(row, mean)));
            if (found.isEmpty() && largest.isPresent()) {
                context.warn(
                        "no-horizon",
                        in.source() + ", row " + row.row() + " (" + row.study()
                                + "): no restricted mean, because the curves and their numbers at risk end at "
                                + NumberText.print(largest.get()) + ", before option 'horizon', " + text + ".",
                        row.row());
            }
        }
        return means;
    }
}
