package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.ReportField;

/**
 * Rules A8 and A9 between a trial's own reports and documents that repeat them: a news item or citation gives the figures,
 * the endpoint and the year of one of the trial's own reports.
 */
final class CitationCheck {

    private static final Set<PublicationKind> SECOND_HAND = EnumSet.of(PublicationKind.CITATION, PublicationKind.NEWS);

    private static final List<ReportField> FIGURES =
            List.of(HR, CI_LOW, CI_HIGH, EVENTS_T, EVENTS_C, MEDIAN_T, MEDIAN_C);

    private final Findings findings = new Findings("A8", "the figures of the trial's own reports");
    private final List<TrialReport> own;
    private final Set<String> reported = new HashSet<>();

    private CitationCheck(List<TrialReport> own) {
        this.own = own;
    }

    static List<Comparison> of(List<TrialReport> trial) {
        CitationCheck check = new CitationCheck(trial.stream()
                .filter(report -> !SECOND_HAND.contains(report.kind()))
                .toList());
        for (TrialReport report : trial) {
            if (SECOND_HAND.contains(report.kind()) && !check.own.isEmpty()) {
                check.endpoint(report);
                check.year(report);
                FIGURES.forEach(field -> check.figure(report, field));
            }
        }
        relabelled(trial, check);
        return check.findings.all();
    }

    private void endpoint(TrialReport report) {
        Set<String> endpoints = own.stream()
                .filter(other -> other.family().id().equals(report.family().id()))
                .map(other -> other.endpoint().label())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!endpoints.isEmpty() && !endpoints.contains(report.endpoint().label())) {
            String wanted = String.join(" or ", endpoints);
            findings.complain(
                    "A9",
                    AuditState.WARN,
                    List.of(report),
                    report.printedEndpoint(),
                    wanted,
                    document(report) + " names " + report.printedEndpoint() + ", but the trial's own reports give "
                            + wanted + ".");
        }
    }

    private void year(TrialReport report) {
        Set<String> years = own.stream()
                .flatMap(other -> other.cutOff().year().stream().mapToObj(Phrases::number))
                .collect(Collectors.toCollection(TreeSet::new));
        String year = report.cutOff().year().stream().mapToObj(Phrases::number).collect(Collectors.joining());
        if (report.kind() == PublicationKind.CITATION && !year.isEmpty() && !years.isEmpty() && !years.contains(year)) {
            String wanted = String.join(" or ", years);
            findings.warn(
                    List.of(report),
                    year,
                    wanted,
                    document(report) + " cites the trial as of " + year + "; its own reports are of " + wanted + ".");
        }
    }

    /** A second-hand figure must be one of the trial's own figures of that endpoint, unless it names another analysis. */
    private void figure(TrialReport report, ReportField field) {
        Optional<Figure> repeated = Figure.of(report, field);
        List<Figure> originals = own.stream()
                .filter(other ->
                        Analyses.sameEndpoint(other, report) && other.part().equals(report.part()))
                .flatMap(other -> Figure.of(other, field).stream())
                .toList();
        boolean unnamed = report.cutOff().words().isEmpty();
        if (repeated.isEmpty() || originals.isEmpty() || !unnamed) {
            return;
        }
        if (originals.stream().anyMatch(original -> !original.excludes(repeated.get()))) {
            findings.agree(field.label(), report);
            return;
        }
        boolean compared = originals.stream()
                .anyMatch(original -> Analyses.sameQuestion(original.report(), report)
                        && Analyses.sameAnalysis(original.report(), report));
        if (compared || !reported.add(report.row() + "")) {
            return; // the rows are held against each other as one analysis already
        }
        String wanted = Phrases.shortList(originals.stream().map(Figure::text).toList(), 4);
        findings.warn(
                List.of(report, originals.get(0).report()),
                field.label() + " " + repeated.get().text(),
                wanted,
                report.words() + " prints " + field.label() + ": "
                        + repeated.get().text() + ", but the trial's own reports give " + wanted
                        + ". Look up which is right.");
    }

    /** One hazard ratio with one interval cannot well be that of two endpoints. */
    private static void relabelled(List<TrialReport> trial, CitationCheck check) {
        for (int i = 0; i < trial.size(); i++) {
            for (int j = i + 1; j < trial.size(); j++) {
                TrialReport a = trial.get(i);
                TrialReport b = trial.get(j);
                boolean relabelled = !Analyses.sameEndpoint(a, b)
                        && Analyses.samePatients(a, b)
                        && Analyses.sameAnalysis(a, b)
                        && sameText(a, b, HR)
                        && sameText(a, b, CI_LOW)
                        && sameText(a, b, CI_HIGH);
                if (relabelled
                        && check.reported.add(
                                a.endpoint().label() + b.endpoint().label())) {
                    check.findings.complain(
                            "A9",
                            AuditState.WARN,
                            List.of(a, b),
                            a.printedEndpoint() + " and " + b.printedEndpoint() + ": HR "
                                    + a.result().text(HR),
                            "one endpoint for one result",
                            a.words() + " gives the hazard ratio " + a.result().text(HR) + " ("
                                    + a.result().text(CI_LOW) + " to "
                                    + a.result().text(CI_HIGH) + ") for "
                                    + a.printedEndpoint() + ", " + b.words() + " the same for " + b.printedEndpoint()
                                    + ". Look up which endpoint it belongs to.");
                }
            }
        }
    }

    private static boolean sameText(TrialReport a, TrialReport b, ReportField field) {
        return a.result().has(field) && a.result().text(field).equals(b.result().text(field));
    }

    private static String document(TrialReport report) {
        return report.document().isEmpty() ? "row " + report.row() : report.document();
    }
}
