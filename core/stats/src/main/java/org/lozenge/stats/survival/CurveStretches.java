package org.lozenge.stats.survival;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The intervals of the curves of one comparison, as one route estimates them, and the log hazard ratio they pool to.
 *
 * <pre>{@code y = Σ wᵢ ln[(Dₜ/Rₜ)/(D_c/R_c)] / Σ wᵢ,   1/wᵢ = 1/Dₜ − 1/Rₜ + 1/D_c − 1/R_c,   SE = 1/√Σ wᵢ}</pre>
 *
 * <p>D are the events and R those effectively at risk in an interval. No events count as 10⁻⁶, which leaves the interval
 * next to no weight. Intervals in which an arm has nobody left, or both arms lose everyone, do not count.
 *
 * @param route the code of the route that made them
 * @param stretches the intervals, in ascending order
 * @param notes what was assumed, in sentences
 * @see <a href="https://doi.org/10.1002/(SICI)1097-0258(19981230)17:24%3C2815::AID-SIM110%3E3.0.CO;2-8">Parmar, Torri
 *     and Stewart (1998), Stat. Med. 17, 2815–2834</a>, equations 15 to 20 and 26
 */
public record CurveStretches(String route, List<CurveStretch> stretches, String notes) {

    /** The largest share of those at risk who should have the event within one interval. */
    public static final double LARGEST_RISK = 0.20;

    /** With fewer intervals than this, one of them must hold more than a fifth of the events. */
    public static final int FEWEST = 5;

    /** A share of exactly a fifth, in decimal fractions, is not above it. */
    private static final double SLACK = 1e-9;

    /** Copies the list. */
    public CurveStretches {
        stretches = List.copyOf(stretches);
    }

    /**
     * The intervals of a report's curves by each route that finds some: T18 and T17 where their inputs are given, else T19.
     *
     * @param report a report
     * @return one entry for each route, best first; empty without curves of both arms and their participants
     */
    public static List<CurveStretches> of(ReportedResult report) {
        List<CurveStretches> found = new ArrayList<>();
        CurveAtRiskRoute.find(report).stretches().ifPresent(found::add);
        new CurveFollowUpRoute(true).find(report).stretches().ifPresent(found::add);
        if (found.isEmpty()) {
            new CurveFollowUpRoute(false).find(report).stretches().ifPresent(found::add);
        }
        return found;
    }

    /**
     * Says whether the intervals that a route of a report rests on are too coarse, as {@link #coarse()} does.
     *
     * @param report a report
     * @param route the code of a route
     * @return a sentence; empty if they are fine, or if the route does not work from curves
     */
    public static Optional<String> coarse(ReportedResult report, String route) {
        return switch (route) {
            case "T17" -> new CurveFollowUpRoute(true).find(report).stretches().flatMap(CurveStretches::coarse);
            case "T18" -> CurveAtRiskRoute.find(report).stretches().flatMap(CurveStretches::coarse);
            case "T19", "T24" ->
                new CurveFollowUpRoute(false).find(report).stretches().flatMap(CurveStretches::coarse);
            default -> Optional.empty();
        };
    }

    /** The intervals that carry weight. */
    private List<CurveStretch> usable() {
        return stretches.stream().filter(CurveStretch::usable).toList();
    }

    /** The estimate of the route, or why there is none. */
    RouteResult estimate(RouteEstimate.Precision precision, List<String> inputs) {
        List<CurveStretch> usable = usable();
        if (usable.stream().noneMatch(CurveStretch::eventsInBoth)) {
            return RouteUnavailable.refused(route, "no interval of the curves has events in both arms");
        }
        double sum = 0;
        double weights = 0;
        for (CurveStretch stretch : usable) {
            double w = 1 / stretch.variance();
            sum += w * stretch.logRatio();
            weights += w;
        }
        return new RouteEstimate(
                route,
                sum / weights,
                1 / Math.sqrt(weights),
                inputs,
                false,
                precision,
                Assumptions.join(notes, withoutWeight(usable), coarse().orElse("")));
    }

    private String withoutWeight(List<CurveStretch> usable) {
        long noEvents =
                usable.stream().filter(stretch -> !stretch.eventsInBoth()).count();
        int unusable = stretches.size() - usable.size();
        long negative = stretches.stream()
                .filter(s -> s.treatment().censored() < -1 || s.control().censored() < -1)
                .count();
        return Assumptions.join(
                noEvents == 0
                        ? ""
                        : intervals(noEvents) + " without events in an arm " + (noEvents == 1 ? "has" : "have")
                                + " next to no weight.",
                unusable == 0
                        ? ""
                        : intervals(unusable) + " in which nobody is left in an arm " + (unusable == 1 ? "is" : "are")
                                + " left out.",
                negative == 0
                        ? ""
                        : "In " + intervals(negative).toLowerCase(Locale.ROOT)
                                + " the numbers at risk fall less than the curve allows: check both.");
    }

    private static String intervals(long n) {
        return n == 1 ? "One interval" : n + " intervals";
    }

    /**
     * Says whether the intervals are too coarse: within an interval more than a fifth of those at risk have the event, or
     * there are fewer than five intervals with events. Then the ratio lies too near 1.
     */
    public Optional<String> coarse() {
        List<String> faults = new ArrayList<>();
        stretches.stream()
                .filter(s -> largestRisk(s) > LARGEST_RISK + SLACK)
                .max((a, b) -> Double.compare(largestRisk(a), largestRisk(b)))
                .ifPresent(s -> faults.add(String.format(
                        Locale.ROOT,
                        "between %s and %s, %.0f%% of those at risk in an arm have the event, and more than 20%% should not",
                        Digits.of(s.start()),
                        Digits.of(s.end()),
                        100 * largestRisk(s))));
        long withEvents = stretches.stream()
                .filter(s -> s.treatment().events() > 0 || s.control().events() > 0)
                .count();
        if (withEvents < FEWEST) {
            faults.add((withEvents == 1 ? "one interval holds" : withEvents + " intervals hold")
                    + " all events, so one of them more than a fifth");
        }
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of("Coarse intervals: " + String.join("; ", faults) + ". Read the curves at more times.");
    }

    private static double largestRisk(CurveStretch stretch) {
        double risk = Math.max(stretch.treatment().risk(), stretch.control().risk());
        return Double.isNaN(risk) ? 0 : risk;
    }
}
