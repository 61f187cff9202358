package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lozenge.stats.numeric.Normal;

/**
 * Rule A3: the P value agrees with the confidence interval.
 *
 * <pre>{@code z = |ln HR| z_level / ½(ln U − ln L),   P = 2 Q(z), or Q(z) for a one-sided P}</pre>
 *
 * <p>Compares the range of P over all numbers that round to the printed ones with the range of the printed P. When they
 * do not meet, the rule looks for one other reading (sidedness, level, both) under which they do.
 */
final class PValueRule implements AuditRule {

    private static final double[] OTHER_LEVELS = {0.90, 0.99, 0.98, 0.975, 0.96, 0.97, 0.995, 0.80};

    /** A log-rank test and a Wald test of the same data differ by this much at most in ordinary trials. */
    private static final double TEST_CHOICE = 0.1;

    @Override
    public String code() {
        return "A3";
    }

    @Override
    public String title() {
        return "P value against confidence interval";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        Optional<IntervalStatistics> interval = IntervalStatistics.of(report);
        if (report.p().isEmpty() || interval.isEmpty() || !OrderCheck.possible(report)) {
            return List.of();
        }
        PrintedP p = report.p().get();
        PComparison comparison =
                compare(report, report.levelSpan(), report.sides()).orElseThrow();
        return List.of(new AuditFinding(
                code(),
                comparison.state(),
                Quotes.p(p) + " (" + report.sides().label() + (report.sidesStated() ? ")" : ", not stated)"),
                "P = " + Quotes.value(comparison.expected()),
                text(report, p, comparison, interval.get())));
    }

    private static Optional<PComparison> compare(ReportedResult report, Span level, Sides sides) {
        return IntervalStatistics.of(report, level)
                .map(s -> PComparison.of(report.p().orElseThrow(), sides, s.twoSidedP(), s.y().value() > 0));
    }

    private static String text(ReportedResult report, PrintedP p, PComparison comparison, IntervalStatistics interval) {
        String level = Assumptions.percent(report.level());
        String implied = "The " + level + " interval implies " + report.sides().label() + " P = "
                + Digits.of(comparison.expected().value());
        if (comparison.state() == AuditState.OK) {
            return implied + ", in agreement with the printed " + Quotes.p(p) + ".";
        }
        if (comparison.state() == AuditState.OK_WITHIN_ROUNDING) {
            return implied + "; the printed " + Quotes.p(p) + " fits once rounding is allowed for.";
        }
        return implied + " ("
                + Digits.range(
                        comparison.expected().low(), comparison.expected().high())
                + " within rounding), not the printed " + Quotes.p(p) + "." + explanation(report, p, interval);
    }

    private static String explanation(ReportedResult report, PrintedP p, IntervalStatistics interval) {
        String other = otherReading(report);
        if (!other.isEmpty()) {
            return " It would fit if " + other + ".";
        }
        if (p.exact() && report.sides() == Sides.TWO && p.value() < 1) {
            double ratio = Normal.upperQuantile(p.value() / 2) / interval.z().value();
            if (Math.abs(ratio - 1) < TEST_CHOICE) {
                return " The difference is small: a log-rank or stratified P beside a Cox interval can differ this much.";
            }
        }
        return " Check the numbers, and whether both come from one analysis.";
    }

    /** Up to three other readings under which P and interval agree, the simplest first. */
    private static String otherReading(ReportedResult report) {
        Sides otherSides = report.sides() == Sides.TWO ? Sides.ONE : Sides.TWO;
        if (agrees(report, report.levelSpan(), otherSides)) {
            return "P were " + otherSides.label();
        }
        List<String> readings = new ArrayList<>();
        for (Sides sides : List.of(report.sides(), otherSides)) {
            for (Span level : otherLevels(report)) {
                if (agrees(report, level, sides)) {
                    String interval = "a " + Assumptions.percent(level.value()) + " interval";
                    readings.add(sides == report.sides() ? interval : interval + " with " + sides.label() + " P");
                }
            }
        }
        return readings.isEmpty()
                ? ""
                : "the interval were " + String.join(", or ", readings.subList(0, Math.min(3, readings.size())));
    }

    private static List<Span> otherLevels(ReportedResult report) {
        List<Span> levels = new ArrayList<>();
        if (report.level() != 0.95) {
            levels.add(new Span(0.95, 0.95, 0.95));
        }
        for (double level : OTHER_LEVELS) {
            if (level != report.level()) {
                levels.add(new Span(level, level, level));
            }
        }
        return levels;
    }

    private static boolean agrees(ReportedResult report, Span level, Sides sides) {
        return compare(report, level, sides)
                .filter(comparison -> comparison.state() != AuditState.WARN)
                .isPresent();
    }
}
