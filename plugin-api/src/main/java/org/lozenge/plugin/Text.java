package org.lozenge.plugin;

import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Plain paragraphs.
 *
 * @param id unique within the result or section
 * @param title heading; may be empty
 * @param body plain text, paragraphs separated by an empty line; never markup
 */
public record Text(String id, String title, String body) implements ResultItem {

    /** Checks the id. */
    public Text {
        Ids.check(id);
        java.util.Objects.requireNonNull(title, "title");
        java.util.Objects.requireNonNull(body, "body");
    }

    /** Returns a text with a heading. */
    public static Text of(String id, String title, String body) {
        return new Text(id, title, body);
    }

    @Override
    public Table toTable() {
        Tablesaw.load();
        return Table.create(id, StringColumn.create("text", body.split("\n\n", -1)));
    }
}
