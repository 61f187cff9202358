package org.lozenge.workbench.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Role;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/** Words for cells that do not fit their role. One message a column: the first bad cell in full, then the other rows. */
final class CellFaults {

    private static final int LISTED = 10;

    private final Dataset data;
    private final ColumnMapping mapping;

    CellFaults(Dataset data, ColumnMapping mapping) {
        this.data = data;
        this.mapping = mapping;
    }

    /** Returns an error for each column in which some of the rows are not of the role's kind. */
    List<Message> kinds(List<CheckedColumn> columns, int[] rows) {
        List<Message> errors = new ArrayList<>();
        for (CheckedColumn column : columns) {
            int[] bad = filter(rows, column::isBad);
            if (bad.length > 0) {
                boolean date = column.role().kind() == Role.Kind.DATE;
                String text = column.text(bad[0]);
                String fault = date
                        ? " is not a date. Write it as year-month-day, such as 2019-06-02."
                        : " is not a number. " + NumberRemedy.of(text);
                errors.add(error(date ? "not-a-date" : "not-numeric", column, bad, CellText.quoted(text) + fault));
            }
        }
        return errors;
    }

    /** Returns an error for each column in which some of the rows hold numbers that the role does not allow. */
    List<Message> ranges(List<CheckedColumn> columns, int[] rows) {
        List<Message> errors = new ArrayList<>();
        for (CheckedColumn column : columns) {
            int[] bad = filter(rows, column::isOutOfRange);
            if (bad.length > 0) {
                String fault = column.text(bad[0]) + " is not allowed: it must be "
                        + column.role().allowed() + ". Correct the cell, or leave it empty.";
                errors.add(error("out-of-range", column, bad, fault));
            }
        }
        return errors;
    }

    private Message error(String code, CheckedColumn column, int[] bad, String fault) {
        String text = data.place(bad[0]) + ", column " + CellText.quoted(column.name()) + " (role '"
                + column.role().name() + "'): " + fault + others(bad) + leaveOut(column.role());
        return Message.error(code, text).at(oneBased(bad));
    }

    private static String others(int[] bad) {
        return bad.length == 1 ? "" : " The same goes for " + rows(tail(bad)) + ".";
    }

    private static int[] tail(int[] rows) {
        return java.util.Arrays.copyOfRange(rows, 1, rows.length);
    }

    private String leaveOut(Role role) {
        boolean found = !mapping.explicit().contains(role) && !role.isRequired();
        return found ? " If the column is not meant, leave the role out with --map " + role.name() + "=." : "";
    }

    /** Returns for instance {@code rows 2, 5 and 9}, at most ten of them. */
    static String rows(int[] rows) {
        StringBuilder text = new StringBuilder(rows.length == 1 ? "row " : "rows ");
        int shown = Math.min(rows.length, LISTED);
        for (int i = 0; i < shown; i++) {
            boolean last = i == rows.length - 1;
            text.append(i == 0 ? "" : last ? " and " : ", ").append(rows[i] + 1);
        }
        return rows.length > shown ? text + " and " + (rows.length - shown) + " more" : text.toString();
    }

    static int[] filter(int[] rows, IntPredicate test) {
        return java.util.Arrays.stream(rows).filter(test).toArray();
    }

    static int[] oneBased(int[] rows) {
        return java.util.Arrays.stream(rows).map(row -> row + 1).toArray();
    }
}
