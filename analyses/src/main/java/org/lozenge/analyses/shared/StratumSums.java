package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.stats.survival.LogHazardRatio;
import org.lozenge.stats.survival.RouteChoice;
import org.lozenge.stats.survival.RouteEstimate;

/**
 * Route T29: rows that are disjoint strata of one trial become one result, the sum of their O − E and V.
 *
 * <p>Strata are rows of one study, endpoint, document and cut-off that differ in the column {@code stratum}. The first of
 * them gets the sum; the others say where it stands.
 */
final class StratumSums {

    private static final String CODE = "T29";

    private final Inputs in;
    private final List<Optional<ReportRow>> rows;
    private final String[] strata;
    private final List<Message> warnings = new ArrayList<>();

    private StratumSums(Inputs in, List<Optional<ReportRow>> rows) {
        this.in = in;
        this.rows = new ArrayList<>(rows);
        this.strata = CurvePoints.texts(in, CurveRoles.STRATUM);
    }

    /**
     * Returns the rows with their strata summed.
     *
     * @param keys what each row is about; empty for points of curves
     * @param warnings where to say that strata could not be summed
     */
    static List<Optional<ReportRow>> sum(
            Inputs in, List<Optional<ReportRow>> rows, List<CurvePoints.Key> keys, List<Message> warnings) {
        if (!in.has(CurveRoles.STRATUM)) {
            return rows;
        }
        StratumSums sums = new StratumSums(in, rows);
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).isPresent() && !sums.strata[i].isEmpty()) {
                groups.computeIfAbsent(keys.get(i).folded(), key -> new ArrayList<>())
                        .add(i);
            }
        }
        groups.values().forEach(sums::read);
        warnings.addAll(sums.warnings);
        return sums.rows;
    }

    private void read(List<Integer> at) {
        List<Integer> without =
                at.stream().filter(i -> row(i).estimate().isEmpty()).toList();
        long names = at.stream()
                .map(i -> strata[i].toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (at.size() < 2) {
            warn(
                    at,
                    "is the only stratum of its trial; add the others, or clear the cell if the row is the whole trial");
        } else if (names < at.size()) {
            warn(at, "are strata of one trial of which two have the same name; they are not summed");
        } else if (!without.isEmpty()) {
            warn(at, "are strata of one trial, but " + quoted(without) + " has no usable effect; they are not summed");
        } else {
            replace(at);
        }
    }

    private ReportRow row(int i) {
        return rows.get(i).orElseThrow();
    }

    private void replace(List<Integer> at) {
        RouteEstimate sum = sum(at);
        int first = at.get(0);
        for (int i : at) {
            ReportRow row = row(i);
            List<RouteEstimate> estimates = new ArrayList<>(row.choice().estimates());
            String reason = "Stratum " + quoted(List.of(i)) + " is summed with the others in row "
                    + row(first).row() + " (" + CODE + ").";
            if (i == first) {
                estimates.add(0, sum);
                reason = sum.note();
            }
            Optional<RouteEstimate> chosen = i == first ? Optional.of(sum) : Optional.empty();
            RouteChoice choice = new RouteChoice(estimates, row.choice().unavailable(), chosen, reason);
            rows.set(i, Optional.of(row.summed(choice, row(first).row())));
        }
    }

    private RouteEstimate sum(List<Integer> at) {
        List<RouteEstimate> parts =
                at.stream().map(i -> row(i).estimate().orElseThrow()).toList();
        LogHazardRatio sum = LogHazardRatio.overStrata(parts.stream()
                .map(part -> new LogHazardRatio(part.y(), part.standardError()))
                .toList());
        List<String> inputs = at.stream()
                .map(i -> {
                    RouteEstimate part = row(i).estimate().orElseThrow();
                    return strata[i] + " (" + part.route() + ") O − E "
                            + PlotText.fixed(part.observedMinusExpected(), 3) + " and V "
                            + PlotText.fixed(part.information(), 3);
                })
                .toList();
        return new RouteEstimate(
                CODE,
                sum.y(),
                sum.standardError(),
                inputs,
                parts.stream().anyMatch(RouteEstimate::bound),
                parts.stream()
                        .map(RouteEstimate::precision)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                CODE + ", the sum over " + at.size() + " strata that share no participant.");
    }

    private String quoted(List<Integer> at) {
        return at.stream().map(i -> "'" + strata[i] + "'").collect(Collectors.joining(", "));
    }

    private void warn(List<Integer> at, String text) {
        int[] numbers = at.stream().mapToInt(i -> row(i).row()).toArray();
        String list = at.stream().map(i -> String.valueOf(row(i).row())).collect(Collectors.joining(", "));
        warnings.add(Message.warning(
                        "strata-not-summed",
                        in.source() + (at.size() == 1 ? ", row " : ", rows ") + list + " ("
                                + row(at.get(0)).study() + "): " + quoted(at) + " " + text + ".")
                .at(numbers));
    }
}
