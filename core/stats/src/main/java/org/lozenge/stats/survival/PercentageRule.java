package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rule A10: a percentage printed beside a count agrees with it, {@code |100 n/N − p|} within half a unit. */
final class PercentageRule implements AuditRule {

    @Override
    public String code() {
        return "A10";
    }

    @Override
    public String title() {
        return "percentage against count";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        return Stream.of(
                        check(report, EVENTS_T, denominator(report, EVENTS_T, N_T)),
                        check(report, EVENTS_C, denominator(report, EVENTS_C, N_C)),
                        check(report, EVENTS, report.totalParticipants()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Long> denominator(ReportedResult report, ReportField events, ReportField n) {
        return report.count(events)
                .filter(count -> count.denominator().isPresent())
                .map(count -> count.denominator().getAsLong())
                .or(() -> report.count(n).map(PrintedCount::count));
    }

    private Optional<AuditFinding> check(ReportedResult report, ReportField field, Optional<Long> denominator) {
        Optional<PrintedCount> count = report.count(field);
        Optional<PrintedNumber> percent = count.flatMap(PrintedCount::percent);
        if (percent.isEmpty() || denominator.isEmpty() || denominator.get() == 0) {
            return Optional.empty();
        }
        long events = count.orElseThrow().count();
        double share = 100.0 * events / denominator.get();
        boolean agrees = Span.of(percent.get()).contains(share);
        String text = events + " of " + denominator.get() + " is " + Digits.significant(share, 4) + "%";
        return Optional.of(new AuditFinding(
                code(),
                agrees ? AuditState.OK : AuditState.WARN,
                field.code() + " " + report.text(field),
                Digits.significant(share, 4) + "% of " + denominator.get(),
                agrees
                        ? text + ", as printed."
                        : text + ", not " + percent.get().text() + "%. " + fitting(events, percent.get())));
    }

    /** The denominators under which the count prints as the percentage. */
    private static String fitting(long events, PrintedNumber percent) {
        long smallest = (long) Math.ceil(100 * events / percent.high() - 1e-9);
        if (percent.low() <= 0) {
            return "A denominator of " + smallest + " or more would fit.";
        }
        long largest = (long) Math.floor(100 * events / percent.low() + 1e-9);
        if (largest < smallest) {
            return "No denominator would fit.";
        }
        return "A denominator of " + (smallest == largest ? "" + smallest : smallest + " to " + largest)
                + " would fit.";
    }
}
