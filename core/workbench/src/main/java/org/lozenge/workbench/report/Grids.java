package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Tabular.Series;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.workbench.report.Document.Column;
import org.lozenge.workbench.report.Document.Grid;

/**
 * Tables for readers. Limits that stand next to each other ({@code ci_lower}, {@code ci_upper}) become one column
 * {@code 0.41 to 0.55}.
 */
final class Grids {

    private static final String LOWER = "lower";
    private static final String UPPER = "upper";
    private static final int FEW_ROWS = 3;

    /** A cell longer than this is no number. */
    private static final int SENTENCE = 32;
    /** Characters that fit into a line of a page. */
    private static final int PAGE = 125;

    private static final Pattern LIMIT_WORD = Pattern.compile(
            "[\\s,:]*\\b(lower|low|from)\\b( (confidence )?(limit|bound|end))?", Pattern.CASE_INSENSITIVE);

    private Grids() {}

    static Grid of(Tabular table, int mostRows) {
        int rows = Math.min(table.rows(), mostRows);
        List<Series> series = table.columns();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            Series column = series.get(i);
            if (i + 1 < series.size() && areLimits(column, series.get(i + 1))) {
                i++;
                columns.add(interval(column, series.get(i), rows));
            } else {
                columns.add(new Column(column.name(), column.label(), isNumber(column), cells(column, rows)));
            }
        }
        return new Grid(table.id(), table.title(), distinct(columns), rows, table.rows() - rows);
    }

    /** Returns a table as a page shows it: on its side when it has few rows but more columns than fit. */
    static Grid readable(Grid grid) {
        boolean wide = grid.columns().stream().mapToInt(Grids::characters).sum() > PAGE;
        return wide && grid.rows() > 0 && grid.rows() <= FEW_ROWS ? turned(grid) : grid;
    }

    /** About how much of a line a column takes, gap included; headers and long texts wrap. */
    private static int characters(Column column) {
        int cells = column.cells().stream().mapToInt(String::length).max().orElse(0);
        int words = Arrays.stream(column.header().split("[ ,]"))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return 3 + Math.max(words, column.numeric() ? cells : Math.min(cells, 20));
    }

    /**
     * Returns a table on its side: a line per column. The cells of the first column become the headers; a table of one
     * row needs none.
     */
    static Grid turned(Grid grid) {
        boolean single = grid.rows() == 1;
        List<Column> lines = single
                ? grid.columns()
                : grid.columns().subList(1, grid.columns().size());
        List<Column> columns = new ArrayList<>();
        columns.add(text(
                "name",
                single ? "" : grid.columns().get(0).header(),
                lines.stream().map(Column::header)));
        for (int row = 0; row < grid.rows(); row++) {
            int r = row;
            String header = single ? "" : grid.columns().get(0).cells().get(row);
            List<String> cells = lines.stream().map(line -> line.cells().get(r)).toList();
            // Sentences wrap and start at the left; numbers and short words stand flush right.
            boolean sentences = cells.stream().anyMatch(cell -> cell.length() > SENTENCE);
            columns.add(new Column("row" + row, header, !sentences, cells));
        }
        return new Grid(grid.id(), grid.title(), columns, lines.size(), 0);
    }

    private static boolean isNumber(Series column) {
        return column.type() == Tabular.Type.NUMBER;
    }

    private static boolean areLimits(Series low, Series high) {
        return isNumber(low)
                && isNumber(high)
                && low.format() == high.format()
                && low.name().endsWith(LOWER)
                && high.name().equals(prefix(low) + UPPER);
    }

    private static String prefix(Series low) {
        return low.name().substring(0, low.name().length() - LOWER.length());
    }

    private static Column interval(Series low, Series high, int rows) {
        double[] limits = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
            limits[i] = low.number(i);
            limits[rows + i] = high.number(i);
        }
        String[] digits = Digits.column(limits, low.format());
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean none = Double.isNaN(limits[i]) && Double.isNaN(limits[rows + i]);
            cells.add(none ? Digits.MISSING : digits[i] + " to " + digits[rows + i]);
        }
        return new Column(low.name(), header(low), true, cells);
    }

    /** {@code 95% CI lower} becomes {@code 95% CI}; a bare {@code ci_lower} becomes {@code ci}. */
    private static String header(Series low) {
        String label = LIMIT_WORD
                .matcher(low.label().replace('_', ' '))
                .replaceFirst("")
                .strip();
        return label.isEmpty() ? "interval" : label;
    }

    /** The interval of {@code effect} must not be called the same as {@code effect} itself. */
    private static List<Column> distinct(List<Column> columns) {
        List<String> headers = columns.stream()
                .map(column -> column.header().toLowerCase(Locale.ROOT))
                .toList();
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            boolean taken = column.name().endsWith(LOWER) && Collections.frequency(headers, headers.get(i)) > 1;
            String header = taken ? column.header() + " interval" : column.header();
            result.add(new Column(column.name(), header, column.numeric(), column.cells()));
        }
        return result;
    }

    private static List<String> cells(Series column, int rows) {
        if (column.type() == Tabular.Type.TEXT) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                cells.add(column.text(i));
            }
            return cells;
        }
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = column.number(i);
        }
        return Arrays.asList(Digits.column(values, column.format()));
    }

    /** What a forest plot shows: label, the cells of its columns, effect with interval, weight. */
    static Grid of(ForestPlot forest, int mostRows) {
        List<ForestPlot.Row> rows =
                forest.rows().subList(0, Math.min(forest.rows().size(), mostRows));
        List<Column> columns = new ArrayList<>();
        columns.add(text("label", "", rows.stream().map(row -> "\u2003".repeat(row.indent()) + row.label())));
        for (ForestPlot.Column column : forest.columns()) {
            columns.add(text(
                    column.key(),
                    column.header().replace('\n', ' '),
                    rows.stream().map(row -> row.cells().getOrDefault(column.key(), ""))));
        }
        columns.add(effects(forest, rows));
        if (rows.stream().anyMatch(row -> !Double.isNaN(row.weight()))) {
            List<String> weights = rows.stream()
                    .map(row -> Double.isNaN(row.weight()) ? "" : Digits.one(row.weight(), Format.PERCENT))
                    .toList();
            columns.add(new Column("weight", "Weight", true, weights));
        }
        return new Grid(
                forest.id(), forest.title(), columns, rows.size(), forest.rows().size() - rows.size());
    }

    private static Column effects(ForestPlot forest, List<ForestPlot.Row> rows) {
        Format format = forest.scale() == Scale.LOG ? Format.FIXED2 : Format.GENERAL;
        double[] values = new double[3 * rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            values[3 * i] = rows.get(i).value();
            values[3 * i + 1] = rows.get(i).low();
            values[3 * i + 2] = rows.get(i).high();
        }
        String[] digits = Digits.column(values, format);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            cells.add(effect(rows.get(i), digits[3 * i], digits[3 * i + 1], digits[3 * i + 2]));
        }
        String header = forest.measure() + " (" + Typesetter.level(forest.level()) + " CI)";
        return new Column("effect", header, true, cells);
    }

    private static String effect(ForestPlot.Row row, String value, String low, String high) {
        boolean noInterval = Double.isNaN(row.low()) && Double.isNaN(row.high());
        if (noInterval) {
            return Double.isNaN(row.value()) ? "" : value;
        }
        String interval = low + " to " + high;
        return Double.isNaN(row.value()) ? interval : value + " (" + interval + ")";
    }

    /** The points of a plot, without lines, bands and regions, which are made of too many. */
    static Grid of(XYPlot plot, int mostRows) {
        List<Layer> layers =
                plot.layers().stream().filter(l -> l.mark() == Mark.POINTS).toList();
        List<String> labels = new ArrayList<>();
        int size = layers.stream().mapToInt(Layer::size).sum();
        double[] x = new double[size];
        double[] y = new double[size];
        int row = 0;
        for (Layer layer : layers) {
            System.arraycopy(layer.x(), 0, x, row, layer.size());
            System.arraycopy(layer.y(), 0, y, row, layer.size());
            for (int i = 0; i < layer.size(); i++) {
                labels.add(
                        layer.labels().isEmpty() ? layer.name() : layer.labels().get(i));
            }
            row += layer.size();
        }
        int rows = Math.min(size, mostRows);
        List<Column> columns = List.of(
                text("label", "", labels.stream().limit(rows)),
                numbers("x", plot.xLabel(), x, rows),
                numbers("y", plot.yLabel(), y, rows));
        return new Grid(plot.id(), plot.title(), columns, rows, size - rows);
    }

    private static Column text(String name, String header, Stream<String> cells) {
        return new Column(name, header, false, cells.toList());
    }

    private static Column numbers(String name, String header, double[] values, int rows) {
        String[] digits = Digits.column(Arrays.copyOf(values, rows), Format.GENERAL);
        return new Column(name, header, true, List.of(digits));
    }
}
