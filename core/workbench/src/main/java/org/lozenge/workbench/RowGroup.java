package org.lozenge.workbench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/**
 * The rows that hold one value of a column. Grouping takes time linear in the rows, and any number of groups: Tablesaw's
 * own {@code splitOn} throws beyond about 70,000.
 */
final class RowGroup {

    private final String title;
    private final int[] rows;

    private RowGroup(String title, int size) {
        this.title = title;
        this.rows = new int[size];
    }

    /** Returns the value; {@code (missing)} for empty cells and NA. */
    String title() {
        return title;
    }

    /** Returns the 0-based rows in ascending order. */
    int[] rows() {
        return rows;
    }

    /** Splits rows, in order of first appearance. */
    static List<RowGroup> of(Dataset data, String column, int[] rows) {
        Map<String, Integer> ids = new HashMap<>();
        List<String> titles = new ArrayList<>();
        int[] group = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            String text = CellText.strip(data.text(column, rows[i]));
            String title = CellText.isMissing(text) ? "(missing)" : text;
            Integer known = ids.putIfAbsent(title, titles.size());
            if (known == null) {
                titles.add(title);
            }
            group[i] = known == null ? titles.size() - 1 : known;
        }
        return split(titles, rows, group);
    }

    private static List<RowGroup> split(List<String> titles, int[] rows, int[] group) {
        int[] sizes = new int[titles.size()];
        Arrays.stream(group).forEach(g -> sizes[g]++);
        List<RowGroup> groups = new ArrayList<>();
        for (int g = 0; g < sizes.length; g++) {
            groups.add(new RowGroup(titles.get(g), sizes[g]));
        }
        int[] next = new int[sizes.length];
        for (int i = 0; i < rows.length; i++) {
            groups.get(group[i]).rows[next[group[i]]++] = rows[i];
        }
        return groups;
    }
}
