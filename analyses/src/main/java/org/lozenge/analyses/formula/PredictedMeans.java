package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;

/** The tables of mean effects that a model predicts: at settings that the user names, and at the levels of categories. */
public final class PredictedMeans {

    private final Moderators moderators;
    private final BiFunction<Tabular, List<double[]>, Tabular> predicted;
    private final List<Message> messages = new ArrayList<>();

    /**
     * Prepares the tables.
     *
     * @param moderators the moderators
     * @param predicted adds what the model predicts at rows of the design to a table with a row for each
     */
    public PredictedMeans(Moderators moderators, BiFunction<Tabular, List<double[]>, Tabular> predicted) {
        this.moderators = moderators;
        this.predicted = predicted;
    }

    /**
     * A level of a category and its marginal mean.
     *
     * @param variable the category
     * @param level the level
     * @param k how many studies have it
     * @param cells the row of the design; empty if the mean cannot be estimated
     */
    public record Mean(String variable, String level, int k, Optional<List<Double>> cells) {

        /** Returns the row of the design, a number per term. */
        public double[] row() {
            return cells.orElseThrow().stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Returns what was worth saying about the tables so far. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /**
     * Returns the predictions at the settings that the user named; empty if there are none that can be estimated.
     *
     * @param text the value of {@link NewValues#AT}
     * @throws org.lozenge.plugin.AnalysisException as {@link NewValues#read} does
     */
    public Optional<Tabular> predictions(String text) {
        NewValues values = NewValues.read(text, moderators);
        messages.addAll(values.messages());
        List<NewValues.Point> points = values.points();
        if (points.isEmpty()) {
            return Optional.empty();
        }
        String[] names = points.stream().map(NewValues.Point::name).toArray(String[]::new);
        return Optional.of(predicted.apply(
                Tabular.of("predictions", "Predicted effects").texts("at", names),
                points.stream().map(NewValues.Point::row).toList()));
    }

    /**
     * Returns the mean effect of each level of each category, the other moderators at their mean or averaged; empty if there
     * are none that can be estimated.
     */
    public Optional<Tabular> marginalMeans() {
        List<Mean> means = means(moderators);
        means.stream()
                .filter(mean -> mean.cells.isEmpty())
                .forEach(mean -> messages.add(NewValues.notEstimable(mean.variable + " = " + mean.level)));
        List<Mean> known = means.stream().filter(mean -> mean.cells.isPresent()).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Tabular table = Tabular.of("marginal_means", "Marginal means")
                .texts("variable", known.stream().map(Mean::variable).toArray(String[]::new))
                .texts("level", known.stream().map(Mean::level).toArray(String[]::new))
                .numbers("k", known.stream().mapToDouble(Mean::k).toArray());
        return Optional.of(predicted.apply(table, known.stream().map(Mean::row).toList()));
    }

    /** Returns the levels of all categories. */
    public static List<Mean> means(Moderators moderators) {
        List<Mean> means = new ArrayList<>();
        for (Variable variable : moderators.grid().categories()) {
            for (int level = 0; level < variable.levels().count(); level++) {
                String name = variable.levelNames().get(level);
                means.add(new Mean(
                        variable.name(),
                        name,
                        variable.levels().rows(level).length,
                        moderators
                                .row(Map.of(variable.name(), name))
                                .map(row -> Arrays.stream(row).boxed().toList())));
            }
        }
        return means;
    }
}
