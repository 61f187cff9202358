package org.lozenge.analyses.glmm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.analyses.formula.Grid;
import org.lozenge.analyses.formula.Variable;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tabular;

/** What the model says about the mean effect at given values of the moderators. */
final class Settings {

    /** A setting and the combination of coefficients that is the mean effect there; empty if it cannot be estimated. */
    private record Setting(String variable, String name, int k, Optional<double[]> row) {}

    private final Regression regression;
    private final Grid grid;

    Settings(Regression regression) {
        this.regression = regression;
        this.grid = regression.moderators().grid();
    }

    /** Predictions at the settings of the option; empty if there are none that can be estimated. */
    Optional<Tabular> predictions(RegressionTables tables, String text) {
        List<Setting> known = known(asked(text));
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.predicted(
                        Regression.named(
                                "predictions",
                                "Predicted effects",
                                "at",
                                known.stream().map(Setting::name).toList()),
                        rows(known)));
    }

    /** The mean effect of each level of each category, the other moderators at their mean or averaged. */
    Optional<Tabular> marginalMeans(RegressionTables tables) {
        List<Setting> known = known(levels());
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.predicted(
                        Regression.named(
                                        "marginal_means",
                                        "Marginal means",
                                        "variable",
                                        known.stream().map(Setting::variable).toList())
                                .texts(
                                        "level",
                                        known.stream().map(Setting::name).toArray(String[]::new))
                                .numbers(
                                        "k",
                                        known.stream().mapToDouble(Setting::k).toArray()),
                        rows(known)));
    }

    private static List<Setting> known(List<Setting> settings) {
        return settings.stream().filter(setting -> setting.row.isPresent()).toList();
    }

    private static List<double[]> rows(List<Setting> known) {
        return known.stream().map(setting -> setting.row.orElseThrow()).toList();
    }

    private List<Setting> asked(String text) {
        return grid.parse(GlmmOptions.AT.name(), text).stream()
                .map(values -> new Setting(
                        "",
                        values.entrySet().stream()
                                .map(e -> e.getKey() + " = " + e.getValue())
                                .collect(Collectors.joining(", ")),
                        0,
                        regression.moderators().row(values)))
                .toList();
    }

    private List<Setting> levels() {
        List<Setting> levels = new ArrayList<>();
        for (Variable variable : grid.categories()) {
            for (int level = 0; level < variable.levels().count(); level++) {
                String name = variable.levelNames().get(level);
                levels.add(new Setting(
                        variable.name(),
                        name,
                        variable.levels().rows(level).length,
                        regression.moderators().row(Map.of(variable.name(), name))));
            }
        }
        return levels;
    }

    // ---- messages

    /** What is worth saying about the settings of the option, and about levels. */
    List<Message> messages(String text) {
        List<Message> messages = new ArrayList<>();
        asked(text).stream()
                .filter(setting -> setting.row.isEmpty())
                .forEach(setting -> messages.add(notEstimable(setting.name)));
        grid.parse(GlmmOptions.AT.name(), text).forEach(values -> extrapolation(values, messages));
        levels().stream()
                .filter(setting -> setting.row.isEmpty())
                .forEach(setting -> messages.add(notEstimable(setting.variable + " = " + setting.name)));
        return messages;
    }

    private static Message notEstimable(String name) {
        return Message.warning(
                "not-estimable",
                "The mean effect at " + name
                        + " cannot be estimated: no studies tell the coefficient of a column that was"
                        + " left out of the model.");
    }

    private void extrapolation(Map<String, String> values, List<Message> messages) {
        for (Variable variable : grid.numbers()) {
            Optional<Double> value =
                    Optional.ofNullable(values.get(variable.name())).flatMap(NumberText::parse);
            double low = Arrays.stream(variable.numbers()).min().orElse(Double.NaN);
            double high = Arrays.stream(variable.numbers()).max().orElse(Double.NaN);
            if (value.isPresent() && (value.get() < low || value.get() > high)) {
                messages.add(Message.warning(
                        "extrapolation",
                        "The effect is predicted at " + variable.name() + " = " + NumberText.print(value.get())
                                + ", but the studies only reach from " + NumberText.print(low) + " to "
                                + NumberText.print(high) + "."));
            }
        }
    }
}
