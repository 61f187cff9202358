package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.O_MINUS_E;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.stats.numeric.Normal;

/**
 * Rule A7: hazard ratio, medians, event-free fractions, event proportions, O − E and stated direction point the same way.
 *
 * <p>A hazard ratio averages the whole curve; a median, a fraction and a proportion are single points of it. Near 1 they
 * may point in opposite directions by chance or because curves cross. So the rule warns only if the printed hazard ratio
 * and the ratio that the other number implies lie on opposite sides of 1, each at least a fifth away from it beyond
 * rounding, and the interval (if printed) excludes 1. A stated direction or O − E must have the sign of the hazard ratio
 * unless that may round to 1.
 */
final class DirectionRule implements AuditRule {

    /** ln 1.2: a hazard ratio of 1.2 or 0.83. */
    private static final double CLEAR = 0.1823;

    /**
     * ln 1.5. Whether a median is reached at all may hang on the last patient at risk: beside a hazard ratio nearer to 1
     * than 1.5 or 0.67 one that is not reached proves nothing.
     */
    private static final double FAR = 0.4055;

    @Override
    public String code() {
        return "A7";
    }

    @Override
    public String title() {
        return "direction of the effect";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        Optional<Span> logHr = report.logHr();
        if (logHr.isEmpty()) {
            return List.of();
        }
        Span y = logHr.get();
        List<AuditFinding> findings = new ArrayList<>();
        medians(report)
                .ifPresent(implied ->
                        findings.add(compare(report, y, implied, "medians", both(report, MEDIAN_T, MEDIAN_C))));
        fractions(report)
                .ifPresent(implied -> findings.add(
                        compare(report, y, implied, "event-free fractions", both(report, SURVIVAL_T, SURVIVAL_C))));
        proportions(report)
                .ifPresent(implied -> findings.add(compare(
                        report,
                        y,
                        implied,
                        "events",
                        report.text(EVENTS_T) + " of " + report.text(N_T) + " and " + report.text(EVENTS_C) + " of "
                                + report.text(N_C))));
        report.favours().ifPresent(arm -> findings.add(stated(report, y, arm)));
        report.number(O_MINUS_E).ifPresent(difference -> findings.add(scoreSign(report, y, difference)));
        return findings;
    }

    private AuditFinding compare(ReportedResult report, Span y, Span implied, String what, String printed) {
        boolean opposite = (y.high() < -CLEAR && implied.low() > CLEAR) || (y.low() > CLEAR && implied.high() < -CLEAR);
        boolean sure = IntervalStatistics.of(report)
                .map(s -> s.z().low() > Normal.criticalValue(0.95))
                .orElse(true);
        boolean open = Double.isInfinite(implied.value()) && Math.abs(y.value()) < FAR;
        AuditState state = opposite && sure && !open ? AuditState.WARN : AuditState.OK;
        String ratio = Double.isInfinite(implied.value())
                ? (implied.value() < 0 ? "below 1" : "above 1")
                : Digits.significant(StrictMath.exp(implied.value()), 2);
        String text = state == AuditState.OK
                ? "The " + what + " do not contradict the direction of the hazard ratio."
                : "The " + what + " (" + printed + ") speak for a hazard ratio of treatment over control "
                        + (Double.isInfinite(implied.value()) ? ratio : "near " + ratio) + ", the printed one is "
                        + report.text(HR) + " (" + report.contrast().label() + "). Its inverse is "
                        + Digits.significant(1 / report.value(HR), 3)
                        + ": check the direction of the ratio, and whether arms or events and survivors are swapped.";
        return new AuditFinding(code(), state, "HR " + report.text(HR), what + " " + printed + ": HR " + ratio, text);
    }

    private AuditFinding stated(ReportedResult report, Span y, Arm arm) {
        boolean opposite = arm == Arm.TREATMENT ? y.low() > 0 : y.high() < 0;
        return new AuditFinding(
                code(),
                opposite ? AuditState.WARN : AuditState.OK,
                "HR " + report.text(HR) + " (" + report.contrast().label() + ")",
                "favours " + arm.label(),
                opposite
                        ? "The report is said to favour " + arm.label() + ", but the hazard ratio " + report.text(HR)
                                + " of " + report.contrast().label() + " points the other way. Check the direction."
                        : "The hazard ratio points to the arm that is said to be favoured.");
    }

    private AuditFinding scoreSign(ReportedResult report, Span y, PrintedNumber difference) {
        Span score = report.inverted() ? Span.of(difference).negated() : Span.of(difference);
        boolean opposite = (y.high() < -CLEAR && score.low() > 0) || (y.low() > CLEAR && score.high() < 0);
        return new AuditFinding(
                code(),
                opposite ? AuditState.WARN : AuditState.OK,
                "HR " + report.text(HR),
                "O − E " + difference.text(),
                opposite
                        ? "O − E of " + difference.text() + " and a hazard ratio of " + report.text(HR)
                                + " have opposite signs. Check which arm O − E belongs to."
                        : "O − E and the hazard ratio have the same direction.");
    }

    private static Optional<Span> medians(ReportedResult report) {
        if (!report.has(MEDIAN_T, MEDIAN_C)) {
            return Optional.empty();
        }
        Span t = report.median(MEDIAN_T).orElseThrow().log();
        Span c = report.median(MEDIAN_C).orElseThrow().log();
        boolean bothOpen = Double.isInfinite(t.value()) && Double.isInfinite(c.value());
        return bothOpen ? Optional.empty() : Optional.of(c.plus(t.negated()));
    }

    private static Optional<Span> fractions(ReportedResult report) {
        if (!report.has(SURVIVAL_T, SURVIVAL_C)) {
            return Optional.empty();
        }
        return impliedBy(fraction(report, SURVIVAL_T), fraction(report, SURVIVAL_C));
    }

    private static Optional<Span> proportions(ReportedResult report) {
        if (!report.has(EVENTS_T, EVENTS_C, N_T, N_C)) {
            return Optional.empty();
        }
        double t = 1 - report.value(EVENTS_T) / report.value(N_T);
        double c = 1 - report.value(EVENTS_C) / report.value(N_C);
        return impliedBy(new Span(t, t, t), new Span(c, c, c));
    }

    /** The log hazard ratio that two event-free fractions imply; rises as the treatment's fraction falls. */
    private static Optional<Span> impliedBy(Span t, Span c) {
        boolean inside = t.low() > 0 && t.high() < 1 && c.low() > 0 && c.high() < 1;
        if (!inside) {
            return Optional.empty();
        }
        return Optional.of(new Span(
                SurvivalAtTimeRoute.logRatio(t.high(), c.low()),
                SurvivalAtTimeRoute.logRatio(t.value(), c.value()),
                SurvivalAtTimeRoute.logRatio(t.low(), c.high())));
    }

    private static Span fraction(ReportedResult report, ReportField field) {
        PrintedNumber number = report.number(field).orElseThrow();
        return Span.of(number).times(number.percent() ? 0.01 : 1);
    }

    private static String both(ReportedResult report, ReportField t, ReportField c) {
        return report.text(t) + " and " + report.text(c);
    }
}
