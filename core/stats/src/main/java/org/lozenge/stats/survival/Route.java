package org.lozenge.stats.survival;

import java.util.List;
import java.util.Optional;

/**
 * One way from what a report prints to a log hazard ratio with its standard error.
 *
 * <p>A route is stateless. It reads only the fields it names, and says in its result which those were and what it
 * assumed. {@link #all()} lists the routes of this library by code; {@link RouteChooser} picks among their results.
 */
public interface Route {

    /** The short name used in tables and options, such as {@code T4}. */
    String code();

    /** What the route starts from, such as {@code hazard ratio and confidence interval}. */
    String title();

    /**
     * Derives the log hazard ratio.
     *
     * @param report what the report prints
     * @return the estimate, or the reason why the report does not allow this route
     */
    RouteResult apply(ReportedResult report);

    /** All routes that work from one printed result with its curves, in the order of their codes. */
    static List<Route> all() {
        return List.of(
                new ObservedExpectedRoute(),
                new ObservedMinusExpectedRoute(),
                new OneArmExpectedRoute(),
                new IntervalRoute(),
                new OneLimitRoute(),
                new IntervalAloneRoute(),
                new TwoSidedPRoute(),
                new OneSidedPRoute(),
                new PBoundRoute(),
                new RatioAndEventsRoute("T10", EventInformation.PER_ARM),
                new RatioAndEventsRoute("T11", EventInformation.TOTAL),
                new RatioAndEventsRoute("T12", EventInformation.ALLOCATED),
                new PAndEventsRoute("T13", EventInformation.PER_ARM),
                new PAndEventsRoute("T14", EventInformation.TOTAL),
                new PAndEventsRoute("T15", EventInformation.ALLOCATED),
                new LogRankChiSquareRoute(),
                new CurveFollowUpRoute(true),
                new CurveAtRiskRoute(),
                new CurveFollowUpRoute(false),
                new SurvivalAtTimeRoute(),
                new EventProportionsRoute(),
                new MediansRoute(),
                new PersonTimeRoute(),
                new CurveReconstructionRoute());
    }

    /** What a route starts from, also for T29, which adds up what other routes give for the strata of a trial. */
    static String titleOf(String code) {
        return code.equals("T29")
                ? "the sum over strata"
                : withCode(code).map(Route::title).orElse("");
    }

    /** The route with a code, if there is one. */
    static Optional<Route> withCode(String code) {
        return all().stream().filter(route -> route.code().equals(code)).findFirst();
    }
}
