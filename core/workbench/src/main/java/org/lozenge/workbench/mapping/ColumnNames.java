package org.lozenge.workbench.mapping;

import java.util.List;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.workbench.table.CellText;
import org.lozenge.workbench.table.Dataset;

/** Finds a column by the name that a user wrote. */
public final class ColumnNames {

    private ColumnNames() {}

    /**
     * Returns the column of exactly this name or, failing that, the only one that differs in case and punctuation alone.
     *
     * @param purpose what the column is for, such as {@code for role 'se'}
     * @throws AnalysisException with code {@code no-such-column}, or {@code ambiguous-column} if several differ in case
     *     and punctuation alone
     */
    public static String find(Dataset data, String name, String purpose) {
        if (data.hasColumn(name)) {
            return name;
        }
        String key = Names.key(name);
        List<String> alike = data.columns().stream()
                .filter(column -> !key.isEmpty() && Names.key(column).equals(key))
                .toList();
        if (alike.isEmpty()) {
            throw new AnalysisException(
                    "no-such-column",
                    data.name() + " has no column " + CellText.quoted(name) + " (" + purpose + ")."
                            + Names.hint(name, data.columns(), "columns"));
        }
        if (alike.size() > 1) {
            throw new AnalysisException(
                    "ambiguous-column",
                    data.name() + ": " + CellText.quoted(name) + " (" + purpose + ") could be any of the columns "
                            + Names.list(alike) + ". Name one exactly.");
        }
        return alike.get(0);
    }
}
