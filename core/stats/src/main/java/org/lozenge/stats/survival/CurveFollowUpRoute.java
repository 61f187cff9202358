package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.stats.survival.CurveStretch.OneArm;
import org.lozenge.stats.survival.ReportedCurve.FollowUp;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Routes T17 and T19: the curves of both arms with the participants at the start, and either the smallest and largest
 * follow-up (T17) or nobody censored (T19).
 *
 * <p>Nobody is censored before the smallest follow-up, and everyone by the largest, evenly in between. In an interval from
 * s to e, with N at risk at its start, s′ the later of s and the smallest follow-up, e′ the earlier of e and the largest:
 *
 * <pre>{@code
 * C = N/2 · (e′ − s′)/(Fmax − s′),  0 if e ≤ Fmin
 * R = N − C,   D = R (Sₛ − Sₑ)/Sₛ,   next N = N − C − D
 * }</pre>
 *
 * <p>So an interval that starts at or before the smallest follow-up and ends after the largest loses half of those at risk
 * to censoring. Intervals from the largest follow-up on do not count. T19 has C = 0, so its standard error is the smallest
 * that the curves allow. The intervals are pooled as in {@link CurveStretches}.
 *
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 15 to 20 and 26
 */
final class CurveFollowUpRoute implements Route {

    private final boolean censored;

    /**
     * A route.
     *
     * @param censored whether participants are censored between smallest and largest follow-up (T17), or not at all (T19)
     */
    CurveFollowUpRoute(boolean censored) {
        this.censored = censored;
    }

    @Override
    public String code() {
        return censored ? "T17" : "T19";
    }

    @Override
    public String title() {
        return censored ? "survival curves and follow-up" : "survival curves without censoring";
    }

    @Override
    public RouteResult apply(ReportedResult report) {
        CurveRoute.Found found = find(report);
        if (found.stretches().isEmpty()) {
            return found.unavailable();
        }
        ReportedCurves curves = report.curves().orElseThrow();
        String sizes = CurveRoute.sizes(curves);
        return censored
                ? found.estimate(Precision.FULL, CurveRoute.inputs(report, sizes, "follow-up " + followUp(curves)))
                : found.estimate(Precision.CRUDE, CurveRoute.inputs(report, sizes));
    }

    private static String followUp(ReportedCurves curves) {
        String t = text(curves.treatment().followUp());
        String c = text(curves.control().followUp());
        return t.equals(c) ? t : t + " and " + c;
    }

    private static String text(FollowUp followUp) {
        return Digits.of(followUp.smallest().orElseThrow()) + " to "
                + Digits.of(followUp.largest().orElseThrow());
    }

    /** The intervals between the points that both curves have. */
    CurveRoute.Found find(ReportedResult report) {
        if (report.curves().isEmpty()) {
            return lacking(CurveRoute.NO_CURVES);
        }
        ReportedCurves curves = report.curves().get();
        if (!(curves.treatment().size() > 0 && curves.control().size() > 0)) {
            return lacking("needs the participants of both arms (n_risk at time 0, or n_t and n_c)");
        }
        if (censored) {
            String fault = fault(curves.treatment().followUp());
            fault = fault.isEmpty() ? fault(curves.control().followUp()) : fault;
            if (!fault.isEmpty()) {
                return fault.startsWith("needs")
                        ? lacking(fault)
                        : CurveRoute.Found.none(RouteUnavailable.refused(code(), fault));
            }
        }
        CurveGrid grid = CurveGrid.of(curves, t -> true);
        if (grid.time().size() < 2) {
            return lacking("the curves have no time after 0 at which both are known");
        }
        List<OneArm> treatment = arm(curves.treatment(), grid);
        List<OneArm> control = arm(curves.control(), grid);
        int beyond = grid.intervals() - Math.min(treatment.size(), control.size());
        String assumed = censored
                ? "Censoring even between smallest and largest follow-up."
                : "Nobody censored, so the standard error is the smallest possible.";
        String cut = beyond == 0 ? "" : "Points after the largest follow-up are left out.";
        return CurveRoute.Found.of(new CurveStretches(
                code(), CurveRoute.pair(grid, treatment, control), Assumptions.join(assumed, cut, grid.notes())));
    }

    private CurveRoute.Found lacking(String reason) {
        return CurveRoute.Found.none(RouteUnavailable.lacking(code(), reason));
    }

    private static String fault(FollowUp followUp) {
        if (followUp.smallest().isEmpty() || followUp.largest().isEmpty()) {
            return "needs the smallest and the largest follow-up (fu_min, fu_max)";
        }
        double smallest = followUp.smallest().getAsDouble();
        double largest = followUp.largest().getAsDouble();
        return smallest <= largest
                ? ""
                : "the smallest follow-up, " + Digits.of(smallest) + ", is above the largest, " + Digits.of(largest);
    }

    private List<OneArm> arm(ReportedCurve curve, CurveGrid grid) {
        List<OneArm> arm = new ArrayList<>();
        double n = curve.size();
        for (int i = 1; i < grid.time().size(); i++) {
            double start = grid.time().get(i - 1);
            if (censored && start >= curve.followUp().largest().orElseThrow()) {
                return arm;
            }
            double ss = curve.survivalAt(start);
            double se = curve.survivalAt(grid.time().get(i));
            double c = censored
                    ? n / 2 * share(curve.followUp(), start, grid.time().get(i))
                    : 0;
            double atRisk = n - c;
            double events = ss > 0 ? atRisk * (ss - se) / ss : 0;
            arm.add(new OneArm(ss, se, ss > 0 ? atRisk : 0, events, c));
            n = atRisk - events;
        }
        return arm;
    }

    /** Share of the time left until the largest follow-up, from the smallest on, that an interval takes. */
    private static double share(FollowUp followUp, double start, double end) {
        double from = Math.max(start, followUp.smallest().orElseThrow());
        double largest = followUp.largest().orElseThrow();
        double to = Math.min(end, largest);
        return to > from ? (to - from) / (largest - from) : 0;
    }
}
