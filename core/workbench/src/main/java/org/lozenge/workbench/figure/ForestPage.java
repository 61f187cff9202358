package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.figure.FigureOptions.Width;
import org.lozenge.workbench.figure.ForestTable.Column;
import org.lozenge.workbench.figure.ForestTable.Kind;

/**
 * Widths on a forest plot: where each column stands, how its texts break into lines, and what is left for the marks.
 *
 * <p>Long labels and cells wrap, and end in an ellipsis after a few lines. Where the marks would get too little, a page
 * of column width leaves out columns (the plot's own left ones, its right ones, then the weights); a wider page grows.
 */
final class ForestPage {

    /** Columns of a plot wrap their texts beyond this width. */
    private static final double WIDEST_CELL = 110;

    private static final double WIDEST_HEADER = 72;
    private static final double NARROWEST_LABEL = 72;
    private static final int LABEL_LINES = 3;
    private static final int CELL_LINES = 4;

    /**
     * A column with its place.
     *
     * @param column its texts
     * @param x left edge
     * @param width without the gap
     * @param header lines above it
     * @param cells lines of each row
     */
    record Placed(Column column, double x, double width, List<String> header, List<List<String>> cells) {

        /** Returns the edge at which texts are aligned. */
        double anchor() {
            return column.right() ? x + width : x;
        }
    }

    private final ForestPlot plot;
    private final Sizes sizes;
    private final Width kind;
    private final List<Message> messages;
    private final List<Column> columns;

    private double width;
    private double labelWidth;
    private double plotWidth;

    /**
     * @param columns what to place; columns that do not fit are left out
     * @param messages receives what the user should know
     */
    ForestPage(ForestPlot plot, List<Column> columns, FigureOptions options, List<Message> messages) {
        this.plot = plot;
        this.sizes = new Sizes(options.fontScale());
        this.kind = options.width();
        this.messages = messages;
        this.columns = new ArrayList<>(columns);
        this.width = kind.forest();
        share();
    }

    /** Shares the page between the labels and the marks. */
    private void share() {
        double natural = Math.min(naturalWidth(columns.get(0)), width);
        double leastLabel = Math.min(natural, NARROWEST_LABEL * Math.min(sizes.scale(), 1.4));
        double leastPlot = kind == Width.COLUMN ? 66 : 140;
        List<String> dropped = new ArrayList<>();
        while (room() < leastLabel + leastPlot && drop(dropped)) {
            // columns go one by one
        }
        double room = room();
        if (room < leastLabel + leastPlot) {
            width += leastLabel + leastPlot - room;
            room = leastLabel + leastPlot;
            messages.add(widened());
        }
        if (!dropped.isEmpty()) {
            messages.add(Message.info(
                    "columns-left-out",
                    "The columns " + String.join(", ", dropped) + " do not fit into a figure of column width and are"
                            + " left out. Choose full width to show them."));
        }
        double wishedPlot = Math.max(leastPlot, (kind == Width.COLUMN ? 0.28 : 0.3) * width);
        labelWidth = Math.min(natural, Math.max(leastLabel, room - wishedPlot));
        plotWidth = room - labelWidth;
    }

    private Message widened() {
        return Message.info(
                "page-widened",
                "The columns need more room than the chosen width: the figure is " + Math.round(width) + " pt wide"
                        + " instead of " + Math.round(kind.forest()) + " pt. Show fewer columns to keep the width.");
    }

    /** Returns what is left for the labels and the marks. */
    private double room() {
        double taken = 2 * Sizes.MARGIN + columns.size() * sizes.gap();
        for (Column column : columns.subList(1, columns.size())) {
            taken += columnWidth(column);
        }
        return width - taken;
    }

    private boolean drop(List<String> dropped) {
        if (kind != Width.COLUMN) {
            return false;
        }
        for (Kind next : new Kind[] {Kind.LEFT, Kind.RIGHT, Kind.WEIGHT}) {
            for (int i = columns.size() - 1; i > 0; i--) {
                if (columns.get(i).kind() == next) {
                    dropped.add("'" + String.join(" ", columns.remove(i).header()) + "'");
                    return true;
                }
            }
        }
        return false;
    }

