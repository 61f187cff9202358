package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.P;
import static org.lozenge.stats.survival.ReportField.P_SIDED;

import java.util.stream.Stream;
import org.lozenge.stats.numeric.Normal;

/**
 * Routes T13, T14 and T15: an exact log-rank P value with event counts, and a direction.
 *
 * <pre>{@code O − E = ± z √V,   y = (O − E) / V = ± z / √V,   SE = 1 / √V}</pre>
 *
 * <p>z belongs to P/2 for a two-sided P (not half the z of P) and to P for a one-sided one. V comes from
 * {@link EventInformation}: events per arm (T13), total events at one-to-one allocation (T14), total events and arm sizes
 * (T15). The sign never comes from P: see {@link Direction}.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 10 to 14
 * @see <a href="https://doi.org/10.1186/1745-6215-14-391">Response to Tierney et al. (2013), Trials 14:391</a>, on which
 *     half is meant
 */
final class PAndEventsRoute implements Route {

    private final String code;
    private final EventInformation information;

    PAndEventsRoute(String code, EventInformation information) {
        this.code = code;
        this.information = information;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return "log-rank P value and " + information.label();
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        return RouteUnavailable.ifLacking(code, report, P).orElseGet(() -> derive(report));
    }

    private RouteResult derive(ReportedResult report) {
        PrintedP p = report.p().orElseThrow();
        EventInformation.Found found = information.in(report);
        if (!found.reason().isEmpty()) {
            return found.unavailable(code);
        }
        if (!p.exact()) {
            return RouteUnavailable.lacking(code, "P is not exact: '" + p.text() + "'");
        }
        double z = Math.abs(Normal.upperQuantile(report.sides() == Sides.TWO ? p.value() / 2 : p.value()));
        Direction direction = Direction.of(report);
        if (z > 0 && !direction.known()) {
            return RouteUnavailable.refused(code, Direction.UNKNOWN);
        }
        if (report.sides() == Sides.ONE && p.value() > 0.5 && direction.sign() < 0) {
            return RouteUnavailable.refused(
                    code, "a one-sided P above 0.5 contradicts the direction in favour of treatment");
        }
        ReportField[] inputs = Stream.concat(Stream.of(P, P_SIDED), information.inputs().stream())
                .toArray(ReportField[]::new);
        double se = 1 / Math.sqrt(found.v());
        String note = Assumptions.join(found.note(), direction.note(), Assumptions.sides(report));
        return RouteEstimate.of(code, direction.sign() * z * se, se, report, note, inputs);
    }
}
