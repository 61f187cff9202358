package org.lozenge.stats.survival;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A route that a report does not allow.
 *
 * @param route the code of the route
 * @param reason what the report lacks, or why its numbers cannot be used
 * @param refused whether the report has the numbers, but they cannot be used
 */
public record RouteUnavailable(String route, String reason, boolean refused) implements RouteResult {

    /** Checks that nothing is missing. */
    public RouteUnavailable {
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(reason, "reason");
    }

    /** A route that the report has no numbers for, or that another route replaces. */
    static RouteUnavailable lacking(String route, String reason) {
        return new RouteUnavailable(route, reason, false);
    }

    /** A route whose numbers are printed but cannot be used. */
    static RouteUnavailable refused(String route, String reason) {
        return new RouteUnavailable(route, reason, true);
    }

    /** The result of a route whose fields are not all there; empty if they are. */
    static Optional<RouteResult> ifLacking(String route, ReportedResult report, ReportField... fields) {
        if (report.has(fields)) {
            return Optional.empty();
        }
        String lacking = Arrays.stream(fields)
                .filter(field -> !report.has(field))
                .map(ReportField::code)
                .collect(Collectors.joining(", "));
        return Optional.of(lacking(route, "needs " + lacking));
    }
}
