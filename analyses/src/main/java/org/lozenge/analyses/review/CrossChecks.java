package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lozenge.stats.survival.AuditFinding;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.ReportField;

/**
 * Holds the reports of one trial against each other. Each row may be right by itself and still contradict another one.
 *
 * <p>Only figures of the same endpoint, analysis, patients and time are compared, with their rounding: 0.5 and 0.54
 * agree. Arm sizes are compared over all analyses of a trial for one thing only: whether the arms are swapped.
 */
final class CrossChecks {

    private static final List<ReportField> OF_AN_ANALYSIS = List.of(
            ReportField.HR,
            ReportField.CI_LOW,
            ReportField.CI_HIGH,
            ReportField.EVENTS_T,
            ReportField.EVENTS_C,
            ReportField.EVENTS,
            ReportField.N_T,
            ReportField.N_C,
            ReportField.N,
            ReportField.MEDIAN_T,
            ReportField.MEDIAN_C);

    private static final Set<ReportField> ARM_SIZES = Set.of(ReportField.N_T, ReportField.N_C);

    private static final List<ReportField> OF_A_TIME = List.of(ReportField.SURVIVAL_T, ReportField.SURVIVAL_C);

    /** A curve read at more than this many times the median follow-up rests on very few patients, or on a slip. */
    private static final double FAR = 2;

    /** Rounding of the arithmetic, not of the report. */
    private static final double TINY = 1e-12;

    private static final Set<PublicationKind> SECOND_HAND = Set.of(PublicationKind.CITATION, PublicationKind.NEWS);

    /** A figure as printed, with the limits of its rounding, and where. Figures whose limits only touch exclude each other. */
    private record Printed(Report report, double low, double high, String text) {
        boolean excludes(Printed other) {
            boolean equal = low == other.low && high == other.high;
            return !equal && (high < other.low + TINY || other.high < low + TINY);
        }
    }

    private final List<Finding> findings = new ArrayList<>();

    private CrossChecks() {}

    /** Returns what the reports of one trial in one family contradict each other in. */
    static List<Finding> of(List<ReportLine> trial) {
        CrossChecks checks = new CrossChecks();
        boolean swapped = checks.swappedArms(trial);
        List<ReportField> fields = OF_AN_ANALYSIS.stream()
                .filter(field -> !(swapped && ARM_SIZES.contains(field)))
                .toList();
        groups(trial, CrossChecks::analysis).forEach(group -> fields.forEach(field -> checks.agree(field, group)));
        groups(trial, line -> analysis(line) + "|" + line.figures().result().text(ReportField.TIME))
                .forEach(checks::curvesAgree);
        trial.forEach(checks::timeAgainstFollowUp);
        checks.citations(trial);
        return List.copyOf(checks.findings);
    }

    private static Collection<List<ReportLine>> groups(
            List<ReportLine> lines, java.util.function.Function<ReportLine, String> key) {
        return lines.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static String analysis(ReportLine line) {
        Report report = line.report();
        return EndpointFamilies.plain(report.printedEndpoint()) + "|"
                + report.cutOff().words() + "|" + report.subgroup() + "|"
                + (report.arms().isKnown() ? report.arms().words() : "") + "|"
                + line.figures().result().contrast();
    }

    private void agree(ReportField field, List<ReportLine> analysis) {
        List<Printed> printed =
                analysis.stream().flatMap(line -> printed(field, line).stream()).toList();
        for (int i = 0; i < printed.size(); i++) {
            for (int j = i + 1; j < printed.size(); j++) {
                if (printed.get(i).excludes(printed.get(j))) {
                    disagreement(field.label(), printed.get(i), printed.get(j));
                    return;
                }
            }
        }
    }

    /** Both arms of a curve at one time in one finding. */
    private void curvesAgree(List<ReportLine> sameTime) {
        for (int i = 0; i < sameTime.size(); i++) {
            for (int j = i + 1; j < sameTime.size(); j++) {
                ReportLine a = sameTime.get(i);
                ReportLine b = sameTime.get(j);
                if (OF_A_TIME.stream().anyMatch(field -> exclude(field, a, b))) {
                    String time = a.figures().result().text(ReportField.TIME);
                    String what = "event-free fractions" + (time.isEmpty() ? "" : " at time " + time);
                    disagreement(what, curve(a), curve(b));
                    return;
                }
            }
        }
    }

    private static boolean exclude(ReportField field, ReportLine a, ReportLine b) {
        Optional<Printed> first = printed(field, a);
        Optional<Printed> second = printed(field, b);
        return first.isPresent() && second.isPresent() && first.get().excludes(second.get());
    }

    private static Printed curve(ReportLine line) {
        String text = OF_A_TIME.stream()
                .map(field -> line.figures().result().text(field))
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining(" and "));
        return new Printed(line.report(), 0, 0, text);
    }

