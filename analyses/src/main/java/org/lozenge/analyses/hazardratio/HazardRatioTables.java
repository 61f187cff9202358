package org.lozenge.analyses.hazardratio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.Phrases;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.RouteEstimate;

/** The tables of the analysis {@code hazard-ratio}. */
final class HazardRatioTables {

    private record RouteLine(ReportRow row, RouteEstimate estimate) {}

    private record AuditLine(ReportRow row, String rows, AuditFinding finding) {}

    private HazardRatioTables() {}

    static Tabular effects(List<ReportRow> usable, double level) {
        double z = Normal.criticalValue(level);
        return Tabular.of("effects", "Log hazard ratios, treatment over control")
                .texts("study", texts(usable, ReportRow::study))
                .texts("endpoint", texts(usable, ReportRow::endpoint))
                .numbers("y", numbers(usable, row -> chosen(row).y()))
                .numbers("v", numbers(usable, row -> chosen(row).variance()))
                .numbers("se", numbers(usable, row -> chosen(row).standardError()))
                .texts("route", texts(usable, row -> chosen(row).route()))
                .numbers("effect", numbers(usable, row -> ratio(row, 0)))
                .numbers("effect_lower", numbers(usable, row -> ratio(row, -z)))
                .numbers("effect_upper", numbers(usable, row -> ratio(row, z)))
                .label("y", "Log HR")
                .label("v", "Variance")
                .label("effect", "HR")
                .label("effect_lower", "HR lower")
                .label("effect_upper", "HR upper");
    }

    static Tabular routes(List<ReportRow> rows) {
        List<RouteLine> lines = rows.stream()
                .flatMap(row -> row.choice().estimates().stream().map(estimate -> new RouteLine(row, estimate)))
                .toList();
        return Tabular.of("routes", "Every route that each report allows, best first")
                .texts("study", texts(lines, line -> line.row.study()))
                .texts("endpoint", texts(lines, line -> line.row.endpoint()))
                .texts("route", texts(lines, line -> line.estimate.route()))
                .numbers("y", numbers(lines, line -> line.estimate.y()))
                .numbers("se", numbers(lines, line -> line.estimate.standardError()))
                .texts("chosen", texts(lines, line -> String.valueOf(isChosen(line))))
                .texts("bound", texts(lines, line -> String.valueOf(line.estimate.bound())))
                .texts("note", texts(lines, HazardRatioTables::note))
                .label("y", "Log HR");
    }

    static Tabular audit(List<ReportRow> rows, List<Comparison> comparisons) {
        List<AuditLine> lines = new ArrayList<>();
        for (ReportRow row : rows) {
            row.audit().forEach(finding -> lines.add(new AuditLine(row, String.valueOf(row.row()), finding)));
        }
        for (Comparison comparison : comparisons) {
            lines.add(new AuditLine(
                    comparison.first().figures(), Phrases.numbers(comparison.rows()), comparison.finding()));
        }
        return Tabular.of("audit", "The printed numbers held against each other")
                .texts("study", texts(lines, line -> line.row.study()))
                .texts("endpoint", texts(lines, line -> line.row.endpoint()))
                .texts("rule", texts(lines, line -> line.finding.rule()))
                .texts("state", texts(lines, line -> line.finding.state().token()))
                .texts("observed", texts(lines, line -> line.finding.observed()))
                .texts("expected", texts(lines, line -> line.finding.expected()))
                .texts("text", texts(lines, line -> line.finding.text()))
                .texts("rows", texts(lines, line -> line.rows));
    }

    static RouteEstimate chosen(ReportRow row) {
        return row.estimate().orElseThrow();
    }

    /** The hazard ratio, moved by a number of standard errors. */
    static double ratio(ReportRow row, double standardErrors) {
        return StrictMath.exp(chosen(row).y() + standardErrors * chosen(row).standardError());
    }

    private static boolean isChosen(RouteLine line) {
        return line.row.estimate().filter(line.estimate::equals).isPresent();
    }

    /** Why it was chosen, for the chosen one; what was assumed, for the others. */
    private static String note(RouteLine line) {
        String inputs = "From " + String.join(", ", line.estimate.inputs()) + ".";
        String text = isChosen(line) ? line.row.choice().reason() : line.estimate.note();
        return Stream.of(inputs, text)
                .filter(part -> !part.isEmpty())
                .reduce("", (a, b) -> a.isEmpty() ? b : a + " " + b);
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }

    private static <T> double[] numbers(List<T> rows, ToDoubleFunction<T> cell) {
        return rows.stream().mapToDouble(cell).toArray();
    }
}
