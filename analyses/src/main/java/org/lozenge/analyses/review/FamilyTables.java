package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PooledTables;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.model.PooledFit;
import org.lozenge.stats.model.TestMethod;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.RouteEstimate;

/** The tables of one family. */
final class FamilyTables {

    private record RouteLine(ReportLine line, RouteEstimate estimate, boolean chosen) {}

    private record SettingLine(String setting, Pool pool, PooledFit fit) {}

    private final FamilyReview review;
    private final double level;

    FamilyTables(FamilyReview review, double level) {
        this.review = review;
        this.level = level;
    }

    /** Returns the effect of each trial that is pooled. */
    Tabular effects() {
        List<Report> used = review.used();
        double z = Normal.criticalValue(level);
        return Tabular.of("effects", "Effects that enter, one of each trial")
                .texts("study", texts(used, Report::trial))
                .texts("endpoint", texts(used, report -> report.endpoint().label()))
                .texts("cutoff", texts(used, report -> report.cutOff().words()))
                .numbers("y", numbers(used, report -> report.derived().y()))
                .numbers("v", numbers(used, report -> square(report.derived().se())))
                .numbers("se", numbers(used, report -> report.derived().se()))
                .texts("route", texts(used, report -> report.derived().route()))
                .numbers("effect", numbers(used, report -> ratio(report, 0)))
                .numbers("effect_lower", numbers(used, report -> ratio(report, -z)))
                .numbers("effect_upper", numbers(used, report -> ratio(report, z)))
                .label("study", "Trial")
                .label("cutoff", "analysis")
                .label("y", "log HR")
                .label("effect", "HR");
    }

    /** Returns which report of each trial is pooled, and why. */
    Tabular reportsUsed() {
        List<Report> used = review.used();
        return reports(Tabular.of("reports_used", "The report of each trial that enters, and why"), used)
                .texts("why", texts(review.choicesUsed(), Choice::why));
    }

    /** Returns all other reports with a hazard ratio, and why they are not pooled. */
    Tabular reportsNotUsed() {
        List<Choice.Unused> unused = review.choices().stream()
                .flatMap(choice -> choice.others().stream())
                .filter(other -> other.report().derived().standing() != Derivation.Standing.NOTHING)
                .sorted(Comparator.comparingInt(other -> other.report().row()))
                .toList();
        List<Report> reports = unused.stream().map(Choice.Unused::report).toList();
        return reports(
                        Tabular.of("reports_not_used", "Other reports with a hazard ratio, and why they do not enter"),
                        reports)
                .texts("reason", texts(unused, Choice.Unused::reason));
    }

    private static Tabular reports(Tabular empty, List<Report> reports) {
        return empty.texts("study", texts(reports, Report::trial))
                .numbers("row", numbers(reports, Report::row))
                .texts("report", texts(reports, Report::name))
                .texts("endpoint", texts(reports, Report::printedEndpoint))
                .texts("cutoff", texts(reports, report -> report.cutOff().words()))
                .texts("printed", texts(reports, report -> report.derived().figures()))
                .format("row", Format.INTEGER)
                .label("study", "Trial")
                .label("cutoff", "analysis");
    }

    /** Returns the routes of all rows of the family. */
    Tabular routes() {
        List<RouteLine> routes = new ArrayList<>();
        Set<Integer> usedRows = review.usedRows();
        for (ReportLine line : review.lines()) {
            boolean used = usedRows.contains(line.report().row());
            for (RouteEstimate estimate : line.figures().choice().estimates()) {
                boolean chosen =
                        used && estimate.route().equals(line.report().derived().route());
                routes.add(new RouteLine(line, estimate, chosen));
            }
        }
        return Tabular.of("routes", "Every route from the printed figures to a hazard ratio")
                .texts("study", texts(routes, route -> route.line.report().trial()))
                .texts("endpoint", texts(routes, route -> route.line.report().printedEndpoint()))
                .numbers("row", numbers(routes, route -> route.line.report().row()))
                .texts("route", texts(routes, route -> route.estimate.route()))
                .numbers("y", numbers(routes, route -> route.estimate.y()))
                .numbers("se", numbers(routes, route -> route.estimate.standardError()))
                .texts("chosen", texts(routes, route -> String.valueOf(route.chosen)))
                .texts("bound", texts(routes, route -> String.valueOf(route.estimate.bound())))
                .texts("note", texts(routes, FamilyTables::note))
                .format("row", Format.INTEGER)
                .label("study", "Trial")
                .label("y", "log HR");
    }

