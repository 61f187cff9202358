package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lozenge.stats.survival.FieldProblem.Severity;

/** Rule A1: {@code 0 < L ≤ HR ≤ U}. */
final class OrderRule implements AuditRule {

    private static final Set<ReportField> RATIOS = Set.of(HR, CI_LOW, CI_HIGH);

    @Override
    public String code() {
        return "A1";
    }

    @Override
    public String title() {
        return "order of hazard ratio and limits";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        List<AuditFinding> findings = new ArrayList<>();
        report.problems().stream()
                .filter(problem -> RATIOS.contains(problem.field()) && problem.severity() == Severity.ERROR)
                .forEach(problem -> findings.add(new AuditFinding(
                        code(),
                        AuditState.ERROR,
                        problem.field().code() + " " + problem.text(),
                        "a ratio above 0",
                        sentence(problem.message()))));
        order(report).ifPresent(findings::add);
        return findings;
    }

    private Optional<AuditFinding> order(ReportedResult report) {
        List<PrintedNumber> ascending = Stream.of(CI_LOW, HR, CI_HIGH)
                .flatMap(field -> report.number(field).stream())
                .toList();
        if (ascending.size() < 2) {
            return Optional.empty();
        }
        boolean possible = true;
        boolean asPrinted = true;
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = i + 1; j < ascending.size(); j++) {
                possible &= canBeBelow(ascending.get(i), ascending.get(j));
                asPrinted &= ascending.get(i).value() <= ascending.get(j).value();
            }
        }
        AuditState state = !possible ? AuditState.ERROR : asPrinted ? AuditState.OK : AuditState.OK_WITHIN_ROUNDING;
        return Optional.of(new AuditFinding(
                code(),
                state,
                Quotes.interval(report),
                "ci_low ≤ hr ≤ ci_high",
                possible ? "Hazard ratio and limits are in order." : whyNot(report)));
    }

    /** Rounding keeps order, so numbers with equally many digits that are out of order cannot come from ordered ones. */
    private static boolean canBeBelow(PrintedNumber a, PrintedNumber b) {
        return a.value() <= b.value() || a.low() < b.high() - 1e-9 * b.value();
    }

    private static String whyNot(ReportedResult report) {
        boolean swapped = report.has(CI_LOW, CI_HIGH) && report.value(CI_LOW) > report.value(CI_HIGH);
        return swapped
                ? "The lower limit " + report.text(CI_LOW) + " is above the upper limit " + report.text(CI_HIGH)
                        + ": check whether the two are swapped or mistyped."
                : outside(report);
    }

    private static String outside(ReportedResult report) {
        String text =
                "The hazard ratio " + report.text(HR) + " lies outside its interval " + Quotes.limits(report) + ".";
        double inverse = 1 / report.value(HR);
        boolean fits =
                report.has(CI_LOW, CI_HIGH) && report.value(CI_LOW) <= inverse && inverse <= report.value(CI_HIGH);
        return fits
                ? text + " Its inverse 1/" + report.text(HR) + " = " + Digits.of(inverse)
                        + " lies inside: check the direction of the ratio."
                : text + " Check all three for a typing error.";
    }

    private static String sentence(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }
}
