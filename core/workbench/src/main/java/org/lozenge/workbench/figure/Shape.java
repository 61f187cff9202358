package org.lozenge.workbench.figure;

import java.util.List;
import java.util.Objects;

/** A mark or a text with its place and its colours. */
public sealed interface Shape {

    /** Draws this shape. */
    void draw(Canvas canvas);

    /**
     * Straight lines from point to point.
     *
     * @param points at least two
     * @param closed whether the last point is joined to the first
     * @param style fill and outline
     */
    record Path(List<Point> points, boolean closed, Style style) implements Shape {
        /** Copies the points. */
        public Path {
            points = List.copyOf(points);
            Objects.requireNonNull(style, "style");
        }

        /** Returns a line between two points. */
        public static Path line(double x1, double y1, double x2, double y2, Style style) {
            return new Path(List.of(new Point(x1, y1), new Point(x2, y2)), false, style);
        }

        /** Returns a closed polygon. */
        public static Path polygon(Style style, Point... corners) {
            return new Path(List.of(corners), true, style);
        }

        @Override
        public void draw(Canvas canvas) {
            canvas.path(points, closed, style);
        }
    }

    /**
     * A box with upright sides.
     *
     * @param corner top left
     * @param width to the right
     * @param height downwards
     * @param style fill and outline
     */
    record Box(Point corner, double width, double height, Style style) implements Shape {
        /** Returns a square around its centre. */
        public static Box square(double x, double y, double side, Style style) {
            return new Box(new Point(x - side / 2, y - side / 2), side, side, style);
        }

        @Override
        public void draw(Canvas canvas) {
            canvas.box(corner, width, height, style);
        }
    }

    /**
     * A circle.
     *
     * @param centre its centre
     * @param radius in points
     * @param style fill and outline
     */
    record Circle(Point centre, double radius, Style style) implements Shape {
        @Override
        public void draw(Canvas canvas) {
            canvas.circle(centre, radius, style);
        }
    }

    /**
     * A line of text.
     *
     * @param at where its anchor stands on the base line
     * @param text without line breaks and control characters
     * @param style type, colour and anchor
     */
    record Words(Point at, String text, TextStyle style) implements Shape {
        /** Returns the length of the text in points, measured with the bundled font. */
        public double length() {
            return Typeface.of(style.bold()).width(text, style.size());
        }

        @Override
        public void draw(Canvas canvas) {
            canvas.words(this);
        }
    }

    /**
     * Shapes that share a tooltip.
     *
     * @param tooltip what they stand for
     * @param shapes from back to front, no groups among them
     */
    record Group(String tooltip, List<Shape> shapes) implements Shape {
        /** Copies the shapes. */
        public Group {
            Objects.requireNonNull(tooltip, "tooltip");
            shapes = List.copyOf(shapes);
        }

        @Override
        public void draw(Canvas canvas) {
            canvas.begin(tooltip);
            shapes.forEach(shape -> shape.draw(canvas));
            canvas.end();
        }
    }
}
