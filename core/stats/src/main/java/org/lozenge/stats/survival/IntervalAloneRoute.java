package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LEVEL;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

import org.lozenge.stats.numeric.Normal;

/**
 * Route T6: a confidence interval without its hazard ratio.
 *
 * <pre>{@code y = (ln L + ln U) / 2,   SE = (ln U − ln L) / (2 z)}</pre>
 *
 * <p>Available only if no hazard ratio is printed; with one, T4 uses it.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>
 */
final class IntervalAloneRoute implements Route {

    @Override
    public String code() {
        return "T6";
    }

    @Override
    public String title() {
        return "confidence interval without a hazard ratio";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        if (report.has(HR)) {
            return RouteUnavailable.lacking(code(), "a hazard ratio is printed");
        }
        return RouteUnavailable.ifLacking(code(), report, CI_LOW, CI_HIGH).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double low = report.logLow().orElseThrow().value();
        double high = report.logHigh().orElseThrow().value();
        if (!(low < high)) {
            return RouteUnavailable.refused(code(), "the lower confidence limit is not below the upper one");
        }
        double se = (high - low) / (2 * Normal.criticalValue(report.level()));
        String note = Assumptions.join("Hazard ratio taken as the middle of its interval.", Assumptions.level(report));
        return RouteEstimate.of(code(), (low + high) / 2, se, report, note, CI_LOW, CI_HIGH, CI_LEVEL);
    }
}
