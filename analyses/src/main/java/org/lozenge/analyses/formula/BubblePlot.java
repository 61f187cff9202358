package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.stats.DoubleSeq;
import org.lozenge.stats.Interval;

/**
 * The bubble plot: effects against a moderator of numbers, bubbles by weight, with the predicted mean, its confidence band
 * and the prediction band. Levels of one category have their own colour and line, without bands.
 */
public final class BubblePlot {

    /** The moderator on the axis. */
    public static final Param<String> BUBBLE = Param.text("bubble", "Moderator on the axis of the bubble plot", "")
            .help("By itself the first moderator of numbers.");

    /** Points of a line. */
    private static final int STEPS = 100;

    /** Colours that tell categories apart. */
    private static final List<Tone> TONES = List.of(Tone.DATA, Tone.ESTIMATE, Tone.SECOND, Tone.REFERENCE);

    private final Moderators moderators;
    private final Bubbles bubbles;
    private final Model model;
    private final Measure measure;
    private final double level;
    private final Variable axis;
    private final Optional<Variable> colour;

    private BubblePlot(
            Moderators moderators, Bubbles bubbles, Model model, Measure measure, double level, Variable axis) {
        this.moderators = moderators;
        this.bubbles = bubbles;
        this.model = model;
        this.measure = measure;
        this.level = level;
        this.axis = axis;
        this.colour = moderators.grid().categories().stream()
                .filter(v -> v.levels().count() > 1 && v.levels().count() <= TONES.size())
                .findFirst();
    }

    /** What a model says about the effect at a row of the design, on the analysis scale. */
    public interface Model {

        /** Returns the mean effect. */
        double estimate(double[] row);

        /** Returns its confidence interval. */
        Interval confidenceInterval(double[] row);

        /** Returns the prediction interval; empty if there is none. */
        Optional<Interval> predictionInterval(double[] row);
    }

    /**
     * The studies, in the order of the moderators.
     *
     * @param studies their names
     * @param effects their own effects on the scale of the measure that readers expect; NaN for a study without one
     * @param weights the areas of the bubbles
     * @param notes footnotes: what a weight is
     */
    public record Bubbles(List<String> studies, DoubleSeq effects, DoubleSeq weights, List<String> notes) {

        /** Copies the lists. */
        public Bubbles {
            studies = List.copyOf(studies);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Returns the plot, if the model has a moderator of numbers.
     *
     * @param moderators the moderators
     * @param bubbles the studies
     * @param model what predicts
     * @param measure what effects measure
     * @param level of intervals, as a fraction
     * @param wanted the value of {@link #BUBBLE}: the moderator on the axis; empty for the first
     * @return the plot; empty without a moderator of numbers
     * @throws AnalysisException with code {@code no-such-column} if the wanted one is none
     */
    public static Optional<XYPlot> of(
            Moderators moderators, Bubbles bubbles, Model model, Measure measure, double level, String wanted) {
        List<Variable> numbers = moderators.grid().numbers();
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
        return axis.map(variable -> new BubblePlot(moderators, bubbles, model, measure, level, variable).draw());
    }

    private XYPlot draw() {
        XYPlot plot = XYPlot.of("bubble", "Bubble plot", axis.name(), measure.axis())
                .scales(Scale.LINEAR, measure.scale())
                .describe(String.format(
                        Locale.ROOT,
                        "Effects of %d studies against %s, with the mean effect that the model predicts.",
                        bubbles.studies.size(),
                        axis.name()));
        double[] x = axis.numbers();
        double low = Arrays.stream(x).min().orElseThrow();
        double high = Arrays.stream(x).max().orElseThrow();
        double[] steps = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(i -> i == STEPS ? high : low + (high - low) * i / STEPS)
                .toArray();
        double reference = measure.reference();
        plot = bands(plot, steps);
        if (!Double.isNaN(reference)) {
            plot = plot.layer(Mark.LINE, Tone.LIMIT, "", new double[] {low, high}, new double[] {reference, reference});
        }
        plot = colour.isPresent() ? byLevel(plot, colour.get(), x, steps) : plain(plot, x, steps);
        return notes(plot);
    }

    private XYPlot notes(XYPlot plot) {
        XYPlot noted = plot;
        for (String note : bubbles.notes) {
            noted = noted.footnote(note);
        }
        long without =
                Arrays.stream(bubbles.effects.toArray()).filter(Double::isNaN).count();
        if (without > 0) {
            noted = noted.footnote(
                    without + (without == 1 ? " study has" : " studies have") + " no effect by itself and no bubble.");
        }
        List<String> others = moderators.matrix().variables().stream()
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
        String percent = PlotText.level(level);
        XYPlot banded = plot;
        List<Interval> pi = line.get().stream()
                .flatMap(row -> model.predictionInterval(row).stream())
                .toList();
        if (pi.size() == steps.length) {
            banded = banded.band(Tone.SHADE_LIGHT, percent + " prediction band", steps, lower(pi), upper(pi));
        }
        List<Interval> ci = line.get().stream().map(model::confidenceInterval).toList();
        return banded.band(Tone.SHADE_MEDIUM, percent + " confidence band", steps, lower(ci), upper(ci));
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
            Optional<double[]> row = moderators.row(at);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            rows.add(row.get());
        }
        return Optional.of(rows);
    }

    private XYPlot points(XYPlot plot, Tone tone, String name, double[] x, int[] at) {
        int[] shown = Arrays.stream(at)
                .filter(i -> !Double.isNaN(bubbles.effects.get(i)))
                .toArray();
        return plot.points(
                tone,
                name,
                Arrays.stream(shown).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(shown).mapToDouble(bubbles.effects::get).toArray(),
                Arrays.stream(shown).mapToDouble(bubbles.weights::get).toArray(),
                Arrays.stream(shown).mapToObj(bubbles.studies::get).toList());
    }

    private double[] means(List<double[]> rows) {
        return rows.stream()
                .mapToDouble(row -> measure.display(model.estimate(row)))
                .toArray();
    }

    private double[] lower(List<Interval> intervals) {
        return intervals.stream().mapToDouble(i -> measure.display(i.lower())).toArray();
    }

    private double[] upper(List<Interval> intervals) {
        return intervals.stream().mapToDouble(i -> measure.display(i.upper())).toArray();
    }
}
