package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a plot of points, lines, bands and regions over two axes shows (funnel, bubble, survival curve …), without sizes
 * and colours. Immutable; every method that adds something returns a new plot. Layers are drawn in their order, the
 * first one at the back.
 */
public final class XYPlot implements ResultItem {

    /** How a layer is drawn. */
    public enum Mark {
        /** A circle at each point. */
        POINTS,
        /** A line through the points in their order. */
        LINE,
        /** A line that moves right, then up or down: a survival curve. */
        STEP,
        /** The area between {@code y} and {@code y2}. */
        BAND,
        /** The closed polygon through the points. */
        REGION
    }

    /** What a layer means, from which a theme chooses its colours and strokes. */
    public enum Tone {
        /** The observed data. */
        DATA,
        /** The main estimate. */
        ESTIMATE,
        /** A limit or interval around the estimate: dashed. */
        LIMIT,
        /** A second line of interest, such as a regression: another dash and colour. */
        SECOND,
        /** The value of no effect. */
        REFERENCE,
        /** Points that were imputed, not observed: hollow. */
        IMPUTED,
        /** The lightest of three shades of grey. */
        SHADE_LIGHT,
        /** The middle shade of grey. */
        SHADE_MEDIUM,
        /** The darkest of three shades of grey. */
        SHADE_DARK
    }

    /** Points, a line, a band or a region. All arrays have one length; coordinates are in the units of the axes. */
    public static final class Layer {
        private final Mark mark;
        private final Tone tone;
        private final String name;
        private final double[] x;
        private final double[] y;
        private final double[] y2;
        private final double[] size;
        private final List<String> labels;

        private Layer(
                Mark mark,
                Tone tone,
                String name,
                double[] x,
                double[] y,
                double[] y2,
                double[] size,
                List<String> labels) {
            this.mark = Objects.requireNonNull(mark, "mark");
            this.tone = Objects.requireNonNull(tone, "tone");
            this.name = Objects.requireNonNull(name, "name");
            this.x = x;
            this.y = y;
            this.y2 = y2;
            this.size = size;
            this.labels = List.copyOf(labels);
            check(y.length, "y");
            check(mark == Mark.BAND ? y2.length : x.length, "y2");
            check(size.length == 0 ? x.length : size.length, "sizes");
            check(labels.isEmpty() ? x.length : labels.size(), "labels");
        }

        private void check(int length, String what) {
            if (length != x.length) {
                throw new IllegalArgumentException(
                        "Layer '" + name + "' has " + x.length + " x values but " + length + " " + what);
            }
        }

        /** Returns how the layer is drawn. */
        public Mark mark() {
            return mark;
        }

        /** Returns what the layer means. */
        public Tone tone() {
            return tone;
        }

        /** Returns the layer's name for the legend; empty to leave it out. */
        public String name() {
            return name;
        }

        /** Returns the number of points. */
        public int size() {
            return x.length;
        }

        /** Returns the horizontal coordinates; a copy. */
        public double[] x() {
            return x.clone();
        }

        /** Returns the vertical coordinates, of a band its lower edge; a copy. */
        public double[] y() {
            return y.clone();
        }

        /** Returns the upper edge of a band, otherwise nothing; a copy. */
        public double[] y2() {
            return y2.clone();
        }

        /** Returns the areas of points relative to each other, or nothing when all are equal; a copy. */
        public double[] sizes() {
            return size.clone();
        }

        /** Returns a label for each point, or nothing. */
        public List<String> labels() {
            return labels;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Layer that
                    && mark == that.mark
                    && tone == that.tone
                    && name.equals(that.name)
                    && labels.equals(that.labels)
                    && Arrays.equals(x, that.x)
                    && Arrays.equals(y, that.y)
                    && Arrays.equals(y2, that.y2)
                    && Arrays.equals(size, that.size);
        }

        @Override
        public int hashCode() {
            return Objects.hash(mark, tone, name, labels, Arrays.hashCode(x), Arrays.hashCode(y));
        }

        @Override
        public String toString() {
            return mark + " '" + name + "' (" + x.length + " points)";
        }
    }

    private record Frame(
            String id,
            String title,
            String xLabel,
            String yLabel,
            Scale xScale,
            Scale yScale,
            boolean yInverted,
            String description) {}

    private final Frame frame;
    private final List<Layer> layers;
    private final List<String> footnotes;

    private XYPlot(Frame frame, List<Layer> layers, List<String> footnotes) {
        this.frame = frame;
        this.layers = List.copyOf(layers);
        this.footnotes = List.copyOf(footnotes);
    }

    /**
     * Returns an empty plot with linear axes.
     *
     * @param id unique within the result or section
     * @param title heading
     * @param xLabel text of the horizontal axis
     * @param yLabel text of the vertical axis
     */
    public static XYPlot of(String id, String title, String xLabel, String yLabel) {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        return new XYPlot(
                new Frame(id, title, xLabel, yLabel, Scale.LINEAR, Scale.LINEAR, false, ""), List.of(), List.of());
    }

