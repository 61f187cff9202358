package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.O_MINUS_E;
import static org.lozenge.stats.survival.ReportField.V;

/**
 * Route T2: log-rank observed minus expected events and their variance.
 *
 * <pre>{@code y = (O − E) / V,   SE = 1 / √V}</pre>
 *
 * <p>A one-step approximation to the Cox estimate; it drifts from it when the hazard ratio is far from 1.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 4 and 6
 */
final class ObservedMinusExpectedRoute implements Route {

    @Override
    public String code() {
        return "T2";
    }

    @Override
    public String title() {
        return "O − E and V";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, O_MINUS_E, V).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double v = report.value(V);
        double y = report.value(O_MINUS_E) / v;
        return RouteEstimate.of(code(), report.inverted() ? -y : y, 1 / Math.sqrt(v), report, "", O_MINUS_E, V);
    }
}
