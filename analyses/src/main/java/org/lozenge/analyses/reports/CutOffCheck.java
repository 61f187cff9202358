package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.N;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lozenge.analyses.reports.CutOff.Clue;

/**
 * Rule A6 between analyses of one trial: events, deaths, participants and follow-up do not shrink from one cut-off to
 * the next, and nothing is published before its data are cut off.
 */
final class CutOffCheck {

    /** Months by which a median follow-up may seem to shrink for reasons of computing alone. */
    private static final double SAME_FOLLOW_UP = 0.5;

    private final Findings findings = new Findings("A6", "no fewer events, participants or months at a later cut-off");
    private final Set<String> reported = new HashSet<>();

    private CutOffCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        CutOffCheck check = new CutOffCheck();
        for (TrialReport a : trial) {
            check.publication(a);
            for (TrialReport b : trial) {
                if (a.row() != b.row() && !Analyses.sameAnalysis(a, b)) {
                    Analyses.earlier(a, b).ifPresent(clue -> check.compare(a, b, clue));
                }
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport earlier, TrialReport later, Clue clue) {
        if (clue == Clue.DAY || clue == Clue.STAGE) {
            followUp(earlier, later);
        }
        if (Analyses.samePatients(earlier, later)) {
            shrinks(
                    "participants",
                    earlier,
                    later,
                    Figure.total(earlier, N, N_T, N_C),
                    Figure.total(later, N, N_T, N_C));
        }
        if (Analyses.sameQuestion(earlier, later)) {
            shrinks("events with treatment", earlier, later, Figure.of(earlier, EVENTS_T), Figure.of(later, EVENTS_T));
            shrinks("events with control", earlier, later, Figure.of(earlier, EVENTS_C), Figure.of(later, EVENTS_C));
            shrinks(
                    "events",
                    earlier,
                    later,
                    Figure.total(earlier, EVENTS, EVENTS_T, EVENTS_C),
                    Figure.total(later, EVENTS, EVENTS_T, EVENTS_C));
        }
    }

    private void shrinks(
            String what, TrialReport earlier, TrialReport later, Optional<Figure> before, Optional<Figure> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        if (!before.get().exceeds(after.get())) {
            findings.agree(what, earlier, later);
            return;
        }
        boolean people = what.equals("participants");
        String scope = people ? "" : earlier.endpoint().label() + earlier.part();
        boolean armsSaidIt = what.equals("events")
                && reported.stream().anyMatch(key -> key.startsWith("events with") && key.endsWith(scope));
        if (armsSaidIt || !reported.add(what + "|" + scope)) {
            return;
        }
        String noun = people
                ? "participants"
                : (earlier.endpoint().label().equals("OS") ? what.replace("events", "deaths") : what);
        findings.warn(
                List.of(earlier, later),
                before.get().text() + "; later " + after.get().text(),
                "at least " + before.get().text(),
                Analyses.place(later) + " is the later analysis but has fewer " + noun + " ("
                        + after.get().text()
                        + ") than " + Analyses.place(earlier) + " ("
                        + before.get().text()
                        + "). Check the cut-offs, the " + (people ? "patients analysed" : "censoring rule")
                        + " and whether a column was exchanged.");
    }

    private void followUp(TrialReport earlier, TrialReport later) {
        OptionalDouble before = earlier.cutOff().months();
        OptionalDouble after = later.cutOff().months();
        if (before.isEmpty() || after.isEmpty() || grows(earlier, later)) {
            return;
        }
        if (before.getAsDouble() - after.getAsDouble() <= SAME_FOLLOW_UP) {
            findings.agree("median follow-up", earlier, later);
        } else if (reported.add(
                "follow-up|" + earlier.cutOff().words() + "|" + later.cutOff().words())) {
            String months = Phrases.number(before.getAsDouble());
            findings.warn(
                    List.of(earlier, later),
                    months + " months; later " + Phrases.number(after.getAsDouble()) + " months",
                    "at least " + months + " months",
                    Analyses.place(later) + " is the later analysis but has a median follow-up of "
                            + Phrases.number(after.getAsDouble()) + " months, " + Analyses.place(earlier) + " one of "
                            + months + ". Check dates, follow-up and their units.");
        }
    }

    /** While patients are still entering, the median follow-up may shrink. */
    private static boolean grows(TrialReport earlier, TrialReport later) {
        Optional<Figure> before = Figure.total(earlier, N, N_T, N_C);
        Optional<Figure> after = Figure.total(later, N, N_T, N_C);
        return before.isPresent() && after.isPresent() && after.get().exceeds(before.get());
    }

    /** A document cannot be older than its data. */
    private void publication(TrialReport report) {
        OptionalDouble published = report.source().publicationYear();
        OptionalDouble day = report.cutOff().day();
        if (published.isEmpty() || day.isEmpty()) {
            return;
        }
        double cutOff = CutOff.yearOf(day.getAsDouble());
        if (cutOff <= published.getAsDouble()) {
            findings.agree("year of publication", report);
        } else if (reported.add("year|" + report.document() + report.cutOff().words())) {
            findings.complain(
                    "A8",
                    org.lozenge.stats.survival.AuditState.WARN,
                    List.of(report),
                    "published " + Phrases.number(published.getAsDouble()) + ", data cut off "
                            + report.cutOff().words(),
                    "a cut-off no later than the publication",
                    report.words() + " is of " + Phrases.number(published.getAsDouble())
                            + ", but its data were cut off later ("
                            + report.cutOff().words()
                            + "). Check the year and the date.");
        }
    }
}
