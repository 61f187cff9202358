package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/** Colours, strokes and symbols of the layers of a plot. Symbols differ in shape as well as in colour. */
final class XYMarks {

    /** Radius of a point when all are equal. */
    private static final double RADIUS = 2.6;

    private static final double LARGEST_RADIUS = 7;
    private static final double SMALLEST_RADIUS = 1;

    /** More points with sizes are drawn smaller, so that together they cover no more of what lies behind them. */
    private static final int FEW = 60;

    /** Half the diagonal of a diamond and height of a triangle as large as a circle, in radii of the circle. */
    private static final double DIAMOND = 1.35;

    private static final double TRIANGLE = 1.25;

    /** Layers with more points get smaller ones. */
    private static final int MANY = 500;

    /** Layers with more points are clouds of transparent dots. */
    private static final int CLOUD = 3000;

    private final Theme theme;
    private final double scale;

    /** The largest size of a point in any layer, so that areas compare across layers, and its radius. */
    private final double largest;

    private final double largestRadius;

    XYMarks(Theme theme, double scale, List<Layer> layers) {
        this.theme = theme;
        this.scale = scale;
        double[] sizes = layers.stream()
                .filter(layer -> layer.mark() == Mark.POINTS)
                .flatMapToDouble(layer -> Arrays.stream(layer.sizes()))
                .toArray();
        this.largest = Arrays.stream(sizes)
                .filter(size -> size < Double.POSITIVE_INFINITY)
                .max()
                .orElse(0);
        this.largestRadius = LARGEST_RADIUS * Math.min(1, Math.sqrt((double) FEW / Math.max(1, sizes.length)));
    }

    /** Returns the colour that says what a layer means. */
    int colour(Tone tone) {
        return switch (tone) {
            case DATA, IMPUTED -> theme.data();
            case ESTIMATE -> theme.estimate();
            case LIMIT -> theme.muted();
            case SECOND -> theme.second();
            case REFERENCE -> theme.ink();
            case SHADE_LIGHT -> theme.shadeLight();
            case SHADE_MEDIUM -> theme.shadeMedium();
            case SHADE_DARK -> theme.shadeDark();
        };
    }

    /** Returns how the lines of a layer are drawn. */
    Style line(Tone tone) {
        Style style = Style.line(colour(tone), lineWidth(tone) * scale);
        return switch (tone) {
            case LIMIT -> style.dashed(3 * scale, 2 * scale);
            case SECOND -> style.dashed(5 * scale, 2 * scale);
            case IMPUTED -> style.dashed(scale, 1.5 * scale);
            case DATA, ESTIMATE, REFERENCE, SHADE_LIGHT, SHADE_MEDIUM, SHADE_DARK -> style;
        };
    }

    private static double lineWidth(Tone tone) {
        return switch (tone) {
            case DATA, ESTIMATE -> 1.2;
            case SECOND -> 1;
            case LIMIT, IMPUTED -> 0.8;
            case REFERENCE, SHADE_LIGHT, SHADE_MEDIUM, SHADE_DARK -> 0.6;
        };
    }

    /** Returns how a region or a band is filled. */
    Style area(Tone tone) {
        return switch (tone) {
            case SHADE_LIGHT, SHADE_MEDIUM, SHADE_DARK -> Style.filled(colour(tone));
            case DATA, ESTIMATE, LIMIT, SECOND, REFERENCE, IMPUTED ->
                Style.filled(colour(tone)).opacity(0.15);
        };
    }

    /** Returns the radius of every point of a layer, areas in proportion to its sizes. */
    double[] radii(Layer layer) {
        double[] sizes = layer.sizes();
        double[] radii = new double[layer.size()];
        for (int i = 0; i < radii.length; i++) {
            radii[i] = scale * (sizes.length == 0 ? plainRadius(layer) : radius(sizes[i]));
        }
        return radii;
    }

