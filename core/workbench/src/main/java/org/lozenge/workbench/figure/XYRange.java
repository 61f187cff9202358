package org.lozenge.workbench.figure;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.workbench.figure.FigureOptions.Limits;

/**
 * The stretch of an axis that a plot of points, lines and regions shows.
 *
 * <p>All points and the curves of data and of the main estimate are shown; other lines and bands as far as they do not
 * make the points a small heap. Regions, such
 * as the contours of a funnel plot, are background: they add nothing, but the axis ends where they end, so that no
 * white rim pretends to be another region.
 */
final class XYRange {

    private static final double LARGEST = 1e100;

    /** Lines may lengthen the axis by this many times the stretch of the points on either side. */
    private static final double REACH = 1.0;

    private static final double RIM = 0.04;

    private final XYPlot plot;
    private final Scale scale;
    private final Function<Layer, DoubleStream> values;

    private XYRange(XYPlot plot, Scale scale, Function<Layer, DoubleStream> values) {
        this.plot = plot;
        this.scale = scale;
        this.values = values;
    }

    /**
     * An axis range and whether its ends may still move.
     *
     * @param limits the ends
     * @param fixed whether regions hold the ends in their place
     */
    record Found(Limits limits, boolean fixed) {}

    /** Returns the range of the horizontal axis. */
    static Found ofX(XYPlot plot) {
        return new XYRange(plot, plot.xScale(), layer -> Arrays.stream(layer.x())).find(false);
    }

    /** Returns the range of the vertical axis; it starts at 0 where the values come near enough. */
    static Found ofY(XYPlot plot) {
        return new XYRange(
                        plot,
                        plot.yScale(),
                        layer -> DoubleStream.concat(Arrays.stream(layer.y()), Arrays.stream(layer.y2())))
                .find(true);
    }

    private Found find(boolean vertical) {
        double[] points = span(layers(layer -> layer.mark() == Mark.POINTS || isMain(layer)));
        double[] lines = span(layers(layer -> !isMain(layer) && isLine(layer)));
        double[] regions = span(layers(layer -> layer.mark() == Mark.REGION));
        double[] span = points.length == 0 ? lines : reach(points, lines);
        if (span.length == 0) {
            span = regions;
        }
        if (span.length == 0) {
            return new Found(scale == Scale.LOG ? new Limits(0.1, 10) : new Limits(0, 1), false);
        }
        boolean fromZero = vertical && scale == Scale.LINEAR && startsAtZero(span);
        double[] shown = padded(span, fromZero);
        double[] dots = span(layers(layer -> layer.mark() == Mark.POINTS));
        if (dots.length > 0) {
            shown[0] = Math.min(shown[0], dots[0] - RIM * (shown[1] - shown[0]));
        }
        boolean fixed = false;
        if (regions.length > 0) {
            fixed = true;
            shown[0] = regions[0] <= span[0] ? Math.max(shown[0], regions[0]) : shown[0];
            shown[1] = regions[1] >= span[1] ? Math.min(shown[1], regions[1]) : shown[1];
        }
        return new Found(new Limits(Axis.value(scale, shown[0]), Axis.value(scale, shown[1])), fixed);
    }

    private Stream<Layer> layers(Predicate<Layer> wanted) {
        return plot.layers().stream().filter(wanted);
    }

    private static boolean isLine(Layer layer) {
        return layer.mark() == Mark.LINE || layer.mark() == Mark.STEP || layer.mark() == Mark.BAND;
    }

    /** Returns whether a layer is a curve of data or of the main estimate. */
    private static boolean isMain(Layer layer) {
        return isLine(layer)
                && (layer.tone() == Tone.DATA || layer.tone() == Tone.ESTIMATE || layer.tone() == Tone.IMPUTED);
    }

    /** Returns the least and the greatest value that can be shown; nothing if there is none. */
    private double[] span(Stream<Layer> layers) {
        double[] sorted = layers.flatMapToDouble(values)
                .filter(value -> Math.abs(value) <= LARGEST)
                .map(value -> Axis.along(scale, value))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return sorted.length == 0 ? sorted : new double[] {sorted[0], sorted[sorted.length - 1]};
    }

    private static double[] reach(double[] points, double[] lines) {
        double length = points[1] - points[0];
        if (lines.length == 0) {
            return points;
        }
        double most = length > 0 ? REACH * length : Double.MAX_VALUE;
        return new double[] {
            Math.min(points[0], Math.max(lines[0], points[0] - most)),
            Math.max(points[1], Math.min(lines[1], points[1] + most))
        };
    }

    private boolean startsAtZero(double[] span) {
        return span[0] >= 0 && (plot.yInverted() || span[0] <= 0.35 * span[1]);
    }

    private double[] padded(double[] span, boolean fromZero) {
        double low = fromZero ? 0 : span[0];
        double length = span[1] - low;
        double middle = (low + span[1]) / 2;
        double least = scale == Scale.LOG ? 1e-3 : Math.max(1e-9 * Math.abs(middle), 1e-300);
        if (length < least) {
            double half = scale == Scale.LOG ? 0.7 : Math.max(Math.abs(middle) / 2, middle == 0 ? 1 : least);
            return new double[] {fromZero ? 0 : middle - half, middle + half};
        }
        return new double[] {fromZero ? 0 : low - RIM * length, span[1] + RIM * length};
    }
}
