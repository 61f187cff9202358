package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LEVEL;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T5: a hazard ratio with only one of its confidence limits.
 *
 * <pre>{@code y = ln HR,   SE = |ln limit − ln HR| / z,   z = Φ⁻¹((1 + level) / 2)}</pre>
 *
 * <p>The limit is taken as one of a two-sided interval, symmetric on the log scale. Available when exactly one limit is
 * printed and it lies on its own side of the hazard ratio.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>
 */
final class OneLimitRoute implements Route {

    @Override
    public String code() {
        return "T5";
    }

    @Override
    public String title() {
        return "hazard ratio and one confidence limit";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, HR).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        boolean below = report.logLow().isPresent();
        if (below == report.logHigh().isPresent()) {
            return RouteUnavailable.lacking(
                    code(), below ? "both limits are printed, so T4 applies" : "needs ci_low or ci_high");
        }
        double y = report.logHr().orElseThrow().value();
        double distance = below
                ? y - report.logLow().orElseThrow().value()
                : report.logHigh().orElseThrow().value() - y;
        if (!(distance > 0)) {
            return RouteUnavailable.refused(code(), "the confidence limit does not lie beyond the hazard ratio");
        }
        double se = distance / Normal.criticalValue(report.level());
        String note = Assumptions.join("Only one limit: taken from a two-sided interval.", Assumptions.level(report));
        return RouteEstimate.of(code(), y, se, report, note, HR, CI_LOW, CI_HIGH, CI_LEVEL);
    }
}
