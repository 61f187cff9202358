package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lozenge.analyses.formula.NewValues;
import org.lozenge.analyses.formula.Variable;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;

/** What the model says about the mean effect at given values of the moderators. */
final class Points {

    /** A level of a category and the combination that is its marginal mean; empty if it cannot be estimated. */
    private record Mean(String variable, String level, int k, Optional<List<Double>> row) {}

    private final Fitted fitted;
    private final MetaRegressionTables tables;
    private final List<Message> messages = new ArrayList<>();

    Points(Fitted fitted, MetaRegressionTables tables) {
        this.fitted = fitted;
        this.tables = tables;
    }

    /** What was worth saying about the points so far. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Predictions at the settings that the user named; empty if there are none that can be estimated. */
    Optional<Tabular> predictions(String text) {
        NewValues values = NewValues.read(text, fitted.moderators());
        messages.addAll(values.messages());
        List<NewValues.Point> points = values.points();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.predicted(
                        Tabular.of("predictions", "Predicted effects")
                                .texts(
                                        "at",
                                        points.stream()
                                                .map(NewValues.Point::name)
                                                .toArray(String[]::new)),
                        points.stream().map(NewValues.Point::row).toList()));
    }

    /** The mean effect of each level of each category, the other moderators at their mean or averaged. */
    Optional<Tabular> marginalMeans() {
        List<Mean> means = means();
        means.stream()
                .filter(mean -> mean.row.isEmpty())
                .forEach(mean -> messages.add(NewValues.notEstimable(mean.variable + " = " + mean.level)));
        List<Mean> known = means.stream().filter(mean -> mean.row.isPresent()).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Tabular table = Tabular.of("marginal_means", "Marginal means")
                .texts("variable", known.stream().map(Mean::variable).toArray(String[]::new))
                .texts("level", known.stream().map(Mean::level).toArray(String[]::new))
                .numbers("k", known.stream().mapToDouble(Mean::k).toArray());
        return Optional.of(
                tables.predicted(table, known.stream().map(Points::row).toList()));
    }

    private static double[] row(Mean mean) {
        return mean.row.orElseThrow().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private List<Mean> means() {
        List<Mean> means = new ArrayList<>();
        for (Variable variable : fitted.moderators().grid().categories()) {
            for (int level = 0; level < variable.levels().count(); level++) {
                String name = variable.levelNames().get(level);
                means.add(new Mean(
                        variable.name(),
                        name,
                        variable.levels().rows(level).length,
                        fitted.moderators()
                                .row(Map.of(variable.name(), name))
                                .map(row -> Arrays.stream(row).boxed().toList())));
            }
        }
        return means;
    }

    /** The marginal means as a forest plot; empty without categories. */
    Optional<ForestPlot> forest() {
        List<Row> rows = new ArrayList<>();
        String heading = "";
        for (Mean mean : means()) {
            if (mean.row.isEmpty()) {
                continue;
            }
            if (!mean.variable.equals(heading)) {
                heading = mean.variable;
                rows.add(Row.text(RowKind.HEADING, heading));
            }
            Interval ci = fitted.inference().confidenceInterval(fitted.level(), row(mean));
            Interval pi = fitted.inference().predictionInterval(fitted.level(), row(mean));
            rows.add(Row.of(
                            RowKind.SUBTOTAL,
                            mean.level + " (k = " + mean.k + ")",
                            shown(fitted.inference().estimate(row(mean))),
                            shown(ci.lower()),
                            shown(ci.upper()),
                            Double.NaN)
                    .indent(1));
            rows.add(Row.of(
                            RowKind.PREDICTION,
                            PlotText.level(fitted.level()) + " prediction interval",
                            Double.NaN,
                            shown(pi.lower()),
                            shown(pi.upper()),
                            Double.NaN)
                    .indent(1));
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(PooledForest.frame("marginal-means", "Marginal means", fitted.measure(), fitted.level())
                .describe(
                        "Mean effect predicted for each level of the categories among the moderators, with confidence and"
                                + " prediction intervals.")
                .addAll(rows)
                .footnote("Other moderators of numbers at their mean; other categories averaged, each level alike."));
    }

    private double shown(double value) {
        return fitted.measure().display(value);
    }
}
