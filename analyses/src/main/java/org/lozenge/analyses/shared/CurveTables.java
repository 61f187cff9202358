package org.lozenge.analyses.shared;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.CurveRestrictedMean;
import org.lozenge.stats.survival.CurveStretch;
import org.lozenge.stats.survival.CurveStretches;
import org.lozenge.stats.survival.HazardDrift;

/** The tables of survival curves and of event-free fractions at several times. */
public final class CurveTables {

    private record IntervalLine(ReportRow row, String route, CurveStretch stretch) {}

    /**
     * A restricted mean.
     *
     * @param row the row whose curves it comes from
     * @param means the means of both arms
     */
    public record MeanLine(ReportRow row, CurveRestrictedMean means) {}

    private record PointLine(ReportDrift drift, HazardDrift.Point point) {}

    private record PeriodLine(ReportDrift drift, HazardDrift.Period period) {}

    private CurveTables() {}

    /** Returns the rows that hold survival curves. */
    public static List<ReportRow> withCurves(List<ReportRow> rows) {
        return rows.stream().filter(row -> row.result().curves().isPresent()).toList();
    }

    /** Returns the restricted means of each row with curves, each to the end of what its curves and numbers at risk tell. */
    public static List<MeanLine> means(List<ReportRow> rows) {
        return rows.stream()
                .flatMap(row -> CurveRestrictedMean.largestHorizon(row.result())
                        .flatMap(horizon -> CurveRestrictedMean.of(row.result(), horizon))
                        .map(means -> new MeanLine(row, means))
                        .stream())
                .toList();
    }

    /** Returns what the routes read from each interval of the curves of some rows. */
    public static Tabular intervals(List<ReportRow> rows) {
        List<IntervalLine> lines = rows.stream()
                .flatMap(row -> CurveStretches.of(row.result()).stream()
                        .flatMap(found -> found.stretches().stream()
                                .map(stretch -> new IntervalLine(row, found.route(), stretch))))
                .toList();
        return Tabular.of("intervals", "Numbers at risk, events and censored times read from the survival curves")
                .texts("study", texts(lines, line -> line.row.study()))
                .texts("endpoint", texts(lines, line -> line.row.endpoint()))
                .texts("route", texts(lines, line -> line.route))
                .numbers("start", numbers(lines, line -> line.stretch.start()))
                .numbers("end", numbers(lines, line -> line.stretch.end()))
                .numbers(
                        "at_risk_t",
                        numbers(lines, line -> line.stretch.treatment().atRisk()))
                .numbers(
                        "events_t",
                        numbers(lines, line -> line.stretch.treatment().events()))
                .numbers(
                        "censored_t",
                        numbers(lines, line -> line.stretch.treatment().censored()))
                .numbers(
                        "at_risk_c",
                        numbers(lines, line -> line.stretch.control().atRisk()))
                .numbers(
                        "events_c",
                        numbers(lines, line -> line.stretch.control().events()))
                .numbers(
                        "censored_c",
                        numbers(lines, line -> line.stretch.control().censored()))
                .numbers("y", numbers(lines, line -> usable(line) ? line.stretch.logRatio() : Double.NaN))
                .numbers("se", numbers(lines, line -> usable(line) ? Math.sqrt(line.stretch.variance()) : Double.NaN))
                .numbers("effect", numbers(lines, line -> line.stretch.hazardRatio()))
                .label("y", "Log ratio")
                .label("effect", "HR");
    }

    private static boolean usable(IntervalLine line) {
        return line.stretch.eventsInBoth();
    }

