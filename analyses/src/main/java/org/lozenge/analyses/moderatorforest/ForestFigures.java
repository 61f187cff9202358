package org.lozenge.analyses.moderatorforest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.analyses.explore.ModeratorForest.Column;
import org.lozenge.analyses.shared.Measure;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;

/** The figures of the analysis {@code moderator-forest}. */
final class ForestFigures {

    /** The width over which points of a category are spread. */
    private static final double JITTER = 0.5;

    /** So many levels are named below the axis; more in a footnote. */
    private static final int MOST_BELOW = 5;

    private final Forests forests;
    private final Measure measure;
    private final double[] y;

    ForestFigures(Forests forests, Measure measure, double[] y) {
        this.forests = forests;
        this.measure = measure;
        this.y = y;
    }

    /** A point per moderator by rank, with the standard deviation over forests to both sides. */
    XYPlot importance() {
        double variance = forests.variance();
        int[] order = forests.ranking();
        double[] x = new double[order.length];
        double[] ranks = new double[order.length];
        List<String> names = new ArrayList<>();
        XYPlot plot = XYPlot.of(
                        "importance-plot",
                        "Importance of moderators",
                        "Rise in error when the moderator is shuffled, % of the variance of effects",
                        "Rank")
                .invertY()
                .describe("Importance of " + order.length + " moderators; the most important is "
                        + forests.columns().get(order[0]).name() + ".")
                .layer(Mark.LINE, Tone.REFERENCE, "", new double[] {0, 0}, new double[] {0.5, order.length + 0.5});
        for (int i = 0; i < order.length; i++) {
            x[i] = 100 * forests.importance(order[i]) / variance;
            ranks[i] = i + 1.0;
            names.add(forests.columns().get(order[i]).name());
            double sd = 100 * forests.importanceSpread(order[i]) / variance;
            plot = plot.layer(
                    Mark.LINE,
                    Tone.ESTIMATE,
                    i == 0 ? "±1 SD over forests" : "",
                    new double[] {x[i] - sd, x[i] + sd},
                    new double[] {ranks[i], ranks[i]});
        }
        return plot.points(Tone.DATA, "Importance", x, ranks, new double[0], names)
                .footnote("R² out of the bag: " + PlotText.percent(forests.r2()) + " (SD over forests "
                        + PlotText.percent(forests.r2Spread()) + ").")
                .footnote("Ranks: " + codes(names) + ".");
    }

    /** The partial dependence on the most important moderators. */
    List<ResultItem> partials(int most) {
        List<ResultItem> plots = new ArrayList<>();
        int[] order = forests.ranking();
        for (int rank = 0; rank < Math.min(most, order.length); rank++) {
            plots.add(partial(forests.partial(order[rank]), rank + 1));
        }
        return plots;
    }

    private XYPlot partial(Forests.Partial partial, int rank) {
        Column column = partial.column();
        double[] low = shown(partial, -1);
        double[] high = shown(partial, 1);
        double[] middle = shown(partial, 0);
        boolean numeric = column.isNumeric();
        boolean many = !numeric && column.levels().size() > MOST_BELOW;
        XYPlot plot = XYPlot.of(
                        "partial-" + rank,
                        "Partial dependence on " + column.name(),
                        many || numeric ? column.name() : column.name() + ": " + codes(column.levels()),
                        measure.axis())
                .scales(Scale.LINEAR, measure.scale())
                .describe("Predicted effect for values of " + column.name() + ", the other moderators as they are.");
        double[] effects = Arrays.stream(y).map(measure::display).toArray();
        if (numeric) {
            return plot.layer(Mark.POINTS, Tone.DATA, "Studies", column.values(), effects)
                    .band(Tone.SHADE_MEDIUM, "±1 SD over forests", partial.values(), low, high)
                    .layer(Mark.LINE, Tone.ESTIMATE, "Forests", partial.values(), middle);
        }
        double[] x = column.values();
        int[] seen = new int[column.levels().size()];
        for (int i = 0; i < x.length; i++) {
            // Points of a level stand side by side, in a pattern that does not repeat soon.
            int n = seen[(int) x[i]]++;
            x[i] += 1 + JITTER * ((n * 0.618034) % 1 - 0.5);
        }
        double[] at = Arrays.stream(partial.values()).map(code -> code + 1).toArray();
        XYPlot drawn = plot.layer(Mark.POINTS, Tone.DATA, "Studies", x, effects)
                .points(Tone.ESTIMATE, "Forests", at, middle, new double[0], List.of());
        return many ? drawn.footnote(column.name() + ": " + codes(column.levels()) + ".") : drawn;
    }

    private static String codes(List<String> levels) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            words.add((i + 1) + " " + levels.get(i));
        }
        return String.join(", ", words);
    }

    private double[] shown(Forests.Partial partial, int spreads) {
        double[] out = new double[partial.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = measure.display(partial.predictions()[i] + spreads * partial.spread()[i]);
        }
        return out;
    }
}