    private double columnWidth(Column column) {
        double natural = naturalWidth(column);
        return column.kind() == Kind.LEFT || column.kind() == Kind.RIGHT
                ? Math.min(natural, WIDEST_CELL * sizes.scale())
                : natural;
    }

    /** Returns the width of the longest text of a column, with headers broken where they alone make it wide. */
    private double naturalWidth(Column column) {
        double widest = 0;
        for (int row = 0; row < plot.rows().size(); row++) {
            TextStyle style = style(plot.rows().get(row), column.kind());
            double indent = column.kind() == Kind.LABEL ? indent(plot.rows().get(row)) : 0;
            widest = Math.max(widest, indent + width(column.cells().get(row), style));
        }
        for (String line : header(column, Math.max(widest, WIDEST_HEADER * sizes.scale()))) {
            widest = Math.max(widest, width(line, headerStyle()));
        }
        return widest;
    }

    private List<String> header(Column column, double room) {
        List<String> lines = new ArrayList<>();
        for (String line : column.header()) {
            lines.addAll(FigureText.wrap(line, headerStyle(), room, CELL_LINES));
        }
        return lines;
    }

    private static double width(String text, TextStyle style) {
        return Typeface.of(style.bold()).width(text, style.size());
    }

    /** Returns how the header is set, but for its colour. */
    TextStyle headerStyle() {
        return TextStyle.of(sizes.body(), 0).bold(true);
    }

    /** Returns how a cell is set, but for its colour: headings of groups and pooled results in bold. */
    TextStyle style(Row row, Kind column) {
        boolean pooled = row.kind() == RowKind.SUMMARY || row.kind() == RowKind.SUBTOTAL;
        boolean heading = row.kind() == RowKind.HEADING && column == Kind.LABEL;
        return TextStyle.of(sizes.body(), 0).bold(pooled || heading);
    }

    /** Returns how far the label of a row is moved to the right. */
    double indent(Row row) {
        return Math.min(Math.max(row.indent(), 0), 4) * sizes.indent();
    }

    /** Returns the columns that are shown, from left to right. */
    List<Placed> columns() {
        List<Placed> placed = new ArrayList<>();
        double x = Sizes.MARGIN;
        boolean left = true;
        for (Column column : columns) {
            if (left && !column.isLeft()) {
                x += plotWidth + sizes.gap();
                left = false;
            }
            double columnWidth = column.kind() == Kind.LABEL ? labelWidth : columnWidth(column);
            placed.add(place(column, x, columnWidth));
            x += columnWidth + sizes.gap();
        }
        return placed;
    }

    private Placed place(Column column, double x, double columnWidth) {
        List<List<String>> cells = new ArrayList<>();
        boolean label = column.kind() == Kind.LABEL;
        for (int i = 0; i < plot.rows().size(); i++) {
            Row row = plot.rows().get(i);
            double room = label ? labelRoom(row, columnWidth) : columnWidth;
            String text = column.cells().get(i);
            int most = label ? LABEL_LINES : CELL_LINES;
            cells.add(text.isEmpty() ? List.of() : FigureText.wrap(text, style(row, column.kind()), room + 0.01, most));
        }
        return new Placed(column, x, columnWidth, header(column, columnWidth + 0.01), cells);
    }

    /** Returns the room for a label: a heading without cells may run on over the columns up to the plot. */
    private double labelRoom(Row row, double columnWidth) {
        boolean free = row.kind() == RowKind.HEADING && row.cells().isEmpty();
        return (free ? plotFrom() - sizes.gap() - Sizes.MARGIN : columnWidth) - indent(row);
    }

    /** Returns the width of the page. */
    double width() {
        return width;
    }

    /** Returns the left edge of the marks. */
    double plotFrom() {
        double x = Sizes.MARGIN + labelWidth + sizes.gap();
        for (Column column : columns) {
            x += column.kind() == Kind.LEFT ? columnWidth(column) + sizes.gap() : 0;
        }
        return x;
    }

    /** Returns the right edge of the marks. */
    double plotTo() {
        return plotFrom() + plotWidth;
    }
}
