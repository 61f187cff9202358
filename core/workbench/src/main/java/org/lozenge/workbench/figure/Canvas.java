package org.lozenge.workbench.figure;

import java.util.List;

/** Something that shapes can be drawn on. One implementation per format; a host may bring its own. */
public interface Canvas {

    /**
     * Draws straight lines from point to point.
     *
     * @param closed whether the last point is joined to the first
     */
    void path(List<Point> points, boolean closed, Style style);

    /** Draws a box with its top left corner at the given place. */
    void box(Point corner, double width, double height, Style style);

    /** Draws a circle. */
    void circle(Point centre, double radius, Style style);

    /** Draws a line of text. */
    void words(Shape.Words words);

    /** Opens a group of shapes that share a tooltip. Groups do not nest. */
    void begin(String tooltip);

    /** Closes the group. */
    void end();
}
