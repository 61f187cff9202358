package org.lozenge.analyses.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The pages of the analyses, whose numbers tests compare with results. */
public final class Pages {

    private Pages() {}

    /** The page of an analysis. */
    public static String page(String id) {
        try {
            return Files.readString(Path.of("docs", id + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a table; numbers with as many decimals as their neighbour says. */
    public static String row(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }
}
