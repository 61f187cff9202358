package org.lozenge.workbench.figure;

import java.util.List;
import java.util.Objects;

/**
 * A picture whose shapes have their final places and colours, independent of any file format.
 *
 * @param width in points
 * @param height in points
 * @param background colour of the page as {@code 0xRRGGBB}
 * @param title short name of the picture
 * @param description the picture in words
 * @param shapes from back to front
 */
public record Scene(double width, double height, int background, String title, String description, List<Shape> shapes) {

    /** Copies the shapes. */
    public Scene {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        shapes = List.copyOf(shapes);
    }

    /** Draws all shapes, from back to front. The background is left to the caller. */
    public void draw(Canvas canvas) {
        shapes.forEach(shape -> shape.draw(canvas));
    }
}
