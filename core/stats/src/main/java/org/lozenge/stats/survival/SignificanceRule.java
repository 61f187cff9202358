package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.CI_HIGH;
import static org.lozenge.stats.survival.ReportField.CI_LOW;

import java.util.List;

/**
 * Rule A4: the interval holds 1 exactly when {@code P ≥ 1 − level}.
 *
 * <p>A one-sided P counts twice. Only a contradiction that no rounding can explain is reported.
 */
final class SignificanceRule implements AuditRule {

    /** Lets P < 0.05 and a 95 % interval meet, although 1 − 0.95 is not 0.05 in binary. */
    private static final double SLACK = 1e-9;

    @Override
    public String code() {
        return "A4";
    }

    @Override
    public String title() {
        return "significance by P value and by interval";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        if (report.p().isEmpty() || !report.has(CI_LOW, CI_HIGH) || !OrderCheck.possible(report)) {
            return List.of();
        }
        PrintedP p = report.p().get();
        Span low = report.logLow().orElseThrow();
        Span high = report.logHigh().orElseThrow();
        boolean surelyExcludes = low.low() > 0 || high.high() < 0;
        boolean surelyIncludes = low.high() < 0 && high.low() > 0;
        boolean significant = surelySignificant(report, p);
        boolean notSignificant = surelyNotSignificant(report, p);
        boolean excludes = low.value() > 0 || high.value() < 0;
        boolean asPrinted = significant ? excludes : !(notSignificant && excludes);
        boolean contradiction = (surelyExcludes && notSignificant) || (surelyIncludes && significant);
        AuditState state = contradiction ? AuditState.WARN : asPrinted ? AuditState.OK : AuditState.OK_WITHIN_ROUNDING;
        return List.of(finding(report, p, state, excludes));
    }

    private static boolean surelySignificant(ReportedResult report, PrintedP p) {
        double highest = Math.max(twoSided(report, p.low()), twoSided(report, p.high()));
        double alpha = 1 - report.levelSpan().high();
        return highest < (p.kind() == PrintedP.Kind.BELOW ? alpha + SLACK : alpha - SLACK);
    }

    private static boolean surelyNotSignificant(ReportedResult report, PrintedP p) {
        double lowest = Math.min(twoSided(report, p.low()), twoSided(report, p.high()));
        double alpha = 1 - report.levelSpan().low();
        boolean below = p.kind() == PrintedP.Kind.ABOVE || p.kind() == PrintedP.Kind.NOT_SIGNIFICANT;
        return lowest > (below ? alpha - SLACK : alpha + SLACK);
    }

    private AuditFinding finding(ReportedResult report, PrintedP p, AuditState state, boolean excludes) {
        String limit = Digits.significant(1 - report.level(), 3);
        String interval = Assumptions.percent(report.level()) + " interval " + Quotes.limits(report);
        String expected =
                (report.sides() == Sides.ONE ? "twice P " : "P ") + (excludes ? "below " : "at least ") + limit;
        String text = switch (state) {
            case OK -> "P value and interval agree on significance.";
            case OK_WITHIN_ROUNDING -> "P value and interval agree on significance once rounding is allowed for.";
            case WARN, ERROR ->
                "The " + interval + (excludes ? " excludes 1" : " includes 1") + ", so " + expected
                        + " is expected, but the report prints " + Quotes.p(p) + " ("
                        + report.sides().label() + ").";
        };
        return new AuditFinding(
                code(),
                state,
                Quotes.p(p) + ", " + interval + (excludes ? " excludes 1" : " includes 1"),
                expected,
                text);
    }

    private static double twoSided(ReportedResult report, double p) {
        return report.sides() == Sides.TWO ? p : 2 * Math.min(p, 1 - p);
    }
}
