package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Scale;
import org.lozenge.workbench.figure.FigureOptions.Limits;
import org.lozenge.workbench.figure.ForestPage.Placed;
import org.lozenge.workbench.figure.ForestTable.Kind;

/**
 * Lays out a forest plot from top to bottom: header, rows with texts and marks, axis, notes and footnotes.
 *
 * <p>A note between rows takes the room left of the marks where two lines suffice there, otherwise the whole page; the
 * upright lines of the plot then leave it free. Notes after the last row with values stand below the axis.
 */
final class ForestLayout {

    private static final double RULE = 0.75;
    private static final double THIN_RULE = 0.5;
    private static final double UPRIGHT = 0.6;
    private static final double INSET = 4;
    private static final int NOTE_LINES = 12;

    /** A row with its place. Lines of a note; empty for other rows. */
    private record RowBox(int index, Row row, double top, double height, List<String> note) {
        double middle() {
            return top + height / 2;
        }

        double bottom() {
            return top + height;
        }
    }

    private final ForestPlot plot;
    private final Theme theme;
    private final Sizes sizes;
    private final EffectText effects;
    private final ForestPage page;
    private final List<Placed> columns;
    private final Axis axis;
    private final ForestMarks marks;
    private final PageText text;
    private final List<Shape> behind = new ArrayList<>();
    private final List<Shape> front = new ArrayList<>();
    private final List<RowBox> boxes = new ArrayList<>();

    private double y = Sizes.MARGIN;

    private ForestLayout(ForestPlot plot, FigureOptions options, List<Message> messages) {
        this.plot = plot;
        this.theme = options.theme();
        this.sizes = new Sizes(options.fontScale());
        this.effects = EffectText.of(plot, options.decimals());
        this.page = new ForestPage(plot, new ForestTable(plot, effects).columns(), options, messages);
        this.columns = page.columns();
        this.axis = axis(options);
        this.marks = new ForestMarks(plot, axis, theme, sizes.scale());
        this.text = new PageText(theme, sizes, page.width(), front);
    }

    /**
     * Returns the picture of a plot.
     *
     * @param messages receives what the user should know
     */
    static Scene scene(ForestPlot plot, FigureOptions options, List<Message> messages) {
        return new ForestLayout(plot, options, messages).build();
    }

    private Axis axis(FigureOptions options) {
        double inset = INSET * sizes.scale();
        AxisFit fit = new AxisFit(
                plot.scale(),
                page.plotFrom() + inset,
                page.plotTo() - inset,
                label -> Typeface.of(false).width(label, sizes.body()) + 4.5 * sizes.scale());
        if (options.limits().isEmpty()) {
            Limits range = ForestRange.of(plot);
            return fit.around(range.low(), range.high());
        }
        Limits limits = options.limits().get();
        AxisFit.check(plot.scale(), limits, plot.id());
        return fit.exactly(limits.low(), limits.high());
    }

    private Scene build() {
        header();
        double top = y;
        int last = lastWithMarks();
        placeRows(last);
        boxes.forEach(this::drawRow);
        double bottom = y + 1.5 * sizes.scale();
        upright(top, bottom);
        y = new AxisDrawing(axis, theme, sizes, page.width(), front)
                .below(
                        bottom,
                        axisLabel(),
                        new AxisDrawing.Favours(plot.favoursLow(), plot.favoursHigh(), reference()));
        notesBelow(last);
        List<Shape> shapes = new ArrayList<>(behind);
        shapes.addAll(front);
        String description =
                plot.description().isBlank() ? FigureWords.of(plot, effects) : FigureText.clean(plot.description());
        return new Scene(
                page.width(),
                y + Sizes.MARGIN,
                theme.background(),
                FigureText.clean(plot.title()),
                description,
                shapes);
    }

    private void header() {
        int lines = columns.stream()
                .mapToInt(column -> column.header().size())
                .max()
                .orElse(1);
        double height = (lines - 1) * sizes.lead() + sizes.row();
        for (Placed column : columns) {
            double base = y + height - 4 * sizes.scale() - (column.header().size() - 1) * sizes.lead();
            for (String line : column.header()) {
                put(
                        column.anchor(),
                        base,
                        line,
                        page.headerStyle(),
                        column.column().right(),
                        theme.ink());
                base += sizes.lead();
            }
        }
        y += height;
        rule(y, RULE);
        y += 2 * sizes.scale();
    }

    private void rule(double at, double thickness) {
        behind.add(
                Shape.Path.line(Sizes.MARGIN, at, page.width() - Sizes.MARGIN, at, Style.line(theme.ink(), thickness)));
    }

    private void put(double x, double base, String line, TextStyle style, boolean right, int colour) {
        TextStyle.Anchor anchor = right ? TextStyle.Anchor.END : TextStyle.Anchor.START;
        front.add(new Shape.Words(
                new Point(x, base), line, new TextStyle(style.size(), style.bold(), colour, anchor, false)));
    }

    /** Returns the index of the last row that is not a note; −1 if there is none. */
    private int lastWithMarks() {
        int last = plot.rows().size() - 1;
        while (last >= 0 && plot.rows().get(last).kind() == RowKind.NOTE) {
            last--;
        }
        return last;
    }

