package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.XYPlot;

/** Figures and their marks in words, for readers who cannot see them. */
final class FigureWords {

    private static final int LONGEST = 300;

    private FigureWords() {}

    /** Returns a forest plot in a few sentences. */
    static String of(ForestPlot plot, EffectText effects) {
        List<Row> studies = rows(plot, RowKind.STUDY);
        StringBuilder out = new StringBuilder("Forest plot of ").append(count(studies.size(), "study", "studies"));
        out.append(": ").append(FigureText.clean(plot.title())).append('.');
        String level = FigureNumbers.level(plot.level());
        for (Row row : rows(plot, RowKind.SUMMARY)) {
            out.append(' ').append(label(row)).append(": ");
            out.append(FigureText.clean(plot.measure()).toLowerCase(Locale.ROOT))
                    .append(' ');
            out.append(effects.number(row.value()));
            String interval = effects.interval(row.low(), row.high());
            out.append(interval.isEmpty() ? "" : ", " + level + "% CI " + interval)
                    .append('.');
        }
        for (Row row : rows(plot, RowKind.PREDICTION)) {
            out.append(' ').append(label(row)).append(": ").append(effects.interval(row.low(), row.high()));
            out.append('.');
        }
        studies.stream()
                .filter(row -> row.weight() > 0)
                .max(Comparator.comparingDouble(Row::weight))
                .ifPresent(row -> out.append(" Largest weight: ")
                        .append(label(row))
                        .append(", ")
                        .append(FigureNumbers.percent(row.weight()))
                        .append('.'));
        return out.toString();
    }

    /** Returns what pointing at the marks of a row shows. */
    static String tooltip(Row row, EffectText effects) {
        String weight = Double.isNaN(row.weight()) ? "" : ", weight " + FigureNumbers.percent(row.weight());
        return label(row) + ": " + effects.cell(row) + weight;
    }

    private static List<Row> rows(ForestPlot plot, RowKind kind) {
        return plot.rows().stream().filter(row -> row.kind() == kind).toList();
    }

    private static String label(Row row) {
        String label = FigureText.clean(row.label());
        return label.length() <= LONGEST ? label : FigureText.clean(label.substring(0, LONGEST)) + "…";
    }

    /** Returns a plot over two axes in a few sentences. */
    static String of(XYPlot plot) {
        StringBuilder out = new StringBuilder("Plot of ").append(FigureText.clean(plot.yLabel()));
        out.append(" against ").append(FigureText.clean(plot.xLabel()));
        out.append(": ").append(FigureText.clean(plot.title())).append('.');
        List<String> parts = new ArrayList<>();
        for (XYPlot.Layer layer : plot.layers()) {
            String name = FigureText.clean(layer.name());
            if (layer.mark() == XYPlot.Mark.POINTS) {
                parts.add(count(layer.size(), "point", "points") + (name.isEmpty() ? "" : " (" + name + ")"));
            } else if (!name.isEmpty()) {
                parts.add(name);
            }
        }
        return parts.isEmpty() ? out.toString() : out + " It shows " + String.join("; ", parts) + ".";
    }

    private static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
