package org.lozenge.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One bundled data set: what it is, where its numbers come from, and its table as CSV text.
 *
 * <p>Instances come from {@link Samples}. The table is read only when asked for.
 *
 * @param name what follows {@code sample:} on the command line; lower case, words joined by hyphens
 * @param title one line
 * @param description a paragraph: what a row is, and what is special about the data
 * @param rows data rows of the table, the header not counted
 * @param columns the data dictionary, in the order of the table's columns
 * @param sources citations with DOI or place, at least one
 * @param licence under which terms the table may be used
 * @param roles suggested mapping: role name to the columns that fill it, in the order of reading
 * @param command a command line that analyses the set in a sensible way
 */
public record Sample(
        String name,
        String title,
        String description,
        int rows,
        List<Column> columns,
        List<String> sources,
        String licence,
        Map<String, List<String>> roles,
        String command) {

    /**
     * One entry of the data dictionary.
     *
     * @param name the column's header in the table
     * @param meaning what a cell says, and what an empty cell means where that is not obvious
     * @param unit unit of measurement or admissible values; empty for plain text and counts
     */
    public record Column(String name, String meaning, String unit) {
        /** Refuses null. */
        public Column {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(meaning, "meaning");
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** Copies the collections; the roles keep their order. */
    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(licence, "licence");
        Objects.requireNonNull(command, "command");
        columns = List.copyOf(columns);
        sources = List.copyOf(sources);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> role : roles.entrySet()) {
            copy.put(role.getKey(), List.copyOf(role.getValue()));
        }
        roles = Collections.unmodifiableMap(copy);
    }

    /**
     * Opens the table for reading. The caller closes the stream.
     *
     * @return the bytes of the CSV file: UTF-8 without byte order mark, lines end in LF, first line the header
     * @throws IllegalStateException if the jar holds no table of this name
     */
    public InputStream open() {
        return Resources.open(name + ".csv");
    }

    /**
     * Returns the whole table as text. Encoded as UTF-8 it is byte for byte what {@link #open()} reads.
     *
     * @return CSV text with its header line
     * @throws IllegalStateException if the jar holds no table of this name
     */
    public String csv() {
        try (InputStream in = open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read sample data set '" + name + "'", e);
        }
    }
}
