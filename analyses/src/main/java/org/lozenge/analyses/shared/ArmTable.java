package org.lozenge.analyses.shared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.NumberText;
import org.lozenge.stats.effect.EffectMeasure;
import org.lozenge.stats.effect.Reported;

/**
 * A table with a row per study and arm, turned into one with a row per comparison of an arm with the reference arm.
 *
 * <p>A study with several arms besides the reference gives several comparisons that share a control; they are named after
 * their arm, and a warning says that they are dependent. Studies without the reference arm are left out with a warning.
 */
final class ArmTable {

    /** Roles of one arm and the roles they become in a row with two arms. */
    private static final List<String> ARM_ROLES =
            List.of("events", "n", "time", "mean", "sd", "se_mean", "min", "q1", "median", "q3", "max");

    /** Where the cells of comparisons tell the row of their control, if they share it in full. */
    static final String CONTROL = "control row";

    /** What a row of one arm must have. */
    private static final List<List<String>> ONE_ARM = List.of(
            List.of("events", "n"),
            List.of("events", "time"),
            List.of("mean", "sd", "n"),
            List.of("mean", "se_mean", "n"),
            List.of("median", "q1", "q3", "n"),
            List.of("median", "min", "max", "n"),
            List.of("sd", "n"));

    /** Words by which a control arm is known. */
    private static final List<String> CONTROL_WORDS = List.of(
            "control",
            "controls",
            "placebo",
            "ctrl",
            "sham",
            "no treatment",
            "untreated",
            "usual care",
            "standard care",
            "standard",
            "reference");

    private final RawCells cells;
    private final String[] arms;
    private final String wanted;
    private final RawParams.SharedControl sharedControl;
    private final List<Message> messages = new ArrayList<>();
    private final List<RawStudies.Excluded> excluded = new ArrayList<>();

    private ArmTable(RawCells cells, String[] arms, String wanted, RawParams.SharedControl sharedControl) {
        this.cells = cells;
        this.arms = arms;
        this.wanted = wanted;
        this.sharedControl = sharedControl;
    }

    /**
     * The reshaped cells with what should be said about them.
     *
     * @param cells a row per comparison
     * @param messages notes and warnings
     * @param excluded studies without the reference arm, by their first row
     */
    record Reshaped(RawCells cells, List<Message> messages, List<RawStudies.Excluded> excluded) {}

    /**
     * Reshapes a table.
     *
     * @throws AnalysisException with code {@code reference-needed} if no arm is known to be the control, with code
     *     {@code no-such-arm} if there is no arm of that name, with code {@code duplicate-arm} if a study has an arm twice,
     *     with code {@code no-usable-studies} if no study has the reference arm and another one
     */
    static Reshaped reshape(RawCells cells, String[] arms, String reference, RawParams.SharedControl sharedControl) {
        ArmTable table = new ArmTable(cells, arms, reference, sharedControl);
        RawCells wide = table.reshape();
        return new Reshaped(wide, table.messages, table.excluded);
    }

    /** A row per arm, if the columns of two arms are missing and those of one arm are there. */
    static boolean isNeeded(Inputs in, RawCells cells, EffectMeasure<?> measure) {
        Class<?> type = measure.description().rawType();
        if (type == Reported.class) {
            return false;
        }
        List<List<String>> ways = RawReader.ways(type);
        return ways.stream().noneMatch(cells::hasAll)
                && in.has(RawRoles.ARM)
                && ways.get(0).stream().anyMatch(role -> role.endsWith("_t"))
                && ONE_ARM.stream().anyMatch(cells::hasAll);
    }

    private record Comparison(String study, int treated, int control, int sharing) {}

    private RawCells reshape() {
        Map<String, List<Integer>> studies = byStudy();
        String reference = reference();
        List<Comparison> comparisons = new ArrayList<>();
        List<Integer> without = new ArrayList<>();
        List<Integer> shared = new ArrayList<>();
        studies.forEach((study, rows) -> {
            Optional<Integer> control =
                    rows.stream().filter(i -> arms[i].strip().equals(reference)).findFirst();
            List<Integer> others = rows.stream()
                    .filter(i -> !arms[i].strip().equals(reference))
                    .toList();
            if (control.isEmpty() || others.isEmpty()) {
                without.addAll(rows);
                excluded.add(new RawStudies.Excluded(
                        cells.sourceRow(rows.get(0)),
                        study,
                        "no-reference-arm",
                        "a comparison needs the arm '" + reference + "' and another one"));
                return;
            }
            for (int i : others) {
                String name = others.size() == 1 ? study : study + ": " + arms[i].strip();
                comparisons.add(new Comparison(name, i, control.get(), others.size()));
            }
            if (others.size() > 1) {
                shared.addAll(rows);
            }
        });
        tell(reference, studies.size(), comparisons, without, shared);
        return wide(comparisons);
    }

    private Map<String, List<Integer>> byStudy() {
        Map<String, List<Integer>> studies = new LinkedHashMap<>();
        List<Message> errors = new ArrayList<>();
        for (int i = 0; i < cells.rows(); i++) {
            int row = i;
            List<Integer> rows = studies.computeIfAbsent(cells.study(i), study -> new ArrayList<>());
            rows.stream()
                    .filter(j -> arms[j].strip().equals(arms[row].strip()))
                    .findFirst()
                    .ifPresent(j -> errors.add(Message.error(
                                    "duplicate-arm",
                                    cells.place(row) + ": arm '" + arms[row].strip() + "' of this study stands in row "
                                            + cells.sourceRow(j) + " already. Remove one of them, or choose rows with"
                                            + " --where.")
                            .at(cells.sourceRow(j), cells.sourceRow(row))));
            rows.add(i);
        }
        if (!errors.isEmpty()) {
            throw new AnalysisException(errors);
        }
        return studies;
    }

