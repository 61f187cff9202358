package org.lozenge.plugin;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Something the user should know about a run.
 *
 * @param severity how bad it is
 * @param code a stable identifier in kebab case, such as {@code rows-dropped}; part of the public contract
 * @param text what is wrong, where, the offending value and what to do; one or two plain sentences
 * @param rows the data rows concerned, 1-based (the row below the header is row 1), in ascending order; may be empty
 * @param data further facts by name, for hosts that want more than the text, in alphabetical order; may be
 *     empty
 */
public record Message(Severity severity, String code, String text, List<Integer> rows, Map<String, String> data) {

    /** How bad a message is. */
    public enum Severity {
        /** Worth knowing; nothing to do. */
        INFO,
        /** The result stands, but the reader should judge it in this light. */
        WARNING,
        /** There is no result until this is mended. */
        ERROR
    }

    /** Copies the collections and checks that nothing is null and no row is below 1. */
    public Message {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
        rows = List.copyOf(rows);
        data = Collections.unmodifiableMap(new TreeMap<>(data));
        if (rows.stream().anyMatch(row -> row < 1)) {
            throw new IllegalArgumentException("Rows of a message count from 1, but are " + rows);
        }
    }

    /** Returns an error without rows. */
    public static Message error(String code, String text) {
        return new Message(Severity.ERROR, code, text, List.of(), Map.of());
    }

    /** Returns a warning without rows. */
    public static Message warning(String code, String text) {
        return new Message(Severity.WARNING, code, text, List.of(), Map.of());
    }

    /** Returns a note without rows. */
    public static Message info(String code, String text) {
        return new Message(Severity.INFO, code, text, List.of(), Map.of());
    }

    /**
     * Returns this message for the given rows.
     *
     * @param newRows 1-based data rows, in any order; repetitions are dropped
     */
    public Message at(int... newRows) {
        List<Integer> sorted =
                Arrays.stream(newRows).sorted().distinct().boxed().toList();
        return new Message(severity, code, text, sorted, data);
    }

    /** Returns this message with one more fact. */
    public Message with(String name, String value) {
        Map<String, String> more = new TreeMap<>(data);
        more.put(name, value);
        return new Message(severity, code, text, rows, more);
    }
}
