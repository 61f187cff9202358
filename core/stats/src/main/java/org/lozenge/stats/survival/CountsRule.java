package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.N;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.O_MINUS_E;
import static org.lozenge.stats.survival.ReportField.V;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Rule A6: counts that cannot be: more events than people, arms that do not add up, V above a quarter of the events. */
final class CountsRule implements AuditRule {

    @Override
    public String code() {
        return "A6";
    }

    @Override
    public String title() {
        return "events, participants and log-rank statistics";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        List<AuditFinding> findings = new ArrayList<>();
        atMost(report, EVENTS_T, N_T).ifPresent(findings::add);
        atMost(report, EVENTS_C, N_C).ifPresent(findings::add);
        atMost(report, EVENTS, N).ifPresent(findings::add);
        denominators(report, findings);
        sum(report, EVENTS_T, EVENTS_C, EVENTS).ifPresent(findings::add);
        sum(report, N_T, N_C, N).ifPresent(findings::add);
        emptyArm(report).ifPresent(findings::add);
        variance(report).ifPresent(findings::add);
        expectedEvents(report).ifPresent(findings::add);
        return summarised(findings);
    }

    /** All complaints; if there are none, one line for everything that was compared. */
    private List<AuditFinding> summarised(List<AuditFinding> findings) {
        List<AuditFinding> complaints = findings.stream()
                .filter(finding -> finding.state() != AuditState.OK)
                .toList();
        if (!complaints.isEmpty() || findings.isEmpty()) {
            return complaints;
        }
        return List.of(new AuditFinding(
                code(),
                AuditState.OK,
                findings.stream().map(AuditFinding::observed).distinct().collect(Collectors.joining("; ")),
                findings.stream().map(AuditFinding::expected).collect(Collectors.joining("; ")),
                "The counts fit each other."));
    }

    private Optional<AuditFinding> atMost(ReportedResult report, ReportField part, ReportField whole) {
        Optional<Long> most =
                whole == N ? report.totalParticipants() : report.count(whole).map(PrintedCount::count);
        if (!report.has(part) || most.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(atMost(report, part, most.get(), whole.code()));
    }

    private AuditFinding atMost(ReportedResult report, ReportField part, long most, String whole) {
        long count = report.count(part).orElseThrow().count();
        boolean impossible = count > most;
        return new AuditFinding(
                code(),
                impossible ? AuditState.ERROR : AuditState.OK,
                part.code() + " " + count,
                "at most " + whole + " " + most,
                impossible
                        ? count + " " + part.label() + " cannot be among " + most
                                + " people. Check whether the two are swapped, or a percentage was typed for a count."
                        : count + " " + part.label() + " among " + most + " people.");
    }

    private void denominators(ReportedResult report, List<AuditFinding> findings) {
        for (ReportField field : List.of(EVENTS_T, EVENTS_C, EVENTS)) {
            OptionalLong denominator =
                    report.count(field).map(PrintedCount::denominator).orElse(OptionalLong.empty());
            if (denominator.isPresent()) {
                findings.add(atMost(report, field, denominator.getAsLong(), "its denominator"));
            }
        }
    }

    private Optional<AuditFinding> sum(ReportedResult report, ReportField t, ReportField c, ReportField whole) {
        if (!report.has(t, c, whole)) {
            return Optional.empty();
        }
        long sum = report.count(t).orElseThrow().count()
                + report.count(c).orElseThrow().count();
        long total = report.count(whole).orElseThrow().count();
        boolean agrees = sum == total;
        return Optional.of(new AuditFinding(
                code(),
                agrees ? AuditState.OK : AuditState.WARN,
                whole.code() + " " + total,
                t.code() + " + " + c.code() + " = " + sum,
                agrees
                        ? "The arms add up to the total."
                        : "The arms have " + sum + " " + whole.label() + " together, but the total says " + total
                                + ". Check the counts, and whether there is a third arm."));
    }

    private Optional<AuditFinding> emptyArm(ReportedResult report) {
        boolean empty = report.has(EVENTS_T, EVENTS_C) && (report.value(EVENTS_T) == 0 || report.value(EVENTS_C) == 0);
        if (!empty || !report.has(HR)) {
            return Optional.empty();
        }
        return Optional.of(new AuditFinding(
                code(),
                AuditState.WARN,
                "HR " + report.text(HR) + ", events " + report.text(EVENTS_T) + " and " + report.text(EVENTS_C),
                "no finite hazard ratio",
                "An arm without events has no finite hazard ratio in a Cox model, but " + report.text(HR)
                        + " is printed. Check the events, and whether a special method was used."));
    }

    private Optional<AuditFinding> variance(ReportedResult report) {
        if (!report.has(V) || report.totalEvents().isEmpty()) {
            return Optional.empty();
        }
        long d = report.totalEvents().get();
        PrintedNumber v = report.number(V).orElseThrow();
        boolean tooLarge = v.low() > d / 4.0 * (1 + 1e-9);
        return Optional.of(new AuditFinding(
                code(),
                tooLarge ? AuditState.WARN : AuditState.OK,
                "V " + v.text() + ", " + d + " events",
                "V at most " + Digits.of(d / 4.0),
                tooLarge
                        ? "The log-rank variance V cannot exceed a quarter of the " + d
                                + " events. Check whether V is 1/SE² and the events belong to it."
                        : "The log-rank variance fits the events."));
    }

    private Optional<AuditFinding> expectedEvents(ReportedResult report) {
        if (!report.has(O_MINUS_E, EVENTS_T) || report.totalEvents().isEmpty() || report.inverted()) {
            return Optional.empty();
        }
        PrintedNumber difference = report.number(O_MINUS_E).orElseThrow();
        double observed = report.value(EVENTS_T);
        double d = report.totalEvents().get();
        boolean impossible = observed - difference.low() < 0 || observed - difference.high() > d;
        String expected = Digits.of(observed - difference.value());
        return Optional.of(new AuditFinding(
                code(),
                impossible ? AuditState.ERROR : AuditState.OK,
                "O − E " + difference.text() + ", events_t " + report.text(EVENTS_T),
                "E = " + expected + " between 0 and " + Digits.of(d),
                impossible
                        ? "O − E of " + difference.text() + " with " + report.text(EVENTS_T) + " observed events means "
                                + expected + " expected ones, which cannot be. Check the sign and the arm."
                        : "Observed minus expected events fit the counts."));
    }
}
