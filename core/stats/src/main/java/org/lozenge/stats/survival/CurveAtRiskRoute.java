package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.stats.survival.CurveStretch.OneArm;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Route T18: the curves of both arms at the times of printed numbers at risk.
 *
 * <p>Between two numbers at risk n the events D and censored times C are those that fit both the numbers and the curve S
 * if people are censored evenly over the interval (s its start, e its end):
 *
 * <pre>{@code
 * D = (nₛ + nₑ)(Sₛ − Sₑ)/(Sₛ + Sₑ),   C = 2(nₛSₑ − nₑSₛ)/(Sₛ + Sₑ),   R = nₛ − C/2
 * }</pre>
 *
 * <p>The intervals are pooled as in {@link CurveStretches}.
 *
 * @see <a href="https://doi.org/10.1002/sim.1303">Williamson et al. (2002), Stat. Med. 21, 3337–3351</a>
 */
final class CurveAtRiskRoute implements Route {

    @Override
    public String code() {
        return "T18";
    }

    @Override
    public String title() {
        return "survival curves and numbers at risk";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        CurveRoute.Found found = find(report);
        return found.estimate(
                Precision.FULL,
                CurveRoute.inputs(
                        report,
                        "numbers at risk at "
                                + found.stretches()
                                        .map(s -> s.stretches().size() + 1)
                                        .orElse(0) + " times"));
    }

    /** The intervals between numbers at risk. */
    static CurveRoute.Found find(ReportedResult report) {
        if (report.curves().isEmpty()) {
            return CurveRoute.Found.none(RouteUnavailable.lacking("T18", CurveRoute.NO_CURVES));
        }
        ReportedCurves curves = report.curves().get();
        CurveGrid grid = CurveGrid.of(
                curves,
                t -> curves.treatment().atRiskAt(t) >= 0 && curves.control().atRiskAt(t) >= 0);
        if (grid.time().size() < 2 || grid.time().get(0) != 0) {
            return CurveRoute.Found.none(RouteUnavailable.lacking(
                    "T18",
                    "needs numbers at risk of both arms (n_risk) at time 0 and at one later time at least at which both "
                            + "curves have a point"));
        }
        return CurveRoute.Found.of(new CurveStretches(
                "T18",
                CurveRoute.pair(grid, arm(curves.treatment(), grid), arm(curves.control(), grid)),
                Assumptions.join("Censoring even between numbers at risk.", grid.notes())));
    }

    private static List<OneArm> arm(ReportedCurve curve, CurveGrid grid) {
        List<OneArm> arm = new ArrayList<>();
        for (int i = 1; i < grid.time().size(); i++) {
            double ss = curve.survivalAt(grid.time().get(i - 1));
            double se = curve.survivalAt(grid.time().get(i));
            double ns = curve.atRiskAt(grid.time().get(i - 1));
            double ne = curve.atRiskAt(grid.time().get(i));
            if (ss == 0) {
                arm.add(new OneArm(0, 0, 0, 0, ns - ne));
                continue;
            }
            double events = (ns + ne) * (ss - se) / (ss + se);
            double censored = 2 * (ns * se - ne * ss) / (ss + se);
            arm.add(new OneArm(ss, se, ns - censored / 2, events, censored));
        }
        return arm;
    }
}
