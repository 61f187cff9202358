package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Objects;

/**
 * Something about the table that a reader should decide, such as whether two names mean one trial.
 *
 * @param code stable identifier, such as {@code same-registration}
 * @param text what was decided for the reader, without a full stop
 * @param rows rows concerned, in ascending order
 */
public record TableDoubt(String code, String text, List<Integer> rows) {

    /** Copies the list and checks that nothing is missing. */
    public TableDoubt {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
        rows = List.copyOf(rows);
    }
}
