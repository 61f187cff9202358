package org.lozenge.stats.survival;

import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * What T7 and T8 share once the P value has become a z value: {@code SE = |ln HR| / z}, and when not to trust it.
 *
 * <p>Near HR = 1 and P = 1 both parts of the quotient lose their digits. So the quotient is formed for every pair of
 * values that rounds to the printed ones, and refused if its ends differ by more than a factor of two.
 */
final class RatioAndP {

    private static final double WIDEST = 2;

    private RatioAndP() {}

    /**
     * @param z absolute z values that the printed P allows
     * @param twoSidedP the P value as two-sided, to judge how near 1 it is
     */
    static RouteResult derive(
            String route, ReportedResult report, Span z, double twoSidedP, String note, ReportField... inputs) {
        PrintedP p = report.p().orElseThrow();
        if (!p.exact()) {
            return RouteUnavailable.lacking(route, "P is not exact: '" + p.text() + "'");
        }
        Span logHr = report.logHr().orElseThrow();
        if (logHr.contains(0)) {
            return RouteUnavailable.refused(
                    route,
                    "a hazard ratio printed as " + report.text(ReportField.HR) + " may be 1, which has no SE from P");
        }
        Span size = logHr.abs();
        double smallest = size.low() / z.high();
        double largest = size.high() / z.low();
        if (!(largest <= WIDEST * smallest)) {
            return RouteUnavailable.refused(
                    route,
                    "the printed digits of the hazard ratio and P leave SE anywhere from " + Digits.of(smallest)
                            + " to " + Digits.of(largest));
        }
        Precision precision = precision(p, twoSidedP);
        String open = precision == Precision.WEAK
                ? "P near 1: within rounding SE may be " + Digits.range(smallest, largest) + "."
                : "";
        return RouteEstimate.of(
                route,
                logHr.value(),
                size.value() / z.value(),
                report,
                precision,
                Assumptions.join(open, note),
                inputs);
    }

    private static Precision precision(PrintedP p, double twoSidedP) {
        if (twoSidedP > 0.5) {
            return Precision.WEAK;
        }
        return p.significantDigits() < 2 ? Precision.COARSE : Precision.FULL;
    }
}
