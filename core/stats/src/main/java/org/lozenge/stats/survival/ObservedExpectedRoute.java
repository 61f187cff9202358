package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.EXPECTED_C;
import static org.lozenge.stats.survival.ReportField.EXPECTED_T;

/**
 * Route T1: observed and expected log-rank events in both arms.
 *
 * <pre>{@code y = ln[(Oₜ/Eₜ) / (O_c/E_c)],   var = 1/Eₜ + 1/E_c}</pre>
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 3 and 5
 */
final class ObservedExpectedRoute implements Route {

    @Override
    public String code() {
        return "T1";
    }

    @Override
    public String title() {
        return "observed and expected events in both arms";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, EVENTS_T, EVENTS_C, EXPECTED_T, EXPECTED_C)
                .orElseGet(() -> derive(
                        code(),
                        report,
                        new double[] {report.value(EVENTS_T), report.value(EXPECTED_T)},
                        new double[] {report.value(EVENTS_C), report.value(EXPECTED_C)},
                        ""));
    }

    /** The route with observed and expected events of each arm; also used by T3. */
    static RouteResult derive(String code, ReportedResult report, double[] treatment, double[] control, String note) {
        if (!(treatment[0] > 0 && control[0] > 0 && control[1] > 0)) {
            return RouteUnavailable.refused(code, "an arm without observed or expected events gives no ratio");
        }
        double y = StrictMath.log(treatment[0] / treatment[1]) - StrictMath.log(control[0] / control[1]);
        double se = Math.sqrt(1 / treatment[1] + 1 / control[1]);
        return RouteEstimate.of(
                code, y, se, report, note, EVENTS_T, EVENTS_C, ReportField.EVENTS, EXPECTED_T, EXPECTED_C);
    }
}