    /** Returns this plot under another id and title. */
    public XYPlot named(String id, String title) {
        Frame f = frame;
        return with(
                new Frame(Ids.check(id), title, f.xLabel, f.yLabel, f.xScale, f.yScale, f.yInverted, f.description));
    }

    /** Returns this plot with the scales of its axes. */
    public XYPlot scales(Scale x, Scale y) {
        Frame f = frame;
        return with(new Frame(f.id, f.title, f.xLabel, f.yLabel, x, y, f.yInverted, f.description));
    }

    /** Returns this plot with its vertical axis upside down, as in a funnel plot. */
    public XYPlot invertY() {
        Frame f = frame;
        return with(new Frame(f.id, f.title, f.xLabel, f.yLabel, f.xScale, f.yScale, true, f.description));
    }

    /** Returns this plot with one or two sentences that say in words what it shows. */
    public XYPlot describe(String description) {
        Frame f = frame;
        return with(new Frame(f.id, f.title, f.xLabel, f.yLabel, f.xScale, f.yScale, f.yInverted, description));
    }

    private XYPlot with(Frame changed) {
        return new XYPlot(changed, layers, footnotes);
    }

    /** Returns this plot with points, a line or a closed region in front. */
    public XYPlot layer(Mark mark, Tone tone, String name, double[] x, double[] y) {
        return add(new Layer(mark, tone, name, x.clone(), y.clone(), new double[0], new double[0], List.of()));
    }

    /**
     * Returns this plot with points in front that have labels and areas.
     *
     * @param sizes relative areas, or nothing when all are equal
     * @param labels one per point, or nothing
     */
    public XYPlot points(Tone tone, String name, double[] x, double[] y, double[] sizes, List<String> labels) {
        return add(new Layer(Mark.POINTS, tone, name, x.clone(), y.clone(), new double[0], sizes.clone(), labels));
    }

    /** Returns this plot with the area between two curves in front. */
    public XYPlot band(Tone tone, String name, double[] x, double[] low, double[] high) {
        return add(new Layer(Mark.BAND, tone, name, x.clone(), low.clone(), high.clone(), new double[0], List.of()));
    }

    private XYPlot add(Layer layer) {
        List<Layer> more = new ArrayList<>(layers);
        more.add(layer);
        return new XYPlot(frame, more, footnotes);
    }

    /** Returns this plot with one more line below it. */
    public XYPlot footnote(String text) {
        List<String> more = new ArrayList<>(footnotes);
        more.add(text);
        return new XYPlot(frame, layers, more);
    }

    @Override
    public String id() {
        return frame.id;
    }

    @Override
    public String title() {
        return frame.title;
    }

    /** Returns the text of the horizontal axis. */
    public String xLabel() {
        return frame.xLabel;
    }

    /** Returns the text of the vertical axis. */
    public String yLabel() {
        return frame.yLabel;
    }

    /** Returns the scale of the horizontal axis. */
    public Scale xScale() {
        return frame.xScale;
    }

    /** Returns the scale of the vertical axis. */
    public Scale yScale() {
        return frame.yScale;
    }

    /** Returns whether small values are at the top. */
    public boolean yInverted() {
        return frame.yInverted;
    }

    /** Returns the plot in words; may be empty. */
    public String description() {
        return frame.description;
    }

    /** Returns the layers from back to front. */
    public List<Layer> layers() {
        return layers;
    }

    /** Returns the lines below the plot. */
    public List<String> footnotes() {
        return footnotes;
    }

    /** Returns a row per point: layer, mark, label, x, y and y2. */
    @Override
    public Table toTable() {
        Tablesaw.load();
        StringColumn name = StringColumn.create("layer");
        StringColumn mark = StringColumn.create("mark");
        StringColumn label = StringColumn.create("label");
        DoubleColumn x = DoubleColumn.create("x");
        DoubleColumn y = DoubleColumn.create("y");
        DoubleColumn y2 = DoubleColumn.create("y2");
        for (Layer layer : layers) {
            for (int i = 0; i < layer.x.length; i++) {
                name.append(layer.name);
                mark.append(layer.mark.name());
                label.append(layer.labels.isEmpty() ? "" : layer.labels.get(i));
                x.append(layer.x[i]);
                y.append(layer.y[i]);
                y2.append(layer.mark == Mark.BAND ? layer.y2[i] : Double.NaN);
            }
        }
        return Table.create(id(), name, mark, label, x, y, y2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XYPlot that
                && frame.equals(that.frame)
                && layers.equals(that.layers)
                && footnotes.equals(that.footnotes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(frame, layers, footnotes);
    }

    @Override
    public String toString() {
        return "XYPlot " + id() + layers;
    }
}
