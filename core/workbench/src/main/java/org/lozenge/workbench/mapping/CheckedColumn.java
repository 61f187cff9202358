package org.lozenge.workbench.mapping;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.BitSet;
import java.util.Optional;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/** One column read as the kind that its role asks for: numbers, and which cells are missing or bad. Immutable. */
final class CheckedColumn {

    private final Dataset data;
    private final Role role;
    private final String name;
    private final double[] numbers;
    private final BitSet missing = new BitSet();
    private final BitSet bad = new BitSet();

    /** Reads the given rows; others are not looked at. */
    CheckedColumn(Dataset data, Role role, String name, int[] rows) {
        this.data = data;
        this.role = role;
        this.name = name;
        this.numbers = role.kind() == Role.Kind.NUMBER ? new double[data.rows()] : new double[0];
        if (numbers.length > 0 && data.isNumeric(name)) {
            copyNumbers(rows);
        } else {
            for (int row : rows) {
                read(row);
            }
        }
    }

    private void copyNumbers(int[] rows) {
        double[] source = data.numbers(name);
        for (int row : rows) {
            numbers[row] = source[row];
            if (Double.isNaN(source[row])) {
                missing.set(row);
            }
        }
    }

    private void read(int row) {
        String text = CellText.strip(data.text(name, row));
        if (CellText.isMissing(text)) {
            missing.set(row);
            if (numbers.length > 0) {
                numbers[row] = Double.NaN;
            }
        } else if (numbers.length > 0) {
            Optional<Double> number = NumberText.parse(text);
            numbers[row] = number.orElse(Double.NaN);
            bad.set(row, number.isEmpty());
        } else if (role.kind() == Role.Kind.DATE) {
            bad.set(row, !isDate(text));
        }
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    double number(int row) {
        return numbers[row];
    }

    boolean isMissing(int row) {
        return missing.get(row);
    }

    /** Returns whether a cell holds something that is not of the role's kind. */
    boolean isBad(int row) {
        return bad.get(row);
    }

    /** Returns whether a number stands in a cell that the role does not allow. */
    boolean isOutOfRange(int row) {
        return numbers.length > 0 && !missing.get(row) && !bad.get(row) && !role.allows(numbers[row]);
    }

    /** Returns the text without surrounding white space; empty where it is missing. */
    String text(int row) {
        return missing.get(row) ? "" : CellText.strip(data.text(name, row));
    }
}
