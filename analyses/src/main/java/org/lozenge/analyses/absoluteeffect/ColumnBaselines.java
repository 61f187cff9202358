package org.lozenge.analyses.absoluteeffect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lozenge.analyses.shared.Baseline;
import org.lozenge.analyses.shared.BaselineParams;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.ReportRoles;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.analyses.shared.ReportRows;
import org.lozenge.analyses.shared.ReportedBaselines;
import org.lozenge.analyses.shared.ReportedBaselines.Point;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.RunContext;
import org.lozenge.stats.survival.PrintedCount;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.ReportField;
import org.lozenge.stats.survival.ReportedResult;

/** What the columns say of the control arms. */
final class ColumnBaselines {

    private final Inputs in;
    private final List<ReportRow> rows;
    private final String[] units;

    ColumnBaselines(Inputs in, RunContext context) {
        this.in = in;
        boolean reports = ReportRoles.all().stream().anyMatch(in::has);
        this.rows = reports ? ReportRows.read(in, context).rows() : List.of();
        this.units = in.has(AbsoluteEffectOptions.UNIT) ? in.strings(AbsoluteEffectOptions.UNIT) : new String[0];
    }

    /** Returns the event-free fractions of control, or for measures of risk the events among its participants. */
    List<Baseline> baselines(Measure measure) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ReportedResult result = rows.get(i).result();
            int row = i;
            result.number(ReportField.SURVIVAL_C)
                    .ifPresent(survival ->
                            points.add(new Point(rows.get(row).study(), time(result), unit(row), survival.fraction())));
        }
        if (points.isEmpty() && !measure.equals(Measure.HR) && !measure.equals(Measure.IRR)) {
            rows.forEach(row ->
                    risk(row.result()).ifPresent(risk -> points.add(new Point(row.study(), Double.NaN, "", 1 - risk))));
        }
        return ReportedBaselines.medians(points);
    }

    private static double time(ReportedResult result) {
        return result.number(ReportField.TIME).map(PrintedNumber::value).orElse(Double.NaN);
    }

    private String unit(int row) {
        String unit = units.length == 0 ? "" : units[row].strip();
        return unit.isEmpty() ? in.get(BaselineParams.UNIT).strip() : unit;
    }

    private static OptionalDouble risk(ReportedResult result) {
        Optional<PrintedCount> events = result.count(ReportField.EVENTS_C);
        Optional<PrintedCount> n = result.count(ReportField.N_C);
        return events.isPresent() && n.isPresent()
                ? OptionalDouble.of((double) events.get().count() / n.get().count())
                : OptionalDouble.empty();
    }

    /** Returns how many participants some rows have; NaN if a row does not say. */
    double participants(int... some) {
        double sum = 0;
        for (int i : some) {
            sum += rows.isEmpty() ? Double.NaN : participants(rows.get(i).result());
        }
        return sum;
    }

    private static double participants(ReportedResult result) {
        if (result.has(ReportField.N_T, ReportField.N_C)) {
            return count(result, ReportField.N_T) + count(result, ReportField.N_C);
        }
        return count(result, ReportField.N);
    }

    private static double count(ReportedResult result, ReportField field) {
        return result.count(field).map(count -> (double) count.count()).orElse(Double.NaN);
    }

    /** Returns the median of the medians of control; empty where none is printed. */
    OptionalDouble median() {
        double[] medians = rows.stream()
                .flatMap(row -> row.result().number(ReportField.MEDIAN_C).stream())
                .mapToDouble(PrintedNumber::value)
                .sorted()
                .toArray();
        int middle = medians.length / 2;
        if (medians.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                medians.length % 2 == 1 ? medians[middle] : (medians[middle - 1] + medians[middle]) / 2);
    }
}
