package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the routes from curves have in common: they need the curves of both arms. */
final class CurveRoute {

    static final String NO_CURVES = "needs points of the curves of both arms (arm, time, survival)";

    private CurveRoute() {}

    /** The intervals that a route finds, or the reason why it finds none. */
    record Found(Optional<CurveStretches> stretches, RouteUnavailable unavailable) {

        static Found of(CurveStretches stretches) {
            return new Found(Optional.of(stretches), RouteUnavailable.lacking(stretches.route(), ""));
        }

        static Found none(RouteUnavailable reason) {
            return new Found(Optional.empty(), reason);
        }

        RouteResult estimate(RouteEstimate.Precision precision, List<String> inputs) {
            return stretches.isPresent() ? stretches.get().estimate(precision, inputs) : unavailable;
        }
    }

    /** What went in, for the table of routes. */
    static List<String> inputs(ReportedResult report, String... more) {
        List<String> inputs = new ArrayList<>();
        report.curves()
                .ifPresent(curves -> inputs.add(
                        "curves with " + points(curves.treatment()) + " and " + points(curves.control()) + " points"));
        inputs.addAll(List.of(more));
        return inputs;
    }

    private static int points(ReportedCurve curve) {
        return curve.time().size() - 1;
    }

    /** Participants of both arms at the start, as text. */
    static String sizes(ReportedCurves curves) {
        return "n " + Digits.plain(curves.treatment().size()) + " and "
                + Digits.plain(curves.control().size());
    }

    /** A walk along the grid of one arm in which the fraction is known at each time. */
    static List<CurveStretch> pair(
            CurveGrid grid, List<CurveStretch.OneArm> treatment, List<CurveStretch.OneArm> control) {
        List<CurveStretch> stretches = new ArrayList<>();
        for (int i = 0; i < Math.min(treatment.size(), control.size()); i++) {
            stretches.add(
                    new CurveStretch(grid.time().get(i), grid.time().get(i + 1), treatment.get(i), control.get(i)));
        }
        return stretches;
    }
}
