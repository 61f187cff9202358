package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;

/**
 * The columns of text of a forest plot, before they have places: labels, the plot's own columns, effects and weights.
 */
final class ForestTable {

    /** Where a column comes from. */
    enum Kind {
        /** Names of studies and of results. */
        LABEL,
        /** The plot's own, left of the marks. */
        LEFT,
        /** Effect with interval. */
        EFFECT,
        /** Weight of the study. */
        WEIGHT,
        /** The plot's own, at the right edge. */
        RIGHT
    }

    /**
     * A column.
     *
     * @param kind where it comes from
     * @param header lines above it
     * @param right whether its texts end at its right edge
     * @param cells one per row
     */
    record Column(Kind kind, List<String> header, boolean right, List<String> cells) {

        /** Returns whether the column stands left of the marks. */
        boolean isLeft() {
            return kind == Kind.LABEL || kind == Kind.LEFT;
        }
    }

    /** What stands in a column of numbers: also {@code 12/345}, {@code 3.4 (1.2)}, {@code <0.001} and {@code –}. */
    private static final Pattern NUMERIC =
            Pattern.compile("[<>≤≥=~]? ?[-−+]?[.,]?\\d[-−–+/.,;:()%\\[\\] \\dto]*[*†‡§]?|[-–—]|NA|NR");

    /** A hyphen that stands before a number and not inside a word. */
    private static final Pattern HYPHEN = Pattern.compile("(?<![\\w.)])-(?=[.\\d])");

    private final ForestPlot plot;
    private final EffectText effects;

    ForestTable(ForestPlot plot, EffectText effects) {
        this.plot = plot;
        this.effects = effects;
    }

    /** Returns the columns from left to right; between the last left one and the first other one is the plot. */
    List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        boolean ofStudies = plot.rows().stream().anyMatch(row -> row.kind() == RowKind.STUDY);
        columns.add(column(Kind.LABEL, ofStudies ? "Study" : "", false, row -> FigureText.clean(row.label())));
        plot.columns().stream()
                .filter(column -> column.side() == ForestPlot.Side.LEFT)
                .forEach(column -> columns.add(own(Kind.LEFT, column)));
        String head = plot.measure() + "\n(" + FigureNumbers.level(plot.level()) + "% CI)";
        columns.add(column(Kind.EFFECT, head, true, effects::cell));
        if (hasWeights(plot)) {
            columns.add(column(Kind.WEIGHT, "Weight", true, ForestTable::weight));
        }
        plot.columns().stream()
                .filter(column -> column.side() == ForestPlot.Side.RIGHT)
                .forEach(column -> columns.add(own(Kind.RIGHT, column)));
        return columns;
    }

    /** Returns whether any row has a weight, so that rows without one differ from the rest. */
    static boolean hasWeights(ForestPlot plot) {
        return plot.rows().stream().anyMatch(row -> !Double.isNaN(row.weight()));
    }

    private static String weight(Row row) {
        return Double.isNaN(row.weight()) ? "" : FigureNumbers.percent(row.weight());
    }

    private Column own(Kind kind, ForestPlot.Column column) {
        Function<Row, String> cell = row -> FigureText.clean(row.cells().getOrDefault(column.key(), ""));
        boolean numeric = plot.rows().stream()
                .map(cell)
                .allMatch(text -> text.isEmpty() || NUMERIC.matcher(text).matches());
        return numeric
                ? column(kind, column.header(), true, cell.andThen(ForestTable::withMinus))
                : column(kind, column.header(), false, cell);
    }

    private static String withMinus(String text) {
        return HYPHEN.matcher(text).replaceAll("−");
    }

    private Column column(Kind kind, String header, boolean right, Function<Row, String> cell) {
        List<String> lines = header.lines()
                .map(FigureText::clean)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> cells = plot.rows().stream()
                .map(row -> row.kind() == RowKind.NOTE ? "" : cell.apply(row))
                .toList();
        return new Column(kind, lines, right, cells);
    }
}
