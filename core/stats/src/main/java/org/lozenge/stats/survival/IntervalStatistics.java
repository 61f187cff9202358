package org.lozenge.stats.survival;

import java.util.Optional;
import org.lozenge.stats.numeric.Normal;

/**
 * Estimate, standard error and z that a printed confidence interval implies, each with the range that rounding leaves.
 *
 * <p>Ranges are those of the printed numbers taken one by one, so they hold the truth but are not the narrowest that do.
 *
 * @param y log hazard ratio
 * @param standardError its standard error
 * @param z absolute z value
 */
record IntervalStatistics(Span y, Span standardError, Span z) {

    /** From both limits with or without a hazard ratio, or from a hazard ratio with one limit; else empty. */
    static Optional<IntervalStatistics> of(ReportedResult report) {
        return of(report, report.levelSpan());
    }

    /** The same with the interval read at another level. */
    static Optional<IntervalStatistics> of(ReportedResult report, Span level) {
        Optional<Span> hr = report.logHr();
        Optional<Span> low = report.logLow();
        Optional<Span> high = report.logHigh();
        if (low.isPresent() && high.isPresent()) {
            Span width = high.get().plus(low.get().negated());
            Span middle = high.get().plus(low.get()).times(0.5);
            return from(hr.orElse(middle), width.times(0.5), level);
        }
        if (hr.isPresent() && low.isPresent()) {
            return from(hr.get(), hr.get().plus(low.get().negated()), level);
        }
        if (hr.isPresent() && high.isPresent()) {
            return from(hr.get(), high.get().plus(hr.get().negated()), level);
        }
        return Optional.empty();
    }

    private static Optional<IntervalStatistics> from(Span y, Span halfWidth, Span level) {
        if (!(halfWidth.high() > 0)) {
            return Optional.empty();
        }
        Span se = new Span(
                Math.max(0, halfWidth.low()) / Normal.criticalValue(level.high()),
                Math.max(0, halfWidth.value()) / Normal.criticalValue(level.value()),
                halfWidth.high() / Normal.criticalValue(level.low()));
        Span size = y.abs();
        Span z = new Span(size.low() / se.high(), quotient(size.value(), se.value()), quotient(size.high(), se.low()));
        return Optional.of(new IntervalStatistics(y, se, z));
    }

    /** The range of two-sided P values. */
    Span twoSidedP() {
        return new Span(2 * Normal.upperTail(z.high()), 2 * Normal.upperTail(z.value()), 2 * Normal.upperTail(z.low()));
    }

    private static double quotient(double size, double se) {
        return size == 0 ? 0 : size / se;
    }
}
