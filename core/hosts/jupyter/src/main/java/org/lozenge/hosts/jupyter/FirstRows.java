package org.lozenge.hosts.jupyter;

import java.util.List;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.table.Dataset;

/** The top of a data set, cells as printed. */
final class FirstRows {

    private static final int MOST = 10;

    private FirstRows() {}

    static Tabular of(Dataset data) {
        int rows = Math.min(MOST, data.rows());
        String shown = rows < data.rows() ? "first " + rows + " of " : "";
        Tabular table = Tabular.of("data", data.name() + ": " + shown + data.rows() + " rows");
        List<String> columns = data.columns();
        for (int i = 0; i < columns.size(); i++) {
            String[] cells = new String[rows];
            for (int row = 0; row < rows; row++) {
                cells[row] = data.text(columns.get(i), row);
            }
            String name = "column_" + (i + 1); // a name of the data may be anything, one of a table may not
            table = table.texts(name, cells).label(name, columns.get(i));
        }
        return table;
    }
}
