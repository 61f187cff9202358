package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LEVEL;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T4: a hazard ratio with its confidence interval of any level.
 *
 * <pre>{@code y = ln HR,   SE = (ln U − ln L) / (2 z),   z = Φ⁻¹((1 + level) / 2)}</pre>
 *
 * <p>The interval must hold the hazard ratio and have a width; otherwise the route is not available.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equation 7
 */
final class IntervalRoute implements Route {

    @Override
    public String code() {
        return "T4";
    }

    @Override
    public String title() {
        return "hazard ratio and confidence interval";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, HR, CI_LOW, CI_HIGH).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double y = report.logHr().orElseThrow().value();
        double low = report.logLow().orElseThrow().value();
        double high = report.logHigh().orElseThrow().value();
        if (!OrderCheck.possible(report)) {
            return RouteUnavailable.refused(code(), "the hazard ratio lies outside its confidence interval");
        }
        double z = Normal.criticalValue(report.level());
        return RouteEstimate.of(
                code(), y, (high - low) / (2 * z), report, Assumptions.level(report), HR, CI_LOW, CI_HIGH, CI_LEVEL);
    }
}
