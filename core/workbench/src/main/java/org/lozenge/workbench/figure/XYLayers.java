package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.plugin.XYPlot.Layer;

/** Draws the layers of a plot within its panel, and keeps account of what labels must not cover. */
final class XYLayers {

    /** Beyond this number, points have no tooltips: they would make the file large and nobody could hit them. */
    private static final int TOOLTIPS = 2000;

    private final XYMarks marks;
    private final Clip.Window panel;
    private final Axis x;
    private final Axis y;
    private final List<Shape> out;
    private final List<PointLabels.Spot> spots = new ArrayList<>();
    private final List<List<Point>> lines = new ArrayList<>();

    private int hidden;

    /**
     * @param panel where the layers are cut
     * @param out receives the shapes
     */
    XYLayers(XYMarks marks, Clip.Window panel, Axis x, Axis y, List<Shape> out) {
        this.marks = marks;
        this.panel = panel;
        this.x = x;
        this.y = y;
        this.out = out;
    }

    /** Returns the points drawn so far. */
    List<PointLabels.Spot> spots() {
        return spots;
    }

    /** Returns the lines drawn so far. */
    List<List<Point>> lines() {
        return lines;
    }

    /** Returns how many points had no place on the axes. */
    int hidden() {
        return hidden;
    }

    /** Draws a layer in front of the others. */
    void draw(Layer layer) {
        switch (layer.mark()) {
            case POINTS -> points(layer);
            case LINE -> lines(layer, line(layer.x(), layer.y()));
            case STEP -> lines(layer, steps(line(layer.x(), layer.y())));
            case BAND -> area(layer, band(layer));
            case REGION -> area(layer, List.of(known(layer.x(), layer.y())));
        }
    }

    private void points(Layer layer) {
        double[] xs = layer.x();
        double[] ys = layer.y();
        double[] radii = marks.radii(layer);
        boolean cloud = XYMarks.isCloud(layer);
        List<Integer> order = IntStream.range(0, xs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -radii[i]))
                .toList();
        for (int i : order) {
            if (!x.holds(xs[i]) || !y.holds(ys[i])) {
                hidden++;
                continue;
            }
            Point at = new Point(x.at(xs[i]), y.at(ys[i]));
            String label = layer.labels().isEmpty()
                    ? ""
                    : FigureText.clean(layer.labels().get(i));
            spots.add(new PointLabels.Spot(at, radii[i] * XYMarks.reach(layer.tone()), label));
            Shape symbol = marks.symbol(layer.tone(), at, radii[i], cloud);
            out.add(
                    xs.length > TOOLTIPS
                            ? symbol
                            : new Shape.Group(tooltip(layer, label, xs[i], ys[i]), List.of(symbol)));
        }
    }

    private String tooltip(Layer layer, String label, double atX, double atY) {
        String name = label.isEmpty() ? FigureText.clean(layer.name()) : label;
        String place = FigureNumbers.significant(atX, 3) + ", " + FigureNumbers.significant(atY, 3);
        return name.isEmpty() ? place : name + ": " + place;
    }

    /** Returns the unbroken parts of a line: a missing value ends a part. */
    private List<List<Point>> line(double[] xs, double[] ys) {
        List<List<Point>> parts = new ArrayList<>();
        List<Point> part = new ArrayList<>();
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(xs[i]) || Double.isNaN(ys[i])) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(new Point(x.at(xs[i]), y.at(ys[i])));
            }
        }
        parts.add(part);
        return parts;
    }

    private static List<List<Point>> steps(List<List<Point>> lines) {
        List<List<Point>> steps = new ArrayList<>();
        for (List<Point> line : lines) {
            List<Point> corners = new ArrayList<>();
            for (Point point : line) {
                if (!corners.isEmpty()) {
                    corners.add(
                            new Point(point.x(), corners.get(corners.size() - 1).y()));
                }
                corners.add(point);
            }
            steps.add(corners);
        }
        return steps;
    }

    private void lines(Layer layer, List<List<Point>> parts) {
        List<Shape> shapes = new ArrayList<>();
        for (List<Point> part : parts) {
            for (List<Point> visible : Clip.line(part, panel)) {
                shapes.add(new Shape.Path(visible, false, marks.line(layer.tone())));
                lines.add(visible);
            }
        }
        add(layer, shapes);
    }

    private List<Point> known(double[] xs, double[] ys) {
        return line(xs, ys).stream().flatMap(List::stream).toList();
    }

    /** Returns the areas of a band: there along the lower edge and back along the upper one. */
    private List<List<Point>> band(Layer layer) {
        double[] xs = layer.x().clone();
        double[] low = layer.y();
        double[] high = layer.y2();
        for (int i = 0; i < xs.length; i++) {
            xs[i] = Double.isNaN(low[i]) || Double.isNaN(high[i]) ? Double.NaN : xs[i];
        }
        List<List<Point>> lower = line(xs, low);
        List<List<Point>> upper = line(xs, high);
        List<List<Point>> areas = new ArrayList<>();
        for (int i = 0; i < lower.size(); i++) {
            List<Point> area = new ArrayList<>(lower.get(i));
            for (int j = upper.get(i).size() - 1; j >= 0; j--) {
                area.add(upper.get(i).get(j));
            }
            areas.add(area);
        }
        return areas;
    }

    private void area(Layer layer, List<List<Point>> areas) {
        List<Shape> shapes = new ArrayList<>();
        for (List<Point> area : areas) {
            List<Point> visible = Clip.polygon(area, panel);
            if (visible.size() > 2) {
                shapes.add(new Shape.Path(visible, true, marks.area(layer.tone())));
            }
        }
        add(layer, shapes);
    }

    private void add(Layer layer, List<Shape> shapes) {
        String name = FigureText.clean(layer.name());
        if (!shapes.isEmpty()) {
            out.addAll(name.isEmpty() ? shapes : List.of(new Shape.Group(name, shapes)));
        }
    }
}
