package org.lozenge.workbench.figure;

import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Scale;

/** Effects and intervals in words: {@code 0.49 (0.34 to 0.70)}. */
final class EffectText {

    private static final int USUAL = 2;
    private static final int MOST = 6;

    private final Scale scale;
    private final int decimals;

    private EffectText(Scale scale, int decimals) {
        this.scale = scale;
        this.decimals = decimals;
    }

    /**
     * Returns the way to print the effects of a plot: with the given decimals, or with two, and with more where the
     * typical effect would keep less than two digits.
     */
    static EffectText of(ForestPlot plot, OptionalInt decimals) {
        return new EffectText(plot.scale(), decimals.orElseGet(() -> suited(typical(plot))));
    }

    /** Returns the median effect on a log scale, or the median half width of the intervals on a linear one. */
    private static double typical(ForestPlot plot) {
        DoubleStream sizes = plot.scale() == Scale.LOG
                ? plot.rows().stream().mapToDouble(Row::value)
                : plot.rows().stream().mapToDouble(row -> (row.high() - row.low()) / 2);
        double[] sorted = sizes.filter(size -> size > 0 && !Double.isInfinite(size))
                .sorted()
                .toArray();
        return sorted.length == 0 ? 1 : sorted[sorted.length / 2];
    }

    private static int suited(double typical) {
        int decimals = USUAL;
        double unit = 0.01;
        while (decimals < MOST && typical < 2 * unit) {
            decimals++;
            unit /= 10;
        }
        return decimals;
    }

    /** Returns a number as this plot prints effects; a ratio of exactly 0 without decimals, as it is not rounded. */
    String number(double value) {
        return value == 0 && scale == Scale.LOG ? "0" : FigureNumbers.fixed(value, decimals);
    }

    /** Returns an interval without brackets; empty if either limit is missing. */
    String interval(double low, double high) {
        return Double.isNaN(low) || Double.isNaN(high) ? "" : number(low) + " to " + number(high);
    }

    /** Returns what stands in the effect column of a row. */
    String cell(Row row) {
        if (row.kind() == RowKind.HEADING || row.kind() == RowKind.NOTE) {
            return "";
        }
        String interval = interval(row.low(), row.high());
        String brackets = interval.isEmpty() ? "" : "(" + interval + ")";
        if (Double.isNaN(row.value())) {
            return brackets.isEmpty() ? "not estimable" : brackets;
        }
        return brackets.isEmpty() ? number(row.value()) : number(row.value()) + " " + brackets;
    }
}
