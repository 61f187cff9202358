package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T21: events and participants of both arms, without times.
 *
 * <pre>{@code y = ln(−ln(1 − pₜ)) − ln(−ln(1 − p_c)),   var = Σ p / (n (1 − p) ln²(1 − p)),   p = d/n}</pre>
 *
 * <p>Takes everybody as followed for the same time.
 *
 * @see <a href="https://doi.org/10.1186/s12874-022-01541-9">Salika et al. (2022), BMC Med. Res. Methodol. 22:73</a>
 */
final class EventProportionsRoute implements Route {

    @Override
    public String code() {
        return "T21";
    }

    @Override
    public String title() {
        return "events and participants per arm";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, EVENTS_T, EVENTS_C, N_T, N_C)
                .orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double nT = report.value(N_T);
        double nC = report.value(N_C);
        double t = 1 - report.value(EVENTS_T) / nT;
        double c = 1 - report.value(EVENTS_C) / nC;
        if (!(t > 0 && t < 1 && c > 0 && c < 1)) {
            return RouteUnavailable.refused(code(), "both arms need some people with and some without events");
        }
        double variance = SurvivalAtTimeRoute.binomial(t, nT) + SurvivalAtTimeRoute.binomial(c, nC);
        return RouteEstimate.of(
                code(),
                SurvivalAtTimeRoute.logRatio(t, c),
                Math.sqrt(variance),
                report,
                Precision.CRUDE,
                "Everybody taken as followed for the same time.",
                EVENTS_T,
                EVENTS_C,
                N_T,
                N_C);
    }
}
