package org.lozenge.analyses.reports;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something whose time is measured: progression-free survival, overall survival.
 *
 * @param label how a table names it, such as {@code PFS}
 * @param name how a sentence names it, such as {@code progression-free survival}
 * @param counts what counts as an event; empty where it is not known
 * @param spellings further ways to print it, in lower case, words parted by single spaces, without punctuation
 */
public record Endpoint(String label, String name, String counts, List<String> spellings) {

    private static final Pattern COMMA = Pattern.compile(",\\s*");

    /** Copies the list and checks that nothing is missing. */
    public Endpoint {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(counts, "counts");
        spellings = List.copyOf(spellings);
    }

    /** Returns an endpoint; the spellings are parted by commas. */
    public static Endpoint of(String label, String name, String counts, String spellings) {
        return new Endpoint(label, name, counts, List.of(COMMA.split(spellings.strip())));
    }

    /** Returns an endpoint that no family knows, named as printed. */
    public static Endpoint printed(String text) {
        return new Endpoint(text, text, "", List.of());
    }
}
