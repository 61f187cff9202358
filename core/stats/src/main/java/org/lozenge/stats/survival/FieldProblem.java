package org.lozenge.stats.survival;

import java.util.Objects;

/**
 * A cell of a report that could not be used.
 *
 * @param field the field it stands in
 * @param text the text as printed
 * @param message a sentence that says what is wrong and what to write instead
 * @param severity how much of the row is affected
 */
public record FieldProblem(ReportField field, String text, String message, Severity severity) {

    /** How much of the row a problem affects. */
    public enum Severity {
        /** The row is not to be trusted until the cell is mended: unreadable text, a ratio that is not positive. */
        ERROR,
        /** The cell is left out and the rest of the row stands: P = 0, a percentage where a count belongs. */
        WARNING
    }

    /** Checks that nothing is missing. */
    public FieldProblem {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(severity, "severity");
    }
}
