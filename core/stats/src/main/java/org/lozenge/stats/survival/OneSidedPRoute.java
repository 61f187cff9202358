package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.P;
import static org.lozenge.stats.survival.ReportField.P_SIDED;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T8: a hazard ratio with an exact one-sided P value.
 *
 * <pre>{@code y = ln HR,   SE = |ln HR| / |z|,   z = Φ⁻¹(1 − P)}</pre>
 *
 * <p>The test is taken to look for a benefit of the treatment, so that P is below 0.5 when the hazard ratio is below 1
 * and above 0.5 when it is above 1. A hazard ratio above 1 with P below 0.5 is read as a test in the observed direction;
 * a hazard ratio below 1 with P above 0.5 contradicts itself and gives nothing.
 *
 * @see <a href="https://doi.org/10.1186/1745-6215-8-16">Tierney et al. (2007), Trials 8:16</a>
 */
final class OneSidedPRoute implements Route {

    @Override
    public String code() {
        return "T8";
    }

    @Override
    public String title() {
        return "hazard ratio and exact one-sided P value";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, HR, P).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        if (report.sides() != Sides.ONE) {
            return RouteUnavailable.lacking(code(), "P is not one-sided, so T7 applies");
        }
        PrintedP p = report.p().orElseThrow();
        boolean benefit = report.logHr().orElseThrow().value() < 0;
        if (benefit && p.value() > 0.5) {
            return RouteUnavailable.refused(
                    code(), "a one-sided P above 0.5 means a hazard ratio above 1, but the printed one is below 1");
        }
        Span z = new Span(
                        Normal.upperQuantile(p.high()), Normal.upperQuantile(p.value()), Normal.upperQuantile(p.low()))
                .abs();
        String note = benefit || p.value() > 0.5 ? "" : "One-sided P taken in the direction of the hazard ratio.";
        double twoSided = 2 * Math.min(p.value(), 1 - p.value());
        return RatioAndP.derive(
                code(), report, z, twoSided, Assumptions.join(note, Assumptions.sides(report)), HR, P, P_SIDED);
    }
}
