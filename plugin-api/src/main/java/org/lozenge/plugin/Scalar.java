package org.lozenge.plugin;

import java.util.Objects;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * One number.
 *
 * @param id unique within the result or section
 * @param title what the number is
 * @param value the number, unrounded; NaN when it does not exist
 * @param format how it reads best
 */
public record Scalar(String id, String title, double value, Format format) implements ResultItem {

    /** Checks the id. */
    public Scalar {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(format, "format");
    }

    /** Returns a number in the general format. */
    public static Scalar of(String id, String title, double value) {
        return new Scalar(id, title, value, Format.GENERAL);
    }

    @Override
    public Table toTable() {
        Tablesaw.load();
        return Table.create(id, DoubleColumn.create("value", value));
    }
}
