package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.ReportField;

/** Rule A6 for the curves of one trial: they do not rise, and are not read far beyond the follow-up. */
final class CurveCheck {

    /**
     * A curve read at more than this many times the median follow-up rests on very few patients, or on a slip: with even
     * recruitment nobody is followed longer than twice the median.
     */
    private static final double FAR = 2;

    private final Findings findings = new Findings("A6", "curves that fall, within the follow-up");
    private final Set<String> reported = new HashSet<>();

    private CurveCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        CurveCheck check = new CurveCheck();
        OptionalDouble longest = trial.stream()
                .flatMapToDouble(report -> report.cutOff().months().stream())
                .max();
        for (TrialReport report : trial) {
            check.timeAgainstFollowUp(report, longest);
        }
        for (TrialReport a : trial) {
            for (TrialReport b : trial) {
                if (a.row() != b.row() && Analyses.sameQuestion(a, b) && Analyses.sameAnalysis(a, b)) {
                    check.falls(a, b);
                }
            }
        }
        return check.findings.all();
    }

    private void falls(TrialReport a, TrialReport b) {
        Optional<Figure> early = Figure.of(a, TIME);
        Optional<Figure> late = Figure.of(b, TIME);
        if (early.isEmpty()
                || late.isEmpty()
                || !(early.get().value() < late.get().value())) {
            return;
        }
        falls(a, b, SURVIVAL_T);
        falls(a, b, SURVIVAL_C);
    }

    private void falls(TrialReport a, TrialReport b, ReportField field) {
        Optional<Figure> before = Figure.of(a, field);
        Optional<Figure> after = Figure.of(b, field);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        if (!after.get().exceeds(before.get())) {
            findings.agree(field.label() + " over time", a, b);
        } else if (reported.add(field + a.endpoint().label() + a.part())) {
            boolean oneDocument = a.document().equals(b.document());
            findings.complain(
                    "A6",
                    oneDocument ? AuditState.ERROR : AuditState.WARN,
                    List.of(a, b),
                    before.get().text() + " at " + a.result().text(TIME) + ", "
                            + after.get().text() + " at " + b.result().text(TIME),
                    "at most " + before.get().text() + " at the later time",
                    "The " + field.label() + " rises from " + before.get().text() + " at time "
                            + a.result().text(TIME)
                            + " (row " + a.row() + ") to " + after.get().text() + " at time "
                            + b.result().text(TIME)
                            + " (row " + b.row()
                            + "), which cannot be. Check the times and their units, and whether events were typed for survivors.");
        }
    }

    private void timeAgainstFollowUp(TrialReport report, OptionalDouble longest) {
        OptionalDouble own = report.cutOff().months();
        OptionalDouble months = own.isPresent() ? own : longest;
        if (months.isEmpty()) {
            return;
        }
        boolean curve = report.result().has(SURVIVAL_T) || report.result().has(SURVIVAL_C);
        if (curve) {
            Figure.of(report, TIME).ifPresent(time -> within(report, "curve read", time, months.getAsDouble()));
        }
        for (ReportField field : List.of(MEDIAN_T, MEDIAN_C)) {
            Figure.of(report, field)
                    .filter(median -> Double.isFinite(median.value()))
                    .ifPresent(median -> within(report, "median reached", median, months.getAsDouble()));
        }
    }

    private void within(TrialReport report, String what, Figure time, double months) {
        String followUp = "median follow-up of " + Phrases.number(months) + " months";
        if (time.low() <= FAR * months) {
            findings.agree("times against follow-up", report);
            return;
        }
        String at = String.format(Locale.ROOT, "%.4g", time.value());
        String number = Phrases.number(Double.parseDouble(at));
        String verb = what.startsWith("curve") ? "The curve is read at " : "A median time of ";
        findings.warn(
                List.of(report),
                what + " at " + number + " months",
                "not far beyond the " + followUp,
                verb + number + " months" + (what.startsWith("curve") ? ", " : " is printed, ") + "more than twice the "
                        + followUp + ". Check the time and its unit.");
    }
}
