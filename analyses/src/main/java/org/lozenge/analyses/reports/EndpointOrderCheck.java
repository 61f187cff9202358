package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.EVENTS;
import static org.lozenge.stats.survival.ReportField.EVENTS_C;
import static org.lozenge.stats.survival.ReportField.EVENTS_T;
import static org.lozenge.stats.survival.ReportField.MEDIAN_C;
import static org.lozenge.stats.survival.ReportField.MEDIAN_T;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_C;
import static org.lozenge.stats.survival.ReportField.SURVIVAL_T;
import static org.lozenge.stats.survival.ReportField.TIME;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.stats.survival.ReportField;

/**
 * Rule A6 between endpoints of one trial: an endpoint that counts every event of another, and more, has at least as many
 * events and no more patients without one: {@code EFS ≤ PFS ≤ PFS2 ≤ OS} at every time, medians included.
 */
final class EndpointOrderCheck {

    /** Endpoints to those that count fewer events: each event of the second is one of the first. */
    private static final Map<String, Set<String>> WIDER = Map.ofEntries(
            Map.entry("EFS", Set.of("PFS", "TTP", "PFS2", "OS", "DSS")),
            Map.entry("PFS", Set.of("TTP", "PFS2", "OS", "DSS")),
            Map.entry("PFS2", Set.of("OS", "DSS")),
            Map.entry("TTF", Set.of("PFS", "TTP", "OS", "DSS")),
            Map.entry("DFS", Set.of("OS", "DSS")),
            Map.entry("RFS", Set.of("OS", "DSS", "time to recurrence")),
            Map.entry("IDFS", Set.of("OS", "DSS")),
            Map.entry("DMFS", Set.of("OS", "DSS")),
            Map.entry("OS", Set.of("DSS")));

    /** Two curves of one analysis may be censored a little differently. */
    private static final double CURVE_SLACK = 0.01;

    private final Findings findings = new Findings("A6", "the wider endpoint has more events and the lower curve");
    private final Set<String> reported = new HashSet<>();

    private EndpointOrderCheck() {}

    static List<Comparison> of(List<TrialReport> trial) {
        EndpointOrderCheck check = new EndpointOrderCheck();
        for (TrialReport wide : trial) {
            Set<String> narrower = WIDER.getOrDefault(wide.endpoint().label(), Set.of());
            for (TrialReport narrow : trial) {
                if (narrower.contains(narrow.endpoint().label()) && Analyses.samePatients(wide, narrow)) {
                    check.compare(wide, narrow);
                }
            }
        }
        return check.findings.all();
    }

    private void compare(TrialReport wide, TrialReport narrow) {
        boolean same = Analyses.sameAnalysis(wide, narrow);
        boolean wideIsLater = Analyses.earlier(narrow, wide).isPresent();
        if (same || wideIsLater) {
            events(wide, narrow, "with treatment", Figure.of(wide, EVENTS_T), Figure.of(narrow, EVENTS_T));
            events(wide, narrow, "with control", Figure.of(wide, EVENTS_C), Figure.of(narrow, EVENTS_C));
            events(
                    wide,
                    narrow,
                    "",
                    Figure.total(wide, EVENTS, EVENTS_T, EVENTS_C),
                    Figure.total(narrow, EVENTS, EVENTS_T, EVENTS_C));
        }
        if (same) {
            times(wide, narrow, MEDIAN_T, "with treatment");
            times(wide, narrow, MEDIAN_C, "with control");
            if (sameTime(wide, narrow)) {
                curves(wide, narrow, SURVIVAL_T, "with treatment");
                curves(wide, narrow, SURVIVAL_C, "with control");
            }
        }
    }

    private void events(
            TrialReport wide, TrialReport narrow, String arm, Optional<Figure> most, Optional<Figure> fewest) {
        if (most.isEmpty() || fewest.isEmpty()) {
            return;
        }
        String pair = wide.endpoint().label() + " and " + narrow.endpoint().label();
        if (!fewest.get().exceeds(most.get())) {
            findings.agree("events of " + pair, wide, narrow);
            return;
        }
        boolean armsSaidIt = arm.isEmpty()
                && (reported.contains("events with treatment" + pair)
                        || reported.contains("events with control" + pair));
        if (armsSaidIt || !reported.add("events " + arm + pair)) {
            return;
        }
        boolean deaths = narrow.endpoint().label().equals("OS");
        String noun = deaths ? "deaths" : narrow.endpoint().label() + " events";
        findings.warn(
                List.of(wide, narrow),
                fewest.get().text() + " " + noun + ", " + most.get().text() + " "
                        + wide.endpoint().label() + " events",
                "at most " + most.get().text() + " " + noun,
                Analyses.place(narrow) + " has " + fewest.get().text() + " " + noun + (arm.isEmpty() ? "" : " " + arm)
                        + ", more than the " + most.get().text() + " "
                        + wide.endpoint().label() + " events of "
                        + Analyses.place(wide) + ", among which " + (deaths ? "deaths" : "they")
                        + " are counted. Check whether rows or columns are exchanged, and how "
                        + wide.endpoint().label()
                        + " is censored.");
    }

    private void times(TrialReport wide, TrialReport narrow, ReportField field, String arm) {
        Optional<Figure> shorter = Figure.of(wide, field);
        Optional<Figure> longer = Figure.of(narrow, field);
        // Whether a median is reached at all may hang on the last patient at risk, so only numbers are compared.
        if (shorter.isEmpty()
                || longer.isEmpty()
                || Double.isInfinite(shorter.get().value())) {
            return;
        }
        if (shorter.get().exceeds(longer.get())) {
            above(wide, narrow, "The median " + arm, shorter.get(), longer.get());
        } else {
            findings.agree(
                    "medians of " + wide.endpoint().label() + " and "
                            + narrow.endpoint().label(),
                    wide,
                    narrow);
        }
    }

    private void curves(TrialReport wide, TrialReport narrow, ReportField field, String arm) {
        Optional<Figure> lower = Figure.of(wide, field);
        Optional<Figure> upper = Figure.of(narrow, field);
        if (lower.isEmpty() || upper.isEmpty()) {
            return;
        }
        if (lower.get().low() > upper.get().high() + CURVE_SLACK) {
            String time = wide.result().text(TIME);
            above(
                    wide,
                    narrow,
                    "The event-free fraction " + arm + (time.isEmpty() ? "" : " at time " + time),
                    lower.get(),
                    upper.get());
        } else {
            findings.agree(
                    "curves of " + wide.endpoint().label() + " and "
                            + narrow.endpoint().label(),
                    wide,
                    narrow);
        }
    }

    private void above(TrialReport wide, TrialReport narrow, String what, Figure lower, Figure upper) {
        String first = wide.endpoint().label();
        String second = narrow.endpoint().label();
        if (!reported.add(what + first + second)) {
            return;
        }
        findings.warn(
                List.of(wide, narrow),
                first + " " + lower.text() + ", " + second + " " + upper.text(),
                first + " no higher than " + second,
                what + " is " + lower.text() + " for " + first + " (" + wide.words() + ") but " + upper.text() + " for "
                        + second + " (" + narrow.words() + "). Whoever has an event of " + second
                        + " has one of " + first + ", so " + first
                        + " cannot be the higher. Check whether the rows are exchanged.");
    }

    private static boolean sameTime(TrialReport a, TrialReport b) {
        Optional<Figure> x = Figure.of(a, TIME);
        Optional<Figure> y = Figure.of(b, TIME);
        return x.isPresent()
                && y.isPresent()
                && Math.abs(x.get().value() - y.get().value()) < 1e-6 * x.get().value();
    }
}
