package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.lozenge.stats.survival.HazardDrift;
import org.lozenge.stats.survival.ReportedResult;
import org.lozenge.stats.survival.RouteEstimate;
import org.lozenge.stats.survival.RouteEstimate.Precision;

/**
 * How the hazard ratio of one endpoint of one trial changes over time, as its curves or its event-free fractions tell.
 *
 * @param study name of the study
 * @param endpoint endpoint as printed; empty if the table has none
 * @param source {@code curves} or {@code survival at times}
 * @param drift the hazard ratios and their test
 * @param rows 1-based rows of the user's table
 */
public record ReportDrift(String study, String endpoint, String source, HazardDrift drift, List<Integer> rows) {

    /** Checks that nothing is missing. */
    public ReportDrift {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(drift, "drift");
        rows = List.copyOf(rows);
    }

    /** Returns the drift of each trial and endpoint among some rows of a table, in their order. */
    public static List<ReportDrift> of(List<ReportRow> rows) {
        List<ReportDrift> drifts = new ArrayList<>();
        Map<List<String>, List<ReportRow>> trials = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            if (!row.isInvalid()) {
                List<String> key = List.of(
                        row.study().toLowerCase(Locale.ROOT), row.endpoint().toLowerCase(Locale.ROOT));
                trials.computeIfAbsent(key, none -> new ArrayList<>()).add(row);
                HazardDrift.ofCurves(row.result())
                        .ifPresent(drift -> drifts.add(
                                new ReportDrift(row.study(), row.endpoint(), "curves", drift, List.of(row.row()))));
            }
        }
        for (List<ReportRow> trial : trials.values()) {
            List<ReportedResult> results = trial.stream().map(ReportRow::result).toList();
            ReportRow first = trial.get(0);
            HazardDrift.ofTimes(results, information(trial))
                    .ifPresent(drift -> drifts.add(new ReportDrift(
                            first.study(),
                            first.endpoint(),
                            "survival at times",
                            drift,
                            trial.stream().map(ReportRow::row).toList())));
        }
        return drifts;
    }

    /** 1/SE² of the trial's most precise hazard ratio that is not guessed from the same fractions. */
    private static double information(List<ReportRow> trial) {
        return trial.stream()
                .flatMap(row -> row.estimate().stream())
                .filter(estimate -> estimate.precision() != Precision.CRUDE && !estimate.bound())
                .mapToDouble(RouteEstimate::information)
                .max()
                .orElse(Double.NaN);
    }
}
