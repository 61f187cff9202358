package org.lozenge.workbench.table;

import java.util.List;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tablesaw;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

/**
 * A private copy of a Tablesaw table. Only columns that are numeric by their class count as numbers: Tablesaw's own
 * {@code numberColumn} also takes text columns and gives the numbers of their dictionary.
 */
final class TableSource {

    private final Table copy;

    TableSource(Table table) {
        Tablesaw.load();
        copy = table.copy();
    }

    String name() {
        return copy.name() == null || copy.name().isBlank() ? "table" : copy.name();
    }

    List<String> columns() {
        return copy.columnNames();
    }

    List<Cells> cells() {
        return copy.columns().stream().map(TableSource::cells).toList();
    }

    private static Cells cells(Column<?> column) {
        return column instanceof NumericColumn<?> numeric ? new NumberCells(numeric) : new TextCells(column);
    }

    /** Returns some rows as a table of its own. */
    Table select(int[] rows) {
        return rows.length == copy.rowCount() ? copy.copy() : copy.where(Selection.with(rows));
    }

    private record NumberCells(NumericColumn<?> column) implements Cells {

        @Override
        public int size() {
            return column.size();
        }

        @Override
        public boolean isNumeric() {
            return true;
        }

        @Override
        public double number(int row) {
            return column.isMissing(row) ? Double.NaN : column.getDouble(row);
        }

        @Override
        public String text(int row) {
            return NumberText.print(number(row));
        }
    }

    private record TextCells(Column<?> column) implements Cells {

        @Override
        public int size() {
            return column.size();
        }

        @Override
        public String text(int row) {
            return column.isMissing(row) ? "" : column.getUnformattedString(row);
        }
    }
}
