package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
        for (String part : split(text, ";")) {
            if (part.isBlank()) {
                continue;
            }
            List<Map<String, String>> settings = List.of(Map.of());
            for (Map.Entry<String, String> assignment :
                    assignments(option, part).entrySet()) {
                List<String> values = Arrays.stream(split(assignment.getValue(), "\\|"))
                        .map(String::strip)
                        .map(Grid::unquoted)
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

    /** Splits at a sign that stands outside quotation marks; anywhere, if one of them is not closed. */
    private static String[] split(String text, String sign) {
        boolean closed = text.chars().filter(c -> c == '"').count() % 2 == 0;
        return text.split(closed ? sign + "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)" : sign, -1);
    }

    /** Without the quotation marks around; those within are written twice, as in CSV. */
    private static String unquoted(String value) {
        return value.matches("(?s)\".+\"")
                ? value.substring(1, value.length() - 1).replace("\"\"", "\"")
                : value;
    }

    /** A comma counts only before NAME=, so that names and levels may hold commas. */
    private Map<String, String> assignments(String option, String text) {
        Map<String, String> assignments = new LinkedHashMap<>();
        Optional<String> last = Optional.empty();
        String begun = "";
        for (String part : split(text, ",")) {
            String piece = begun + part;
            begun = "";
            Optional<String> name = assigned(piece);
            if (name.isPresent()) {
                String value = piece.substring(piece.indexOf(
                                '=', piece.indexOf(name.get()) + name.get().length())
                        + 1);
                requireOnce(option, text, name.get(), assignments.put(name.get(), value.strip()) != null);
                last = name;
            } else if (beginsName(piece)) {
                begun = piece + ",";
            } else if (last.isPresent() && piece.indexOf('=') < 0) {
                assignments.merge(last.get(), piece, (value, more) -> value + "," + more);
            } else {
                throw unknown(option, piece.strip());
            }
        }
        if (!begun.isEmpty()) {
            throw unknown(option, begun.strip());
        }
        return assignments;
    }

    /** The longest name of a variable with which a text begins, if an = follows. */
    private Optional<String> assigned(String text) {
        String piece = text.strip();
        return matrix.variables().stream()
                .map(Variable::name)
                .filter(name -> piece.startsWith(name)
                        && piece.substring(name.length()).strip().startsWith("="))
                .max(Comparator.comparingInt(String::length));
    }

    private boolean beginsName(String text) {
        return matrix.variables().stream().anyMatch(variable -> variable.name().startsWith(text.strip() + ","));
    }

    private static void requireOnce(String option, String text, String name, boolean again) {
        if (again) {
            throw new AnalysisException(
                    "new-values",
                    "Option '" + option + "' holds '" + text.strip() + "', which names '" + name
                            + "' twice. Write several values as " + name + "=1|2, other settings after a semicolon.");
        }
    }

    private AnalysisException unknown(String option, String piece) {
        return new AnalysisException(
                piece.indexOf('=') > 0 ? "no-such-column" : "new-values",
                "Option '" + option + "' holds '" + piece + "', but must name values of the moderators "
                        + matrix.variables().stream().map(Variable::name).toList()
                        + " such as: NAME=1|2, NAME=3. A level with signs like ; or | stands between \"quotation marks\".");
    }
}
