package org.lozenge.stats.survival;

/** What a route makes of a report: an estimate, or the reason why there is none. */
public sealed interface RouteResult permits RouteEstimate, RouteUnavailable {

    /** The code of the route, such as {@code T4}. */
    String route();
}
