package org.lozenge.analyses.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.analyses.reports.CutOff;
import org.lozenge.plugin.Tabular;

/**
 * Rows that did not enter any pool, with the reason. Together with the rows used they are all rows of the table.
 *
 * @param report the first of them
 * @param reason why not, the same for all
 * @param rows the rows, in ascending order
 */
record NotUsed(Report report, String reason, List<Integer> rows) {

    /** Rows of one document about one endpoint of one analysis. */
    private record Place(String trial, String name, String endpoint, CutOff cutOff) {
        static Place of(Report report) {
            return new Place(report.trial(), report.name(), report.printedEndpoint(), report.cutOff());
        }
    }

    /** Rows that share a line. */
    private record Key(Place place, String reason) {}

    NotUsed {
        rows = List.copyOf(rows);
    }

    static List<NotUsed> of(List<ReportLine> lines, List<FamilyReview> families) {
        Set<Integer> used = new HashSet<>();
        Map<Integer, String> reasons = new HashMap<>();
        for (FamilyReview family : families) {
            used.addAll(family.usedRows());
            family.choices().stream()
                    .flatMap(choice -> choice.others().stream())
                    .forEach(other -> reasons.put(other.report().row(), other.reason()));
        }
        Map<Place, Integer> withRatio = withRatio(lines);
        Map<Key, List<Report>> groups = new LinkedHashMap<>();
        for (ReportLine line : lines) {
            Report report = line.report();
            if (!used.contains(report.row())) {
                String reason = supplement(report, withRatio)
                        .orElseGet(() -> reasons.getOrDefault(
                                report.row(), report.derived().problem()));
                groups.computeIfAbsent(new Key(Place.of(report), reason), key -> new ArrayList<>())
                        .add(report);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new NotUsed(
                        group.getValue().get(0),
                        group.getKey().reason(),
                        group.getValue().stream().map(Report::row).sorted().toList()))
                .sorted(Comparator.comparing(group -> group.rows().get(0)))
                .toList();
    }

    private static Map<Place, Integer> withRatio(List<ReportLine> lines) {
        Map<Place, Integer> rows = new HashMap<>();
        for (ReportLine line : lines) {
            if (line.report().derived().standing() != Derivation.Standing.NOTHING) {
                rows.merge(Place.of(line.report()), line.report().row(), Math::min);
            }
        }
        return rows;
    }

    /** Further figures of an analysis whose hazard ratio stands in another row are no report of their own. */
    private static Optional<String> supplement(Report report, Map<Place, Integer> withRatio) {
        if (report.derived().standing() != Derivation.Standing.NOTHING) {
            return Optional.empty();
        }
        return Optional.ofNullable(withRatio.get(Place.of(report)))
                .map(row -> "further figures of row " + row + ", for the audit only");
    }

    /** Returns a row for each group. */
    static Tabular table(List<NotUsed> groups) {
        return Tabular.of("not_used", "Rows that did not enter, and why")
                .texts("rows", FamilyTables.texts(groups, group -> Words.numbers(group.rows)))
                .texts("study", FamilyTables.texts(groups, group -> group.report.trial()))
                .texts("report", FamilyTables.texts(groups, group -> group.report.name()))
                .texts("endpoint", FamilyTables.texts(groups, group -> group.report.printedEndpoint()))
                .texts(
                        "cutoff",
                        FamilyTables.texts(
                                groups, group -> group.report.cutOff().words()))
                .texts("reason", FamilyTables.texts(groups, NotUsed::reason))
                .label("study", "Trial")
                .label("cutoff", "analysis");
    }
}
