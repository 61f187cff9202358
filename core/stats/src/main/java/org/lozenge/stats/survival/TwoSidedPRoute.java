package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.P;
import static org.lozenge.stats.survival.ReportField.P_SIDED;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T7: a hazard ratio with an exact two-sided P value.
 *
 * <pre>{@code y = ln HR,   SE = |ln HR| / z,   z = Φ⁻¹(1 − P/2)}</pre>
 *
 * <p>A hazard ratio that may round to 1 gives no standard error, and neither does a P value whose printed digits leave
 * the standard error open by more than a factor of two (see {@link RatioAndP}).
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equation 7
 */
final class TwoSidedPRoute implements Route {

    @Override
    public String code() {
        return "T7";
    }

    @Override
    public String title() {
        return "hazard ratio and exact two-sided P value";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, HR, P).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        if (report.sides() != Sides.TWO) {
            return RouteUnavailable.lacking(code(), "P is one-sided, so T8 applies");
        }
        PrintedP p = report.p().orElseThrow();
        Span z = new Span(zOf(p.high()), zOf(p.value()), zOf(p.low()));
        return RatioAndP.derive(code(), report, z, p.value(), Assumptions.sides(report), HR, P, P_SIDED);
    }

    private static double zOf(double p) {
        return Normal.upperQuantile(p / 2);
    }
}
