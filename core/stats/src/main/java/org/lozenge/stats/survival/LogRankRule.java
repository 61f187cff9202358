package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.O_MINUS_E;
import static org.lozenge.stats.survival.ReportField.V;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rule A5 for printed log-rank statistics: {@code (O − E)/V} agrees with the log hazard ratio, and V with {@code 1/SE²}.
 *
 * <p>The log-rank estimate is a one-step approximation, so only gross disagreement counts. In 3,889 simulated trials
 * (hazard ratios 0.1 to 6, allocation 1:1 to 3:1, up to 8 strata) the two estimates never differed by more than 0.3 and
 * 54 % of the larger at once, and for hazard ratios of 0.37 to 2.7 V lay between 0.59 and 1.77 times the information of the
 * Cox model. The rule warns beyond 60 %, and outside one half to two.
 */
final class LogRankRule implements AuditRule {

    private static final double LARGEST_SHARE = 0.6;
    private static final double NEGLIGIBLE_GAP = 0.3;
    private static final double NEAR_ONE = 1;
    private static final double LARGEST_RATIO = 2;

    @Override
    public String code() {
        return "A5";
    }

    @Override
    public String title() {
        return "log-rank statistics against hazard ratio and interval";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        if (!report.has(O_MINUS_E, V) || !OrderCheck.possible(report)) {
            return List.of();
        }
        List<AuditFinding> findings = new ArrayList<>();
        report.logHr().ifPresent(y -> findings.add(effect(report, y)));
        IntervalStatistics.of(report)
                .flatMap(interval -> precision(report, interval))
                .ifPresent(findings::add);
        return findings;
    }

    private AuditFinding effect(ReportedResult report, Span y) {
        double v = report.value(V);
        Span score = Span.of(report.number(O_MINUS_E).orElseThrow()).times(1 / v);
        Span oneStep = report.inverted() ? score.negated() : score;
        double gap = Math.max(0, Math.max(y.low() - oneStep.high(), oneStep.low() - y.high()));
        double larger = Math.max(Math.abs(y.value()), Math.abs(oneStep.value()));
        boolean apart = gap > NEGLIGIBLE_GAP && gap > LARGEST_SHARE * larger;
        String implied = Digits.significant(StrictMath.exp(oneStep.value()), 3);
        return new AuditFinding(
                code(),
                apart ? AuditState.WARN : AuditState.OK,
                "HR " + report.text(ReportField.HR) + " (" + report.contrast().label() + ")",
                "O − E " + report.text(O_MINUS_E) + " and V " + report.text(V) + ": HR " + implied,
                apart
                        ? "O − E and V mean a hazard ratio near " + implied
                                + " (treatment over control), far from the printed " + report.text(ReportField.HR)
                                + ". Check the sign, the arm and both numbers."
                        : "O − E and V fit the hazard ratio.");
    }

    private Optional<AuditFinding> precision(ReportedResult report, IntervalStatistics interval) {
        if (Math.abs(interval.y().value()) >= NEAR_ONE) {
            return Optional.empty();
        }
        PrintedNumber v = report.number(V).orElseThrow();
        Span se = interval.standardError();
        double least = 1 / (se.high() * se.high());
        double most = 1 / (se.low() * se.low());
        boolean apart = v.high() < least / LARGEST_RATIO || v.low() > most * LARGEST_RATIO;
        String expected = Digits.significant(1 / (se.value() * se.value()), 3);
        return Optional.of(new AuditFinding(
                code(),
                apart ? AuditState.WARN : AuditState.OK,
                "V " + v.text(),
                "1/SE² = " + expected + " from the interval",
                apart
                        ? "V = " + v.text() + " is far from the " + expected
                                + " that the interval implies. Check whether V is "
                                + "1/SE² (and not SE or its square), and the interval."
                        : "V fits the interval."));
    }
}