    private static double plainRadius(Layer layer) {
        return isCloud(layer) ? 0.9 : layer.size() > MANY ? 1.6 : RADIUS;
    }

    private double radius(double size) {
        double share = size > 0 ? Math.min(1, size / largest) : 0;
        return Math.max(SMALLEST_RADIUS, largestRadius * Math.sqrt(share));
    }

    /** Returns how far the largest symbol of a plot reaches from its middle. */
    double largestReach(XYPlot plot) {
        return plot.layers().stream()
                .filter(layer -> layer.mark() == Mark.POINTS)
                .mapToDouble(layer ->
                        reach(layer.tone()) * Arrays.stream(radii(layer)).max().orElse(0))
                .max()
                .orElse(0);
    }

    /** Returns whether a layer has too many points to tell them apart. */
    static boolean isCloud(Layer layer) {
        return layer.mark() == Mark.POINTS && layer.size() > CLOUD;
    }

    /** Returns how far the symbol of a tone reaches from its middle, in radii. */
    static double reach(Tone tone) {
        return switch (tone) {
            case ESTIMATE -> DIAMOND;
            case SECOND -> TRIANGLE;
            case DATA, LIMIT, REFERENCE, IMPUTED, SHADE_LIGHT, SHADE_MEDIUM, SHADE_DARK -> 1.1;
        };
    }

    /** Returns the symbol of a point. */
    Shape symbol(Tone tone, Point at, double radius, boolean cloud) {
        if (cloud) {
            return new Shape.Circle(at, radius, Style.filled(colour(tone)).opacity(0.35));
        }
        Style solid = Style.filled(colour(tone)).outlined(theme.background(), 0.5 * scale);
        Style hollow = Style.filled(theme.background()).outlined(colour(tone), 0.9 * scale);
        return switch (tone) {
            case DATA -> new Shape.Circle(at, radius, solid);
            case SHADE_LIGHT, SHADE_MEDIUM, SHADE_DARK ->
                new Shape.Circle(at, radius, Style.filled(colour(tone)).outlined(theme.muted(), 0.5 * scale));
            case IMPUTED -> new Shape.Circle(at, radius - 0.3 * scale, hollow);
            case ESTIMATE -> diamond(at, DIAMOND * radius, solid);
            case SECOND -> triangle(at, TRIANGLE * radius, solid);
            case LIMIT -> Shape.Box.square(at.x(), at.y(), 1.7 * radius, hollow);
            case REFERENCE -> Shape.Box.square(at.x(), at.y(), 1.7 * radius, solid);
        };
    }

    private static Shape diamond(Point at, double r, Style style) {
        return Shape.Path.polygon(
                style,
                new Point(at.x() - r, at.y()),
                new Point(at.x(), at.y() - r),
                new Point(at.x() + r, at.y()),
                new Point(at.x(), at.y() + r));
    }

    private static Shape triangle(Point at, double r, Style style) {
        return Shape.Path.polygon(
                style,
                new Point(at.x() - 0.9 * r, at.y() + 0.6 * r),
                new Point(at.x(), at.y() - r),
                new Point(at.x() + 0.9 * r, at.y() + 0.6 * r));
    }

    /** Returns the sample of a layer in the legend, in a box of the given width around a middle line. */
    List<Shape> sample(Layer layer, double x, double y, double width) {
        List<Shape> shapes = new ArrayList<>();
        switch (layer.mark()) {
            case POINTS -> shapes.add(symbol(layer.tone(), new Point(x + width / 2, y), RADIUS * scale, false));
            case LINE, STEP -> shapes.add(Shape.Path.line(x, y, x + width, y, line(layer.tone())));
            case BAND, REGION ->
                shapes.add(new Shape.Box(
                        new Point(x, y - 3 * scale),
                        width,
                        6 * scale,
                        area(layer.tone()).outlined(theme.muted(), 0.4 * scale)));
        }
        return shapes;
    }
}
