package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.LOGRANK_CHI2;
import static org.lozenge.stats.survival.ReportField.V;

import java.util.ArrayList;
import java.util.List;

/**
 * Route T16: a log-rank chi-square on one degree of freedom.
 *
 * <pre>{@code z = √χ²,   y = ± z / √V,   SE = 1 / √V;   without V or events: y = ln HR, SE = |ln HR| / z}</pre>
 *
 * <p>V is the printed one, else the best of {@link EventInformation} that the report allows: per arm, allocated, total.
 * The sign comes from {@link Direction}.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>
 */
final class LogRankChiSquareRoute implements Route {

    private static final List<EventInformation> BEST_FIRST =
            List.of(EventInformation.PER_ARM, EventInformation.ALLOCATED, EventInformation.TOTAL);

    @Override
    public String code() {
        return "T16";
    }

    @Override
    public String title() {
        return "log-rank chi-square";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code(), report, LOGRANK_CHI2).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        double z = Math.sqrt(report.value(LOGRANK_CHI2));
        if (report.has(V)) {
            return withVariance(report, z, report.value(V), "", List.of(V));
        }
        for (EventInformation information : BEST_FIRST) {
            EventInformation.Found found = information.in(report);
            if (found.reason().isEmpty()) {
                return withVariance(report, z, found.v(), found.note(), information.inputs());
            }
        }
        return withRatio(report, z);
    }

    private RouteResult withVariance(ReportedResult report, double z, double v, String note, List<ReportField> inputs) {
        Direction direction = Direction.of(report);
        if (z > 0 && !direction.known()) {
            return RouteUnavailable.refused(code(), Direction.UNKNOWN);
        }
        List<ReportField> all = new ArrayList<>(List.of(LOGRANK_CHI2));
        all.addAll(inputs);
        double se = 1 / Math.sqrt(v);
        return RouteEstimate.of(
                code(),
                direction.sign() * z * se,
                se,
                report,
                Assumptions.join(note, direction.note()),
                all.toArray(ReportField[]::new));
    }

    private RouteResult withRatio(ReportedResult report, double z) {
        if (!report.has(HR)) {
            return RouteUnavailable.lacking(code(), "needs v, event counts or hr beside the chi-square");
        }
        Span logHr = report.logHr().orElseThrow();
        if (logHr.contains(0)) {
            return RouteUnavailable.refused(code(), "the hazard ratio may be 1, which has no SE from a chi-square");
        }
        return RouteEstimate.of(code(), logHr.value(), Math.abs(logHr.value()) / z, report, "", HR, LOGRANK_CHI2);
    }
}