    /** Returns the hazard ratio since the start that each pair of event-free fractions implies. */
    public static Tabular overTime(List<ReportDrift> drifts) {
        List<PointLine> lines = drifts.stream()
                .flatMap(drift -> drift.drift().points().stream().map(point -> new PointLine(drift, point)))
                .toList();
        return Tabular.of("over_time", "Hazard ratios since the start that event-free fractions imply")
                .texts("study", texts(lines, line -> line.drift.study()))
                .texts("endpoint", texts(lines, line -> line.drift.endpoint()))
                .texts("source", texts(lines, line -> line.drift.source()))
                .numbers("time", numbers(lines, line -> line.point.time()))
                .numbers("survival_t", numbers(lines, line -> line.point.treatment()))
                .numbers("survival_c", numbers(lines, line -> line.point.control()))
                .numbers("effect", numbers(lines, line -> line.point.hazardRatio()))
                .label("effect", "HR");
    }

    /**
     * Returns the hazard ratios of periods and the test that they are equal.
     *
     * @param level confidence level
     */
    public static Tabular periods(List<ReportDrift> drifts, double level) {
        List<PeriodLine> lines = drifts.stream()
                .flatMap(drift -> drift.drift().periods().stream().map(period -> new PeriodLine(drift, period)))
                .toList();
        double z = Normal.criticalValue(level);
        return Tabular.of("periods", "Hazard ratios within periods, and the test that they are equal")
                .texts("study", texts(lines, line -> line.drift.study()))
                .texts("endpoint", texts(lines, line -> line.drift.endpoint()))
                .texts("source", texts(lines, line -> line.drift.source()))
                .numbers("start", numbers(lines, line -> line.period.start()))
                .numbers("end", numbers(lines, line -> line.period.end()))
                .numbers("y", numbers(lines, line -> line.period.logHazardRatio()))
                .numbers("se", numbers(lines, line -> line.period.standardError()))
                .numbers("effect", numbers(lines, line -> line.period.hazardRatio(0)))
                .numbers("effect_lower", numbers(lines, line -> line.period.hazardRatio(-z)))
                .numbers("effect_upper", numbers(lines, line -> line.period.hazardRatio(z)))
                .numbers("q", numbers(lines, line -> line.drift.drift().test().statistic()))
                .numbers("df", numbers(lines, line -> line.drift.drift().test().df()))
                .numbers(
                        "p_value",
                        numbers(lines, line -> line.drift.drift().test().pValue()))
                .label("y", "Log HR")
                .label("effect", "HR")
                .label("effect_lower", "HR lower")
                .label("effect_upper", "HR upper");
    }

    /**
     * Returns restricted mean survival times and their differences.
     *
     * @param level confidence level
     */
    public static Tabular rmst(List<MeanLine> lines, double level) {
        List<Interval> intervals = lines.stream()
                .map(line -> line.means.difference().interval(level))
                .toList();
        return Tabular.of("rmst", "Restricted mean survival times, treatment minus control, in the unit of the times")
                .texts("study", texts(lines, line -> line.row.study()))
                .texts("endpoint", texts(lines, line -> line.row.endpoint()))
                .numbers("horizon", numbers(lines, line -> line.means.horizon()))
                .numbers("rmst_t", numbers(lines, line -> line.means.treatment().value()))
                .numbers("rmst_c", numbers(lines, line -> line.means.control().value()))
                .numbers(
                        "difference",
                        numbers(lines, line -> line.means.difference().value()))
                .numbers("se", numbers(lines, line -> line.means.difference().standardError()))
                .numbers(
                        "ci_lower",
                        intervals.stream().mapToDouble(Interval::lower).toArray())
                .numbers(
                        "ci_upper",
                        intervals.stream().mapToDouble(Interval::upper).toArray())
                .numbers(
                        "p_value",
                        numbers(lines, line -> line.means.difference().pValue()))
                .texts("route", texts(lines, line -> line.means.route()))
                .label("rmst_t", "mean with treatment")
                .label("rmst_c", "mean with control");
    }

    private static <T> String[] texts(List<T> lines, Function<T, String> text) {
        return lines.stream().map(text).toArray(String[]::new);
    }

    private static <T> double[] numbers(List<T> lines, ToDoubleFunction<T> number) {
        return lines.stream().mapToDouble(number).toArray();
    }
}
