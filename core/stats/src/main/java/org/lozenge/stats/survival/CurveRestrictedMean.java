package org.lozenge.stats.survival;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lozenge.stats.survival.RestrictedMeanSurvivalTime.Estimate;

/**
 * Restricted mean survival times of both arms from points of their published curves, and their difference.
 *
 * <p>The area is that under the straight lines between the points. Its variance takes the numbers at risk R and events D
 * of the intervals that the best route of {@link CurveStretches} finds:
 *
 * <pre>{@code var = Σ Aⱼ² Dⱼ/(Rⱼ (Rⱼ − Dⱼ)),   Aⱼ = area from the end of interval j to τ, and Sⱼ/2 times its length}</pre>
 *
 * @param horizon τ, the end of the area
 * @param treatment mean time without the event up to τ, with treatment
 * @param control the same with control
 * @param route the route whose numbers at risk the standard errors rest on
 * @see <a href="https://doi.org/10.1186/1471-2288-13-152">Royston and Parmar (2013), BMC Med. Res. Methodol. 13, 152</a>
 */
public record CurveRestrictedMean(double horizon, Estimate treatment, Estimate control, String route) {

    /** Treatment minus control, with the standard error for independent arms. */
    public Estimate difference() {
        return new Estimate(
                treatment.value() - control.value(), Math.hypot(treatment.standardError(), control.standardError()));
    }

    /**
     * The last time up to which both curves and their numbers at risk are known.
     *
     * @param report a report
     * @return empty without curves of both arms and their participants
     */
    public static Optional<Double> largestHorizon(ReportedResult report) {
        return best(report).map(stretches -> stretches.get(stretches.size() - 1).end());
    }

    /**
     * Estimates both arms.
     *
     * @param report a report with curves
     * @param horizon above 0
     * @return empty without curves of both arms and their participants, or if they end before the horizon
     */
    public static Optional<CurveRestrictedMean> of(ReportedResult report, double horizon) {
        Optional<List<CurveStretch>> stretches = best(report);
        boolean reached = largestHorizon(report)
                .filter(last -> horizon > 0 && (horizon <= last || ReportedCurve.same(horizon, last)))
                .isPresent();
        if (stretches.isEmpty() || !reached) {
            return Optional.empty();
        }
        ReportedCurves curves = report.curves().orElseThrow();
        return Optional.of(new CurveRestrictedMean(
                horizon,
                arm(curves.treatment(), stretches.get(), CurveStretch::treatment, horizon),
                arm(curves.control(), stretches.get(), CurveStretch::control, horizon),
                CurveStretches.of(report).get(0).route()));
    }

    private static Optional<List<CurveStretch>> best(ReportedResult report) {
        return CurveStretches.of(report).stream()
                .findFirst()
                .map(CurveStretches::stretches)
                .filter(stretches -> !stretches.isEmpty());
    }

    private static Estimate arm(
            ReportedCurve curve,
            List<CurveStretch> stretches,
            Function<CurveStretch, CurveStretch.OneArm> side,
            double horizon) {
        double variance = 0;
        for (CurveStretch stretch : stretches) {
            if (stretch.start() >= horizon) {
                break;
            }
            double end = Math.min(stretch.end(), horizon);
            double start = stretch.start();
            double survivalEnd = line(curve, end);
            double atRisk = side.apply(stretch).atRisk();
            double survivalStart = side.apply(stretch).survivalStart();
            double events = atRisk * (1 - survivalEnd / survivalStart);
            if (events > 0 && survivalEnd > 0) {
                double moved = area(curve, end, horizon) + survivalEnd / 2 * (end - start);
                variance += moved * moved * events / (atRisk * (atRisk - events));
            }
        }
        return new Estimate(area(curve, 0, horizon), Math.sqrt(variance));
    }

    /** Area under the lines between the points, from one time to another. */
    private static double area(ReportedCurve curve, double from, double to) {
        double area = 0;
        double left = from;
        double height = line(curve, from);
        for (int i = 0; i < curve.time().size(); i++) {
            double t = curve.time().get(i);
            if (t > left && t < to) {
                area += (t - left) * (height + curve.survival().get(i)) / 2;
                left = t;
                height = curve.survival().get(i);
            }
        }
        return area + (to - left) * (height + line(curve, to)) / 2;
    }

    /** The curve at a time, by the straight line between its points; flat beyond the last one. */
    private static double line(ReportedCurve curve, double t) {
        for (int i = 1; i < curve.time().size(); i++) {
            double right = curve.time().get(i);
            if (t <= right) {
                double left = curve.time().get(i - 1);
                double start = curve.survival().get(i - 1);
                double share = (t - left) / (right - left);
                return start + share * (curve.survival().get(i) - start);
            }
        }
        return curve.survival().get(curve.survival().size() - 1);
    }
}
