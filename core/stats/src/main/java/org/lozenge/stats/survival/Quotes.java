package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;
import static org.lozenge.stats.survival.ReportField.HR;

/** How findings quote a report. */
final class Quotes {

    private Quotes() {}

    /** {@code HR 0.18 (95% CI 0.09 to 0.32)}, with what is printed of it. */
    static String interval(ReportedResult report) {
        String hr = report.has(HR) ? "HR " + report.text(HR) : "";
        if (!report.has(CI_LOW) && !report.has(CI_HIGH)) {
            return hr;
        }
        String ci = Assumptions.percent(report.level()) + " CI " + limits(report);
        return hr.isEmpty() ? ci : hr + " (" + ci + ")";
    }

    /** {@code 0.09 to 0.32}, or the one limit that is printed. */
    static String limits(ReportedResult report) {
        if (report.has(CI_LOW, CI_HIGH)) {
            return report.text(CI_LOW) + " to " + report.text(CI_HIGH);
        }
        return report.has(CI_LOW) ? "from " + report.text(CI_LOW) : "to " + report.text(CI_HIGH);
    }

    /** {@code P = 0.03}, {@code P < 0.001}, {@code P not significant}. */
    static String p(PrintedP p) {
        return switch (p.kind()) {
            case EXACT -> "P = " + Digits.plain(p.value());
            case BELOW -> "P < " + Digits.plain(p.value());
            case ABOVE -> "P > " + Digits.plain(p.value());
            case NOT_SIGNIFICANT -> "P not significant";
        };
    }

    /** The value with its rounding range. */
    static String value(Span span) {
        String value = Digits.of(span.value());
        String range = Digits.range(span.low(), span.high());
        return range.equals(value) ? value : value + " (" + range + " within rounding)";
    }
}
