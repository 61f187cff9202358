package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A log hazard ratio with its standard error, derived from a report by one route.
 *
 * @param route the code of the route, such as {@code T4}
 * @param y log hazard ratio, treatment over control
 * @param standardError standard error of {@code y}
 * @param inputs what went in, as printed: {@code hr 0.18}
 * @param bound whether the standard error is only the largest that the report allows
 * @param precision how firmly the report fixes the estimate
 * @param note assumptions made, in sentences; empty if there are none
 */
public record RouteEstimate(
        String route,
        double y,
        double standardError,
        List<String> inputs,
        boolean bound,
        Precision precision,
        String note)
        implements RouteResult {

    /** How firmly the report fixes the estimate. */
    public enum Precision {
        /** As firmly as the digits of the inputs. */
        FULL,
        /** From a P value printed to one significant digit. */
        COARSE,
        /** From a P value so near 1 that its last digit moves the standard error a lot. */
        WEAK,
        /**
         * Not from the printed ratio, but guessed from single points of the curves, under constant hazards, or as if nobody
         * had been censored.
         */
        CRUDE
    }

    /** Checks that the estimate is finite and its standard error positive. */
    public RouteEstimate {
        Objects.requireNonNull(route, "route");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(note, "note");
        if (!Double.isFinite(y) || !(standardError > 0) || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Route %s needs a finite y and SE > 0, but has %s and %s", route, y, standardError));
        }
    }

    /** Sampling variance of {@code y}. */
    public double variance() {
        return standardError * standardError;
    }

    /** Log-rank variance V of O − E that this standard error stands for: 1/SE². */
    public double information() {
        return 1 / variance();
    }

    /** Observed minus expected events that this estimate stands for: y/SE². */
    public double observedMinusExpected() {
        return y / variance();
    }

    /**
     * The estimate of a route, or the reason why the numbers give none.
     *
     * @param y log hazard ratio
     * @param standardError its standard error; zero, infinite and NaN make the route unavailable
     */
    static RouteResult of(
            String route, double y, double standardError, ReportedResult report, String note, ReportField... inputs) {
        return of(route, y, standardError, report, Precision.FULL, note, inputs);
    }

    /** The same for another precision. */
    static RouteResult of(
            String route,
            double y,
            double standardError,
            ReportedResult report,
            Precision precision,
            String note,
            ReportField... inputs) {
        if (!Double.isFinite(y) || !(standardError > 0) || Double.isInfinite(standardError)) {
            return RouteUnavailable.refused(route, "the printed numbers give no finite standard error above 0");
        }
        return new RouteEstimate(route, y, standardError, quote(report, inputs), false, precision, note);
    }

    /** The same estimate, marked as a bound. */
    RouteEstimate asBound() {
        return new RouteEstimate(route, y, standardError, inputs, true, precision, note);
    }

    static List<String> quote(ReportedResult report, ReportField... inputs) {
        return Arrays.stream(inputs)
                .filter(report::has)
                .map(field -> field.code() + " " + report.text(field))
                .toList();
    }
}
