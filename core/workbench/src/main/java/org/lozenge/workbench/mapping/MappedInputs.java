package org.lozenge.workbench.mapping;

import java.util.List;
import java.util.Map;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.Table;

/** The rows and options of one run. Immutable. */
final class MappedInputs implements Inputs {

    private final Dataset data;
    private final Map<Role, List<CheckedColumn>> columns;
    private final OptionValues options;
    private final int[] rows;
    private final ReadLog reads;

    MappedInputs(
            Dataset data, Map<Role, List<CheckedColumn>> columns, OptionValues options, int[] rows, ReadLog reads) {
        this.data = data;
        this.columns = columns;
        this.options = options;
        this.rows = rows;
        this.reads = reads;
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public boolean has(Role role) {
        return columns.containsKey(role);
    }

    @Override
    public <T> T get(Param<T> param) {
        reads.option(param.name());
        return options.get(param);
    }

    @Override
    public boolean isSet(Param<?> param) {
        return options.isSet(param);
    }

    @Override
    public double[] numbers(Role role) {
        return numbers(first(role));
    }

    @Override
    public double[] numbers(Role role, String column) {
        return numbers(named(role, column));
    }

    private double[] numbers(CheckedColumn column) {
        if (column.role().kind() != Role.Kind.NUMBER) {
            throw new IllegalStateException("Role '" + column.role().name() + "' is of kind "
                    + column.role().kind() + ": ask for its strings, not its numbers");
        }
        double[] numbers = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = column.number(rows[i]);
        }
        return numbers;
    }

    @Override
    public String[] strings(Role role) {
        if (role.equals(Roles.STUDY) && !has(role)) {
            reads.role(role.name());
            return rowNames();
        }
        return strings(first(role));
    }

    @Override
    public String[] strings(Role role, String column) {
        return strings(named(role, column));
    }

    private String[] strings(CheckedColumn column) {
        boolean study = column.role().equals(Roles.STUDY);
        String[] strings = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            strings[i] = study && column.isMissing(rows[i]) ? rowName(rows[i]) : column.text(rows[i]);
        }
        return strings;
    }

    private String[] rowNames() {
        String[] names = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            names[i] = rowName(rows[i]);
        }
        return names;
    }

    private static String rowName(int row) {
        return "row " + (row + 1);
    }

    private CheckedColumn first(Role role) {
        return mapped(role).get(0);
    }

    private CheckedColumn named(Role role, String column) {
        return mapped(role).stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Column '" + column + "' is not mapped to role '"
                        + role.name() + "'; columns: " + columns(role)));
    }

    private List<CheckedColumn> mapped(Role role) {
        reads.role(role.name());
        List<CheckedColumn> mapped = columns.get(role);
        if (mapped == null) {
            throw new IllegalStateException("Nothing is mapped to role '" + role.name()
                    + "': ask has() first, or declare the role as required");
        }
        return mapped;
    }

    @Override
    public boolean isPrinted(Role role) {
        return columns.getOrDefault(role, List.of()).stream().allMatch(column -> data.isPrinted(column.name()));
    }

    @Override
    public List<String> columns(Role role) {
        return columns.getOrDefault(role, List.of()).stream()
                .map(CheckedColumn::name)
                .toList();
    }

    @Override
    public int[] sourceRows() {
        return CellFaults.oneBased(rows);
    }

    @Override
    public String source() {
        return data.name();
    }

    @Override
    public Table table() {
        reads.everyRole();
        return data.toTable(rows);
    }
}
