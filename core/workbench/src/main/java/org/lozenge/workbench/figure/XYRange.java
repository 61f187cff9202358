package org.lozenge.workbench.figure;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.workbench.figure.FigureOptions.Limits;

/**
 * The stretch of an axis that a plot of points, lines and regions shows.
 *
 * <p>All points, step curves and lines of data and of the main estimate are shown; other lines and bands as far as
 * they do not make the points a small heap. Regions, such as the contours of a funnel plot, are background: they add
 * nothing, but the axis ends where they end, so that no white rim pretends to be another region.
 */
final class XYRange {

    private static final double LARGEST = 1e300;

    private static final double SMALLEST_RATIO = 1e-300;

    /** A linear axis of values above 0 starts at 0 if the least is at most this share of the greatest. */
    private static final double NEAR_ZERO = 0.35;

    /** Lines may lengthen the axis by this many times the stretch of the points on either side. */
    private static final double REACH = 1.0;

    private final XYPlot plot;
    private final Scale scale;
    private final Function<Layer, DoubleStream> values;
    private final double rim;

    private XYRange(XYPlot plot, double rim, Scale scale, Function<Layer, DoubleStream> values) {
        this.plot = plot;
        this.rim = rim;
        this.scale = scale;
        this.values = values;
    }

    /**
     * Returns the range of the horizontal axis.
     *
     * @param rim room between the points and the ends, as a share of the axis
     */
    static Limits ofX(XYPlot plot, double rim) {
        return new XYRange(plot, rim, plot.xScale(), layer -> Arrays.stream(layer.x())).limits(false);
    }

    /**
     * Returns the range of the vertical axis.
     *
     * @param rim room between the points and the ends, as a share of the axis
     */
    static Limits ofY(XYPlot plot, double rim) {
        return new XYRange(
                        plot,
                        rim,
                        plot.yScale(),
                        layer -> DoubleStream.concat(Arrays.stream(layer.y()), Arrays.stream(layer.y2())))
                .limits(plot.yInverted());
    }

    /**
     * Returns the range of either axis of a plot with a line of equality.
     *
     * @param rim room between the points and the ends, as a share of the axis
     */
    static Limits ofBoth(XYPlot plot, double rim) {
        Limits x = ofX(plot, rim);
        Limits y = ofY(plot, rim);
        return new Limits(Math.min(x.low(), y.low()), Math.max(x.high(), y.high()));
    }

    /** Returns whether a reference line of a plot says where both linear axes have the same value. */
    static boolean hasEquality(XYPlot plot) {
        return plot.xScale() == Scale.LINEAR
                && plot.yScale() == Scale.LINEAR
                && !plot.yInverted()
                && plot.layers().stream().anyMatch(XYRange::isEquality);
    }

    private static boolean isEquality(Layer layer) {
        double[] x = layer.x();
        return layer.mark() == Mark.LINE
                && layer.tone() == Tone.REFERENCE
                && x.length > 1
                && x[0] != x[x.length - 1]
                && Arrays.equals(x, layer.y());
    }

    private Limits limits(boolean inverted) {
        double[] dots = span(layer -> layer.mark() == Mark.POINTS);
        double[] main = span(layer -> layer.mark() == Mark.POINTS || isMain(layer));
        double[] lines = span(XYRange::isLine);
        double[] regions = span(layer -> layer.mark() == Mark.REGION);
        double[] span = dots.length == 0 ? lines : reach(main, lines);
        span = span.length == 0 ? regions : span;
        if (span.length == 0) {
            return scale == Scale.LOG ? new Limits(0.1, 10) : new Limits(0, 1);
        }
        double[] shown = withRim(span, inverted);
        if (regions.length > 0 && regions[0] < regions[1]) {
            shown[0] = regions[0] <= span[0] ? Math.max(shown[0], regions[0]) : shown[0];
            shown[1] = regions[1] >= span[1] ? Math.min(shown[1], regions[1]) : shown[1];
        }
        if (dots.length > 0) {
            double room = rim * (shown[1] - shown[0]) / (1 + 2 * rim);
            shown[0] = Math.min(shown[0], dots[0] - room);
            shown[1] = Math.max(shown[1], dots[1] + room);
        }
        return new Limits(Axis.value(scale, shown[0]), Axis.value(scale, shown[1]));
    }

    /** Returns the least and the greatest value of some layers that can be shown; nothing if there is none. */
    private double[] span(Predicate<Layer> wanted) {
        double least = scale == Scale.LOG ? SMALLEST_RATIO : -LARGEST;
        double[] sorted = plot.layers().stream()
                .filter(wanted)
                .flatMapToDouble(values)
                .filter(value -> value >= least && value <= LARGEST)
                .map(value -> Axis.along(scale, value))
                .sorted()
                .toArray();
        return sorted.length == 0 ? sorted : new double[] {sorted[0], sorted[sorted.length - 1]};
    }

    private static boolean isLine(Layer layer) {
        return layer.mark() == Mark.LINE || layer.mark() == Mark.STEP || layer.mark() == Mark.BAND;
    }

    /** Returns whether a layer is a step curve, or a line of data or of the main estimate. */
    private static boolean isMain(Layer layer) {
        return layer.mark() == Mark.STEP
                || (isLine(layer)
                        && (layer.tone() == Tone.DATA
                                || layer.tone() == Tone.ESTIMATE
                                || layer.tone() == Tone.IMPUTED));
    }

    private static double[] reach(double[] main, double[] lines) {
        if (lines.length == 0) {
            return main;
        }
        double length = main[1] - main[0];
        double most = length > 0 ? REACH * length : LARGEST;
        return new double[] {
            Math.min(main[0], Math.max(lines[0], main[0] - most)), Math.max(main[1], Math.min(lines[1], main[1] + most))
        };
    }

    /** Adds a rim, and starts at 0 where the values come near to it from above. */
    private double[] withRim(double[] span, boolean inverted) {
        boolean positive = scale == Scale.LINEAR && span[0] >= 0 && span[1] > 0;
        double low = positive && (inverted || span[0] <= NEAR_ZERO * span[1]) ? 0 : span[0];
        double length = span[1] - low;
        double middle = low / 2 + span[1] / 2;
        if (length < 1e-9 * Math.max(scale == Scale.LOG ? 1000 : 0, Math.abs(middle)) || length == 0) {
            double half = scale == Scale.LOG ? 0.7 : middle == 0 ? 1 : Math.abs(middle) / 2;
            return new double[] {middle - half, middle + half};
        }
        return new double[] {low == 0 && positive ? 0 : low - rim * length, span[1] + rim * length};
    }
}
