package org.lozenge.analyses.hazardratio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lozenge.analyses.shared.ReportRow;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Scale;
import org.lozenge.stats.numeric.Normal;

/** The figure of the analysis {@code hazard-ratio}: the derived hazard ratios, by endpoint, with their routes. */
final class HazardRatioFigures {

    private HazardRatioFigures() {}

    static ForestPlot forest(List<ReportRow> usable, double level) {
        ForestPlot plot = ForestPlot.of("forest", "Hazard ratios derived from the reports", Scale.LOG)
                .measure("Hazard ratio")
                .level(level)
                .axis("Hazard ratio, log scale")
                .favours("Favours treatment", "Favours control")
                .describe(String.format(
                        Locale.ROOT,
                        "Forest plot of %d hazard ratios derived from reports, not pooled.",
                        usable.size()))
                .column("route", "Route", Side.RIGHT);
        double z = Normal.criticalValue(level);
        double total = usable.stream()
                .mapToDouble(row -> HazardRatioTables.chosen(row).information())
                .sum();
        Map<String, List<ReportRow>> byEndpoint = usable.stream()
                .collect(Collectors.groupingBy(ReportRow::endpoint, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<ReportRow>> group : byEndpoint.entrySet()) {
            boolean headed = !group.getKey().isEmpty();
            if (headed) {
                plot = plot.add(Row.text(RowKind.HEADING, group.getKey()));
            }
            plot = plot.addAll(group.getValue().stream()
                    .map(row -> study(row, z, total).indent(headed ? 1 : 0))
                    .toList());
        }
        return plot.footnote("Results are not pooled: reports of one trial may appear more than once.");
    }

    private static Row study(ReportRow row, double z, double total) {
        return Row.of(
                        RowKind.STUDY,
                        row.study(),
                        HazardRatioTables.ratio(row, 0),
                        HazardRatioTables.ratio(row, -z),
                        HazardRatioTables.ratio(row, z),
                        HazardRatioTables.chosen(row).information() / total)
                .cell("route", HazardRatioTables.chosen(row).route());
    }
}
