package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.figure.FigureOptions.Limits;
import org.lozenge.workbench.figure.TextStyle.Anchor;

/** Lays out a plot over two axes: panel, axes, layers from back to front, labels, legend and footnotes. */
final class XYLayout {

    private static final double FUNNEL_HEIGHT = 0.82;
    private static final double HEIGHT = 0.74;

    /** A plot with a line of equality has axes of one scale. */
    private static final double SQUARE = 1;

    private static final double RIM = 0.04;
    private static final double LINE = 0.75;
    private static final double TICK = 3.5;

    private final XYPlot plot;
    private final Theme theme;
    private final Sizes sizes;
    private final XYMarks marks;
    private final double width;
    private final Clip.Window panel;
    private final Axis x;
    private final Axis y;
    private final List<Shape> out = new ArrayList<>();

    private final XYLayers layers;

    private XYLayout(XYPlot plot, FigureOptions options) {
        this.plot = plot;
        this.theme = options.theme();
        this.sizes = new Sizes(options.fontScale());
        this.marks = new XYMarks(theme, sizes.scale(), plot.layers());
        this.width = options.width().xy();
        this.panel = panel(options);
        this.y = yAxis(panel);
        this.x = xAxis(panel, options);
        this.layers = new XYLayers(marks, panel, x, y, out);
    }

    /**
     * Returns the picture of a plot.
     *
     * @param messages receives what the user should know
     */
    static Scene scene(XYPlot plot, FigureOptions options, List<Message> messages) {
        XYLayout layout = new XYLayout(plot, options);
        Scene scene = layout.build();
        if (layout.layers.hidden() > 0) {
            messages.add(Message.warning("points-not-shown", layout.hiddenText()));
        }
        return scene;
    }

    /** Returns the box between the axes. Its size decides the ticks, and their labels its edges; so it is sought. */
    private Clip.Window panel(FigureOptions options) {
        double ratio = XYRange.hasEquality(plot) ? SQUARE : plot.yInverted() ? FUNNEL_HEIGHT : HEIGHT;
        double top = Sizes.MARGIN + 0.5 * sizes.body();
        double left = 0;
        double right = width - Sizes.MARGIN - 1.5 * sizes.body();
        for (int pass = 0; pass < 4; pass++) {
            Clip.Window window = new Clip.Window(left, top, right, top + ratio * (right - left));
            double labels = yLabelLines(window).size() * sizes.lead() + widest(yAxis(window));
            left = Math.max(left, Sizes.MARGIN + labels + (TICK + 4) * sizes.scale());
            right -= Math.max(0, overhang(xAxis(window, options)));
        }
        return new Clip.Window(left, top, right, top + ratio * (right - left));
    }

    /** Returns how far the label of a tick would reach beyond the right margin. */
    private double overhang(Axis axis) {
        return axis.ticks().stream()
                        .mapToDouble(tick ->
                                axis.at(tick.value()) + Typeface.of(false).width(tick.label(), sizes.body()) / 2)
                        .max()
                        .orElse(0)
                + Sizes.MARGIN
                - width;
    }

    private Axis yAxis(Clip.Window window) {
        double from = plot.yInverted() ? window.top() : window.bottom();
        double to = plot.yInverted() ? window.bottom() : window.top();
        Limits limits = XYRange.hasEquality(plot)
                ? XYRange.ofBoth(plot, rim(window.bottom() - window.top()))
                : XYRange.ofY(plot, rim(window.bottom() - window.top()));
        return new AxisFit(plot.yScale(), from, to, label -> 2 * sizes.body()).exactly(limits.low(), limits.high());
    }

    private Axis xAxis(Clip.Window window, FigureOptions options) {
        AxisFit fit = new AxisFit(
                plot.xScale(),
                window.left(),
                window.right(),
                label -> Typeface.of(false).width(label, sizes.body()) + 6 * sizes.scale());
        double rim = rim(window.right() - window.left());
        Limits limits = options.limits()
                .orElseGet(() -> XYRange.hasEquality(plot) ? XYRange.ofBoth(plot, rim) : XYRange.ofX(plot, rim));
        AxisFit.check(plot.xScale(), limits, plot.id());
        return fit.exactly(limits.low(), limits.high());
    }

    /** Returns the share of an axis that the largest symbol needs beside its middle, and a little more. */
    private double rim(double length) {
        return Math.max(RIM, marks.largestReach(plot) / length);
    }

    private double widest(Axis axis) {
        return axis.ticks().stream()
                .mapToDouble(tick -> Typeface.of(false).width(tick.label(), sizes.body()))
                .max()
                .orElse(0);
    }

    private List<String> yLabelLines(Clip.Window window) {
        double height = window.bottom() - window.top();
        String label = FigureText.clean(plot.yLabel());
        return label.isEmpty() ? List.of() : FigureText.wrap(label, labelStyle(), height, 2);
    }

    private TextStyle labelStyle() {
        return TextStyle.of(sizes.body(), theme.ink()).anchor(Anchor.MIDDLE);
    }

    private Scene build() {
        plot.layers().forEach(layers::draw);
        if (out.isEmpty()) {
            Point middle = new Point((panel.left() + panel.right()) / 2, (panel.top() + panel.bottom()) / 2);
            out.add(new Shape.Words(middle, "No data", labelStyle()));
        }
        out.addAll(PointLabels.place(layers.spots(), layers.lines(), panel, TextStyle.of(sizes.small(), theme.ink())));
        upright();
        AxisDrawing level = new AxisDrawing(x, theme, sizes, width, out);
        double at = level.label(level.ticks(panel.bottom()), FigureText.clean(plot.xLabel()), labelStyle());
        at = new Legend(marks, theme, sizes, out)
                .draw(plot, Sizes.MARGIN, width - Sizes.MARGIN, at + 2 * sizes.scale());
        PageText text = new PageText(theme, sizes, width, out);
        for (String footnote : plot.footnotes()) {
            at = text.paragraph(at, FigureText.clean(footnote));
        }
        if (layers.hidden() > 0) {
            at = text.paragraph(at, hiddenText());
        }
        String description = plot.description().isBlank() ? FigureWords.of(plot) : FigureText.clean(plot.description());
        return new Scene(
                width, at + Sizes.MARGIN, theme.background(), FigureText.clean(plot.title()), description, out);
    }

    private String hiddenText() {
        int hidden = layers.hidden();
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
        for (String text : yLabelLines(panel)) {
            Point place = new Point(base, (panel.top() + panel.bottom()) / 2);
            out.add(new Shape.Words(place, text, labelStyle().turned()));
            base += sizes.lead();
        }
    }
}
