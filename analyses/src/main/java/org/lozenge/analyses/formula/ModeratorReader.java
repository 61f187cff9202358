package org.lozenge.analyses.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.shared.Levels;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.RunContext;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Reads the moderators of studies and says what is wrong with them. */
final class ModeratorReader {

    /** So many rows are named in a message. */
    private static final int NAMED = 10;

    private final Inputs in;
    private final RunContext context;
    private final List<String> studies;
    private final int[] indices;
    private final int[] rows;
    private final boolean ofArms;
    private final Map<String, String[]> cells = new LinkedHashMap<>();

    /**
     * A reader of some studies.
     *
     * @param studies their names
     * @param indices their 0-based rows among the rows of the inputs
     * @param rows their 1-based rows of the user's table
     * @param ofArms whether they were made from a row per arm
     */
    ModeratorReader(Inputs in, RunContext context, List<String> studies, int[] indices, int[] rows, boolean ofArms) {
        this.in = in;
        this.context = context;
        this.studies = studies;
        this.indices = indices;
        this.rows = rows;
        this.ofArms = ofArms;
    }

    Moderators read() {
        Formula formula = formula();
        readCells(formula);
        int[] kept = complete();
        int[] keptRows = Arrays.stream(kept).map(i -> rows[i]).toArray();
        Choices choices = Choices.of(in, formula, ofArms);
        List<Variable> variables = new ArrayList<>();
        cells.forEach(
                (column, texts) -> variables.add(variable(formula, column, pick(texts, kept), keptRows, choices)));
        choices.requireAllUsed();
        ModelMatrix matrix = ModelMatrix.of(formula, variables, i -> in.source() + ", row " + keptRows[i]);
        Moderators moderators = new Moderators(kept, requireVariation(matrix));
        warn(moderators, keptRows);
        return moderators;
    }

