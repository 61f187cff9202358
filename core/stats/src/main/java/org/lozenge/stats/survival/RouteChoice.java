package org.lozenge.stats.survival;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All routes of one report side by side, and the one to use.
 *
 * @param estimates every route the report allows, best first
 * @param unavailable every other route with the reason
 * @param chosen the route to use; empty if none is usable
 * @param reason a sentence that says why this one, or what the report would need
 */
public record RouteChoice(
        List<RouteEstimate> estimates,
        List<RouteUnavailable> unavailable,
        Optional<RouteEstimate> chosen,
        String reason) {

    /** Copies the lists and checks that nothing is missing. */
    public RouteChoice {
        estimates = List.copyOf(estimates);
        unavailable = List.copyOf(unavailable);
        Objects.requireNonNull(chosen, "chosen");
        Objects.requireNonNull(reason, "reason");
    }
}
