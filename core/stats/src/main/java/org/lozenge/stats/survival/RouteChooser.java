package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * Computes every route that a report allows and chooses one by a fixed order of precedence.
 *
 * <p>The order puts first what needs the fewest assumptions: the log-rank statistics themselves, then the interval (it
 * comes from the same analysis as the ratio), then event counts, then P values, then the survival curves, and ratios guessed
 * from single points of them last. Within the order
 *
 * <ul>
 *   <li>a standard error from a P value with one significant digit ranks just before bounds,
 *   <li>one from a P value above 0.5 ranks last of all,
 *   <li>a bound is never chosen unless bounds are accepted,
 *   <li>a ratio guessed from the curves never takes the place of a printed one.
 * </ul>
 */
public final class RouteChooser {

    /** The route codes, best first. */
    public static final List<String> PRECEDENCE = List.of(
            "T2", "T4", "T6", "T5", "T1", "T3", "T10", "T12", "T11", "T7", "T8", "T16", "T13", "T15", "T14", "T24",
            "T18", "T17", "T23", "T9", "T19", "T20", "T21", "T22");

    private final List<String> own;
    private final List<String> order;
    private final boolean acceptBounds;

    /**
     * A chooser with its own order.
     *
     * @param first codes to put before all others, best first; may be empty
     * @param acceptBounds whether a standard error that is only a bound may be chosen
     * @throws IllegalArgumentException if a code is unknown or given twice
     */
    public RouteChooser(List<String> first, boolean acceptBounds) {
        for (String code : first) {
            if (!PRECEDENCE.contains(code)) {
                throw new IllegalArgumentException(
                        "'" + code + "' is not a route; routes are " + String.join(", ", PRECEDENCE));
            }
        }
        this.own = List.copyOf(first);
        this.order =
                Stream.concat(first.stream(), PRECEDENCE.stream()).distinct().toList();
        if (order.size() != PRECEDENCE.size() || first.stream().distinct().count() != first.size()) {
            throw new IllegalArgumentException("A route is given twice in " + String.join(", ", first));
        }
        this.acceptBounds = acceptBounds;
    }

    /** The standard order; bounds are shown but not chosen. */
    public static RouteChooser standard() {
        return new RouteChooser(List.of(), false);
    }

    /** Derives all routes of a report and chooses one. */
    public RouteChoice choose(ReportedResult report) {
        List<RouteEstimate> estimates = new ArrayList<>();
        List<RouteUnavailable> unavailable = new ArrayList<>();
        for (Route route : Route.all()) {
            RouteResult result = route.apply(report);
            if (result instanceof RouteEstimate estimate) {
                estimates.add(estimate);
            } else if (result instanceof RouteUnavailable none) {
                unavailable.add(none);
            }
        }
        estimates.sort(Comparator.comparingDouble(this::rank));
        Optional<RouteEstimate> chosen =
                estimates.stream().filter(estimate -> usable(report, estimate)).findFirst();
        String reason = chosen.map(best -> why(best, estimates)).orElseGet(() -> whyNone(report, estimates));
        return new RouteChoice(estimates, unavailable, chosen, reason);
    }

    private boolean usable(ReportedResult report, RouteEstimate estimate) {
        if (estimate.bound()) {
            return acceptBounds;
        }
        boolean crude = estimate.precision() == Precision.CRUDE;
        return own.contains(estimate.route()) || !crude || !report.has(ReportField.HR);
    }

    private double rank(RouteEstimate estimate) {
        double place = order.indexOf(estimate.route());
        if (own.contains(estimate.route())) {
            return place;
        }
        return switch (estimate.precision()) {
            case FULL, CRUDE -> place;
            case COARSE -> Math.max(place, order.indexOf("T9") - 0.5);
            case WEAK -> order.size();
        };
    }

    private static String why(RouteEstimate chosen, List<RouteEstimate> estimates) {
        List<RouteEstimate> others =
                estimates.stream().filter(other -> !other.equals(chosen)).toList();
        String from = chosen.route() + ", from " + title(chosen.route());
        String sentence = others.isEmpty()
                ? from + ", is the only route the report allows."
                : from + ", precedes " + codes(others) + " (SE " + Digits.of(chosen.standardError()) + "; others "
                        + spread(others) + ").";
        return Assumptions.join(sentence, chosen.note());
    }

    private static String spread(List<RouteEstimate> others) {
        double smallest =
                others.stream().mapToDouble(RouteEstimate::standardError).min().orElseThrow();
        double largest =
                others.stream().mapToDouble(RouteEstimate::standardError).max().orElseThrow();
        return Digits.range(smallest, largest);
    }

    private static String whyNone(ReportedResult report, List<RouteEstimate> estimates) {
        List<RouteEstimate> bounds =
                estimates.stream().filter(RouteEstimate::bound).toList();
        if (!bounds.isEmpty()) {
            return "Only a bound is available (" + codes(bounds) + ", SE at most " + spread(bounds)
                    + "): accept bounds to use it, or add a confidence limit, an exact P value or events.";
        }
        if (report.has(ReportField.HR)) {
            return "A hazard ratio alone has no standard error: add a confidence limit, an exact P value, or events"
                    + whatFailed(report) + ".";
        }
        if (report.curves().isPresent()) {
            return "The curves do not suffice: add participants of both arms (n_risk at time 0), and numbers at risk or "
                    + "the smallest and largest follow-up" + whatFailed(report) + ".";
        }
        if (report.p().isPresent() && report.totalEvents().isPresent()) {
            return report.p().get().exact()
                    ? "P and events have no direction: say which arm is favoured" + whatFailed(report) + "."
                    : "Events with a P value that is only a bound give no hazard ratio: add an exact P value or the "
                            + "hazard ratio.";
        }
        return "Nothing to derive a hazard ratio from: add the hazard ratio with its interval, O − E with V, P with "
                + "events and the favoured arm, or points of the survival curves.";
    }

    /** The reasons of routes whose fields are all there, so that a refused number is named. */
    private static String whatFailed(ReportedResult report) {
        String reasons = Route.all().stream()
                .map(route -> route.apply(report))
                .filter(RouteUnavailable.class::isInstance)
                .map(RouteUnavailable.class::cast)
                .filter(RouteUnavailable::refused)
                .map(none -> none.route() + ": " + none.reason())
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : " (" + reasons + ")";
    }

    private static String codes(List<RouteEstimate> estimates) {
        return estimates.stream().map(RouteEstimate::route).collect(Collectors.joining(", "));
    }

    private static String title(String code) {
        return Route.withCode(code).orElseThrow().title();
    }
}
