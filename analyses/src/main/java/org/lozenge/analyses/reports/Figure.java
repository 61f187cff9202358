package org.lozenge.analyses.reports;

import java.util.Optional;
import org.lozenge.stats.survival.Contrast;
import org.lozenge.stats.survival.PrintedNumber;
import org.lozenge.stats.survival.ReportField;

/**
 * A printed figure on a scale on which rows can be compared: fractions for percentages, months for times, treatment over
 * control for ratios.
 *
 * @param report the row
 * @param low smallest value that prints as the figure
 * @param value the printed value; infinite for a median that was not reached
 * @param high largest value that prints as the figure
 * @param text as printed
 */
record Figure(TrialReport report, double low, double value, double high, String text) {

    /** Rounding of the arithmetic, not of the report. */
    private static final double TINY = 1e-9;

    /** Reads a field of a row; empty if it is not printed or cannot be read. */
    static Optional<Figure> of(TrialReport report, ReportField field) {
        return switch (field) {
            case HR, CI_LOW, CI_HIGH -> ratio(report, field);
            case TIME -> time(report);
            case MEDIAN_T, MEDIAN_C ->
                report.result().has(field) && report.result().number(field).isEmpty()
                        ? Optional.of(notReached(report, field))
                        : scaled(report, field, report.monthsPerUnit(field));
            default -> scaled(report, field, 1);
        };
    }

    /** The time at which a curve is read was chosen, so it is exact. */
    private static Optional<Figure> time(TrialReport report) {
        return report.result().number(ReportField.TIME).map(number -> {
            double months = number.value() * report.monthsPerUnit(ReportField.TIME);
            return new Figure(report, months, months, months, number.text());
        });
    }

    /** Events or participants of both arms: as printed, else the sum. */
    static Optional<Figure> total(TrialReport report, ReportField whole, ReportField t, ReportField c) {
        Optional<Figure> printed = of(report, whole);
        if (printed.isPresent()) {
            return printed;
        }
        return of(report, t)
                .flatMap(first -> of(report, c).map(second -> {
                    double sum = first.value + second.value;
                    return new Figure(report, sum, sum, sum, first.text + " + " + second.text);
                }));
    }

    private static Figure notReached(TrialReport report, ReportField field) {
        double open = Double.POSITIVE_INFINITY;
        return new Figure(report, open, open, open, report.result().text(field));
    }

    private static Optional<Figure> scaled(TrialReport report, ReportField field, double scale) {
        return report.result().number(field).map(number -> {
            double factor = number.percent() ? scale / 100 : scale;
            return new Figure(
                    report, number.low() * factor, number.value() * factor, number.high() * factor, number.text());
        });
    }

    private static Optional<Figure> ratio(TrialReport report, ReportField field) {
        if (report.result().contrast() == Contrast.TREATMENT_CONTROL) {
            return scaled(report, field, 1);
        }
        ReportField other = field == ReportField.CI_LOW
                ? ReportField.CI_HIGH
                : field == ReportField.CI_HIGH ? ReportField.CI_LOW : ReportField.HR;
        return report.result()
                .number(other)
                .map(number -> new Figure(
                        report, 1 / number.high(), 1 / number.value(), inverseOfLow(number), "1/" + number.text()));
    }

    private static double inverseOfLow(PrintedNumber number) {
        return number.low() > 0 ? 1 / number.low() : Double.POSITIVE_INFINITY;
    }

    /** Returns whether no value prints as both; figures whose limits only touch exclude each other. */
    boolean excludes(Figure other) {
        boolean equal = low == other.low && high == other.high;
        return !equal && (high < other.low + slack(high) || other.high < low + slack(other.high));
    }

    /** Returns whether it is larger than another one whatever the rounding. */
    boolean exceeds(Figure other) {
        return low > other.high + slack(other.high);
    }

    /** Returns the inverse of a ratio. */
    Figure inverse() {
        return new Figure(report, 1 / high, 1 / value, low > 0 ? 1 / low : Double.POSITIVE_INFINITY, "1/" + text);
    }

    private static double slack(double size) {
        return Double.isInfinite(size) ? 0 : TINY * Math.abs(size) * 1e-3;
    }
}
