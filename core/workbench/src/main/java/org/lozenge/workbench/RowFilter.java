package org.lozenge.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.NumberText;
import org.lozenge.workbench.mapping.ColumnNames;
import org.lozenge.workbench.mapping.Names;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/** Finds the rows that a run shall use. */
final class RowFilter {

    private RowFilter() {}

    /**
     * Returns the values that are asked for, by column.
     *
     * @throws AnalysisException with code {@code no-such-column}, or {@code no-rows} if a value does not occur
     */
    static Map<String, List<String>> values(Dataset data, List<RunSettings.Condition> conditions) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (RunSettings.Condition condition : conditions) {
            String column = ColumnNames.find(data, condition.column(), "to choose rows by");
            String value = CellText.strip(condition.value());
            checkOccurs(data, column, value);
            values.computeIfAbsent(column, c -> new ArrayList<>()).add(value);
        }
        return values;
    }

    /**
     * Returns the 0-based rows that hold, in every one of the columns, any of its values, in ascending order.
     *
     * @throws AnalysisException with code {@code no-rows} if none does
     */
    static int[] rows(Dataset data, Map<String, List<String>> values) {
        IntPredicate fits = row -> true;
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            fits = fits.and(row -> holdsAny(CellText.strip(data.text(entry.getKey(), row)), entry.getValue()));
        }
        int[] rows = IntStream.range(0, data.rows()).filter(fits).toArray();
        if (rows.length == 0 && !values.isEmpty()) {
            throw new AnalysisException(
                    "no-rows", data.name() + ": no row fits all conditions (" + values.size() + "). Leave one out.");
        }
        return rows;
    }

    private static boolean holdsAny(String cell, List<String> wanted) {
        return wanted.stream().anyMatch(value -> holds(cell, value));
    }

    private static boolean holds(String cell, String wanted) {
        if (cell.equals(wanted)) {
            return true;
        }
        Optional<Double> number = NumberText.parse(wanted);
        return number.isPresent() && number.equals(NumberText.parse(cell));
    }

    private static void checkOccurs(Dataset data, String column, String wanted) {
        Set<String> values = new LinkedHashSet<>();
        for (int row = 0; row < data.rows(); row++) {
            String cell = CellText.strip(data.text(column, row));
            if (holds(cell, wanted)) {
                return;
            }
            values.add(cell);
        }
        throw new AnalysisException(
                "no-rows",
                data.name() + ": no row has " + CellText.quoted(wanted) + " in column " + CellText.quoted(column) + "."
                        + Names.hint(wanted, values, "values"));
    }
}
