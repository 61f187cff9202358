package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Param;

/**
 * Settings of the moderators that the user names, at which a model predicts.
 *
 * @param points the settings that can be looked at
 * @param messages what is worth saying about them and about those that cannot
 */
public record NewValues(List<Point> points, List<Message> messages) {

    /** The settings. */
    public static final Param<String> AT = Param.text("at", "Predict at these values", "")
            .suggest("ablat=13|44, alloc=random; ablat=55")
            .help("Settings with semicolons between them; numbers that are not named are at their mean, categories are"
                    + " averaged.");

    /** Copies the lists. */
    public NewValues {
        points = List.copyOf(points);
        messages = List.copyOf(messages);
    }

    /**
     * A setting.
     *
     * @param name the setting in words
     * @param cells the row of the design
     */
    public record Point(String name, List<Double> cells) {

        /** Copies the list. */
        public Point {
            cells = List.copyOf(cells);
        }

        /** Returns the row of the design, a number per term. */
        public double[] row() {
            return cells.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * Reads the settings of an analysis that may have no moderators.
     *
     * @throws AnalysisException with code {@code options-conflict} if there are settings but no moderators, else as {@link #read}
     */
    public static NewValues of(Inputs in, Optional<Moderators> moderators) {
        String text = in.get(AT);
        if (moderators.isEmpty() && !text.isBlank()) {
            throw new AnalysisException(
                    "options-conflict",
                    "Option '" + AT.name() + "' is '" + text
                            + "', but the model has no moderators. Map them with --map moderators=COLUMN, or give a --formula.");
        }
        return moderators.map(m -> read(text, m)).orElseGet(() -> new NewValues(List.of(), List.of()));
    }

    /**
     * Reads the settings.
     *
     * @param text the value of {@link #AT}
     * @throws AnalysisException as {@link Grid#parse} and {@link Moderators#row} do
     */
    public static NewValues read(String text, Moderators moderators) {
        List<Point> points = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (Map<String, String> setting : moderators.grid().parse(AT.name(), text)) {
            String name = setting.entrySet().stream()
                    .map(e -> e.getKey() + " = " + e.getValue())
                    .collect(Collectors.joining(", "));
            Optional<double[]> row = moderators.row(setting);
            if (row.isEmpty()) {
                messages.add(notEstimable(name));
            } else {
                points.add(new Point(name, Arrays.stream(row.get()).boxed().toList()));
                extrapolations(setting, moderators, messages);
            }
        }
        return new NewValues(points, messages);
    }

    /** Returns the warning that a setting needs a coefficient that is not there. */
    public static Message notEstimable(String name) {
        return Message.warning(
                "not-estimable",
                "The mean effect at " + name
                        + " cannot be estimated: no studies tell the coefficient of a column that was"
                        + " left out of the model.");
    }

    private static void extrapolations(Map<String, String> setting, Moderators moderators, List<Message> messages) {
        for (Variable variable : moderators.grid().numbers()) {
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
}
