package org.lozenge.analyses.moderatorforest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lozenge.analyses.explore.ModeratorForest.Column;
import org.lozenge.analyses.formula.CellTexts;
import org.lozenge.analyses.shared.StudyInput;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.RunContext;

/** The moderators of the studies that have them all. */
final class ModeratorColumns {

    private static final int NAMED = 10;

    /** With fewer studies out-of-bag errors say nothing. */
    private static final int LEAST = 10;

    private final Inputs in;
    private final RunContext context;
    private final StudyInput studies;
    private final Map<String, String[]> cells = new LinkedHashMap<>();
    private int[] kept = new int[0];
    private final List<Column> columns = new ArrayList<>();

    private ModeratorColumns(Inputs in, RunContext context, StudyInput studies) {
        this.in = in;
        this.context = context;
        this.studies = studies;
    }

    /**
     * Reads the mapped columns, leaves out studies that lack a value, and says so.
     *
     * @throws AnalysisException with codes {@code unmapped-role}, {@code all-missing}, {@code too-few-studies}, {@code
     *     mixed-column}, {@code no-such-column}, {@code constant-moderator} or {@code many-levels}
     */
    static ModeratorColumns read(Inputs in, RunContext context, StudyInput studies) {
        ModeratorColumns moderators = new ModeratorColumns(in, context, studies);
        moderators.readCells();
        moderators.dropIncomplete();
        moderators.requireEnough();
        moderators.readColumns();
        return moderators;
    }

    /** Positions of the studies that are kept, among those of the input. */
    int[] kept() {
        return kept.clone();
    }

    /** The columns that vary. */
    List<Column> columns() {
        return List.copyOf(columns);
    }

    private void readCells() {
        if (!in.has(ForestOptions.MODERATORS)) {
            throw new AnalysisException(
                    "unmapped-role",
                    in.source() + ": no moderator is named. Map columns with --map moderators=COLUMN,COLUMN.");
        }
        int[] indices = studies.indices();
        for (String name : in.columns(ForestOptions.MODERATORS)) {
            String[] texts = in.strings(ForestOptions.MODERATORS, name);
            cells.put(name, Arrays.stream(indices).mapToObj(i -> texts[i]).toArray(String[]::new));
        }
        cells.forEach((name, texts) -> {
            if (Arrays.stream(texts).allMatch(String::isEmpty)) {
                throw new AnalysisException(
                        "all-missing",
                        in.source() + ": column '" + name + "' is empty in all " + texts.length
                                + " usable rows. Leave it out.");
            }
        });
    }

    private void dropIncomplete() {
        int k = studies.effects().k();
        kept = IntStream.range(0, k)
                .filter(i -> cells.values().stream().noneMatch(texts -> texts[i].isEmpty()))
                .toArray();
        Set<Integer> whole = Arrays.stream(kept).boxed().collect(Collectors.toSet());
        int[] lost = IntStream.range(0, k).filter(i -> !whole.contains(i)).toArray();
        if (lost.length == 0) {
            return;
        }
        int[] rows = studies.sourceRows();
        String named = Arrays.stream(lost)
                .limit(NAMED)
                .mapToObj(i ->
                        "row " + rows[i] + " (" + studies.effects().studies().get(i) + ": "
                                + cells.entrySet().stream()
                                        .filter(e -> e.getValue()[i].isEmpty())
                                        .map(Map.Entry::getKey)
                                        .collect(Collectors.joining(", "))
                                + ")")
                .collect(Collectors.joining(", "));
        context.report(Message.warning(
                        "missing-moderator",
                        String.format(
                                Locale.ROOT,
                                "%s: %d of %d studies %s no value of a moderator and %s left out: %s%s. %d are used.",
                                in.source(),
                                lost.length,
                                k,
                                lost.length == 1 ? "has" : "have",
                                lost.length == 1 ? "is" : "are",
                                named,
                                lost.length > NAMED ? " and " + (lost.length - NAMED) + " more" : "",
                                kept.length))
                .at(Arrays.stream(lost).map(i -> rows[i]).toArray()));
    }

    private void requireEnough() {
        int k = kept.length;
        if (k < LEAST) {
            throw new AnalysisException(
                    "too-few-studies",
                    in.source() + ": " + k + (k == 1 ? " study" : " studies")
                            + " with all moderators, but a forest needs "
                            + LEAST
                            + " at the very least, and better 30. With so few, look at one moderator at a time, by"
                            + " subgroups or a meta-regression that was planned beforehand.");
        }
    }

    private void readColumns() {
        Set<String> categories = Arrays.stream(in.get(ForestOptions.CATEGORIES).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        for (String category : categories) {
            if (!cells.containsKey(category)) {
                throw new AnalysisException(
                        "no-such-column",
                        "Option 'categories' names '" + category + "', but the moderators are " + cells.keySet() + ".");
            }
        }
        cells.forEach((name, all) -> {
            String[] texts = Arrays.stream(kept).mapToObj(i -> all[i]).toArray(String[]::new);
            if (Arrays.stream(texts).distinct().count() < 2) {
                context.warn(
                        "constant-moderator",
                        in.source() + ": column '" + name + "' has the same value in all " + texts.length
                                + " usable rows, so it explains nothing and was left out.");
            } else {
                columns.add(column(name, texts, categories.contains(name)));
            }
        });
        if (columns.isEmpty()) {
            throw new AnalysisException(
                    "constant-moderator",
                    in.source() + ": no moderator varies among the " + kept.length
                            + " usable studies. There is nothing to explain differences with.");
        }
    }

    private Column column(String name, String[] texts, boolean asCategory) {
        double[] numbers = Arrays.stream(texts)
                .mapToDouble(text -> NumberText.parse(text).orElse(Double.NaN))
                .toArray();
        int[] words = IntStream.range(0, texts.length)
                .filter(i -> Double.isNaN(numbers[i]))
                .toArray();
        if (words.length == 0 && !asCategory) {
            return Column.of(name, numbers);
        }
        if (!asCategory && words.length < texts.length) {
            int row = studies.sourceRows()[kept[words[0]]];
            throw new AnalysisException(
                    "mixed-column",
                    in.source() + ", row " + row + ", column '" + name + "': '" + texts[words[0]]
                            + "' is not a number, but "
                            + (texts.length - words.length) + " of " + texts.length
                            + " cells are. Correct or empty the cell, or take the column as categories with --categories "
                            + name + ".",
                    row);
        }
        if (!asCategory && CellTexts.areNumbersWrittenOtherwise(texts)) {
            int row = studies.sourceRows()[kept[0]];
            throw new AnalysisException(
                    "not-numeric",
                    in.source() + ", row " + row + ", column '" + name + "': " + CellTexts.otherwise(texts[0])
                            + " --categories " + name + ".",
                    row);
        }
        if (Arrays.stream(texts).distinct().count() == texts.length) {
            throw new AnalysisException(
                    "many-levels",
                    in.source() + ": column '" + name + "' has another text in each of " + texts.length
                            + " rows. As a category it needs fewer levels than studies." + CellTexts.ifDates(texts));
        }
        return Column.of(name, texts);
    }
}
