package org.lozenge.workbench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Scale;
import org.lozenge.workbench.figure.FigureOptions.Limits;

/**
 * The stretch of the axis that a forest plot shows.
 *
 * <p>It covers every estimate, the pooled results of all studies, and all ends of intervals but a few: at most one in
 * ten may be cut, and with few studies two, and only when cutting them makes the rest much easier to read. The value of
 * no effect is shown unless it is far away.
 */
final class ForestRange {

    /** Values beyond this are drawn as arrows; with larger ones differences overflow. */
    private static final double LARGEST = 1e100;

    /** Ends are cut only if the axis would otherwise be this many times as long. */
    private static final double WORTH_CUTTING = 1.5;

    /** With fewer than twenty ends, when one in ten is not even one interval, the gain must be larger. */
    private static final double WORTH_CUTTING_OF_FEW = 2.5;

    /** The value of no effect is left out if the axis would become this many times as long. */
    private static final double FAR_REFERENCE = 6;

    private final Scale scale;
    private final double reference;
    private final double[] needed;
    private final double[] ends;

    private ForestRange(ForestPlot plot) {
        scale = plot.scale();
        reference = Axis.along(scale, plot.reference());
        List<Row> rows = plot.rows();
        needed = finite(rows.stream().flatMapToDouble(ForestRange::needed));
        ends = finite(rows.stream().flatMapToDouble(row -> DoubleStream.of(row.low(), row.high())));
    }

    /** Returns the values at both ends of the axis. */
    static Limits of(ForestPlot plot) {
        return new ForestRange(plot).limits();
    }

    private static DoubleStream needed(Row row) {
        return row.kind() == RowKind.SUMMARY
                ? DoubleStream.of(row.value(), row.low(), row.high())
                : DoubleStream.of(row.value());
    }

    private double[] finite(DoubleStream values) {
        return values.filter(value -> Math.abs(value) <= LARGEST)
                .map(value -> Axis.along(scale, value))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    private Limits limits() {
        if (needed.length == 0 && ends.length == 0) {
            return scale == Scale.LOG ? new Limits(0.1, 10) : new Limits(-1, 1);
        }
        double[] span = withReference(withEnds());
        double middle = (span[0] + span[1]) / 2;
        double least = scale == Scale.LOG ? 0.2 : Math.max(1e-9 * Math.abs(middle), 1e-300);
        if (span[1] - span[0] < least) {
            double half = scale == Scale.LOG ? 0.7 : Math.max(Math.abs(middle) / 2, least);
            span = new double[] {middle - half, middle + half};
        }
        return new Limits(Axis.value(scale, span[0]), Axis.value(scale, span[1]));
    }

    private double[] withReference(double[] span) {
        if (!Double.isFinite(reference)) {
            return span;
        }
        double low = Math.min(span[0], reference);
        double high = Math.max(span[1], reference);
        double length = span[1] - span[0];
        return length > 0 && high - low > FAR_REFERENCE * length ? span : new double[] {low, high};
    }

    private double[] withEnds() {
        int tenth = ends.length / 10;
        int most = Math.min(Math.max(tenth, 2), ends.length);
        double worth = tenth < 2 ? WORTH_CUTTING_OF_FEW : WORTH_CUTTING;
        List<double[]> spans = new ArrayList<>();
        for (int cut = 0; cut <= most; cut++) {
            spans.add(shortest(cut));
        }
        double[] last = spans.get(most);
        return spans.stream()
                .filter(span -> span[1] - span[0] <= worth * (last[1] - last[0]))
                .findFirst()
                .orElse(last);
    }

    /** Returns the shortest span that leaves out so many ends. */
    private double[] shortest(int cut) {
        double[] best = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (int left = 0; left <= cut; left++) {
            double low = least(left);
            double high = greatest(cut - left);
            if (low <= high && high - low < best[1] - best[0]) {
                best = new double[] {low, high};
            }
        }
        return best;
    }

    private double least(int cut) {
        double end = cut < ends.length ? ends[cut] : Double.POSITIVE_INFINITY;
        return needed.length == 0 ? end : Math.min(end, needed[0]);
    }

    private double greatest(int cut) {
        double end = cut < ends.length ? ends[ends.length - 1 - cut] : Double.NEGATIVE_INFINITY;
        return needed.length == 0 ? end : Math.max(end, needed[needed.length - 1]);
    }
}
