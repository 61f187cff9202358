package org.lozenge.analyses.metaregression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.analyses.formula.Variable;
import org.lozenge.analyses.shared.PlotText;
import org.lozenge.analyses.shared.PooledForest;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Format;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
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

    /** Predictions at the settings of the option; empty if there are none that can be estimated. */
    Optional<Tabular> predictions(String option, String text) {
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        for (Map<String, String> setting : fitted.moderators().grid().parse(option, text)) {
            String name = setting.entrySet().stream()
                    .map(e -> e.getKey() + " = " + e.getValue())
                    .collect(Collectors.joining(", "));
            Optional<double[]> row = fitted.moderators().row(setting);
            if (row.isEmpty()) {
                messages.add(notEstimable(name));
            } else {
                names.add(name);
                rows.add(row.get());
                warnOfExtrapolation(setting);
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.predicted(
                        Tabular.of("predictions", "Predicted effects").texts("at", names.toArray(String[]::new)),
                        rows));
    }

    private static Message notEstimable(String name) {
        return Message.warning(
                "not-estimable",
                "The mean effect at " + name
                        + " cannot be estimated: no studies tell the coefficient of a column that was"
                        + " left out of the model.");
    }

    private void warnOfExtrapolation(Map<String, String> setting) {
        for (Variable variable : fitted.moderators().grid().numbers()) {
            Optional<Double> value =
                    Optional.ofNullable(setting.get(variable.name())).flatMap(NumberText::parse);
            double[] numbers = variable.numbers();
            double low = Arrays.stream(numbers).min().orElse(Double.NaN);
            double high = Arrays.stream(numbers).max().orElse(Double.NaN);
            if (value.isPresent() && (value.get() < low || value.get() > high)) {
                messages.add(Message.warning(
                        "extrapolation",
                        "The effect is predicted at " + variable.name() + " = " + NumberText.print(value.get())
                                + ", but the studies only reach from " + NumberText.print(low) + " to "
                                + NumberText.print(high) + "."));
            }
        }
    }

    /** The mean effect of each level of each category, the other moderators at their mean or averaged. */
    Optional<Tabular> marginalMeans() {
        List<Mean> means = means();
        means.stream()
                .filter(mean -> mean.row.isEmpty())
                .forEach(mean -> messages.add(notEstimable(mean.variable + " = " + mean.level)));
        List<Mean> known = means.stream().filter(mean -> mean.row.isPresent()).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Tabular table = Tabular.of("marginal_means", "Marginal means")
                .texts("variable", known.stream().map(Mean::variable).toArray(String[]::new))
                .texts("level", known.stream().map(Mean::level).toArray(String[]::new))
                .numbers("k", known.stream().mapToDouble(Mean::k).toArray())
                .format("k", Format.INTEGER);
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
