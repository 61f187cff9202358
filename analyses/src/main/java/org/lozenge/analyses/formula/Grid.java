package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;

/**
 * The settings of variables at which a model is looked at: new values that the user names, levels of a category, and
 * averages over whatever is not named. Immutable.
 */
public final class Grid {

    private static final int MAX_CELLS = 100_000;

    private final ModelMatrix matrix;
    private final Set<String> categories = new LinkedHashSet<>();

    Grid(ModelMatrix matrix) {
        this.matrix = matrix;
        for (Variable variable : matrix.variables()) {
            boolean factor = matrix.formula().terms().stream()
                    .flatMap(term -> term.factors().stream())
                    .anyMatch(f -> f instanceof Factor.Category c && c.column().equals(variable.name()));
            if (factor || !variable.isNumeric()) {
                categories.add(variable.name());
            }
        }
    }

    /** Returns the variables that the model takes as categories. */
    public List<Variable> categories() {
        return matrix.variables().stream()
                .filter(v -> categories.contains(v.name()))
                .toList();
    }

    /** Returns the variables that the model takes as numbers. */
    public List<Variable> numbers() {
        return matrix.variables().stream()
                .filter(v -> !categories.contains(v.name()))
                .toList();
    }

    /** The cells of all columns, averaged over what is not given. */
    double[] average(Map<String, String> given) {
        List<Map<String, String>> settings = List.of(given);
        for (Variable variable : matrix.variables()) {
            if (given.containsKey(variable.name())) {
                continue;
            }
            List<String> values = categories.contains(variable.name())
                    ? variable.levelNames()
                    : List.of(NumberText.print(variable.mean()));
            settings = crossed(settings, variable.name(), values);
        }
        double[] sum = new double[matrix.names().size()];
        for (Map<String, String> setting : settings) {
            double[] cells = matrix.row(setting);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += cells[j];
            }
        }
        double n = settings.size();
        return Arrays.stream(sum).map(x -> x / n).toArray();
    }

    private static List<Map<String, String>> crossed(
            List<Map<String, String>> settings, String variable, List<String> values) {
        if ((long) settings.size() * values.size() > MAX_CELLS) {
            throw new AnalysisException(
                    "too-many-levels",
                    "The categories have more than " + MAX_CELLS
                            + " combinations of levels to average over. Name levels in the option 'at'.");
        }
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> setting : settings) {
            for (String value : values) {
                Map<String, String> more = new LinkedHashMap<>(setting);
                more.put(variable, value);
                all.add(more);
            }
        }
        return all;
    }

    /**
     * Reads settings such as {@code ablat=13|44, alloc=random; ablat=30}: settings with semicolons between them, each a list
     * of values, of which several may be given.
     *
     * @param option the name of the option that holds the text, for messages
     * @return the settings in order
     * @throws AnalysisException with code {@code new-values} or {@code no-such-column}
     */
    public List<Map<String, String>> parse(String option, String text) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String part : text.split(";")) {
            if (part.isBlank()) {
                continue;
            }
            List<Map<String, String>> settings = List.of(Map.of());
            for (Map.Entry<String, String> assignment :
                    assignments(option, part).entrySet()) {
                List<String> values = Arrays.stream(assignment.getValue().split("\\|", -1))
                        .map(String::strip)
                        .toList();
                if (values.contains("")) {
                    throw new AnalysisException(
                            "new-values",
                            "Option '" + option + "' holds '" + part.strip() + "', but no value stands after '"
                                    + assignment.getKey() + "=' or a |.");
                }
                settings = crossed(settings, assignment.getKey(), values);
            }
            all.addAll(settings);
        }
        return all;
    }

    /** A comma counts only before NAME=, so that levels may hold commas. */
    private Map<String, String> assignments(String option, String text) {
        Map<String, String> assignments = new LinkedHashMap<>();
        Optional<String> last = Optional.empty();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            boolean known = matrix.variables().stream().anyMatch(v -> v.name().equals(name));
            if (known) {
                if (assignments.containsKey(name)) {
                    throw new AnalysisException(
                            "new-values",
                            "Option '" + option + "' holds '" + text.strip() + "', which names '" + name
                                    + "' twice. Write several values as " + name + "=1|2, other settings after a"
                                    + " semicolon.");
                }
                assignments.put(name, part.substring(equals + 1).strip());
                last = Optional.of(name);
            } else if (last.isPresent() && equals < 0) {
                assignments.merge(last.get(), part, (value, more) -> value + "," + more);
            } else {
                throw new AnalysisException(
                        name.isEmpty() ? "new-values" : "no-such-column",
                        "Option '" + option + "' holds '" + part.strip() + "', but must name values of the moderators "
                                + matrix.variables().stream()
                                        .map(Variable::name)
                                        .toList()
                                + " such as: NAME=1|2, NAME=3.");
            }
        }
        return assignments;
    }
}
