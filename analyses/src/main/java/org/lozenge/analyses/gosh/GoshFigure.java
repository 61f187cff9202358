package org.lozenge.analyses.gosh;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/**
 * The cloud of subsets: I² against the pooled effect, with and without a study, and the density of the estimates of
 * either kind below.
 */
final class GoshFigure {

    private static final int MOST_POINTS = 2500;
    private static final int STEPS = 160;

    /** Fewer points have no density worth drawing. */
    private static final int LEAST_FOR_DENSITY = 10;

    /** The height of the tallest density, in percent of I², below the cloud. */
    private static final double HEIGHT = 12;

    private static final double GAP = 2;

    /** The gap and the width of the density at the right, as parts of the width of the cloud. */
    private static final double SPACE = 0.03;

    private static final double WIDTH = 0.15;

    /** A narrower kernel, in percent of I², would show single steps of the line. */
    private static final double LEAST_WIDTH = 1.5;

    private GoshFigure() {}

    static XYPlot of(GoshSample sample, Measure measure, String study, int number, String sampled) {
        int[] points = IntStream.range(0, sample.size()).filter(sample::isPoint).toArray();
        int[] drawn = drawn(points);
        IntPredicate with = row -> sample.contains(row, number);
        boolean dense = points.length >= LEAST_FOR_DENSITY;
        String vertical = dense ? "I² (%); below 0 and at the right, densities" : "I² (%)";
        XYPlot plot = XYPlot.of("gosh", "Subsets of the studies", measure.axis(), vertical)
                .scales(measure.scale(), Scale.LINEAR);
        if (dense) {
            double[] estimates =
                    Arrays.stream(points).mapToDouble(sample::estimate).toArray();
            plot = density(plot, Tone.SHADE_MEDIUM, sample, measure, points, with.negate(), estimates);
            plot = density(plot, Tone.SHADE_DARK, sample, measure, points, with, estimates);
            plot = beside(plot, Tone.SECOND, sample, measure, points, with.negate(), estimates);
            plot = beside(plot, Tone.DATA, sample, measure, points, with, estimates);
        }
        plot = points(plot, Tone.SECOND, "Without " + study, sample, measure, drawn, with.negate());
        plot = points(plot, Tone.DATA, "With " + study, sample, measure, drawn, with);
        String text = String.format(
                Locale.ROOT,
                "I² against the pooled effect of %,d subsets with at least two studies, with and without %s"
                        + (dense
                                ? "; below, the density of the effects with (dark) and without it (light), and at the right that of I²."
                                : "."),
                points.length,
                study);
        plot = plot.describe(text).footnote(sampled);
        if (IntStream.range(0, sample.size()).anyMatch(row -> sample.k(row) == 1)) {
            plot = plot.footnote("Single studies have no I² and no point.");
        }
        return drawn.length == points.length
                ? plot
                : plot.footnote(
                        String.format(Locale.ROOT, "%,d of %,d points are drawn.", drawn.length, points.length));
    }

    /**
     * A random choice, the same each time. Every so manieth would not do: the bits of a subset's number are its studies.
     */
    private static int[] drawn(int[] points) {
        int[] chosen = new int[Math.min(MOST_POINTS, points.length)];
        SplittableRandom random = new SplittableRandom(1);
        int taken = 0;
        for (int i = 0; taken < chosen.length; i++) {
            if (random.nextInt(points.length - i) < chosen.length - taken) {
                chosen[taken++] = points[i];
            }
        }
        return chosen;
    }

    private static XYPlot points(
            XYPlot plot, Tone tone, String name, GoshSample sample, Measure measure, int[] rows, IntPredicate side) {
        int[] chosen = Arrays.stream(rows).filter(side).toArray();
        return plot.layer(
                Mark.POINTS,
                tone,
                name,
                Arrays.stream(chosen)
                        .mapToDouble(row -> measure.display(sample.estimate(row)))
                        .toArray(),
                Arrays.stream(chosen).mapToDouble(row -> 100 * sample.i2(row)).toArray());
    }

