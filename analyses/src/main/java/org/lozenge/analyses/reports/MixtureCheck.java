package org.lozenge.analyses.reports;

import static org.lozenge.stats.survival.ReportField.N_C;
import static org.lozenge.stats.survival.ReportField.N_T;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lozenge.stats.survival.AuditState;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * Rules A9 and A11 between trials that would be pooled: endpoint, patients, assessment, censoring, adjustment, design and
 * start of the clock are the same, and levels and sidedness are stated where they differ.
 *
 * <p>A trial that reports several ways counts for each of them. So a mixture is what no choice of reports could avoid.
 */
final class MixtureCheck {

    private static final int MOST_NAMED = 4;
    private static final Set<Aspect> OF_ONE_ROW = Set.of(Aspect.MEASURE, Aspect.INTERVAL);

    private MixtureCheck() {}

    /** Compares the endpoints of the trials of one family. */
    static List<Comparison> endpoints(List<TrialReport> family) {
        return mixture(
                        family,
                        "endpoint",
                        report -> Optional.of(report.endpoint().label()),
                        "one endpoint")
                .map(List::of)
                .orElse(List.of());
    }

    /** Compares how the effects of trials of one family were obtained. */
    static List<Comparison> aspects(List<TrialReport> family) {
        List<Comparison> all = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            if (!OF_ONE_ROW.contains(aspect)) {
                mixture(family, aspect.label(), report -> value(aspect, report), "one " + aspect.label())
                        .ifPresent(all::add);
            }
        }
        levels(family).ifPresent(all::add);
        return all;
    }

    /** A row that says nothing is the ordinary case of an aspect that has one, and unknown of others. */
    private static Optional<String> value(Aspect aspect, TrialReport report) {
        Optional<String> stated = report.aspect(aspect);
        if (!aspect.hasDefault()) {
            return stated;
        }
        return Optional.of(stated.filter(value -> !aspect.isOrdinary(value)).orElse(ordinary(aspect)));
    }

    private static String ordinary(Aspect aspect) {
        return switch (aspect) {
            case CENSORING -> "no such censoring stated";
            case ADJUSTMENT -> "unadjusted, or not stated";
            case DESIGN -> "randomized, or not stated";
            case START -> "from randomization, or not stated";
            default -> "not stated";
        };
    }

    private static Optional<Comparison> mixture(
            List<TrialReport> family, String what, Function<TrialReport, Optional<String>> value, String expected) {
        Map<String, Map<String, TrialReport>> byTrial = new LinkedHashMap<>();
        for (TrialReport report : family) {
            value.apply(report)
                    .ifPresent(text -> byTrial.computeIfAbsent(report.trial(), k -> new LinkedHashMap<>())
                            .putIfAbsent(text, report));
        }
        Set<String> values = new LinkedHashSet<>();
        byTrial.values().forEach(own -> values.addAll(own.keySet()));
        if (byTrial.size() < 2) {
            return Optional.empty();
        }
        List<TrialReport> rows =
                byTrial.values().stream().flatMap(own -> own.values().stream()).toList();
        boolean common =
                values.stream().anyMatch(text -> byTrial.values().stream().allMatch(own -> own.containsKey(text)));
        Findings findings = new Findings("A9", expected + " in all trials of a pool");
        if (common) {
            findings.agree(
                    what + (values.size() == 1 ? ": " + values.iterator().next() : ""),
                    rows.toArray(TrialReport[]::new));
            return findings.all().stream().findFirst();
        }
        List<String> parts = values.stream()
                .map(text -> Phrases.shortList(
                                byTrial.entrySet().stream()
                                        .filter(trial -> trial.getValue().containsKey(text))
                                        .map(Map.Entry::getKey)
                                        .toList(),
                                MOST_NAMED)
                        + ": " + text)
                .toList();
        findings.warn(
                rows,
                String.join("; ", values),
                expected,
                "The trials differ in " + what + " (" + String.join("; ", parts)
                        + "). Do not pool them without saying so, and show the result without the odd ones.");
        return findings.all().stream().findFirst();
    }

    /** Some rows state an unusual level; others state none and nothing in them confirms the usual one. */
    private static Optional<Comparison> levels(List<TrialReport> family) {
        List<TrialReport> intervals = family.stream()
                .filter(report -> report.result().has(org.lozenge.stats.survival.ReportField.CI_LOW)
                        || report.result().has(org.lozenge.stats.survival.ReportField.CI_HIGH))
                .toList();
        Set<Double> stated = intervals.stream()
                .filter(report -> report.result().levelStated())
                .map(report -> report.result().level())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<TrialReport> open = intervals.stream()
                .filter(report -> !report.result().levelStated() && !isConfirmed(report))
                .toList();
        boolean unusual = open.stream()
                .anyMatch(report -> stated.stream()
                        .anyMatch(level -> level != report.result().level()));
        if (stated.isEmpty() || intervals.size() < 2) {
            return Optional.empty();
        }
        Findings findings = new Findings("A11", "the level of each interval stated");
        if (open.isEmpty() || !unusual) {
            findings.agree("levels of the intervals", intervals.toArray(TrialReport[]::new));
        } else {
            findings.warn(
                    open,
                    "levels " + stated.stream().map(Phrases::number).collect(Collectors.joining(", "))
                            + " and not stated",
                    "the level of each interval",
                    "Intervals of level " + stated.stream().map(Phrases::number).collect(Collectors.joining(", "))
                            + " stand beside intervals whose level is not stated ("
                            + Phrases.rows(
                                    open.stream().map(TrialReport::row).sorted().toList())
                            + "), which are read as "
                            + Phrases.number(open.get(0).result().level())
                            + ". Look up and state the level of each.");
        }
        return findings.all().stream().findFirst();
    }

    /** A P value that agrees with the interval confirms the level at which it was read. */
    private static boolean isConfirmed(TrialReport report) {
        return report.figures().audit().stream()
                .anyMatch(finding -> finding.rule().equals("A3") && finding.state() != AuditState.WARN);
    }

    /** One row by itself: what it prints is no hazard ratio, or its limits are none of a confidence interval. */
    static List<Comparison> ofRows(List<TrialReport> all) {
        List<Comparison> findings = new ArrayList<>();
        for (TrialReport report : all) {
            report.aspect(Aspect.MEASURE)
                    .filter(value -> !Aspect.MEASURE.isOrdinary(value))
                    .ifPresent(value -> findings.addAll(row(
                            report,
                            "A9",
                            value,
                            "a hazard ratio",
                            "The row is said to print " + value
                                    + ", which is not a hazard ratio and cannot be pooled with hazard ratios.")));
            report.aspect(Aspect.INTERVAL)
                    .filter(value -> !Aspect.INTERVAL.isOrdinary(value))
                    .ifPresent(value -> findings.addAll(row(
                            report,
                            "A11",
                            value,
                            "a confidence interval",
                            "The limits are those of " + value
                                    + "; read as a confidence interval they give a wrong standard error.")));
        }
        return findings;
    }

    private static List<Comparison> row(
            TrialReport report, String rule, String observed, String expected, String text) {
        Findings findings = new Findings(rule, expected);
        findings.warn(List.of(report), observed, expected, text);
        return findings.all();
    }

    /** A standard error that took the arms for equal, although another row of the trial says that they are not. */
    static List<Comparison> allocation(List<TrialReport> trial) {
        Optional<TrialReport> unequal = trial.stream()
                .filter(report -> report.result().count(N_T).isPresent()
                        && report.result().count(N_C).isPresent())
                .filter(report -> {
                    double t = report.result().count(N_T).orElseThrow().count();
                    double c = report.result().count(N_C).orElseThrow().count();
                    return t > 0 && c > 0 && 4 * t * c / ((t + c) * (t + c)) < 0.979;
                })
                .findFirst();
        if (unequal.isEmpty()) {
            return List.of();
        }
        String sizes =
                unequal.get().result().text(N_T) + ":" + unequal.get().result().text(N_C);
        return trial.stream()
                .filter(report -> report.figures()
                        .estimate()
                        .map(RouteEstimate::route)
                        .filter(route -> route.equals("T11") || route.equals("T14"))
                        .isPresent())
                .flatMap(report -> row(
                        report,
                        "A5",
                        "events divided by 4",
                        "arms of " + sizes,
                        "The standard error takes the arms for equal, but "
                                + unequal.get().words() + " gives " + sizes
                                + " participants. Add n_t and n_c to this row.")
                        .stream())
                .toList();
    }
}
