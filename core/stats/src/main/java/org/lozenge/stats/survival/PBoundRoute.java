package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.P;
import static org.lozenge.stats.survival.ReportField.P_SIDED;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T9: a hazard ratio with an upper bound for P, such as {@code <0.001}.
 *
 * <pre>{@code y = ln HR,   SE ≤ |ln HR| / z,   z = Φ⁻¹(1 − b/2), or Φ⁻¹(1 − b) for a one-sided bound}</pre>
 *
 * <p>The result is the largest standard error the report allows, so it understates the weight of the trial; it is always
 * marked as a bound. A lower bound ({@code >0.05}, {@code NS}) gives only a smallest standard error, which would
 * overstate the weight, and is not used.
 *
 * @see <a href="https://doi.org/10.1186/1745-6215-8-16">Tierney et al. (2007), Trials 8:16</a>
 */
final class PBoundRoute implements Route {

    @Override
    public String code() {
        return "T9";
    }

    @Override
    public String title() {
        return "hazard ratio and bound for P";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, HR, P).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        PrintedP p = report.p().orElseThrow();
        if (p.kind() != PrintedP.Kind.BELOW) {
            return RouteUnavailable.lacking(
                    code(), p.exact() ? "P is exact" : "'" + p.text() + "' sets no upper limit to the standard error");
        }
        double z = Normal.upperQuantile(report.sides() == Sides.TWO ? p.value() / 2 : p.value());
        Span logHr = report.logHr().orElseThrow();
        if (logHr.contains(0) || !(z > 0)) {
            return RouteUnavailable.refused(code(), "the hazard ratio may be 1, or the bound says nothing");
        }
        String note = Assumptions.join("Largest SE that P " + p.text() + " allows.", Assumptions.sides(report));
        RouteResult result =
                RouteEstimate.of(code(), logHr.value(), Math.abs(logHr.value()) / z, report, note, HR, P, P_SIDED);
        return result instanceof RouteEstimate estimate ? estimate.asBound() : result;
    }
}
