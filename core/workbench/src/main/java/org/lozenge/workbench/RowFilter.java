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
     * Returns the 0-based rows that fit all conditions, in ascending order.
     *
     * @throws AnalysisException with code {@code no-such-column}, or {@code no-rows} if none fits
     */
    static int[] rows(Dataset data, List<RunRequest.Condition> conditions) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (RunRequest.Condition condition : conditions) {
            String column = ColumnNames.find(data, condition.column(), "to choose rows by");
            values.computeIfAbsent(column, c -> new ArrayList<>()).add(CellText.strip(condition.value()));
        }
        IntPredicate fits = row -> true;
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            fits = fits.and(row -> holdsAny(CellText.strip(data.text(entry.getKey(), row)), entry.getValue()));
            checkOccurs(data, entry.getKey(), entry.getValue());
        }
        int[] rows = IntStream.range(0, data.rows()).filter(fits).toArray();
        if (rows.length == 0) {
            throw new AnalysisException(
                    "no-rows",
                    data.name() + ": no row fits all conditions (" + conditions.size() + "). Leave one out.");
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

    private static void checkOccurs(Dataset data, String column, List<String> wanted) {
        for (String value : wanted) {
            boolean occurs = IntStream.range(0, data.rows())
                    .anyMatch(row -> holds(CellText.strip(data.text(column, row)), value));
            if (!occurs) {
                Set<String> values = new LinkedHashSet<>();
                IntStream.range(0, data.rows()).forEach(row -> values.add(CellText.strip(data.text(column, row))));
                throw new AnalysisException(
                        "no-rows",
                        data.name() + ": no row has " + CellText.quoted(value) + " in column " + CellText.quoted(column)
                                + "." + Names.hint(value, values, "values"));
            }
        }
    }
}
