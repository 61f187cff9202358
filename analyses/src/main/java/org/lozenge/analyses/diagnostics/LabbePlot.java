package org.lozenge.analyses.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.Interval;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.model.PooledFit;

/** The plot of L'Abbé and others: the risk with treatment against the risk with control. */
final class LabbePlot {

    private static final int STEPS = 100;

    private LabbePlot() {}

    /** Returns the plot of the studies with counts; empty for fewer than two. */
    static Optional<XYPlot> of(StudyInput input, PooledFit fit) {
        List<Optional<TwoByTwo>> tables = input.counted(TwoByTwo.class);
        int[] counted = IntStream.range(0, tables.size())
                .filter(i -> tables.get(i).isPresent())
                .toArray();
        if (counted.length < 2) {
            return Optional.empty();
        }
        double[] x = Arrays.stream(counted)
                .mapToDouble(
                        i -> tables.get(i).map(t -> t.c() / (t.c() + t.d())).orElseThrow())
                .toArray();
        double[] y = Arrays.stream(counted)
                .mapToDouble(
                        i -> tables.get(i).map(t -> t.a() / (t.a() + t.b())).orElseThrow())
                .toArray();
        double[] areas = Arrays.stream(counted)
                .mapToDouble(i -> 1 / input.effects().v().get(i))
                .toArray();
        List<String> names =
                Arrays.stream(counted).mapToObj(input.effects().studies()::get).toList();
        double end = end(x, y);
        double[] ends = {0, end};
        XYPlot plot = XYPlot.of("labbe", "L'Abbé plot", "Risk with control", "Risk with treatment");
        plot = band(plot, input.measure(), fit, end).layer(Mark.LINE, Tone.REFERENCE, "No effect", ends, ends);
        return Optional.of(curve(plot, input.measure(), fit, end)
                .points(Tone.DATA, "Studies", x, y, areas, names)
                .describe("The risk with treatment against the risk with control of " + counted.length
                        + " studies; points below the diagonal have fewer events with treatment."));
    }

    /** Both axes end a little beyond the largest risk. */
    private static double end(double[] x, double[] y) {
        double largest = Math.max(
                Arrays.stream(x).max().orElse(1), Arrays.stream(y).max().orElse(1));
        return largest > 0 ? Math.min(1, 1.08 * largest) : 1;
    }

    /** The risks that follow from the limits of the pooled effect. */
    private static XYPlot band(XYPlot plot, Measure measure, PooledFit fit, double end) {
        Interval interval = fit.confidenceInterval();
        double[] x = new double[STEPS + 1];
        double[] low = new double[STEPS + 1];
        double[] high = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            x[i] = end * i / STEPS;
            OptionalDouble from = treated(measure.token(), x[i], interval.lower());
            OptionalDouble to = treated(measure.token(), x[i], interval.upper());
            if (from.isEmpty() || to.isEmpty() || !Double.isFinite(interval.width())) {
                return plot;
            }
            low[i] = Math.max(0, Math.min(end, from.getAsDouble()));
            high[i] = Math.max(0, Math.min(end, to.getAsDouble()));
        }
        return plot.band(Tone.SHADE_LIGHT, PlotText.level(fit.level()) + " confidence interval", x, low, high);
    }

    private static XYPlot curve(XYPlot plot, Measure measure, PooledFit fit, double end) {
        double[] x = new double[STEPS + 1];
        double[] y = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            x[i] = end * i / STEPS;
            OptionalDouble risk = treated(measure.token(), x[i], fit.estimate());
            if (risk.isEmpty()) {
                return plot;
            }
            // Beyond the axes the line would only stretch them.
            y[i] = risk.getAsDouble() >= 0 && risk.getAsDouble() <= end ? risk.getAsDouble() : Double.NaN;
        }
        return plot.layer(Mark.LINE, Tone.ESTIMATE, "Pooled effect", x, y);
    }

    /** The risk with treatment that follows from one with control; empty for measures that do not tell. */
    private static OptionalDouble treated(String measure, double control, double estimate) {
        double ratio = StrictMath.exp(estimate);
        return switch (measure) {
            case "or", "peto" -> OptionalDouble.of(ratio * control / (1 - control + ratio * control));
            case "rr" -> OptionalDouble.of(ratio * control);
            case "rd" -> OptionalDouble.of(control + estimate);
            default -> OptionalDouble.empty();
        };
    }
}
