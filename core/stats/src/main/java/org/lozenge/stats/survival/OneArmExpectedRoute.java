package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.EXPECTED_C;
import static org.lozenge.stats.survival.ReportField.EXPECTED_T;

/**
 * Route T3: observed and expected log-rank events of the treatment arm, with the total number of events.
 *
 * <pre>{@code O_c = d − Oₜ,   E_c = d − Eₜ,   then as T1}</pre>
 *
 * <p>Expected events add up to the observed ones, which is what makes this possible.
 *
 * @see <a href="https://doi.org/10.1186/1745-6215-8-16">Tierney et al. (2007), Trials 8:16</a>
 */
final class OneArmExpectedRoute implements Route {

    @Override
    public String code() {
        return "T3";
    }

    @Override
    public String title() {
        return "observed and expected events in one arm, and total events";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        if (report.has(EXPECTED_C)) {
            return RouteUnavailable.lacking(code(), "expected events are printed for both arms or for control only");
        }
        return RouteUnavailable.ifLacking(code(), report, EVENTS_T, EXPECTED_T).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        if (report.totalEvents().isEmpty()) {
            return RouteUnavailable.lacking(code(), "needs events or events_c");
        }
        double d = report.totalEvents().get();
        double observed = report.value(EVENTS_T);
        double expected = report.value(EXPECTED_T);
        return ObservedExpectedRoute.derive(
                code(),
                report,
                new double[] {observed, expected},
                new double[] {d - observed, d - expected},
                "Control arm by subtraction from the total.");
    }
}
