package org.lozenge.plugin;

import java.util.Objects;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A text file that goes with a result, such as a script that computes it again. A report in a folder writes it beside the
 * report; other reports say that there is one. Hosts never run it.
 *
 * @param id unique within the result or section; also the name of the file, without its ending
 * @param title heading
 * @param note one or two sentences on what it is and how to use it
 * @param extension ending of the file's name: one to eight letters and digits, such as {@code R}
 * @param body the text of the file
 */
public record Attachment(String id, String title, String note, String extension, String body) implements ResultItem {

    private static final int LONGEST_EXTENSION = 8;

    /** Checks the id and the extension. */
    public Attachment {
        Ids.check(id);
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(body, "body");
        boolean plain = extension.chars().allMatch(Attachment::isLetterOrDigit);
        if (extension.isEmpty() || extension.length() > LONGEST_EXTENSION || !plain) {
            throw new IllegalArgumentException(
                    "'" + extension + "' cannot be the ending of a file: use one to eight letters and digits");
        }
    }

    private static boolean isLetterOrDigit(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9');
    }

    /** Returns the name of the file, such as {@code analysis.R}. */
    public String fileName() {
        return id + "." + extension;
    }

    @Override
    public Table toTable() {
        Tablesaw.load();
        return Table.create(id, StringColumn.create("line", body.split("\n", -1)));
    }
}
