package org.lozenge.workbench.figure;

import java.util.List;
import org.lozenge.workbench.figure.TextStyle.Anchor;

/** Draws a horizontal axis with its ticks, its label and, for forest plots, what either side favours. */
final class AxisDrawing {

    private static final double LINE = 0.75;
    private static final double TICK = 3.5;
    private static final double FAVOURS_GAP = 5;

    /**
     * What either side of the value of no effect favours.
     *
     * @param low text for smaller values; may be empty
     * @param high text for larger values; may be empty
     * @param reference the value of no effect; the texts stand around the middle of the axis if it is not shown
     */
    record Favours(String low, String high, double reference) {}

    private final Axis axis;
    private final Theme theme;
    private final Sizes sizes;
    private final double pageWidth;
    private final List<Shape> out;

    /**
     * @param pageWidth no text leaves the page
     * @param out receives the shapes
     */
    AxisDrawing(Axis axis, Theme theme, Sizes sizes, double pageWidth, List<Shape> out) {
        this.axis = axis;
        this.theme = theme;
        this.sizes = sizes;
        this.pageWidth = pageWidth;
        this.out = out;
    }

    /** Draws everything below a place and returns the bottom edge of it. */
    double below(double y, String label, Favours favours) {
        TextStyle style = TextStyle.of(sizes.small(), theme.muted()).anchor(Anchor.MIDDLE);
        return label(favours(ticks(y), favours), label, style);
    }

    /** Draws the line and the ticks and returns the bottom edge of their labels. */
    double ticks(double y) {
        Style line = Style.line(theme.ink(), LINE);
        double length = TICK * sizes.scale();
        out.add(Shape.Path.line(axis.from(), y, axis.to(), y, line));
        double base = y + length + 1.5 * sizes.scale() + 0.75 * sizes.body();
        TextStyle style = TextStyle.of(sizes.body(), theme.ink()).anchor(Anchor.MIDDLE);
        for (Tick tick : axis.ticks()) {
            double x = axis.at(tick.value());
            out.add(Shape.Path.line(x, y, x, y + (tick.label().isEmpty() ? 0.6 * length : length), line));
            if (!tick.label().isEmpty()) {
                out.add(new Shape.Words(new Point(x, base), tick.label(), style));
            }
        }
        return base + 2.5 * sizes.scale();
    }

    private double favours(double y, Favours favours) {
        String low = FigureText.clean(favours.low());
        String high = FigureText.clean(favours.high());
        if (low.isEmpty() && high.isEmpty()) {
            return y;
        }
        double middle = axis.holds(favours.reference()) ? axis.at(favours.reference()) : (axis.from() + axis.to()) / 2;
        double gap = FAVOURS_GAP * sizes.scale();
        double left = side(y, low.isEmpty() ? "" : "← " + low, middle - gap, Anchor.END);
        double right = side(y, high.isEmpty() ? "" : high + " →", middle + gap, Anchor.START);
        return Math.max(left, right);
    }

    private double side(double y, String text, double x, Anchor anchor) {
        if (text.isEmpty()) {
            return y;
        }
        TextStyle style = TextStyle.of(sizes.body(), theme.ink()).anchor(anchor);
        double room = (anchor == Anchor.END ? x : pageWidth - x) - Sizes.MARGIN;
        double base = y;
        for (String line : FigureText.wrap(text, style, room, 4)) {
            base += sizes.lead();
            out.add(new Shape.Words(new Point(x, base - 1.2 * sizes.scale()), line, style));
        }
        return base + sizes.scale();
    }

    /** Sets the label below the axis, in the middle as far as the page allows, and returns its bottom edge. */
    double label(double y, String label, TextStyle style) {
        if (label.isEmpty()) {
            return y;
        }
        double middle = (axis.from() + axis.to()) / 2;
        double room = 2 * (Math.min(middle, pageWidth - middle) - Sizes.MARGIN);
        double base = y;
        for (String line : FigureText.wrap(label, style, room, 4)) {
            base += 1.25 * style.size();
            out.add(new Shape.Words(new Point(middle, base - 1.5 * sizes.scale()), line, style));
        }
        return base;
    }
}
