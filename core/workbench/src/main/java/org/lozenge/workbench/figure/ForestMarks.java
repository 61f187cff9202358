package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;

/**
 * The marks of the rows of a forest plot: squares with an area in proportion to the weight, diamonds, bars, and arrow
 * heads where an interval is cut at the end of the axis.
 */
final class ForestMarks {

    private static final double LARGEST_SQUARE = 8.4;
    private static final double SMALLEST_SQUARE = 1.6;
    private static final double PLAIN_SQUARE = 5;
    private static final double LINE = 0.8;
    private static final double HEAD_LENGTH = 5;
    private static final double HEAD_HEIGHT = 4.4;
    private static final double GROUP_DIAMOND = 4;
    private static final double DIAMOND = 4.6;
    private static final double BAR = 3;

    private final Axis axis;
    private final Theme theme;
    private final double scale;
    private final boolean weighted;
    private final double largestWeight;

    ForestMarks(ForestPlot plot, Axis axis, Theme theme, double scale) {
        this.axis = axis;
        this.theme = theme;
        this.scale = scale;
        this.weighted = ForestTable.hasWeights(plot);
        this.largestWeight = plot.rows().stream()
                .filter(row -> row.kind() == RowKind.STUDY)
                .mapToDouble(Row::weight)
                .filter(weight -> weight > 0 && !Double.isInfinite(weight))
                .max()
                .orElse(1);
    }

    /** Returns the marks of a row around its middle line; none for rows without values. */
    List<Shape> of(Row row, double y) {
        return switch (row.kind()) {
            case STUDY -> study(row, y);
            case SUBTOTAL ->
                diamond(
                        row,
                        y,
                        GROUP_DIAMOND * scale,
                        Style.filled(theme.estimateLight()).outlined(theme.estimate(), 0.6));
            case SUMMARY -> diamond(row, y, DIAMOND * scale, Style.filled(theme.estimate()));
            case PREDICTION -> bar(row, y);
            case HEADING, NOTE -> List.of();
        };
    }

    private List<Shape> study(Row row, double y) {
        List<Shape> shapes = new ArrayList<>();
        boolean interval = !Double.isNaN(row.low()) && !Double.isNaN(row.high());
        if (interval) {
            shapes.addAll(whisker(row.low(), row.high(), y, theme.data()));
        }
        if (axis.holds(row.value())) {
            double side = side(row);
            shapes.add(Shape.Box.square(axis.at(row.value()), y, side, squareStyle(row)));
            if (interval && !isHollow(row)) {
                innerTick(row, y, side, shapes);
            }
        } else if (!interval && !Double.isNaN(row.value())) {
            shapes.add(head(row.value() > axis.high(), y, theme.data()));
        }
        return shapes;
    }

    private boolean isHollow(Row row) {
        return weighted && !(row.weight() > 0);
    }

    private double side(Row row) {
        if (!weighted) {
            return PLAIN_SQUARE * scale;
        }
        double share = Math.min(1, row.weight() / largestWeight);
        return isHollow(row)
                ? PLAIN_SQUARE * scale
                : Math.max(SMALLEST_SQUARE, LARGEST_SQUARE * Math.sqrt(share)) * scale;
    }

    private Style squareStyle(Row row) {
        return isHollow(row)
                ? Style.filled(theme.background()).outlined(theme.data(), LINE)
                : Style.filled(theme.data());
    }

    /** Draws the interval in the colour of the page where the square would hide it. */
    private void innerTick(Row row, double y, double side, List<Shape> shapes) {
        double left = axis.at(Math.max(row.low(), axis.low()));
        double right = axis.at(Math.min(row.high(), axis.high()));
        double middle = axis.at(row.value());
        if (left >= middle - side / 2 && right <= middle + side / 2) {
            double half = Math.max(0.4, (right - left) / 2);
            double centre = (left + right) / 2;
            shapes.add(
                    Shape.Path.line(centre - half, y, centre + half, y, Style.line(theme.background(), 0.6 * scale)));
        }
    }

    /** Returns the line of an interval within the axis, with an arrow head at each end that is cut. */
    private List<Shape> whisker(double low, double high, double y, int colour) {
        List<Shape> shapes = new ArrayList<>();
        double left = axis.at(Math.min(Math.max(low, axis.low()), axis.high()));
        double right = axis.at(Math.max(Math.min(high, axis.high()), axis.low()));
        boolean cutLeft = low < axis.low();
        boolean cutRight = high > axis.high();
        double from = cutLeft ? left + HEAD_LENGTH * scale / 2 : left;
        double to = cutRight ? right - HEAD_LENGTH * scale / 2 : right;
        if (to > from) {
            shapes.add(Shape.Path.line(from, y, to, y, Style.line(colour, LINE * scale)));
        }
        if (cutLeft) {
            shapes.add(head(false, y, colour));
        }
        if (cutRight) {
            shapes.add(head(true, y, colour));
        }
        return shapes;
    }

    /** Returns an arrow head at an end of the axis that points outwards. */
    private Shape head(boolean right, double y, int colour) {
        double tip = right ? axis.to() : axis.from();
        double back = tip + (right ? -HEAD_LENGTH : HEAD_LENGTH) * scale;
        double half = HEAD_HEIGHT * scale / 2;
        return Shape.Path.polygon(
                Style.filled(colour), new Point(tip, y), new Point(back, y - half), new Point(back, y + half));
    }

    private List<Shape> diamond(Row row, double y, double half, Style style) {
        if (Double.isNaN(row.value())) {
            return List.of();
        }
        double low = Double.isNaN(row.low()) ? row.value() : row.low();
        double high = Double.isNaN(row.high()) ? row.value() : row.high();
        if (high < axis.low() || low > axis.high()) {
            return List.of(head(low > axis.high(), y, theme.estimate()));
        }
        double middle = axis.at(row.value());
        double left = Math.min(axis.at(low), middle - 1.5 * scale);
        double right = Math.max(axis.at(high), middle + 1.5 * scale);
        List<Point> corners = List.of(
                new Point(left, y), new Point(middle, y - half), new Point(right, y), new Point(middle, y + half));
        List<Shape> shapes = new ArrayList<>();
        List<Point> inside = Clip.polygon(corners, new Clip.Window(axis.from(), y - half, axis.to(), y + half));
        if (inside.size() > 2) {
            shapes.add(new Shape.Path(inside, true, style));
        }
        return shapes;
    }

    private List<Shape> bar(Row row, double y) {
        if (Double.isNaN(row.low()) || Double.isNaN(row.high())) {
            return List.of();
        }
        List<Shape> shapes = new ArrayList<>();
        double left = axis.at(Math.max(row.low(), axis.low()));
        double right = axis.at(Math.min(row.high(), axis.high()));
        boolean cutLeft = row.low() < axis.low();
        boolean cutRight = row.high() > axis.high();
        double from = cutLeft ? axis.from() + HEAD_LENGTH * scale : left;
        double to = cutRight ? axis.to() - HEAD_LENGTH * scale : right;
        if (to > from) {
            double height = BAR * scale;
            shapes.add(
                    new Shape.Box(new Point(from, y - height / 2), to - from, height, Style.filled(theme.estimate())));
        }
        if (cutLeft) {
            shapes.add(head(false, y, theme.estimate()));
        }
        if (cutRight) {
            shapes.add(head(true, y, theme.estimate()));
        }
        return shapes;
    }
}
