package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.formula.Variable;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.Interval;

/**
 * The bubble plot: effects against a moderator of numbers, bubbles by weight, with the predicted mean, its confidence band
 * and the prediction band. Levels of one category have their own colour and line, without bands.
 */
final class BubblePlot {

    /** Points of a line. */
    private static final int STEPS = 100;

    /** Colours that tell categories apart. */
    private static final List<Tone> TONES = List.of(Tone.DATA, Tone.ESTIMATE, Tone.SECOND, Tone.REFERENCE);

    private final Fitted fitted;
    private final Variable axis;
    private final Optional<Variable> colour;

    private BubblePlot(Fitted fitted, Variable axis) {
        this.fitted = fitted;
        this.axis = axis;
        this.colour = fitted.moderators().grid().categories().stream()
                .filter(v -> v.levels().count() > 1 && v.levels().count() <= TONES.size())
                .findFirst();
    }

    /**
     * Returns the plot, if the model has a moderator of numbers.
     *
     * @param wanted the moderator on the axis; empty for the first
     */
    static Optional<XYPlot> of(Fitted fitted, String wanted) {
        List<Variable> numbers = fitted.moderators().grid().numbers();
        Optional<Variable> axis = numbers.stream()
                .filter(v ->
                        wanted.isEmpty() ? v.levels().count() > 1 : v.name().equals(wanted))
                .findFirst();
        if (axis.isEmpty() && !wanted.isEmpty()) {
            throw new AnalysisException(
                    "no-such-column",
                    "Option 'bubble' is '" + wanted + "', but the moderators of numbers are "
                            + numbers.stream().map(Variable::name).toList() + ".");
        }
        return axis.map(variable -> new BubblePlot(fitted, variable).draw());
    }

    private XYPlot draw() {
        XYPlot plot = XYPlot.of(
                        "bubble", "Bubble plot", axis.name(), fitted.measure().axis())
                .scales(Scale.LINEAR, fitted.measure().scale())
                .describe(String.format(
                        Locale.ROOT,
                        "Effects of %d studies against %s, with the mean effect that the model predicts.",
                        fitted.fit().effects().k(),
                        axis.name()));
        double[] x = axis.numbers();
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        double[] steps = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> i == STEPS ? high : low + (high - low) * i / STEPS)
                .toArray();
        double reference = fitted.measure().reference();
        plot = bands(plot, steps);
        if (!Double.isNaN(reference)) {
            plot = plot.layer(Mark.LINE, Tone.LIMIT, "", new double[] {low, high}, new double[] {reference, reference});
        }
        plot = colour.isPresent() ? byLevel(plot, colour.get(), x, steps) : plain(plot, x, steps);
        return notes(plot);
    }

    private XYPlot notes(XYPlot plot) {
        XYPlot noted = plot.footnote("The area of a bubble is the weight of the study in the model.");
        List<String> others = fitted.moderators().matrix().variables().stream()
                .map(Variable::name)
                .filter(name -> !name.equals(axis.name()))
                .filter(name -> colour.isEmpty() || !name.equals(colour.get().name()))
                .toList();
        return others.isEmpty()
                ? noted
                : noted.footnote(
                        "Lines hold for the mean of other moderators of numbers and the average over levels of other"
                                + " categories: " + String.join(", ", others) + ".");
    }

    /** At the back, before the line of no effect. */
    private XYPlot bands(XYPlot plot, double[] steps) {
        Optional<List<double[]>> line = line(steps, Map.of());
        if (line.isEmpty() || colour.isPresent()) {
            return plot;
        }
        String level = PlotText.level(fitted.level());
        List<Interval> ci = line.get().stream()
                .map(row -> fitted.inference().confidenceInterval(fitted.level(), row))
                .toList();
        List<Interval> pi = line.get().stream()
                .map(row -> fitted.inference().predictionInterval(fitted.level(), row))
                .toList();
        return plot.band(Tone.SHADE_LIGHT, level + " prediction band", steps, lower(pi), upper(pi))
                .band(Tone.SHADE_MEDIUM, level + " confidence band", steps, lower(ci), upper(ci));
    }

    private XYPlot plain(XYPlot plot, double[] x, double[] steps) {
        XYPlot drawn = line(steps, Map.of())
                .map(line -> plot.layer(Mark.LINE, Tone.ESTIMATE, "Predicted mean", steps, means(line)))
                .orElse(plot);
        int[] all = IntStream.range(0, x.length).toArray();
        return points(drawn, Tone.DATA, "Studies", x, all);
    }

    private XYPlot byLevel(XYPlot plot, Variable variable, double[] x, double[] steps) {
        XYPlot drawn = plot;
        List<String> levels = variable.levelNames();
        for (int level = 0; level < levels.size(); level++) {
            Optional<List<double[]>> line = line(steps, Map.of(variable.name(), levels.get(level)));
            if (line.isPresent()) {
                drawn = drawn.layer(Mark.LINE, TONES.get(level), "", steps, means(line.get()));
            }
        }
        for (int level = 0; level < levels.size(); level++) {
            drawn = points(
                    drawn,
                    TONES.get(level),
                    variable.name() + " " + levels.get(level),
                    x,
                    variable.levels().rows(level));
        }
        return drawn;
    }

    /** The rows of the design along the axis; empty where the model says nothing. */
    private Optional<List<double[]>> line(double[] steps, Map<String, String> fixed) {
        List<double[]> rows = new ArrayList<>();
        for (double step : steps) {
            Map<String, String> at = new LinkedHashMap<>(fixed);
            at.put(axis.name(), NumberText.print(step));
            Optional<double[]> row = fitted.moderators().row(at);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            rows.add(row.get());
        }
        return Optional.of(rows);
    }

    private XYPlot points(XYPlot plot, Tone tone, String name, double[] x, int[] at) {
        var effects = fitted.fit().effects();
        var weights = fitted.fit().weights();
        return plot.points(
                tone,
                name,
                Arrays.stream(at).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(at)
                        .mapToDouble(i -> fitted.measure()
                                .display(effects.y().get(i), effects.v().get(i)))
                        .toArray(),
                Arrays.stream(at).mapToDouble(weights::get).toArray(),
                Arrays.stream(at).mapToObj(effects.studies()::get).toList());
    }

    private double[] means(List<double[]> rows) {
        return rows.stream()
                .mapToDouble(row -> fitted.measure().display(fitted.inference().estimate(row)))
                .toArray();
    }

    private double[] lower(List<Interval> intervals) {
        return intervals.stream()
                .mapToDouble(i -> fitted.measure().display(i.lower()))
                .toArray();
    }

    private double[] upper(List<Interval> intervals) {
        return intervals.stream()
                .mapToDouble(i -> fitted.measure().display(i.upper()))
                .toArray();
    }
}