    private static String note(RouteLine route) {
        return Stream.of("From " + String.join(", ", route.estimate.inputs()) + ".", route.estimate.note())
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    /** Returns what the audit found, without the comparisons that simply agree; the worst first. */
    Tabular audit() {
        List<Finding> findings = review.findings().stream()
                .filter(finding -> finding.finding().state() != AuditState.OK)
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.finding().state())
                        .reversed())
                .toList();
        return Tabular.of("audit", "Audit: what does not agree, or only within rounding")
                .texts("study", texts(findings, finding -> finding.report().trial()))
                .texts("endpoint", texts(findings, finding -> finding.report().printedEndpoint()))
                .texts("rows", texts(findings, finding -> Words.numbers(finding.rows())))
                .texts("rule", texts(findings, finding -> finding.finding().rule()))
                .texts(
                        "state",
                        texts(findings, finding -> finding.finding().state().token()))
                .texts("observed", texts(findings, finding -> finding.finding().observed()))
                .texts("expected", texts(findings, finding -> finding.finding().expected()))
                .texts("text", texts(findings, finding -> finding.finding().text()))
                .label("study", "Trial");
    }

    /** Returns the intervals around the random-effects estimate: Wald, plain HKSJ, and HKSJ with the ad hoc guard. */
    Tabular intervals(Pool pool) {
        PooledFit guarded = pool.pooled()
                .pooling()
                .randomEffects()
                .withTest(TestMethod.HARTUNG_KNAPP_AD_HOC)
                .fit(pool.pooled().effects());
        List<PooledFit> fits = List.of(pool.pooled().wald(), pool.plainHksj(), guarded);
        return Tabular.of("intervals", "Random effects: Wald and HKSJ intervals around the same estimate")
                .texts("test", texts(fits, fit -> fit.testMethod().token()))
                .numbers("estimate", numbers(fits, PooledFit::estimate))
                .numbers("se", numbers(fits, PooledFit::standardError))
                .numbers("df", numbers(fits, fit -> Double.isInfinite(fit.df()) ? Double.NaN : fit.df()))
                .numbers("p_value", numbers(fits, fit -> fit.test().pValue()))
                .numbers(
                        "ci_lower",
                        numbers(fits, fit -> fit.confidenceInterval().lower()))
                .numbers(
                        "ci_upper",
                        numbers(fits, fit -> fit.confidenceInterval().upper()))
                .numbers("effect", numbers(fits, fit -> Measure.HR.display(fit.estimate())))
                .numbers(
                        "effect_lower",
                        numbers(
                                fits,
                                fit -> Measure.HR.display(
                                        fit.confidenceInterval().lower())))
                .numbers(
                        "effect_upper",
                        numbers(
                                fits,
                                fit -> Measure.HR.display(
                                        fit.confidenceInterval().upper())))
                .label("effect", "HR");
    }

    /** Returns the models without the odd endpoints, in the columns of the model table. */
    Optional<Tabular> withoutOdd() {
        return review.mixture()
                .map(mixture -> PooledTables.model(mixture.without().pooled(), Measure.HR)
                        .named(
                                "without_odd",
                                "Pooled effect of the trials that report "
                                        + mixture.usual().label()));
    }

    /** Returns both models of each setting. */
    Tabular settings() {
        List<SettingLine> lines = review.settings().stream()
                .flatMap(setting -> Stream.of(
                                setting.pool().common(), setting.pool().random())
                        .map(fit -> new SettingLine(setting.name(), setting.pool(), fit)))
                .toList();
        return Tabular.of("groups", "Pooled effect by setting")
                .texts("group", texts(lines, line -> line.setting.isEmpty() ? "not stated" : line.setting))
                .texts("model", texts(lines, line -> line.fit.isRandom() ? "random" : "common"))
                .numbers("k", numbers(lines, line -> line.pool.k()))
                .numbers("estimate", numbers(lines, line -> line.fit.estimate()))
                .numbers("se", numbers(lines, line -> line.fit.standardError()))
                .numbers(
                        "ci_lower",
                        numbers(lines, line -> line.fit.confidenceInterval().lower()))
                .numbers(
                        "ci_upper",
                        numbers(lines, line -> line.fit.confidenceInterval().upper()))
                .numbers(
                        "tau2",
                        numbers(
                                lines,
                                line -> line.pool.pooled().heterogeneity().tau2()))
                .numbers(
                        "i2",
                        numbers(
                                lines,
                                line -> line.pool.pooled().heterogeneity().i2()))
                .numbers("effect", numbers(lines, line -> Measure.HR.display(line.fit.estimate())))
                .numbers(
                        "effect_lower",
                        numbers(
                                lines,
                                line -> Measure.HR.display(
                                        line.fit.confidenceInterval().lower())))
                .numbers(
                        "effect_upper",
                        numbers(
                                lines,
                                line -> Measure.HR.display(
                                        line.fit.confidenceInterval().upper())))
                .label("group", "setting")
                .label("effect", "HR");
    }

    private static double ratio(Report report, double standardErrors) {
        return Measure.HR.display(
                report.derived().y() + standardErrors * report.derived().se());
    }

    private static double square(double x) {
        return x * x;
    }

    static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }
}
