package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.HR;

import java.util.stream.Stream;

/**
 * Routes T10, T11 and T12: a hazard ratio with event counts.
 *
 * <pre>{@code y = ln HR,   SE = 1 / √V}</pre>
 *
 * <p>V comes from {@link EventInformation}: events per arm (T10), total events at one-to-one allocation (T11), total
 * events and arm sizes (T12).
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 8, 11 and 12
 */
final class RatioAndEventsRoute implements Route {

    private final String code;
    private final EventInformation information;

    RatioAndEventsRoute(String code, EventInformation information) {
        this.code = code;
        this.information = information;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return "hazard ratio and " + information.label();
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code, report, HR).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        EventInformation.Found found = information.in(report);
        if (!found.reason().isEmpty()) {
            return found.unavailable(code);
        }
        ReportField[] inputs =
                Stream.concat(Stream.of(HR), information.inputs().stream()).toArray(ReportField[]::new);
        double y = report.logHr().orElseThrow().value();
        return RouteEstimate.of(code, y, 1 / Math.sqrt(found.v()), report, found.note(), inputs);
    }
}
