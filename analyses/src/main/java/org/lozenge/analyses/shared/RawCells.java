package org.lozenge.analyses.shared;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;

/**
 * The cells of the mapped columns by role, read from the user's table or reshaped from a row per arm. Missing cells are empty
 * texts. Immutable.
 */
final class RawCells {

    /** A cell does not hold a number. */
    static final class CellException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String role;

        CellException(String role, String message) {
            super(message);
            this.role = role;
        }

        String role() {
            return role;
        }
    }

    private final String source;
    private final String[] studies;
    private final int[] indices;
    private final int[] sourceRows;
    private final Map<String, String[]> texts;
    private final Map<String, String> columns;

    RawCells(
            String source,
            String[] studies,
            int[] indices,
            int[] sourceRows,
            Map<String, String[]> texts,
            Map<String, String> columns) {
        this.source = source;
        this.studies = studies;
        this.indices = indices;
        this.sourceRows = sourceRows;
        this.texts = texts;
        this.columns = columns;
    }

    /** Reads the columns of all roles that hold raw numbers. */
    static RawCells read(Inputs in) {
        return read(in, List.copyOf(RawRoles.byName().values()));
    }

    static RawCells read(Inputs in, List<Role> roles) {
        Map<String, String[]> texts = new LinkedHashMap<>();
        Map<String, String> columns = new LinkedHashMap<>();
        for (Role role : roles) {
            if (in.has(role) && RawRoles.byName().containsKey(role.name())) {
                texts.put(role.name(), in.strings(role));
                columns.put(role.name(), in.columns(role).get(0));
            }
        }
        int[] indices = IntStream.range(0, in.rows()).toArray();
        return new RawCells(in.source(), in.strings(RawRoles.STUDY), indices, in.sourceRows(), texts, columns);
    }

    /** For each row that the host passed on, its place among these; the first of several, -1 for none. */
    int[] positions() {
        int[] at = new int[IntStream.of(indices).max().orElse(-1) + 1];
        Arrays.fill(at, -1);
        for (int i = indices.length - 1; i >= 0; i--) {
            at[indices[i]] = i;
        }
        return at;
    }

    int rows() {
        return sourceRows.length;
    }

    String source() {
        return source;
    }

    String study(int i) {
        return studies[i];
    }

    /** The row among those the host passed on. */
    int index(int i) {
        return indices[i];
    }

    int sourceRow(int i) {
        return sourceRows[i];
    }

    /** For instance {@code trials.csv, row 3 (QuiRedex)}. */
    String place(int i) {
        String name = studies[i].equals("row " + sourceRows[i]) ? "" : " (" + studies[i] + ")";
        return source + ", row " + sourceRows[i] + name;
    }

    boolean has(String role) {
        return texts.containsKey(role);
    }

    boolean hasAll(List<String> roles) {
        return texts.keySet().containsAll(roles);
    }

    /** The column of a role; the role itself where none is mapped. */
    String column(String role) {
        return Optional.ofNullable(columns.get(role)).orElse(role);
    }

    /** The columns that are mapped. */
    String mapped() {
        return columns.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
    }

    String text(String role, int i) {
        String[] column = texts.get(role);
        return column == null ? "" : column[i].strip();
    }

    /** What tells the control arm of a row from those of others; empty if it cannot be the control of another row. */
    Optional<String> control(int i) {
        if (has(ArmTable.CONTROL)) {
            return Optional.of(text(ArmTable.CONTROL, i));
        }
        String control = Stream.of("events_c", "c", "d", "n_c", "time_c", "mean_c", "sd_c", "se_c")
                .map(role -> text(role, i))
                .collect(Collectors.joining(" "))
                .strip();
        boolean named = !studies[i].equals("row " + sourceRows[i]);
        return control.isEmpty() || !named ? Optional.empty() : Optional.of(studies[i] + " " + control);
    }

    boolean isMissing(String role, int i) {
        return text(role, i).isEmpty();
    }

    /**
     * The number of the first of these roles whose cell is filled; NaN if none is.
     *
     * @throws CellException if the cell holds no number
     */
    double number(int i, String... roles) {
        for (String role : roles) {
            if (!isMissing(role, i)) {
                String text = text(role, i);
                return NumberText.parse(text)
                        .orElseThrow(() -> new CellException(
                                role,
                                "'" + text + "' is not a number. " + howToWrite(text) + ", or leave the cell empty"));
            }
        }
        return Double.NaN;
    }

    private static String howToWrite(String text) {
        if (text.matches("[-+]?[0-9.]+ *%")) {
            return "Write a fraction such as 0.3, or a count, without the percent sign";
        } else if (text.matches("[-+]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?")) {
            return "Write " + text.replace(",", "") + " if the comma separates thousands";
        }
        boolean decimalComma = text.matches("[-+]?[0-9]*,[0-9]+");
        return decimalComma
                ? "Write " + text.replace(',', '.') + " with a decimal point"
                : "Write digits with a decimal point";
    }

    /** These cells for some of the rows. */
    RawCells rows(int[] chosen, String[] names, Map<String, String[]> newTexts, Map<String, String> newColumns) {
        int[] rows = IntStream.of(chosen).map(i -> sourceRows[i]).toArray();
        return new RawCells(source, names, chosen, rows, newTexts, newColumns);
    }

    Map<String, String> columns() {
        return columns;
    }

    @Override
    public String toString() {
        return source + Arrays.toString(sourceRows) + columns;
    }
}
