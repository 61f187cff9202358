package org.lozenge.stats.survival;

import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.HR;
import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.List;
import java.util.Optional;
import org.lozenge.stats.numeric.Normal;

/**
 * Rule A5: the precision agrees with the number of events, {@code 4/SE² ≤ d}.
 *
 * <p>Each event contributes p(1 − p) ≤ ¼ to the information of a log-rank test or a Cox model, p being the chance that
 * it falls into the treatment arm. So 4/SE² cannot exceed the number of events, whatever the allocation, strata or
 * covariates: above it, beyond rounding, the rule warns.
 *
 * <p>It may well lie below: unequal arms, small strata and hazard ratios far from 1 all cost information. As lower end
 * serves a third of the smaller of {@code 4 Oₜ O_c / d} and {@code 4 d π (1 − π)}, where π is the treatment arm's share
 * of the hazard at the start. In 4,000 simulated Cox analyses (hazard ratios 0.1 to 4, allocation 1:1 to 3:1, 40 to
 * 1,000 people, up to 16 strata) without strata of fewer than ten events none fell below it.
 *
 * <p>The standard error is that of the interval. Without an interval, hazard ratio and P value imply one; as P may come
 * from another test than the hazard ratio, a fifth more events than reported are then let pass.
 */
final class EventsRule implements AuditRule {

    private static final double LEAST_SHARE = 1.0 / 3;
    private static final double OTHER_TEST = 1.2;

    @Override
    public String code() {
        return "A5";
    }

    @Override
    public String title() {
        return "precision against number of events";
    }

    @Override
    public List<AuditFinding> check(ReportedResult report) {
        Optional<Long> events = report.totalEvents().filter(d -> d > 0);
        if (events.isEmpty() || !OrderCheck.possible(report)) {
            return List.of();
        }
        Optional<IntervalStatistics> interval = IntervalStatistics.of(report);
        return interval.map(s -> finding(report, events.get(), fromInterval(s), 1, least(report, s.y().value())))
                .or(() -> fromP(report).map(needed -> finding(report, events.get(), needed, OTHER_TEST, 0)))
                .map(List::of)
                .orElse(List.of());
    }

    private static Span fromInterval(IntervalStatistics statistics) {
        Span se = statistics.standardError();
        return new Span(events(se.high()), events(se.value()), events(se.low()));
    }

    private static double events(double se) {
        return 4 / (se * se);
    }

    /** Events that a hazard ratio needs for its P value; open above. */
    private static Optional<Span> fromP(ReportedResult report) {
        Optional<PrintedP> p = report.p().filter(printed -> printed.exact() || printed.kind() == PrintedP.Kind.BELOW);
        if (p.isEmpty() || !report.has(HR)) {
            return Optional.empty();
        }
        double tails = report.sides() == Sides.TWO ? 2 : 1;
        Span size = report.logHr().orElseThrow().abs();
        double z = Math.max(0, Normal.upperQuantile(p.get().high() / tails));
        double zPrinted = Math.abs(Normal.upperQuantile(p.get().value() / tails));
        double needed = 4 * z * z / (size.high() * size.high());
        double printed = 4 * zPrinted * zPrinted / (size.value() * size.value());
        return Optional.of(new Span(needed, printed, Double.POSITIVE_INFINITY));
    }

    private AuditFinding finding(ReportedResult report, long d, Span effective, double slack, double least) {
        boolean tooMany = effective.low() > d * slack * (1 + 1e-9);
        boolean tooFew = effective.high() < least;
        AuditState state = tooMany || tooFew
                ? AuditState.WARN
                : effective.value() > d * slack || effective.value() < least
                        ? AuditState.OK_WITHIN_ROUNDING
                        : AuditState.OK;
        String size = Digits.significant(effective.value(), 3);
        String observed = "4/SE² = " + size + ", " + d + " events";
        String expected = least > 0 ? "4/SE² from " + Digits.significant(least, 2) + " to " + d : "4/SE² at most " + d;
        return new AuditFinding(code(), state, observed, expected, text(report, d, effective, tooMany, tooFew));
    }

    private static String text(ReportedResult report, long d, Span effective, boolean tooMany, boolean tooFew) {
        boolean fromInterval = IntervalStatistics.of(report).isPresent();
        String source = fromInterval ? "the interval" : "the hazard ratio with its P value";
        if (tooMany) {
            return "A result as precise as " + source + " needs at least " + Digits.significant(effective.low(), 3)
                    + " events, but " + d
                    + " are reported. Check the level of the interval, the events, and whether all "
                    + "belong to one cut-off.";
        }
        if (tooFew) {
            return "With " + d + " events the interval should be much narrower: it is as wide as with about "
                    + Digits.significant(effective.value(), 3) + ". Check the interval, the events, and whether both "
                    + "belong to one cut-off.";
        }
        return "The precision of " + source + " fits " + d + " events.";
    }

    /** The smallest 4/SE² that needs no question. */
    private static double least(ReportedResult report, double y) {
        double d = report.totalEvents().orElseThrow();
        double ratio = report.has(N_T, N_C) && report.value(N_C) > 0 ? report.value(N_T) / report.value(N_C) : 1;
        double share = ratio * StrictMath.exp(y) / (1 + ratio * StrictMath.exp(y));
        double start = 4 * d * share * (1 - share);
        if (!report.has(EVENTS_T, EVENTS_C)) {
            return LEAST_SHARE * start;
        }
        double t = report.value(EVENTS_T);
        double c = report.value(EVENTS_C);
        return LEAST_SHARE * Math.min(start, t + c > 0 ? 4 * t * c / (t + c) : 0);
    }
}
