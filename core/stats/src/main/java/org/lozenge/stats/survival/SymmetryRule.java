package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import java.util.List;

/**
 * Rule A2: the hazard ratio is the geometric middle of its limits, {@code HR = √(L U)}.
 *
 * <p>Compares the interval of √(L U) over all limits that round to the printed ones with the interval of the hazard
 * ratio. The asymmetry index is {@code |ln √(LU) − ln HR| / (ln U − ln L)}.
 */
final class SymmetryRule implements AuditRule {

    /** Profile-likelihood and bootstrap intervals stay below this index in ordinary trials. */
    private static final double SLIGHT = 0.1;

    @Override
    public String code() {
        return "A2";
    }

    @Override
    public String title() {
        return "hazard ratio in the middle of its interval";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        if (!report.has(HR, CI_LOW, CI_HIGH)) {
            return List.of();
        }
        Span hr = Span.of(report.number(HR).orElseThrow());
        Span low = Span.of(report.number(CI_LOW).orElseThrow());
        Span high = Span.of(report.number(CI_HIGH).orElseThrow());
        Span logMiddle = low.log().plus(high.log()).times(0.5);
        Span middle = new Span(exp(logMiddle.low()), exp(logMiddle.value()), exp(logMiddle.high()));
        if (!(low.value() < high.value()) || hr.high() < low.low() || hr.low() > high.high()) {
            return List.of();
        }
        AuditState state = !middle.meets(hr)
                ? AuditState.WARN
                : hr.contains(middle.value()) ? AuditState.OK : AuditState.OK_WITHIN_ROUNDING;
        double index = Math.abs(logMiddle.value() - StrictMath.log(hr.value()))
                / (StrictMath.log(high.value()) - StrictMath.log(low.value()));
        return List.of(new AuditFinding(
                code(),
                state,
                Quotes.interval(report) + ", asymmetry " + Digits.significant(100 * index, 2) + "% of the width",
                "HR " + Quotes.value(middle),
                text(state, report, index, hr, low, high)));
    }

    private static String text(AuditState state, ReportedResult report, double index, Span hr, Span low, Span high) {
        if (state != AuditState.WARN) {
            return state == AuditState.OK
                    ? "The hazard ratio lies in the middle of its interval on the log scale."
                    : "The hazard ratio lies in the middle of its interval once rounding is allowed for.";
        }
        String text = "The hazard ratio " + report.text(HR) + " is not in the middle of its interval "
                + Quotes.limits(report) + " on the log scale, and rounding does not explain it.";
        if (low.plus(high).times(0.5).meets(hr)) {
            return text + " It is in the middle on the plain scale: the interval may have been computed without logs.";
        }
        return index < SLIGHT
                ? text + " The difference is small; an interval by another method (profile likelihood, bootstrap, "
                        + "Bayesian) can look like this."
                : text + " Check all three for a typing error, or for a ratio and an interval of different analyses.";
    }

    private static double exp(double x) {
        return StrictMath.exp(x);
    }
}
