package org.lozenge.workbench.json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables as comma-separated values, every cell in quotes. */
final class Csv {

    private Csv() {}

    /** Columns in the order in which the rows first name them; a cell that a row lacks is empty. */
    static String ofRows(List<Map<String, String>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        List<List<String>> lines = new ArrayList<>(List.of(List.copyOf(columns)));
        for (Map<String, String> row : rows) {
            lines.add(
                    columns.stream().map(column -> row.getOrDefault(column, "")).toList());
        }
        return text(lines);
    }

    /** All columns are of one length. */
    static String ofColumns(Map<String, List<String>> columns) {
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> lines = new ArrayList<>(List.of(List.copyOf(columns.keySet())));
        for (int row = 0; row < rows; row++) {
            int r = row;
            lines.add(columns.values().stream().map(cells -> cells.get(r)).toList());
        }
        return text(lines);
    }

    private static String text(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
