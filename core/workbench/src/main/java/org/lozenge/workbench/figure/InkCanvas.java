package org.lozenge.workbench.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A scene as filled areas in order, to be painted on any Java2D surface, whole or in part. Lines and texts are areas
 * too, so neither strokes nor fonts of the surface play a part.
 */
final class InkCanvas implements Canvas {

    /** An area, what it covers at most, and its colour. */
    private record Ink(java.awt.Shape area, Rectangle2D bounds, Color colour) {}

    private final List<Ink> inks = new ArrayList<>();
    private final TextOutlines outlines = new TextOutlines();

    private InkCanvas() {}

    /** Returns a scene ready to be painted, its background first. */
    static InkCanvas of(Scene scene) {
        InkCanvas canvas = new InkCanvas();
        canvas.box(new Point(0, 0), scene.width(), scene.height(), Style.filled(scene.background()));
        scene.draw(canvas);
        return canvas;
    }

    /** Paints what meets the visible part of the page; the unit of the graphics context is a point of the page. */
    void paint(Graphics2D graphics, Rectangle2D visible) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        for (Ink ink : inks) {
            if (ink.bounds().intersects(visible)) {
                graphics.setColor(ink.colour());
                graphics.fill(ink.area());
            }
        }
    }

    @Override
    public void path(List<Point> points, boolean closed, Style style) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        for (Point point : points.subList(1, points.size())) {
            path.lineTo(point.x(), point.y());
        }
        if (closed) {
            path.closePath();
        }
        draw(path, style);
    }

    @Override
    public void box(Point corner, double width, double height, Style style) {
        draw(new Rectangle2D.Double(corner.x(), corner.y(), width, height), style);
    }

    @Override
    public void circle(Point centre, double radius, Style style) {
        draw(new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), style);
    }

    @Override
    public void words(Shape.Words words) {
        add(outlines.of(words), words.style().colour(), 1);
    }

    @Override
    public void begin(String tooltip) {
        // pixels have no tooltips
    }

    @Override
    public void end() {
        // see begin
    }

    private void draw(java.awt.Shape shape, Style style) {
        if (style.fill() != Style.NONE) {
            add(shape, style.fill(), style.opacity());
        }
        if (style.stroke() != Style.NONE) {
            add(stroke(style).createStrokedShape(shape), style.stroke(), style.opacity());
        }
    }

    private static BasicStroke stroke(Style style) {
        float width = (float) style.width();
        float[] dashes = {(float) style.dash(), (float) style.gap()};
        return style.dash() > 0
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4, dashes, 0)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 4);
    }

    private void add(java.awt.Shape area, int rgb, double opacity) {
        Color colour = new Color((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF, (int) Math.round(255 * opacity));
        Rectangle2D box = area.getBounds2D();
        Rectangle2D bounds =
                new Rectangle2D.Double(box.getX() - 1, box.getY() - 1, box.getWidth() + 2, box.getHeight() + 2);
        inks.add(new Ink(area, bounds, colour));
    }
}
