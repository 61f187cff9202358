package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.TIME_C;
import static org.lozenge.stats.survival.ReportField.TIME_T;

import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T23: events and person-time of both arms.
 *
 * <pre>{@code y = ln[(dₜ/Tₜ) / (d_c/T_c)],   var = 1/dₜ + 1/d_c}</pre>
 *
 * <p>The maximum likelihood estimate under constant hazards.
 */
final class PersonTimeRoute implements Route {

    @Override
    public String code() {
        return "T23";
    }

    @Override
    public String title() {
        return "events and person-time per arm";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, EVENTS_T, EVENTS_C, TIME_T, TIME_C)
                .orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double t = report.value(EVENTS_T);
        double c = report.value(EVENTS_C);
        double y = StrictMath.log(t / report.value(TIME_T)) - StrictMath.log(c / report.value(TIME_C));
        return RouteEstimate.of(
                code(),
                y,
                Math.sqrt(1 / t + 1 / c),
                report,
                Precision.CRUDE,
                "Constant hazards assumed.",
                EVENTS_T,
                EVENTS_C,
                TIME_T,
                TIME_C);
    }
}
