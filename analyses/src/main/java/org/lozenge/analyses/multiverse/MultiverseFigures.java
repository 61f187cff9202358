package org.lozenge.analyses.multiverse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ForestPlot.Side;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/** The figures of the analysis {@code multiverse}. */
final class MultiverseFigures {

    /** More specifications than this are drawn as a sample in even steps. */
    private static final int MOST_DRAWN = 1000;

    /** With more specifications than this, intervals are an area instead of lines, and points stand for several. */
    private static final int MOST_LINES = 150;

    /** As many points of either conclusion then, lest they hide each other. */
    private static final int MOST_POINTS = 60;

    /** The share of intervals whose limits on one side the axis need not reach: a few are often beyond all bounds. */
    private static final double BEYOND = 0.1;

    /** The line of no effect is drawn within this many times the stretch of the intervals. */
    private static final double REACH = 0.75;

    /** More values of a choice than this are shown by those that move the estimate most. */
    private static final int MOST_ROWS = 15;

    private final Measure measure;
    private final Specification reference;

    MultiverseFigures(Measure measure, Specification reference) {
        this.measure = measure;
        this.reference = reference;
    }

    // ---- specification curve

    /** Estimates in ascending order with their intervals. */
    XYPlot curve(List<Specification> all, OptionalDouble threshold) {
        List<Specification> sorted = all.stream()
                .filter(Specification::isFitted)
                .sorted(Comparator.comparingDouble(Specification::estimate).thenComparingDouble(Specification::lower))
                .toList();
        int[] ranks = drawn(sorted.size());
        double[] ends = {0.5, sorted.size() + 0.5};
        XYPlot plot = XYPlot.of(
                        "specification-curve",
                        "Specification curve",
                        "Specification, in order of the estimate",
                        measure.axis())
                .scales(Scale.LINEAR, measure.scale());
        plot = intervals(plot, sorted, ranks);
        if (isNear(measure.reference(), sorted, ranks)) {
            plot = line(plot, Tone.REFERENCE, "No effect", ends, measure.reference());
        } else if (!Double.isNaN(measure.reference())) {
            plot = plot.footnote("No effect (" + PlotText.fixed(measure.reference(), 0) + ") lies beyond the axis.");
        }
        if (threshold.isPresent()) {
            plot = line(plot, Tone.LIMIT, "Threshold", ends, threshold.getAsDouble());
        }
        plot = points(plot, sorted, ranks);
        plot = plot.points(
                Tone.ESTIMATE,
                "Reference specification",
                new double[] {sorted.indexOf(reference) + 1},
                new double[] {measure.display(reference.estimate())},
                new double[0],
                List.of());
        return (sorted.size() > MOST_LINES
                        ? plot.footnote("Of " + sorted.size() + " specifications some are drawn, in even steps.")
                        : plot)
                .describe("The estimates of " + sorted.size() + " specifications in ascending order, from "
                        + shown(sorted.get(0)) + " to " + shown(sorted.get(sorted.size() - 1))
                        + ", with their intervals.");
    }

    private String shown(Specification specification) {
        return PlotText.fixed(measure.display(specification.estimate()), 2);
    }

    /** Whether a value is no farther from the intervals than they reach. */
    private boolean isNear(double value, List<Specification> sorted, int[] ranks) {
        double low = measure.display(Arrays.stream(ranks)
                .mapToDouble(rank -> sorted.get(rank).lower())
                .min()
                .orElse(0));
        double high = measure.display(Arrays.stream(ranks)
                .mapToDouble(rank -> sorted.get(rank).upper())
                .max()
                .orElse(0));
        double from = along(Math.min(low, high));
        double to = along(Math.max(low, high));
        double at = along(value);
        return at >= from - REACH * (to - from) && at <= to + REACH * (to - from);
    }

    private double along(double value) {
        return measure.scale() == Scale.LOG ? StrictMath.log(value) : value;
    }

    private static XYPlot line(XYPlot plot, Tone tone, String name, double[] ends, double value) {
        return plot.layer(Mark.LINE, tone, name, ends, new double[] {value, value});
    }

    /** Which of the sorted specifications are drawn, from 0: the first and the last, and others in even steps. */
    private static int[] drawn(int n) {
        int shown = Math.min(n, MOST_DRAWN);
        return IntStream.range(0, shown)
                .map(i -> shown == 1 ? 0 : (int) Math.round(i * (n - 1.0) / (shown - 1)))
                .toArray();
    }

    private static int[] thinned(int[] all) {
        int shown = Math.min(all.length, MOST_POINTS);
        return IntStream.range(0, shown)
                .map(i -> all[shown == 1 ? 0 : (int) Math.round(i * (all.length - 1.0) / (shown - 1))])
                .toArray();
    }