    private Formula formula() {
        String text = in.get(Moderators.FORMULA).strip();
        if (!text.isEmpty()) {
            Formula formula = Formula.parse(Moderators.FORMULA.name(), text);
            List<String> unused = in.columns(Moderators.MODERATORS).stream()
                    .filter(column -> !formula.columns().contains(column))
                    .toList();
            if (!unused.isEmpty()) {
                context.info(
                        "not-in-formula",
                        in.source() + ": " + quoted(unused) + " is mapped as a moderator, but the formula does not name"
                                + " it, so it has no part in the model.");
            }
            return formula;
        }
        if (!in.has(Moderators.MODERATORS)) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": no moderator is named. Map columns with --map moderators=COLUMN,COLUMN, or write a"
                            + " model with --formula \"~ COLUMN + COLUMN\".");
        }
        return Formula.sum(in.columns(Moderators.MODERATORS));
    }

    /** The texts of columns that are mapped, or of any other of the table, of which there is one copy. */
    private void readCells(Formula formula) {
        List<String> mapped = in.columns(Moderators.MODERATORS);
        Optional<Table> table = mapped.containsAll(formula.columns()) ? Optional.empty() : Optional.of(in.table());
        for (String column : formula.columns()) {
            String[] texts = mapped.contains(column)
                    ? in.strings(Moderators.MODERATORS, column)
                    : texts(column, table.orElseThrow());
            cells.put(column, pick(texts, indices));
        }
    }

    private String[] texts(String name, Table table) {
        if (!table.containsColumn(name) || !table.columnNames().contains(name)) {
            throw new AnalysisException(
                    "no-such-column",
                    in.source() + ": option 'formula' names column '" + name + "', but there is none. Columns: "
                            + String.join(", ", table.columnNames()) + ".");
        }
        Column<?> column = table.column(name);
        String[] texts = new String[column.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = column.isMissing(i) ? "" : text(column, i);
        }
        return texts;
    }

    /** A cell as the roles of a mapped column have it: without white space around, and NA is missing. */
    private static String text(Column<?> column, int row) {
        if (column instanceof NumericColumn<?> numbers) {
            return NumberText.print(numbers.getDouble(row));
        }
        String text = column.getUnformattedString(row).strip();
        return text.equals("NA") ? "" : text;
    }

    // ---- missing values

    private int[] complete() {
        cells.forEach((column, texts) -> {
            if (Arrays.stream(texts).allMatch(String::isEmpty)) {
                throw new AnalysisException(
                        "all-missing",
                        in.source() + ": column '" + column + "' is empty in all " + texts.length
                                + " usable rows. Leave it out of the model.");
            }
        });
        int[] kept = IntStream.range(0, rows.length)
                .filter(i -> cells.values().stream().noneMatch(texts -> texts[i].isEmpty()))
                .toArray();
        if (kept.length < rows.length) {
            Message message = missing(kept);
            context.report(message);
            if (kept.length == 0) {
                throw new AnalysisException(
                        "all-missing",
                        in.source() + ": no row has a value in all of " + quoted(cells.keySet())
                                + ". Leave out of the model the column that is most often empty.");
            }
        }
        return kept;
    }

    private Message missing(int[] kept) {
        Set<Integer> usable = Arrays.stream(kept).boxed().collect(Collectors.toSet());
        int[] lost =
                IntStream.range(0, rows.length).filter(i -> !usable.contains(i)).toArray();
        String named = Arrays.stream(lost)
                .limit(NAMED)
                .mapToObj(i -> "row " + rows[i] + " (" + studies.get(i) + ": "
                        + cells.entrySet().stream()
                                .filter(e -> e.getValue()[i].isEmpty())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining(", "))
                        + ")")
                .collect(Collectors.joining(", "));
        String more = lost.length > NAMED ? " and " + (lost.length - NAMED) + " more" : "";
        return Message.warning(
                        "missing-moderator",
                        String.format(
                                Locale.ROOT,
                                "%s: %d of %d studies %s no value of a moderator and %s left out: %s%s. %d are used.",
                                in.source(),
                                lost.length,
                                rows.length,
                                lost.length == 1 ? "has" : "have",
                                lost.length == 1 ? "is" : "are",
                                named,
                                more,
                                kept.length))
                .at(Arrays.stream(lost).map(i -> rows[i]).toArray());
    }

    // ---- numbers or categories

    private Variable variable(Formula formula, String column, String[] texts, int[] keptRows, Choices choices) {
        Variable variable = Variable.of(column, texts);
        boolean asCategory = choices.isCategory(column) || isOnlyCategory(formula, column);
        if (!asCategory && !variable.isNumeric()) {
            requireOneKind(column, texts, keptRows);
        }
        if (variable.isNumeric() && !asCategory) {
            return variable;
        }
        if (!asCategory) {
            requireNoOtherNumbers(column, texts, keptRows);
        }
        Levels levels = choices.levels(variable);
        if (levels.count() == texts.length && texts.length > 2) {
            throw new AnalysisException(
                    "many-levels",
                    in.source() + ": column '" + column + "' has another text in each of " + texts.length + " rows ("
                            + sample(levels.names()) + "). As a category it needs fewer levels than studies."
                            + CellTexts.ifDates(texts));
        }
        return variable.withLevels(levels);
    }

    /** Numbers that a person reads but no computer does are no categories. */
    private void requireNoOtherNumbers(String column, String[] texts, int[] keptRows) {
        if (CellTexts.areNumbersWrittenOtherwise(texts)) {
            throw new AnalysisException(
                    "not-numeric",
                    in.source() + ", row " + keptRows[0] + ", column '" + column + "': " + CellTexts.otherwise(texts[0])
                            + " factor(" + column + ") or --categories " + column + ".",
                    keptRows);
        }
    }

    /** Whether a formula takes a column of whatever cells as categories. */
    private static boolean isOnlyCategory(Formula formula, String column) {
        List<Factor> uses = formula.terms().stream()
                .flatMap(term -> term.factors().stream())
                .filter(factor -> factor.columns().contains(column))
                .toList();
        return uses.stream().allMatch(Factor.Category.class::isInstance);
    }

    private void requireOneKind(String column, String[] texts, int[] keptRows) {
        int[] words = IntStream.range(0, texts.length)
                .filter(i -> NumberText.parse(texts[i]).isEmpty())
                .toArray();
        if (words.length < texts.length) {
            int first = words[0];
            throw new AnalysisException(
                    "mixed-column",
                    in.source() + ", row " + keptRows[first] + ", column '" + column + "': '" + texts[first]
                            + "' is not a number, but " + (texts.length - words.length) + " of " + texts.length
                            + " cells are. Correct or empty the cell, or take the column as categories with factor("
                            + column + ") or --categories " + column + ".",
                    Arrays.stream(words).map(i -> keptRows[i]).toArray());
        }
    }

    // ---- what does not vary

    private ModelMatrix requireVariation(ModelMatrix matrix) {
        double[][] columns = matrix.columns();
        boolean constant = columns.length > 0 && matrix.formula().intercept();
        for (double[] column : columns) {
            constant &= Arrays.stream(column).allMatch(x -> x == column[0]);
        }
        if (constant) {
            Variable first = matrix.variables().get(0);
            throw new AnalysisException(
                    "constant-moderator",
                    in.source() + ": " + quoted(cells.keySet()) + " does not vary: "
                            + (first.rows() == 1
                                    ? "there is one usable row"
                                    : "all " + first.rows() + " usable rows have the same value")
                            + ", '" + first.levelNames().get(0)
                            + "' of '" + first.name() + "'. There is nothing to explain differences with.");
        }
        boolean zero = columns.length > 0
                && Arrays.stream(columns).flatMapToDouble(Arrays::stream).allMatch(x -> x == 0);
        if ((zero || columns.length == 0) && !matrix.formula().intercept()) {
            throw new AnalysisException(
                    "no-terms",
                    in.source() + ": the formula leaves no term to estimate. Name a column, or an intercept.");
        }
        return matrix;
    }

    private void warn(Moderators moderators, int[] keptRows) {
        for (Variable variable : moderators.matrix().variables()) {
            if (variable.levels().count() == 1) {
                context.warn(
                        "constant-moderator",
                        in.source() + ": column '" + variable.name() + "' has the value '"
                                + variable.levelNames().get(0) + "' in all " + variable.rows()
                                + " usable rows, so it explains nothing.");
            } else if (!variable.isNumeric()) {
                warnOfRareLevels(variable, keptRows);
            }
        }
        List<String> dropped = moderators.design().dropped();
        if (!dropped.isEmpty()) {
            context.warn(
                    "aliased-term",
                    in.source() + ": " + quoted(dropped) + (dropped.size() == 1 ? " was" : " were")
                            + " left out of the model: constant, or a combination of the terms before, "
                            + quoted(moderators.design().terms()) + ".");
        }
    }

    private void warnOfRareLevels(Variable variable, int[] keptRows) {
        Map<String, Integer> once = new TreeMap<>();
        for (int level = 0; level < variable.levels().count(); level++) {
            int[] of = variable.levels().rows(level);
            if (of.length == 1) {
                once.put(variable.levelNames().get(level), keptRows[of[0]]);
            }
        }
        if (!once.isEmpty()) {
            context.report(Message.warning(
                            "level-seen-once",
                            in.source() + ": "
                                    + once.entrySet().stream()
                                            .limit(NAMED)
                                            .map(e -> "level '" + e.getKey() + "' (row " + e.getValue() + ")")
                                            .collect(Collectors.joining(", "))
                                    + (once.size() > NAMED ? " and " + (once.size() - NAMED) + " more" : "")
                                    + " of column '" + variable.name() + "' " + (once.size() == 1 ? "has" : "have")
                                    + " one study only: the model fits "
                                    + (once.size() == 1 ? "it" : "them") + " exactly, and nothing tells "
                                    + (once.size() == 1 ? "its" : "their") + " spread.")
                    .at(once.values().stream().mapToInt(Integer::intValue).toArray()));
        }
    }

    // ---- small things

    private static String sample(List<String> names) {
        return names.stream().limit(3).collect(Collectors.joining(", ")) + " …";
    }

    private static String quoted(java.util.Collection<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static String[] pick(String[] texts, int[] at) {
        return Arrays.stream(at).mapToObj(i -> texts[i]).toArray(String[]::new);
    }

    /** What the options say about categories. */
    private static final class Choices {
        private final List<String> columns;
        private final Set<String> categories;
        private final Map<String, String> references;
        private final Set<String> taken = new LinkedHashSet<>();
        private Optional<String> bare = Optional.empty();

        private Choices(List<String> columns, Set<String> categories) {
            this.columns = columns;
            this.categories = categories;
            this.references = new HashMap<>();
        }

        static Choices of(Inputs in, Formula formula, boolean ofArms) {
            List<String> columns = List.copyOf(formula.columns());
            Choices choices = new Choices(columns, listed(in.get(Moderators.CATEGORIES)));
            choices.readReferences(
                    Moderators.REFERENCE.name(), in.get(Moderators.REFERENCE).strip());
            if (!ofArms) {
                choices.readReferences(
                        Moderators.LEVEL_OR_ARM.name(),
                        in.get(Moderators.LEVEL_OR_ARM).strip());
            }
            choices.categories.forEach(choices::requireColumn);
            choices.references.keySet().forEach(choices::requireColumn);
            return choices;
        }

        private static Set<String> listed(String text) {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        /** A comma counts only before COLUMN=, so that levels may hold commas. */
        private void readReferences(String option, String text) {
            if (text.isEmpty()) {
                return;
            }
            String last = "";
            for (String part : text.split(",")) {
                int equals = part.indexOf('=');
                String column = equals < 0 ? "" : part.substring(0, equals).strip();
                if (equals > 0 && (columns.contains(column) || last.isEmpty())) {
                    String level = part.substring(equals + 1).strip();
                    if (level.isEmpty()) {
                        throw new AnalysisException(
                                "no-such-level",
                                "Option '" + option + "' is '" + text + "', but no level stands after '" + column
                                        + "='.");
                    }
                    requireOne(option, column, level);
                    references.put(column, level);
                    last = column;
                } else if (!last.isEmpty()) {
                    String before = last;
                    references.computeIfPresent(before, (c, level) -> level + "," + part);
                } else {
                    bare = Optional.of(text);
                    return;
                }
            }
        }

        private void requireOne(String option, String column, String level) {
            if (!references.getOrDefault(column, level).equals(level)) {
                throw new AnalysisException(
                        "options-conflict",
                        "Option '" + option + "' names '" + level + "' as the reference of '" + column + "', but '"
                                + references.get(column) + "' was named before. A category has one.");
            }
        }

        private void requireColumn(String column) {
            if (!columns.contains(column)) {
                throw new AnalysisException(
                        "no-such-column",
                        "The options 'reference-level' and 'categories' name '" + column + "', but the moderators are "
                                + columns + ".");
            }
        }

        boolean isCategory(String column) {
            return categories.contains(column) || references.containsKey(column);
        }

        Levels levels(Variable variable) {
            Levels levels = variable.levels();
            String wanted = references.getOrDefault(
                    variable.name(), bare.filter(levels.names()::contains).orElse(""));
            if (wanted.isEmpty()) {
                return levels;
            }
            taken.add(wanted);
            return levels.startingWith(wanted)
                    .orElseThrow(() -> ModelMatrix.noSuchLevel(variable.name(), wanted, levels.names()));
        }

        void requireAllUsed() {
            bare.filter(level -> !taken.contains(level)).ifPresent(level -> {
                throw new AnalysisException(
                        "no-such-level",
                        "Option 'reference-level' is '" + level + "', but no category among " + columns
                                + " has such a level. Write COLUMN=LEVEL.");
            });
        }
    }
}