    /** A kernel density on the analysis scale, as an area that stands below the cloud. */
    private static XYPlot density(
            XYPlot plot,
            Tone tone,
            GoshSample sample,
            Measure measure,
            int[] rows,
            IntPredicate side,
            double[] estimates) {
        double[] values =
                Arrays.stream(rows).filter(side).mapToDouble(sample::estimate).toArray();
        double low = Arrays.stream(estimates).min().orElse(0);
        double high = Arrays.stream(estimates).max().orElse(1);
        double width = bandwidth(estimates);
        if (values.length < 2 || !(high > low)) {
            return plot;
        }
        double[] x = new double[STEPS + 1];
        double[] height = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double at = low + (high - low) * i / STEPS;
            x[i] = measure.display(at);
            for (double value : values) {
                double z = (at - value) / width;
                height[i] += Math.abs(z) < 1 ? 1 - z * z : 0;
            }
        }
        // Both areas have the same scale, so that they show how many subsets there are of either kind.
        double tallest = tallest(rows, sample, low, high, width);
        double[] top = Arrays.stream(height)
                .map(h -> -GAP - HEIGHT + HEIGHT * h / tallest)
                .toArray();
        double[] base = new double[STEPS + 1];
        Arrays.fill(base, -GAP - HEIGHT);
        return plot.band(tone, "", x, base, top);
    }

    /** A kernel density of I² as a line that stands at the right of the cloud. */
    private static XYPlot beside(
            XYPlot plot,
            Tone tone,
            GoshSample sample,
            Measure measure,
            int[] rows,
            IntPredicate side,
            double[] estimates) {
        double low = Arrays.stream(estimates).min().orElse(0);
        double high = Arrays.stream(estimates).max().orElse(1);
        double[] all =
                Arrays.stream(rows).mapToDouble(row -> 100 * sample.i2(row)).toArray();
        double[] values = Arrays.stream(rows)
                .filter(side)
                .mapToDouble(row -> 100 * sample.i2(row))
                .toArray();
        double width = Math.max(LEAST_WIDTH, bandwidth(all));
        if (values.length < 2 || !(high > low)) {
            return plot;
        }
        double tallest = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> height(all, 100.0 * i / STEPS, width))
                .max()
                .orElse(1);
        double base = high + SPACE * (high - low);
        double[] x = new double[STEPS + 3];
        double[] y = new double[STEPS + 3];
        for (int i = 0; i <= STEPS; i++) {
            y[i + 1] = 100.0 * i / STEPS;
            x[i + 1] = measure.display(base + WIDTH * (high - low) * height(values, y[i + 1], width) / tallest);
        }
        x[0] = measure.display(base);
        x[STEPS + 2] = x[0];
        y[STEPS + 2] = 100;
        return plot.layer(Mark.LINE, tone, "", x, y);
    }

    /** The height of a kernel density of percentages; what would lie beyond 0 or 100 is folded back. */
    private static double height(double[] values, double at, double width) {
        double height = 0;
        for (double value : values) {
            height += bump((at - value) / width) + bump((at + value) / width) + bump((200 - at - value) / width);
        }
        return height;
    }

    private static double bump(double z) {
        return Math.abs(z) < 1 ? 1 - z * z : 0;
    }

    private static double tallest(int[] rows, GoshSample sample, double low, double high, double width) {
        double tallest = 0;
        for (int i = 0; i <= STEPS; i++) {
            double at = low + (high - low) * i / STEPS;
            double height = 0;
            for (int row : rows) {
                double z = (at - sample.estimate(row)) / width;
                height += Math.abs(z) < 1 ? 1 - z * z : 0;
            }
            tallest = Math.max(tallest, height);
        }
        return tallest;
    }

    /** Silverman's rule for the Epanechnikov kernel, with the smaller of the two measures of spread. */
    private static double bandwidth(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(values).average().orElse(0);
        double sd = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0));
        double quartiles = (sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4]) / 1.349;
        double spread = quartiles > 0 ? Math.min(sd, quartiles) : sd;
        return Math.max(2.34 * spread * StrictMath.pow(values.length, -0.2), 1e-12 * Math.abs(mean));
    }
}
