package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lozenge.plugin.Tablesaw;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A table of texts that can be made poorer. Immutable.
 *
 * @param name what messages call it
 * @param columns names
 * @param rows cells by row
 */
record Grid(String name, List<String> columns, List<List<String>> rows) {

    Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    static Grid of(Dataset data) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < data.rows(); row++) {
            int r = row;
            rows.add(data.columns().stream().map(column -> data.text(column, r)).toList());
        }
        return new Grid(data.name(), data.columns(), rows);
    }

    Dataset data() {
        Tablesaw.load();
        Table table = Table.create(name);
        for (int column = 0; column < columns.size(); column++) {
            int c = column;
            table.addColumns(StringColumn.create(
                    columns.get(c), rows.stream().map(row -> row.get(c)).toList()));
        }
        return Dataset.of(table);
    }

    Grid first(int count) {
        return new Grid(name, columns, rows.subList(0, Math.min(count, rows.size())));
    }

    Grid with(int row, String column, String text) {
        List<List<String>> changed = new ArrayList<>(rows);
        List<String> cells = new ArrayList<>(rows.get(row));
        cells.set(columns.indexOf(column), text);
        changed.set(row, cells);
        return new Grid(name, columns, changed);
    }

    Grid filled(String column, String text) {
        Grid filled = this;
        for (int row = 0; row < rows.size(); row++) {
            filled = filled.with(row, column, text);
        }
        return filled;
    }

    Grid shuffled() {
        List<List<String>> order = new ArrayList<>(rows);
        Collections.shuffle(order, new Random(1));
        return new Grid(name, columns, order.equals(rows) ? reversed() : order);
    }

    private List<List<String>> reversed() {
        List<List<String>> order = new ArrayList<>(rows);
        Collections.reverse(order);
        return order;
    }

    Grid repeated(int times) {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.addAll(rows);
        }
        return new Grid(name, columns, all);
    }
}