    private String reference() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String arm : arms) {
            counts.merge(arm.strip(), 1, Integer::sum);
        }
        if (!wanted.isEmpty()) {
            return counts.keySet().stream()
                    .filter(arm -> arm.equalsIgnoreCase(wanted.strip()))
                    .findFirst()
                    .orElseThrow(() -> new AnalysisException(
                            "no-such-arm",
                            cells.source() + ": there is no arm '" + wanted + "'; the arms are " + list(counts)
                                    + ". Set --reference to one of them."));
        }
        return counts.keySet().stream()
                .filter(ArmTable::isControl)
                .max(Comparator.comparing(counts::get))
                .orElseThrow(() -> new AnalysisException(
                        "reference-needed",
                        cells.source() + " has a row per arm, with the arms " + list(counts)
                                + ". Say with --reference which one the others are compared with."));
    }

    private static boolean isControl(String arm) {
        return CONTROL_WORDS.contains(arm.toLowerCase(Locale.ROOT));
    }

    private static String list(Map<String, Integer> counts) {
        return counts.keySet().stream().limit(20).map(arm -> "'" + arm + "'").collect(Collectors.joining(", "))
                + (counts.size() > 20 ? " and " + (counts.size() - 20) + " more" : "");
    }

    private void tell(
            String reference, int studies, List<Comparison> comparisons, List<Integer> without, List<Integer> shared) {
        if (!without.isEmpty()) {
            messages.add(Message.warning(
                            "no-reference-arm",
                            cells.source() + ": " + names(without) + " left out, because a comparison needs the arm '"
                                    + reference + "' and another one. Choose another arm with --reference.")
                    .at(rows(without)));
        }
        if (comparisons.isEmpty()) {
            List<Message> all = new ArrayList<>(List.of(Message.error(
                    "no-usable-studies",
                    cells.source() + ": no study has the arm '" + reference
                            + "' and another one. Choose another arm with --reference.")));
            all.addAll(messages);
            throw new AnalysisException(all);
        }
        messages.add(Message.info(
                "arms-reshaped",
                cells.source() + " has a row per arm: " + cells.rows() + " rows of " + studies + " studies were made "
                        + comparisons.size() + (comparisons.size() == 1 ? " comparison" : " comparisons") + " with '"
                        + reference + "'" + (wanted.isEmpty() ? ", which its name says is the control" : "") + "."));
        if (!shared.isEmpty()) {
            String treatment = sharedControl == RawParams.SharedControl.SPLIT
                    ? "Its counts and size were divided by the number of comparisons."
                    : "Pooled together they count the control more than once: split it with --shared-control split, keep"
                            + " one comparison of each study, or use a method for dependent effects.";
            messages.add(Message.warning(
                            "shared-control",
                            cells.source() + ": " + names(shared) + " gave several comparisons with the same control. "
                                    + treatment)
                    .at(rows(shared)));
        }
    }

    private String names(List<Integer> rows) {
        List<String> names = rows.stream().map(cells::study).distinct().toList();
        return (names.size() == 1 ? "study " : "studies ")
                + names.stream().limit(20).collect(Collectors.joining(", "))
                + (names.size() > 20 ? " and " + (names.size() - 20) + " more" : "");
    }

    private int[] rows(List<Integer> rows) {
        return rows.stream().mapToInt(cells::sourceRow).toArray();
    }

    private RawCells wide(List<Comparison> comparisons) {
        Map<String, String[]> texts = new LinkedHashMap<>();
        Map<String, String> columns = new LinkedHashMap<>();
        for (String role : ARM_ROLES) {
            if (cells.has(role)) {
                String base = role.equals("se_mean") ? "se" : role;
                texts.put(base + "_t", column(role, comparisons, true));
                texts.put(base + "_c", column(role, comparisons, false));
                columns.put(base + "_t", cells.column(role));
                columns.put(base + "_c", cells.column(role));
            }
        }
        if (sharedControl == RawParams.SharedControl.KEEP) {
            texts.put(
                    CONTROL,
                    comparisons.stream()
                            .map(c -> String.valueOf(cells.sourceRow(c.control)))
                            .toArray(String[]::new));
        }
        int[] rows = comparisons.stream().mapToInt(Comparison::treated).toArray();
        String[] names = comparisons.stream().map(Comparison::study).toArray(String[]::new);
        return cells.rows(rows, names, texts, columns);
    }

    private String[] column(String role, List<Comparison> comparisons, boolean treated) {
        return comparisons.stream()
                .map(c -> treated ? cells.text(role, c.treated) : control(role, c))
                .toArray(String[]::new);
    }

    private String control(String role, Comparison comparison) {
        String text = cells.text(role, comparison.control);
        boolean divided = sharedControl == RawParams.SharedControl.SPLIT
                && comparison.sharing > 1
                && List.of("events", "n", "time").contains(role);
        return divided
                ? NumberText.parse(text)
                        .map(value -> NumberText.print(value / comparison.sharing))
                        .orElse(text)
                : text;
    }
}
