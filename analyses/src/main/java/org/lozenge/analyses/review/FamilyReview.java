package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lozenge.analyses.reports.Arms;
import org.lozenge.analyses.reports.Comparison;
import org.lozenge.analyses.reports.Endpoint;
import org.lozenge.analyses.reports.EndpointFamily;
import org.lozenge.analyses.reports.ReportComparisons;
import org.lozenge.analyses.reports.TrialReport;
import org.lozenge.analyses.shared.Pooling;
import org.lozenge.analyses.shared.ReportParams;
import org.lozenge.plugin.Inputs;
import org.lozenge.stats.survival.AuditFinding;

/**
 * One family of endpoints, reviewed.
 *
 * @param family the family
 * @param lines its rows, in the order of the table
 * @param choices what became of each trial, in the order of the table
 * @param pool the trials that can be pooled; empty for none, may hold a single one
 * @param mixture the pool without the odd endpoints; empty when all trials report the same
 * @param settings the pool by setting; empty when no setting is stated
 * @param findings what the audit found
 * @param treatment what the trials test, for sentences
 * @param control what they compare it with, for sentences
 */
record FamilyReview(
        EndpointFamily family,
        List<ReportLine> lines,
        List<Choice> choices,
        Optional<Pool> pool,
        Optional<Mixture> mixture,
        List<Setting> settings,
        List<Finding> findings,
        String treatment,
        String control) {

    /**
     * Trials of one family that report different endpoints.
     *
     * @param usual the endpoint that most trials report
     * @param without the pool of these trials only
     */
    record Mixture(Endpoint usual, Pool without) {}

    /**
     * The trials of one setting.
     *
     * @param name as printed; empty for trials without one
     * @param pool its trials
     */
    record Setting(String name, Pool pool) {}

    private static final int MOST_NAMED = 5;

    FamilyReview {
        lines = List.copyOf(lines);
        choices = List.copyOf(choices);
        settings = List.copyOf(settings);
        findings = List.copyOf(findings);
    }

    static FamilyReview of(EndpointFamily family, List<ReportLine> lines, List<Comparison> comparisons, Inputs in) {
        Pooling pooling = Pooling.of(in);
        List<Choice> choices = choose(lines, in);
        List<Report> used = choices.stream()
                .flatMap(choice -> choice.used().stream())
                .sorted(Comparator.comparingInt(Report::row))
                .toList();
        List<Setting> settings = settings(used, pooling);
        // In the order in which the forest plot and the tables show them: setting by setting.
        List<Report> ordered = settings.isEmpty()
                ? used
                : settings.stream()
                        .flatMap(setting -> setting.pool().reports().stream())
                        .toList();
        List<Arms> arms = ordered.stream().map(Report::arms).toList();
        return new FamilyReview(
                family,
                lines,
                choices,
                ordered.isEmpty() ? Optional.empty() : Optional.of(Pool.of(ordered, pooling)),
                mixture(ordered, pooling),
                settings,
                findings(family, lines, ordered, comparisons),
                Arms.commonTreatment(arms),
                Arms.commonControl(arms));
    }

    private static List<Choice> choose(List<ReportLine> lines, Inputs in) {
        Map<String, List<Report>> trials = lines.stream()
                .map(ReportLine::report)
                .collect(Collectors.groupingBy(Report::trial, LinkedHashMap::new, Collectors.toList()));
        boolean anyRandomized = lines.stream()
                .map(ReportLine::report)
                .anyMatch(report -> report.randomized() && report.derived().standing() == Derivation.Standing.ESTIMATE);
        List<Choice> choices = new ArrayList<>();
        trials.forEach((trial, reports) -> {
            Rules rules = new Rules(
                    in.get(ReviewParams.CUTOFF),
                    in.get(ReportParams.ACCEPT_BOUNDS),
                    anyRandomized,
                    arms -> likeness(trial, arms, trials));
            choices.add(Selection.choose(reports, rules));
        });
        return choices;
    }

    /** In how many other trials the same thing is tested, and against the same control. */
    private static double likeness(String trial, Arms arms, Map<String, List<Report>> trials) {
        double likeness = 0;
        for (Map.Entry<String, List<Report>> other : trials.entrySet()) {
            if (!other.getKey().equals(trial)) {
                boolean sameTest = other.getValue().stream()
                        .anyMatch(report -> report.arms().tested().stream().anyMatch(arms.tested()::contains));
                boolean sameControl = other.getValue().stream()
                        .anyMatch(report -> report.arms().control().equalsIgnoreCase(arms.control()));
                likeness += (sameTest ? 1 : 0) + (sameControl ? 1 : 0);
            }
        }
        return likeness;
    }

    private static List<Setting> settings(List<Report> used, Pooling pooling) {
        if (used.stream().allMatch(report -> report.setting().isEmpty())) {
            return List.of();
        }
        Map<String, List<Report>> groups = used.stream()
                .collect(Collectors.groupingBy(
                        report -> report.setting().toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.toList()));
        return groups.values().stream()
                .map(reports -> new Setting(reports.get(0).setting(), Pool.of(reports, pooling)))
                .toList();
    }

    private static Optional<Mixture> mixture(List<Report> used, Pooling pooling) {
        Map<Endpoint, List<Report>> byEndpoint =
                used.stream().collect(Collectors.groupingBy(Report::endpoint, LinkedHashMap::new, Collectors.toList()));
        if (byEndpoint.size() < 2) {
            return Optional.empty();
        }
        List<Report> usual = byEndpoint.values().stream()
                .min(Comparator.comparingInt((List<Report> reports) -> -reports.size())
                        .thenComparingInt(reports -> reports.get(0).endpointRank())
                        .thenComparing(reports -> reports.get(0).endpoint().label()))
                .orElseThrow();
        return Optional.of(new Mixture(usual.get(0).endpoint(), Pool.of(usual, pooling)));
    }

    /** Each row by itself, the rows of a trial against each other, and the pooled trials against each other. */
    private static List<Finding> findings(
            EndpointFamily family, List<ReportLine> lines, List<Report> used, List<Comparison> comparisons) {
        Map<Integer, Report> reports = new HashMap<>();
        lines.forEach(line -> reports.put(line.report().row(), line.report()));
        Map<String, List<ReportLine>> trials = lines.stream()
                .collect(Collectors.groupingBy(line -> line.report().trial(), LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        trials.forEach((trial, ofTrial) -> {
            for (ReportLine line : ofTrial) {
                for (AuditFinding finding : line.figures().audit()) {
                    findings.add(
                            new Finding(line.report(), List.of(line.report().row()), finding));
                }
            }
            comparisons.stream()
                    .filter(comparison -> comparison.first().trial().equals(trial)
                            && comparison.first().family().equals(family))
                    .forEach(comparison -> add(findings, comparison, reports));
        });
        Set<Integer> rows = used.stream().map(Report::row).collect(Collectors.toSet());
        List<TrialReport> pooled = lines.stream()
                .map(ReportLine::about)
                .filter(about -> rows.contains(about.row()))
                .toList();
        ReportComparisons.betweenTrials(pooled).forEach(comparison -> add(findings, comparison, reports));
        return findings;
    }

    private static void add(List<Finding> findings, Comparison comparison, Map<Integer, Report> reports) {
        Report first = Objects.requireNonNull(reports.get(comparison.first().row()));
        findings.add(new Finding(first, comparison.rows(), comparison.finding()));
    }

    /** Returns the number of trials with at least one row in this family. */
    int trials() {
        return choices.size();
    }

    /** Returns the reports that are pooled, in the order of the forest plot. */
    List<Report> used() {
        return pool.map(Pool::reports).orElse(List.of());
    }

    /** Returns the line of a report; empty if it is not of this family. */
    Optional<ReportLine> line(Report report) {
        return lines.stream()
                .filter(line -> line.report().row() == report.row())
                .findFirst();
    }

    /** Returns the rows that are pooled. */
    Set<Integer> usedRows() {
        return used().stream().map(Report::row).collect(Collectors.toSet());
    }

    List<Finding> complaints() {
        return findings.stream().filter(Finding::isComplaint).toList();
    }

    /** Returns what the reader should decide. */
    List<Choice.Doubt> doubts() {
        List<Choice.Doubt> doubts = new ArrayList<>(mixedComparisons());
        choices.forEach(choice -> doubts.addAll(choice.doubts()));
        return doubts;
    }

    /** Trials that test nothing in common answer different questions. */
    private List<Choice.Doubt> mixedComparisons() {
        List<Report> used = used();
        boolean mixed = used.size() > 1
                && used.stream().noneMatch(report -> report.arms().treatment().isEmpty())
                && Arms.common(used.stream().map(Report::arms).toList()).isEmpty();
        if (!mixed) {
            return List.of();
        }
        List<String> comparisons = used.stream()
                .map(report -> report.trial() + ": "
                        + (report.arms().isKnown()
                                ? report.arms().words()
                                : report.arms().treatment()))
                .toList();
        return List.of(new Choice.Doubt(
                "mixed-comparisons",
                "By their names, the trials do not all test the same treatment ("
                        + Words.shortList(comparisons, MOST_NAMED)
                        + "). If these are different questions, review them apart",
                used.stream().map(Report::row).sorted().toList()));
    }

    /** Returns the choices of the trials that are pooled, in the order of the forest plot. */
    List<Choice> choicesUsed() {
        Map<Integer, Choice> byRow = new HashMap<>();
        choices.forEach(choice -> choice.used().ifPresent(report -> byRow.put(report.row(), choice)));
        return used().stream()
                .map(report -> Objects.requireNonNull(byRow.get(report.row())))
                .toList();
    }
}
