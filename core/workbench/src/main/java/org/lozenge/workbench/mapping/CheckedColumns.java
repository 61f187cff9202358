package org.lozenge.workbench.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/**
 * The mapped columns of a data set, read once as the kinds that their roles ask for. From it come the inputs of a run, or
 * of one run for each group of rows: cells are parsed once however many groups there are. Immutable.
 */
public final class CheckedColumns {

    private final AnalysisSpec spec;
    private final Dataset data;
    private final ColumnMapping mapping;
    private final Map<Role, List<CheckedColumn>> columns = new LinkedHashMap<>();
    private final List<CheckedColumn> strict = new ArrayList<>();
    private final List<CheckedColumn> costly = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final CellFaults faults;

    private CheckedColumns(AnalysisSpec spec, Dataset data, ColumnMapping mapping) {
        this.spec = spec;
        this.data = data;
        this.mapping = mapping;
        this.faults = new CellFaults(data, mapping);
    }

    /**
     * Reads the mapped columns. Faults in cells are not reported here but to the runs whose rows they are in. A column
     * that was found for an alternative which was not taken, and that holds faults, is left out with a warning.
     *
     * @param rows the 0-based rows that any run will ask for
     */
    public static CheckedColumns of(AnalysisSpec spec, Dataset data, ColumnMapping mapping, int[] rows) {
        CheckedColumns checked = new CheckedColumns(spec, data, mapping);
        mapping.columns().forEach((role, names) -> checked.add(role, names, rows));
        return checked;
    }

    private void add(Role role, List<String> names, int[] rows) {
        List<CheckedColumn> read = names.stream()
                .map(name -> new CheckedColumn(data, role, name, rows))
                .toList();
        boolean used = mapping.used().contains(role);
        if (!used && !mapping.explicit().contains(role)) {
            Optional<CheckedColumn> faulty = read.stream()
                    .filter(column ->
                            Arrays.stream(rows).anyMatch(row -> column.isBad(row) || column.isOutOfRange(row)))
                    .findFirst();
            if (faulty.isPresent()) {
                messages.add(Message.warning(
                        "not-used",
                        data.name() + ": column " + CellText.quoted(faulty.get().name()) + " was not used for role '"
                                + role.name() + "', because it holds cells that the role does not take. The analysis"
                                + " can do without it; map it to hear which cells."));
                return;
            }
        }
        columns.put(role, read);
        strict.addAll(read);
        if (used && !role.isSparse() && !role.equals(Roles.STUDY)) {
            costly.addAll(read);
        }
    }

    /** Returns warnings about columns as a whole. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Returns the columns by name of the role, in the order of the specification. */
    public Map<String, List<String>> byName() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        columns.forEach((role, list) ->
                byName.put(role.name(), list.stream().map(CheckedColumn::name).toList()));
        return byName;
    }

    /**
     * The inputs of one run.
     *
     * @param inputs what the analysis receives
     * @param messages which rows were dropped
     */
    public record Prepared(Inputs inputs, List<Message> messages) {
        /** Copies the messages. */
        public Prepared {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Checks some rows, drops the incomplete ones and returns what remains.
     *
     * @param rows 0-based, in ascending order
     * @param reads notes what the analysis asks for
     * @throws AnalysisException with codes {@code not-numeric}, {@code not-a-date}, {@code out-of-range} or
     *     {@code too-few-rows}
     */
    public Prepared prepare(int[] rows, OptionValues options, ReadLog reads) {
        throwIfAny(faults.kinds(strict, rows));
        int[] complete = CellFaults.filter(rows, this::isComplete);
        throwIfAny(faults.ranges(strict, complete));
        List<Message> notes = new ArrayList<>();
        if (complete.length < rows.length) {
            notes.add(dropped(rows));
        }
        if (complete.length < spec.minRows()) {
            throw new AnalysisException(tooFew(complete.length, notes));
        }
        noteUnnamedStudies(complete, notes);
        return new Prepared(new MappedInputs(data, columns, options, complete, reads), notes);
    }

    private static void throwIfAny(List<Message> errors) {
        if (!errors.isEmpty()) {
            throw new AnalysisException(errors);
        }
    }

    private boolean isComplete(int row) {
        for (CheckedColumn column : costly) {
            if (column.isMissing(row)) {
                return false;
            }
        }
        return true;
    }

    private Message dropped(int[] rows) {
        int[] incomplete = CellFaults.filter(rows, row -> !isComplete(row));
        Set<String> lacking = new LinkedHashSet<>();
        for (CheckedColumn column : costly) {
            if (Arrays.stream(incomplete).anyMatch(column::isMissing)) {
                lacking.add(column.name());
            }
        }
        String text = data.name() + ": " + incomplete.length + " of " + rows.length
                + (rows.length == 1 ? " row " : " rows ") + (incomplete.length == 1 ? "was" : "were")
                + " left out because a cell is empty or NA in " + (lacking.size() == 1 ? "column " : "columns ")
                + Names.list(lacking) + ": " + CellFaults.rows(incomplete) + ".";
        return Message.warning("rows-dropped", text).at(CellFaults.oneBased(incomplete));
    }

    private List<Message> tooFew(int usable, List<Message> notes) {
        List<Message> all = new ArrayList<>(notes);
        all.add(Message.error(
                "too-few-rows",
                data.name() + ": " + usable + (usable == 1 ? " usable row" : " usable rows") + ", but '" + spec.id()
                        + "' needs at least " + spec.minRows() + ". Add rows, or fill the empty cells."));
        return all;
    }

    private void noteUnnamedStudies(int[] rows, List<Message> notes) {
        for (CheckedColumn column : columns.getOrDefault(Roles.STUDY, List.of())) {
            int[] unnamed = CellFaults.filter(rows, column::isMissing);
            if (unnamed.length > 0) {
                notes.add(Message.info(
                                "study-unnamed",
                                data.name() + ": no name in column " + CellText.quoted(column.name()) + " in "
                                        + CellFaults.rows(unnamed) + "; the row number is shown instead.")
                        .at(CellFaults.oneBased(unnamed)));
            }
        }
    }

    /** Returns a note for each role that the user mapped and each option that the user set, and that no run asked for. */
    public List<Message> unread(OptionValues options, ReadLog reads) {
        List<Message> notes = new ArrayList<>();
        for (Role role : mapping.columns().keySet()) {
            if (mapping.explicit().contains(role) && !reads.hasRole(role.name())) {
                notes.add(Message.info(
                                "unread",
                                "Role '" + role.name() + "' was mapped, but the analysis did not use it this time.")
                        .with("role", role.name()));
            }
        }
        for (String option : options.effective()) {
            if (!reads.hasOption(option)) {
                notes.add(Message.info(
                                "unread", "Option '" + option + "' was set, but the analysis did not use it this time.")
                        .with("option", option));
            }
        }
        return notes;
    }
}
