package org.lozenge.workbench.table;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.Tablesaw;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Makes a Tablesaw table of texts, with types of columns that follow from all cells, not from the first ones. */
final class TextTable {

    private TextTable() {}

    static Table of(Dataset data, int[] rows) {
        Tablesaw.load();
        Table table = Table.create(data.name());
        Set<String> taken = new HashSet<>();
        for (String column : data.columns()) {
            table.addColumns(column(data, column, rows).setName(unique(column, taken)));
        }
        return table;
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static Column<?> column(Dataset data, String name, int[] rows) {
        double[] numbers = new double[rows.length];
        boolean any = false;
        for (int i = 0; i < rows.length; i++) {
            String text = CellText.strip(data.text(name, rows[i]));
            Optional<Double> number = NumberText.parse(text);
            if (number.isEmpty() && !CellText.isMissing(text)) {
                return texts(data, name, rows);
            }
            any |= number.isPresent();
            numbers[i] = number.orElse(Double.NaN);
        }
        return any ? DoubleColumn.create(name, numbers) : texts(data, name, rows);
    }

    private static Column<?> texts(Dataset data, String name, int[] rows) {
        StringColumn column = StringColumn.create(name);
        for (int row : rows) {
            column.append(data.text(name, row));
        }
        return column;
    }
}
