package org.lozenge.workbench.table;

import java.util.Arrays;
import java.util.List;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tablesaw;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

/**
 * A private copy of a Tablesaw table. Only columns that are numeric by their class count as numbers: Tablesaw's own
 * {@code numberColumn} also takes text columns and gives the numbers of their dictionary.
 */
final class TableSource {

    private final String name;
    private final List<String> columns;
    private final List<ColumnCells> cells;

    TableSource(Table table) {
        Tablesaw.load();
        name = table.name() == null || table.name().isBlank() ? "table" : table.name();
        columns = List.copyOf(table.columnNames());
        cells = table.columns().stream().map(TableSource::copy).toList();
    }

    private static ColumnCells copy(Column<?> column) {
        if (column instanceof NumericColumn<?> numeric) {
            return new NumberCells((NumericColumn<?>) numeric.copy());
        }
        if (column instanceof StringColumn strings) { // copying its dictionary takes half a second a million rows
            return new StringCells(strings.name(), strings.asObjectArray());
        }
        return new OtherCells(column.copy());
    }

    String name() {
        return name;
    }

    List<String> columns() {
        return columns;
    }

    List<Cells> cells() {
        return List.copyOf(cells);
    }

    /** Returns some rows as a table of its own. */
    Table select(int[] rows) {
        Table table = Table.create(name);
        for (ColumnCells column : cells) {
            table.addColumns(column.select(rows));
        }
        return table;
    }

    private interface ColumnCells extends Cells {

        Column<?> select(int[] rows);
    }

    private static final class NumberCells implements ColumnCells {
        private final NumericColumn<?> column;

        NumberCells(NumericColumn<?> column) {
            this.column = column;
        }

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

        @Override
        public Column<?> select(int[] rows) {
            return column.where(Selection.with(rows));
        }
    }

    private static final class StringCells implements ColumnCells {
        private final String name;
        private final String[] texts;

        StringCells(String name, String[] texts) {
            this.name = name;
            this.texts = texts;
        }

        @Override
        public int size() {
            return texts.length;
        }

        @Override
        public String text(int row) {
            return texts[row];
        }

        @Override
        public Column<?> select(int[] rows) {
            return StringColumn.create(name, Arrays.stream(rows).mapToObj(row -> texts[row]));
        }
    }

    /** Dates, times and truth values: as Tablesaw prints them. */
    private static final class OtherCells implements ColumnCells {
        private final Column<?> column;

        OtherCells(Column<?> column) {
            this.column = column;
        }

        @Override
        public int size() {
            return column.size();
        }

        @Override
        public String text(int row) {
            return column.isMissing(row) ? "" : column.getUnformattedString(row);
        }

        @Override
        public Column<?> select(int[] rows) {
            return column.where(Selection.with(rows));
        }
    }
}