    private void placeRows(int last) {
        boolean overall = false;
        for (int i = 0; i <= last; i++) {
            Row row = plot.rows().get(i);
            boolean opensOverall = row.kind() == RowKind.SUMMARY && !overall;
            overall |= opensOverall;
            y += i == 0 ? 0 : gapBefore(plot.rows().get(i - 1), row, opensOverall);
            if (opensOverall && i > 0) {
                rule(y - 1.5 * sizes.scale(), THIN_RULE);
            }
            place(i, row);
        }
        if (plot.rows().isEmpty()) {
            text.line(Sizes.MARGIN, y + sizes.row() / 2 + Sizes.drop(sizes.body()), "No studies");
            y += sizes.row();
        }
    }

    private double gapBefore(Row previous, Row row, boolean opensOverall) {
        double half = sizes.row() / 2;
        if (opensOverall) {
            return previous.kind() == RowKind.STUDY ? 4 * sizes.scale() : half + 1.5 * sizes.scale();
        }
        boolean afterGroup = previous.kind() == RowKind.SUBTOTAL
                || previous.kind() == RowKind.NOTE
                || previous.kind() == RowKind.PREDICTION;
        return switch (row.kind()) {
            case HEADING -> previous.kind() == RowKind.HEADING ? 0 : half;
            case STUDY -> afterGroup ? half : 0;
            case SUBTOTAL, SUMMARY, PREDICTION, NOTE -> 0;
        };
    }

    private void place(int index, Row row) {
        if (row.kind() == RowKind.NOTE) {
            List<String> lines = noteLines(row);
            double height = lines.size() * sizes.smallLead() + 1.5 * sizes.scale();
            boxes.add(new RowBox(index, row, y, height, lines));
            y += height;
            return;
        }
        int lines = columns.stream()
                .mapToInt(column -> column.cells().get(index).size())
                .max()
                .orElse(1);
        double height = sizes.row() + Math.max(0, lines - 1) * sizes.lead();
        boxes.add(new RowBox(index, row, y, height, List.of()));
        y += height;
    }

    private List<String> noteLines(Row row) {
        String note = FigureText.clean(row.label());
        double start = Sizes.MARGIN + page.indent(row);
        TextStyle style = text.small();
        List<String> beside = FigureText.wrap(note, style, page.plotFrom() - sizes.gap() / 2 - start, 3);
        return beside.size() <= 2
                ? beside
                : FigureText.wrap(note, style, page.width() - Sizes.MARGIN - start, NOTE_LINES);
    }

    private void drawRow(RowBox box) {
        if (box.row().kind() == RowKind.NOTE) {
            text.lines(Sizes.MARGIN + page.indent(box.row()), box.top(), box.note());
            return;
        }
        for (Placed column : columns) {
            drawCell(box, column);
        }
        List<Shape> shapes = marks.of(box.row(), box.middle());
        if (!shapes.isEmpty()) {
            front.add(new Shape.Group(FigureWords.tooltip(box.row(), effects), shapes));
        }
    }

    private void drawCell(RowBox box, Placed column) {
        List<String> lines = column.cells().get(box.index());
        TextStyle style = page.style(box.row(), column.column().kind());
        double x = column.anchor() + (column.column().kind() == Kind.LABEL ? page.indent(box.row()) : 0);
        double base = box.middle() + Sizes.drop(style.size()) - (lines.size() - 1) * sizes.lead() / 2;
        for (String line : lines) {
            put(x, base, line, style, column.column().right(), theme.ink());
            base += sizes.lead();
        }
    }

    /** Draws the line of no effect, and the dashed line of the last pooled result. */
    private void upright(double top, double bottom) {
        if (axis.holds(reference())) {
            broken(axis.at(reference()), top, bottom, Style.line(theme.ink(), UPRIGHT));
        }
        for (int i = boxes.size() - 1; i >= 0; i--) {
            RowBox box = boxes.get(i);
            if (box.row().kind() == RowKind.SUMMARY) {
                if (axis.holds(box.row().value())) {
                    Style dashes = Style.line(theme.muted(), UPRIGHT).dashed(2, 2);
                    broken(axis.at(box.row().value()), top, box.middle(), dashes);
                }
                return;
            }
        }
    }

    /** Draws an upright line that leaves out the notes it would cross. */
    private void broken(double x, double top, double bottom, Style style) {
        double from = top;
        for (RowBox box : boxes) {
            if (box.top() < bottom && crosses(box, x)) {
                behind.add(Shape.Path.line(x, from, x, box.top(), style));
                from = box.bottom();
            }
        }
        behind.add(Shape.Path.line(x, from, x, bottom, style));
    }

    private boolean crosses(RowBox box, double x) {
        double start = Sizes.MARGIN + page.indent(box.row());
        return box.note().stream()
                .anyMatch(line -> start + Typeface.of(false).width(line, sizes.small()) > x - 2 * sizes.scale());
    }

    private double reference() {
        return plot.reference();
    }

    private String axisLabel() {
        String label = FigureText.clean(plot.axis());
        String scale = plot.scale() == Scale.LOG ? ", log scale" : "";
        return label.isEmpty() ? FigureText.clean(plot.measure()) + scale : label;
    }

    private void notesBelow(int last) {
        List<Row> notes = plot.rows().subList(last + 1, plot.rows().size());
        if (!notes.isEmpty() || !plot.footnotes().isEmpty()) {
            y += 3 * sizes.scale();
        }
        for (Row note : notes) {
            y = text.paragraph(y, FigureText.clean(note.label()));
        }
        for (String footnote : plot.footnotes()) {
            y = text.paragraph(y, FigureText.clean(footnote));
        }
    }
}
