package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_SE_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_SE_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The event-free fractions that reports of one endpoint of one trial print for several times.
 *
 * <p>Variances come from standard errors of the fractions where all are printed; else from the participants, as many as
 * the events leave room for: censoring lowers the events below what the fractions alone would mean, and their ratio tells
 * by how much.
 */
final class SurvivalAtTimes {

    private final TreeMap<Double, ReportedResult> byTime = new TreeMap<>();
    private final List<ReportedResult> reports;
    private final double information;

    SurvivalAtTimes(List<ReportedResult> reports, double information) {
        this.reports = reports;
        this.information = information;
        for (ReportedResult report : reports) {
            if (report.has(SURVIVAL_T, SURVIVAL_C, TIME) && inside(report, SURVIVAL_T) && inside(report, SURVIVAL_C)) {
                byTime.putIfAbsent(report.value(TIME), report);
            }
        }
    }

    private static boolean inside(ReportedResult report, ReportField field) {
        return report.value(field) > 0 && report.value(field) <= 1;
    }

    Optional<HazardSteps> steps() {
        if (byTime.size() < 2) {
            return Optional.empty();
        }
        boolean errors = byTime.values().stream().allMatch(report -> report.has(SURVIVAL_SE_T, SURVIVAL_SE_C));
        double t = largest(N_T);
        double c = largest(N_C);
        if (!errors && !(t > 0 && c > 0)) {
            return Optional.empty();
        }
        double lastT = byTime.lastEntry().getValue().value(SURVIVAL_T);
        double lastC = byTime.lastEntry().getValue().value(SURVIVAL_C);
        double uncensored = t * (1 - lastT) + c * (1 - lastC);
        double shareT = share(EVENTS_T, t * (1 - lastT), uncensored);
        double shareC = share(EVENTS_C, c * (1 - lastC), uncensored);
        boolean known = errors || (!Double.isNaN(shareT) && !Double.isNaN(shareC));
        HazardSteps steps = new HazardSteps(known);
        Start startT = new Start(1, 0);
        Start startC = new Start(1, 0);
        for (var entry : byTime.entrySet()) {
            ReportedResult report = entry.getValue();
            Start endT = start(report, SURVIVAL_T, SURVIVAL_SE_T, errors);
            Start endC = start(report, SURVIVAL_C, SURVIVAL_SE_C, errors);
            steps.add(
                    entry.getKey(),
                    step(startT, endT, errors, t * (known ? shareT : 1), halfUnit(report, SURVIVAL_T)),
                    step(startC, endC, errors, c * (known ? shareC : 1), halfUnit(report, SURVIVAL_C)));
            startT = endT;
            startC = endC;
        }
        return Optional.of(steps);
    }

    private double largest(ReportField field) {
        return reports.stream()
                .filter(report -> report.optional(field).isPresent())
                .mapToDouble(report -> report.value(field))
                .max()
                .orElse(Double.NaN);
    }

    /** Events of an arm as a share of those it would have without censoring; NaN if nothing tells. */
    private double share(ReportField events, double uncensored, double uncensoredBoth) {
        double printed = largest(events);
        double share = Double.isNaN(printed) ? 4 * information / uncensoredBoth : printed / uncensored;
        return Math.min(1, share);
    }

    /** A fraction and the variance of its log; 0 where no standard error is printed. */
    private record Start(double survival, double variance) {}

    private static Start start(ReportedResult report, ReportField survival, ReportField error, boolean errors) {
        double s = report.value(survival);
        return new Start(s, errors ? squared(report.value(error) / s) : 0);
    }

    private static HazardSteps.Step step(Start start, Start end, boolean errors, double n, double halfUnit) {
        double hazard = StrictMath.log(start.survival / end.survival);
        double rounding = HazardSteps.rounding(end.survival, halfUnit);
        if (errors) {
            double variance = end.variance - start.variance;
            return variance > 0
                    ? new HazardSteps.Step(end.survival, hazard, variance, hazard * hazard / variance, rounding)
                    : new HazardSteps.Step(end.survival, hazard, Double.NaN, 0, rounding);
        }
        double atRisk = n * start.survival;
        double events = n * (start.survival - end.survival);
        return new HazardSteps.Step(end.survival, hazard, events / (atRisk * (atRisk - events)), events, rounding);
    }

    private static double halfUnit(ReportedResult report, ReportField field) {
        PrintedNumber number = report.number(field).orElseThrow();
        return number.percent() ? number.halfUnit() / 100 : number.halfUnit();
    }

    private static double squared(double x) {
        return x * x;
    }
}
