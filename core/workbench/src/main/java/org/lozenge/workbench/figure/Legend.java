package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;

/** The names of the layers with samples of them, in rows below the plot. */
final class Legend {

    private static final double SAMPLE = 15;

    private final XYMarks marks;
    private final Sizes sizes;
    private final TextStyle style;
    private final List<Shape> out;

    /**
     * @param out receives the shapes
     */
    Legend(XYMarks marks, Theme theme, Sizes sizes, List<Shape> out) {
        this.marks = marks;
        this.sizes = sizes;
        this.style = TextStyle.of(sizes.small(), theme.ink());
        this.out = out;
    }

    /** Draws the legend from a top edge on and returns its bottom edge. Layers that look and read alike share an entry. */
    double draw(XYPlot plot, double left, double right, double top) {
        double x = left;
        double y = top;
        double sample = SAMPLE * sizes.scale();
        double gap = 3.5 * sizes.scale();
        for (Layer layer : entries(plot)) {
            double room = right - left - sample - gap;
            List<String> lines = FigureText.wrap(FigureText.clean(layer.name()), style, room, 3);
            double width = sample + gap + widest(lines);
            if (x > left && x + width > right) {
                x = left;
                y += sizes.row() * 0.85;
            }
            double middle = y + sizes.row() / 2;
            out.addAll(marks.sample(layer, x, middle, sample));
            double base = middle + Sizes.drop(sizes.small());
            for (String line : lines) {
                out.add(new Shape.Words(new Point(x + sample + gap, base), line, style));
                base += sizes.smallLead();
            }
            y += (lines.size() - 1) * sizes.smallLead();
            x += width + sizes.gap() + gap;
        }
        return x > left ? y + sizes.row() : y;
    }

    private double widest(List<String> lines) {
        return lines.stream()
                .mapToDouble(line -> Typeface.of(false).width(line, style.size()))
                .max()
                .orElse(0);
    }

    private static List<Layer> entries(XYPlot plot) {
        Set<List<Object>> seen = new HashSet<>();
        List<Layer> entries = new ArrayList<>();
        for (Layer layer : plot.layers()) {
            boolean named = !FigureText.clean(layer.name()).isEmpty();
            if (named && seen.add(List.of(layer.name(), layer.mark(), layer.tone()))) {
                entries.add(layer);
            }
        }
        return entries;
    }
}