    private XYPlot intervals(XYPlot plot, List<Specification> sorted, int[] ranks) {
        double[] x = Arrays.stream(ranks).mapToDouble(rank -> rank + 1).toArray();
        double[] low = Arrays.stream(ranks)
                .mapToDouble(rank -> measure.display(sorted.get(rank).lower()))
                .toArray();
        double[] high = Arrays.stream(ranks)
                .mapToDouble(rank -> measure.display(sorted.get(rank).upper()))
                .toArray();
        XYPlot lines = reaching(plot, low, BEYOND);
        lines = reaching(lines, high, 1 - BEYOND);
        if (ranks.length > MOST_LINES) {
            return lines.band(Tone.SHADE_MEDIUM, "Interval", x, low, high);
        }
        for (int i = 0; i < x.length; i++) {
            lines = lines.layer(
                    Mark.LINE, Tone.SHADE_DARK, i == 0 ? "Interval" : "", new double[] {x[i], x[i]}, new double[] {
                        low[i], high[i]
                    });
        }
        return lines;
    }

    /** A line without length makes the axis reach a quantile of the limits. */
    private static XYPlot reaching(XYPlot plot, double[] limits, double quantile) {
        double[] sorted = Arrays.stream(limits).sorted().toArray();
        double value = sorted[(int) Math.round(quantile * (sorted.length - 1))];
        return plot.layer(Mark.LINE, Tone.DATA, "", new double[] {1, 1}, new double[] {value, value});
    }

    private XYPlot points(XYPlot plot, List<Specification> sorted, int[] ranks) {
        if (Double.isNaN(measure.reference())) {
            return points(plot, Tone.DATA, "Estimate", sorted, ranks, s -> true);
        }
        Predicate<Specification> excludes = Conclusion.excludes(measure);
        String none = PlotText.fixed(measure.reference(), 0);
        return points(
                points(plot, Tone.DATA, "Interval excludes " + none, sorted, ranks, excludes),
                Tone.IMPUTED,
                "Interval includes " + none,
                sorted,
                ranks,
                excludes.negate());
    }

    private XYPlot points(
            XYPlot plot,
            Tone tone,
            String name,
            List<Specification> sorted,
            int[] ranks,
            Predicate<Specification> which) {
        int[] all = Arrays.stream(ranks)
                .filter(rank -> which.test(sorted.get(rank)))
                .toArray();
        int[] chosen = sorted.size() > MOST_LINES ? thinned(all) : all;
        return chosen.length == 0
                ? plot
                : plot.layer(
                        Mark.POINTS,
                        tone,
                        name,
                        Arrays.stream(chosen).mapToDouble(rank -> rank + 1).toArray(),
                        Arrays.stream(chosen)
                                .mapToDouble(
                                        rank -> measure.display(sorted.get(rank).estimate()))
                                .toArray());
    }

    // ---- one change at a time

    /** The reference with one choice changed at a time, and beside it all specifications with that choice. */
    ForestPlot choices(List<Choice> choices, double level) {
        ForestPlot plot = PooledForest.frame("choice-forest", "One choice changed at a time", measure, level)
                .column("median", "All with it:\nmedian (range)", Side.RIGHT)
                .column("share", "exclude\nno effect", Side.RIGHT);
        for (Dimension dimension : Dimension.values()) {
            List<Choice> values = choices.stream()
                    .filter(choice -> choice.dimension() == dimension)
                    .toList();
            if (values.size() > 1) {
                plot = plot.addAll(group(dimension, values));
            }
        }
        return plot.summary(
                        "Reference",
                        measure.display(reference.estimate()),
                        measure.display(reference.lower()),
                        measure.display(reference.upper()))
                .describe("The pooled effect of the reference specification and with one choice changed at a time.");
    }

    private List<Row> group(Dimension dimension, List<Choice> values) {
        List<Row> rows = new ArrayList<>(List.of(Row.text(RowKind.HEADING, dimension.label())));
        List<Choice> shown = values;
        if (values.size() > MOST_ROWS) {
            shown = values.stream()
                    .sorted(Comparator.comparingDouble(this::move).reversed())
                    .limit(MOST_ROWS)
                    .sorted(Comparator.comparingInt(values::indexOf))
                    .toList();
        }
        shown.forEach(choice -> rows.add(row(choice)));
        if (shown.size() < values.size()) {
            rows.add(Row.text(
                    RowKind.NOTE, "The " + shown.size() + " of " + values.size() + " that move the estimate most"));
        }
        return rows;
    }

    private double move(Choice choice) {
        return choice.alone(reference)
                .map(s -> Math.abs(s.estimate() - reference.estimate()))
                .orElse(0.0);
    }

    private Row row(Choice choice) {
        double nan = Double.NaN;
        Row row = choice.alone(reference)
                .map(s -> Row.of(
                        RowKind.STUDY,
                        choice.value(),
                        measure.display(s.estimate()),
                        measure.display(s.lower()),
                        measure.display(s.upper()),
                        nan))
                .orElseGet(() -> Row.of(RowKind.STUDY, choice.value(), nan, nan, nan, nan));
        double share = MultiverseTables.excluding(choice, measure);
        return row.indent(1)
                .cell("median", text(choice.median()) + " (" + text(choice.min()) + " to " + text(choice.max()) + ")")
                .cell("share", Double.isNaN(share) ? "–" : PlotText.percent(share));
    }

    private String text(double estimate) {
        return PlotText.fixed(measure.display(estimate), 2);
    }
}
