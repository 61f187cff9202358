package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a forest plot shows, without sizes and colours: rows from top to bottom, further columns of text beside them, and
 * the words around the axis. Immutable; every method that adds something returns a new plot.
 *
 * <p>All values are on the scale a reader expects (a hazard ratio of 0.5, not −0.69); {@link Scale#LOG} says that the
 * axis is logarithmic. Weights are fractions of 1.
 */
public final class ForestPlot implements ResultItem {

    /** What a row is. */
    public enum RowKind {
        /** A line of text that opens a group; no values. */
        HEADING,
        /** A study: square and interval. */
        STUDY,
        /** The pooled result of a group: small diamond. */
        SUBTOTAL,
        /** A pooled result of all studies: diamond. */
        SUMMARY,
        /** A prediction interval: bar without an estimate. */
        PREDICTION,
        /** A line of small text, such as heterogeneity; no values. */
        NOTE
    }

    /** The side of the plot on which a text column stands. */
    public enum Side {
        /** Between the label and the plot. */
        LEFT,
        /** Right of the plot. */
        RIGHT
    }

    /**
     * A column of text beside the plot.
     *
     * @param key the name under which rows hold their cells
     * @param header what stands above it; a line break makes two lines
     * @param side where it stands
     */
    public record Column(String key, String header, Side side) {
        /** Checks the key. */
        public Column {
            Ids.check(key);
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(side, "side");
        }
    }

    /**
     * One row.
     *
     * @param kind what it is
     * @param label the text at its left
     * @param value the estimate; NaN when the row has none (headings, notes, prediction intervals, studies that cannot
     *     be estimated)
     * @param low lower limit; NaN when there is none; may be 0 on a log axis, which draws an arrow
     * @param high upper limit; NaN when there is none; may be infinite, which draws an arrow
     * @param weight weight of the study as a fraction of 1; NaN when it has none
     * @param indent depth of indentation, 0 for none
     * @param cells text by key of a column
     */
    public record Row(
            RowKind kind,
            String label,
            double value,
            double low,
            double high,
            double weight,
            int indent,
            Map<String, String> cells) {

        /** Copies the cells. */
        public Row {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(label, "label");
            cells = Map.copyOf(cells);
        }

        /** Returns a row without values. */
        public static Row text(RowKind kind, String label) {
            return of(kind, label, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }

        /** Returns a row with values, without indentation or cells. */
        public static Row of(RowKind kind, String label, double value, double low, double high, double weight) {
            return new Row(kind, label, value, low, high, weight, 0, Map.of());
        }

        /** Returns this row with the text of one more column. */
        public Row cell(String key, String text) {
            Map<String, String> more = new TreeMap<>(cells);
            more.put(key, text);
            return new Row(kind, label, value, low, high, weight, indent, more);
        }

        /** Returns this row indented by the given depth. */
        public Row indent(int depth) {
            return new Row(kind, label, value, low, high, weight, depth, cells);
        }
    }

    /** The words around the rows; kept together so that the withers below stay one line each. */
    private record Frame(
            String id,
            String title,
            Scale scale,
            String measure,
            double level,
            double reference,
            String axis,
            String favoursLow,
            String favoursHigh,
            String description) {}

    private final Frame frame;
    private final List<Column> columns;
    private final List<Row> rows;
    private final List<String> footnotes;

    private ForestPlot(Frame frame, List<Column> columns, List<Row> rows, List<String> footnotes) {
        this.frame = frame;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        this.footnotes = List.copyOf(footnotes);
        Ids.checkUnique(columns.stream().map(Column::key).toList(), "columns of forest plot '" + frame.id + "'");
    }

    /**
     * Returns a plot without rows, at level 0.95, with a null line at 1 on a log axis and at 0 on a linear one.
     *
     * @param id unique within the result or section
     * @param title heading; also the head of the effect column until {@link #measure} names it
     */
    public static ForestPlot of(String id, String title, Scale scale) {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        double reference = scale == Scale.LOG ? 1 : 0;
        Frame frame = new Frame(id, title, scale, title, 0.95, reference, "", "", "", "");
        return new ForestPlot(frame, List.of(), List.of(), List.of());
    }

    /** Returns this plot under another id and title. */
    public ForestPlot named(String id, String title) {
        Frame f = frame;
        return with(new Frame(
                Ids.check(id),
                title,
                f.scale,
                f.measure,
                f.level,
                f.reference,
                f.axis,
                f.favoursLow,
                f.favoursHigh,
                f.description));
    }

    /** Returns this plot with the name of the effect measure, such as {@code Hazard ratio}. */
    public ForestPlot measure(String measure) {
        Frame f = frame;
        return with(new Frame(
                f.id,
                f.title,
                f.scale,
                measure,
                f.level,
                f.reference,
                f.axis,
                f.favoursLow,
                f.favoursHigh,
                f.description));
    }

    /** Returns this plot with the confidence level of its intervals, in (0, 1). */
    public ForestPlot level(double level) {
        Frame f = frame;
        return with(new Frame(
                f.id,
                f.title,
                f.scale,
                f.measure,
                level,
                f.reference,
                f.axis,
                f.favoursLow,
                f.favoursHigh,
                f.description));
    }

    /** Returns this plot with the value of no effect; NaN for none. */
    public ForestPlot reference(double reference) {
        Frame f = frame;
        return with(new Frame(
                f.id,
                f.title,
                f.scale,
                f.measure,
                f.level,
                reference,
                f.axis,
                f.favoursLow,
                f.favoursHigh,
                f.description));
    }

    /** Returns this plot with the text below the axis, such as {@code Hazard ratio, log scale}. */
    public ForestPlot axis(String axis) {
        Frame f = frame;
        return with(new Frame(
                f.id,
                f.title,
                f.scale,
                f.measure,
                f.level,
                f.reference,
                axis,
                f.favoursLow,
                f.favoursHigh,
                f.description));
    }

    /**
     * Returns this plot with what values below and above the value of no effect favour.
     *
     * @param low such as {@code Favours lenalidomide}; empty for nothing
     * @param high such as {@code Favours control}; empty for nothing
     */
    public ForestPlot favours(String low, String high) {
        Frame f = frame;
        return with(
                new Frame(f.id, f.title, f.scale, f.measure, f.level, f.reference, f.axis, low, high, f.description));
    }

    /** Returns this plot with one or two sentences that say in words what it shows, for readers who cannot see it. */
    public ForestPlot describe(String description) {
        Frame f = frame;
        return with(new Frame(
                f.id,
                f.title,
                f.scale,
                f.measure,
                f.level,
                f.reference,
                f.axis,
                f.favoursLow,
                f.favoursHigh,
                description));
    }

    private ForestPlot with(Frame changed) {
        return new ForestPlot(changed, columns, rows, footnotes);
    }

    /** Returns this plot with one more column of text. */
    public ForestPlot column(String key, String header, Side side) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(key, header, side));
        return new ForestPlot(frame, more, rows, footnotes);
    }

    /** Returns this plot with one more row at its foot. */
    public ForestPlot add(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return new ForestPlot(frame, columns, more, footnotes);
    }

    /** Returns this plot with more rows at its foot. */
    public ForestPlot addAll(List<Row> added) {
        List<Row> more = new ArrayList<>(rows);
        more.addAll(added);
        return new ForestPlot(frame, columns, more, footnotes);
    }

    /** Returns this plot with one more line below the axis. */
    public ForestPlot footnote(String text) {
        List<String> more = new ArrayList<>(footnotes);
        more.add(text);
        return new ForestPlot(frame, columns, rows, more);
    }

    /** Returns this plot with a study; see {@link Row} for the meaning of the numbers. */
    public ForestPlot study(String label, double value, double low, double high, double weight) {
        return add(Row.of(RowKind.STUDY, label, value, low, high, weight));
    }

    /** Returns this plot with a pooled result of all studies. */
    public ForestPlot summary(String label, double value, double low, double high) {
        return add(Row.of(RowKind.SUMMARY, label, value, low, high, Double.NaN));
    }

    /** Returns this plot with a prediction interval. */
    public ForestPlot prediction(String label, double low, double high) {
        return add(Row.of(RowKind.PREDICTION, label, Double.NaN, low, high, Double.NaN));
    }

    /** Returns this plot with a line of small text. */
    public ForestPlot note(String text) {
        return add(Row.text(RowKind.NOTE, text));
    }

    @Override
    public String id() {
        return frame.id;
    }

    @Override
    public String title() {
        return frame.title;
    }

    /** Returns the scale of the axis. */
    public Scale scale() {
        return frame.scale;
    }

    /** Returns the name of the effect measure. */
    public String measure() {
        return frame.measure;
    }

    /** Returns the confidence level of the intervals, in (0, 1). */
    public double level() {
        return frame.level;
    }

    /** Returns the value of no effect; NaN for none. */
    public double reference() {
        return frame.reference;
    }

    /** Returns the text below the axis; may be empty. */
    public String axis() {
        return frame.axis;
    }

    /** Returns what values below the value of no effect favour; may be empty. */
    public String favoursLow() {
        return frame.favoursLow;
    }

    /** Returns what values above the value of no effect favour; may be empty. */
    public String favoursHigh() {
        return frame.favoursHigh;
    }

    /** Returns the plot in words; may be empty. */
    public String description() {
        return frame.description;
    }

    /** Returns the further columns of text, from left to right on their side. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns the rows from top to bottom. */
    public List<Row> rows() {
        return rows;
    }

    /** Returns the lines below the axis. */
    public List<String> footnotes() {
        return footnotes;
    }

    /** Returns a row per row: kind, label, value, low, high, weight and the cells of the further columns. */
    @Override
    public Table toTable() {
        Tablesaw.load();
        Table table = Table.create(
                id(),
                StringColumn.create("kind", rows.stream().map(row -> row.kind().name())),
                StringColumn.create("label", rows.stream().map(Row::label)),
                DoubleColumn.create("value", rows.stream().mapToDouble(Row::value)),
                DoubleColumn.create("low", rows.stream().mapToDouble(Row::low)),
                DoubleColumn.create("high", rows.stream().mapToDouble(Row::high)),
                DoubleColumn.create("weight", rows.stream().mapToDouble(Row::weight)));
        for (Column column : columns) {
            table.addColumns(StringColumn.create(
                    column.key(), rows.stream().map(row -> row.cells().getOrDefault(column.key(), ""))));
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForestPlot that
                && frame.equals(that.frame)
                && columns.equals(that.columns)
                && rows.equals(that.rows)
                && footnotes.equals(that.footnotes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(frame, columns, rows, footnotes);
    }

    @Override
    public String toString() {
        return "ForestPlot " + id() + rows.stream().map(Row::label).toList();
    }
}
