package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.LOGRANK_CHI2;

import java.util.List;
import org.lozenge.stats.numeric.Normal;

/** Rule A3 for a printed log-rank chi-square: {@code P = 2 Q(√χ²)} on one degree of freedom. */
final class ChiSquareRule implements AuditRule {

    @Override
    public String code() {
        return "A3";
    }

    @Override
    public String title() {
        return "P value against log-rank chi-square";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        if (report.p().isEmpty() || !report.has(LOGRANK_CHI2)) {
            return List.of();
        }
        PrintedP p = report.p().get();
        Span chi2 = Span.of(report.number(LOGRANK_CHI2).orElseThrow());
        Span implied = new Span(tail(chi2.high()), tail(chi2.value()), tail(chi2.low()));
        boolean harm = report.logHr().map(y -> y.value() > 0).orElse(false);
        PComparison comparison = PComparison.of(p, report.sides(), implied, harm);
        String text = "A log-rank chi-square of " + report.text(LOGRANK_CHI2) + " on one degree of freedom means "
                + report.sides().label() + " P = "
                + Digits.of(comparison.expected().value());
        return List.of(new AuditFinding(
                code(),
                comparison.state(),
                Quotes.p(p) + " (" + report.sides().label() + ")",
                "P = " + Quotes.value(comparison.expected()),
                comparison.state() == AuditState.WARN
                        ? text + ", not the printed " + Quotes.p(p) + ". Check the degrees of freedom and the test."
                        : text + ", which agrees with the printed " + Quotes.p(p) + "."));
    }

    private static double tail(double chi2) {
        return 2 * Normal.upperTail(Math.sqrt(Math.max(0, chi2)));
    }
}
