package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.workbench.figure.FigureOptions.Limits;
import org.lozenge.workbench.figure.TextStyle.Anchor;

/** Lays out a plot over two axes: panel, axes, layers from back to front, labels, legend and footnotes. */
final class XYLayout {

    private static final double FUNNEL_HEIGHT = 0.82;
    private static final double HEIGHT = 0.74;
    private static final double LINE = 0.75;
    private static final double TICK = 3.5;

    /** Beyond this number, points have no tooltips: they would make the file large and nobody could hit them. */
    private static final int TOOLTIPS = 2000;

    private final XYPlot plot;
    private final Theme theme;
    private final Sizes sizes;
    private final XYMarks marks;
    private final double width;
    private final Clip.Window panel;
    private final Axis x;
    private final Axis y;
    private final List<Shape> out = new ArrayList<>();
    private final List<PointLabels.Spot> spots = new ArrayList<>();

    private final List<List<Point>> drawn = new ArrayList<>();

    private int hidden;

    private XYLayout(XYPlot plot, FigureOptions options) {
        this.plot = plot;
        this.theme = options.theme();
        this.sizes = new Sizes(options.fontScale());
        this.marks = new XYMarks(theme, sizes.scale());
        this.width = options.width().xy();
        double ratio = plot.yInverted() ? FUNNEL_HEIGHT : HEIGHT;
        double top = Sizes.MARGIN + 0.5 * sizes.body();
        double right = width - Sizes.MARGIN - 1.5 * sizes.body();
        Axis upright = yAxis(top, top + ratio * (0.84 * width));
        double left = Sizes.MARGIN
                + yLabelLines(ratio * 0.84 * width).size() * sizes.lead()
                + widest(upright)
                + (TICK + 4) * sizes.scale();
        this.panel = new Clip.Window(left, top, right, top + ratio * (right - left));
        this.y = yAxis(panel.top(), panel.bottom());
        this.x = xAxis(options, left, right);
    }

    /**
     * Returns the picture of a plot.
     *
     * @param messages receives what the user should know
     */
    static Scene scene(XYPlot plot, FigureOptions options, List<Message> messages) {
        XYLayout layout = new XYLayout(plot, options);
        Scene scene = layout.build();
        if (layout.hidden > 0) {
            messages.add(Message.warning("points-not-shown", layout.hiddenText()));
        }
        return scene;
    }

    private Axis yAxis(double top, double bottom) {
        double from = plot.yInverted() ? top : bottom;
        double to = plot.yInverted() ? bottom : top;
        AxisFit fit = new AxisFit(plot.yScale(), from, to, label -> 2 * sizes.body());
        return fit(fit, XYRange.ofY(plot));
    }

    private Axis xAxis(FigureOptions options, double left, double right) {
        AxisFit fit = new AxisFit(
                plot.xScale(), left, right, label -> Typeface.of(false).width(label, sizes.body()) + 6 * sizes.scale());
        if (options.limits().isEmpty()) {
            return fit(fit, XYRange.ofX(plot));
        }
        Limits limits = options.limits().get();
        AxisFit.check(plot.xScale(), limits, plot.id());
        return fit.exactly(limits.low(), limits.high());
    }

    private static Axis fit(AxisFit fit, XYRange.Found found) {
        Limits limits = found.limits();
        return found.fixed() ? fit.exactly(limits.low(), limits.high()) : fit.around(limits.low(), limits.high());
    }

    private double widest(Axis axis) {
        return axis.ticks().stream()
                .mapToDouble(tick -> Typeface.of(false).width(tick.label(), sizes.body()))
                .max()
                .orElse(0);
    }

    private List<String> yLabelLines(double height) {
        String label = FigureText.clean(plot.yLabel());
        return label.isEmpty() ? List.of() : FigureText.wrap(label, labelStyle(), height, 2);
    }

    private TextStyle labelStyle() {
        return TextStyle.of(sizes.body(), theme.ink()).anchor(Anchor.MIDDLE);
    }

    private Scene build() {
        plot.layers().forEach(this::draw);
        out.addAll(PointLabels.place(spots, drawn, panel, TextStyle.of(sizes.small(), theme.ink())));
        upright();
        AxisDrawing level = new AxisDrawing(x, theme, sizes, width, out);
        double at = level.label(level.ticks(panel.bottom()), FigureText.clean(plot.xLabel()), labelStyle());
        at = new Legend(marks, theme, sizes, out)
                .draw(plot, Sizes.MARGIN, width - Sizes.MARGIN, at + 2 * sizes.scale());
        PageText text = new PageText(theme, sizes, width, out);
        for (String footnote : plot.footnotes()) {
            at = text.paragraph(at, FigureText.clean(footnote));
        }
        if (hidden > 0) {
            at = text.paragraph(at, hiddenText());
        }
        String description = plot.description().isBlank() ? FigureWords.of(plot) : FigureText.clean(plot.description());
        return new Scene(
                width, at + Sizes.MARGIN, theme.background(), FigureText.clean(plot.title()), description, out);
    }

    private String hiddenText() {
        return hidden + (hidden == 1 ? " point has" : " points have")
                + " no place on these axes (missing, infinite or outside) and cannot be shown.";
    }

    private void upright() {
        Style line = Style.line(theme.ink(), LINE);
        double length = TICK * sizes.scale();
        out.add(Shape.Path.line(panel.left(), panel.top(), panel.left(), panel.bottom(), line));
        TextStyle style = TextStyle.of(sizes.body(), theme.ink()).anchor(Anchor.END);
        for (Tick tick : y.ticks()) {
            double at = y.at(tick.value());
            out.add(Shape.Path.line(panel.left() - length, at, panel.left(), at, line));
            if (!tick.label().isEmpty()) {
                Point place = new Point(panel.left() - length - 2 * sizes.scale(), at + Sizes.drop(sizes.body()));
                out.add(new Shape.Words(place, tick.label(), style));
            }
        }
        double base = Sizes.MARGIN + 0.8 * sizes.body();
        for (String text : yLabelLines(panel.bottom() - panel.top())) {
            Point place = new Point(base, (panel.top() + panel.bottom()) / 2);
            out.add(new Shape.Words(place, text, labelStyle().turned()));
            base += sizes.lead();
        }
    }

    private void draw(Layer layer) {
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
            spots.add(new PointLabels.Spot(at, radii[i], label));
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
                drawn.add(visible);
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
