package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;

import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T22: medians of both arms and their events.
 *
 * <pre>{@code y = ln(m_c / mₜ),   var = 1/dₜ + 1/d_c}</pre>
 *
 * <p>Holds only for constant hazards. Medians were found to be no reasonable surrogate for hazard ratios, so this is the
 * last resort.
 *
 * @see <a href="https://doi.org/10.1017/S0266462305050154">Michiels et al. (2005), Int. J. Technol. Assess. Health Care
 *     21, 119–125</a>
 */
final class MediansRoute implements Route {

    @Override
    public String code() {
        return "T22";
    }

    @Override
    public String title() {
        return "median times and events per arm";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, MEDIAN_T, MEDIAN_C, EVENTS_T, EVENTS_C)
                .orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        if (report.number(MEDIAN_T).isEmpty() || report.number(MEDIAN_C).isEmpty()) {
            return RouteUnavailable.refused(code(), "a median that was not reached gives no ratio");
        }
        double y = StrictMath.log(report.value(MEDIAN_C) / report.value(MEDIAN_T));
        double se = Math.sqrt(1 / report.value(EVENTS_T) + 1 / report.value(EVENTS_C));
        return RouteEstimate.of(
                code(),
                y,
                se,
                report,
                Precision.CRUDE,
                "Ratio of medians: right only for constant hazards; no good surrogate for a hazard ratio.",
                MEDIAN_T,
                MEDIAN_C,
                EVENTS_T,
                EVENTS_C);
    }
}
