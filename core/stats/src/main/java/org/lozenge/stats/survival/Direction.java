package org.lozenge.stats.survival;

import java.util.Optional;

/**
 * Which arm had the lower hazard, for routes whose statistic has no sign.
 *
 * <p>In this order: the arm that the report is said to favour; the printed hazard ratio; the sign of O − E; an interval
 * on one side of 1. A P value never gives a direction.
 *
 * @param sign −1 if the treatment had the lower hazard, +1 if the control, 0 if unknown
 * @param note where the direction comes from
 */
record Direction(int sign, String note) {

    static final String UNKNOWN =
            "the direction is not known; say which arm is favoured (favours = treatment or control)";

    static Direction of(ReportedResult report) {
        if (report.favours().isPresent()) {
            Arm arm = report.favours().get();
            return new Direction(arm == Arm.TREATMENT ? -1 : 1, "Direction as stated: favours " + arm.label() + ".");
        }
        Optional<Direction> printed = signOf(report.logHr(), "Direction of the printed hazard ratio.")
                .or(() -> signOf(observedMinusExpected(report), "Direction of the printed O − E."))
                .or(() -> signOf(interval(report), "Direction of the printed interval."));
        return printed.orElse(new Direction(0, ""));
    }

    boolean known() {
        return sign != 0;
    }

    private static Optional<Direction> signOf(Optional<Span> effect, String note) {
        return effect.filter(span -> !span.contains(0)).map(span -> new Direction(span.value() < 0 ? -1 : 1, note));
    }

    private static Optional<Span> observedMinusExpected(ReportedResult report) {
        return report.number(ReportField.O_MINUS_E)
                .map(Span::of)
                .map(span -> report.inverted() ? span.negated() : span);
    }

    private static Optional<Span> interval(ReportedResult report) {
        return report.logLow()
                .flatMap(low -> report.logHigh()
                        .map(high -> new Span(low.low(), low.plus(high).value(), high.high())));
    }
}