    private static Optional<Printed> printed(ReportField field, ReportLine line) {
        Optional<PrintedNumber> number = line.figures().result().number(field);
        if (number.isPresent()) {
            double scale = number.get().percent() ? 0.01 : 1;
            return Optional.of(new Printed(
                    line.report(),
                    number.get().low() * scale,
                    number.get().high() * scale,
                    number.get().text()));
        }
        return line.figures()
                .result()
                .count(field)
                .map(count -> new Printed(line.report(), count.count(), count.count(), count.text()));
    }

    private void disagreement(String what, Printed a, Printed b) {
        String text = "For the same analysis, " + a.report.document() + " (row " + a.report.row() + ") prints "
                + what + ": " + a.text + ", "
                + (a.report.document().equals(b.report.document()) ? "and" : b.report.document())
                + " (row " + b.report.row() + ") " + b.text + ". Look up which is right.";
        add("A8", a.report, List.of(a.report, b.report), a.text + "; " + b.text, "the same figures", text);
    }

    /** The same two sizes with the arms exchanged are a slip in one of two documents. */
    private boolean swappedArms(List<ReportLine> trial) {
        Map<String, Report> bySizes = new LinkedHashMap<>();
        for (ReportLine line : trial) {
            Optional<String> t = size(line, ReportField.N_T);
            Optional<String> c = size(line, ReportField.N_C);
            if (t.isEmpty() || c.isEmpty() || t.equals(c)) {
                continue;
            }
            Report other = bySizes.get(c.get() + " and " + t.get());
            bySizes.putIfAbsent(t.get() + " and " + c.get(), line.report());
            if (other != null) {
                add(
                        "A8",
                        other,
                        List.of(other, line.report()),
                        c.get() + " and " + t.get() + "; " + t.get() + " and " + c.get(),
                        "one size of each arm",
                        "The arms look swapped: " + other.document() + " gives " + c.get() + " participants with "
                                + arm(other.arms().treatment(), "treatment") + " and " + t.get() + " with "
                                + arm(other.arms().control(), "control") + ", "
                                + line.report().document()
                                + " the reverse. Look up which is right.");
                return true;
            }
        }
        return false;
    }

    private static String arm(String name, String otherwise) {
        return name.isEmpty() ? otherwise : name;
    }

    private static Optional<String> size(ReportLine line, ReportField field) {
        return line.figures().result().count(field).map(count -> String.valueOf(count.count()));
    }

    private void timeAgainstFollowUp(ReportLine line) {
        OptionalDouble months = line.report().cutOff().months();
        Optional<PrintedNumber> time = line.figures().result().number(ReportField.TIME);
        boolean curve = line.figures().result().has(ReportField.SURVIVAL_T)
                || line.figures().result().has(ReportField.SURVIVAL_C);
        if (!curve || months.isEmpty() || time.isEmpty()) {
            return;
        }
        double at = time.get().value() * line.report().cutOff().monthsPerUnit();
        if (at > FAR * months.getAsDouble()) {
            add(
                    "A6",
                    line.report(),
                    List.of(line.report()),
                    "curve read at " + Words.number(at) + " months",
                    "not far beyond the median follow-up of " + Words.number(months.getAsDouble()) + " months",
                    "The curve is read at " + Words.number(at) + " months, more than twice the median follow-up of "
                            + Words.number(months.getAsDouble()) + " months. Check the time and its unit.");
        }
    }

    /** A citation that calls the endpoint otherwise, or gives another year, than the trial's own reports. */
    private void citations(List<ReportLine> trial) {
        List<Report> own = trial.stream()
                .map(ReportLine::report)
                .filter(report -> !SECOND_HAND.contains(report.kind()))
                .toList();
        Set<String> endpoints =
                own.stream().map(report -> report.endpoint().label()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> years = own.stream()
                .flatMap(report -> report.cutOff().year().stream().mapToObj(Words::number))
                .collect(Collectors.toCollection(TreeSet::new));
        for (ReportLine line : trial) {
            Report report = line.report();
            if (SECOND_HAND.contains(report.kind())
                    && !endpoints.isEmpty()
                    && !endpoints.contains(report.endpoint().label())) {
                String wanted = String.join(" or ", endpoints);
                add(
                        "A9",
                        report,
                        List.of(report),
                        report.printedEndpoint(),
                        wanted,
                        report.document() + " names " + report.printedEndpoint() + ", but the trial's own reports give "
                                + wanted + ".");
            }
            String year =
                    report.cutOff().year().stream().mapToObj(Words::number).collect(Collectors.joining());
            if (report.kind() == PublicationKind.CITATION
                    && !year.isEmpty()
                    && !years.isEmpty()
                    && !years.contains(year)) {
                String wanted = String.join(" or ", years);
                add(
                        "A8",
                        report,
                        List.of(report),
                        year,
                        wanted,
                        report.document() + " cites the trial as of " + year + "; its own reports are of " + wanted
                                + ".");
            }
        }
    }

    private void add(String rule, Report first, List<Report> reports, String observed, String expected, String text) {
        List<Integer> rows =
                reports.stream().map(Report::row).sorted().distinct().toList();
        findings.add(new Finding(first, rows, new AuditFinding(rule, AuditState.WARN, observed, expected, text)));
    }
}
