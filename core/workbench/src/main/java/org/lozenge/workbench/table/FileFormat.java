package org.lozenge.workbench.table;

import java.util.Locale;
import java.util.Optional;

/** The kinds of files that hold tables. */
public enum FileFormat {
    /** Comma-separated values as in RFC 4180, in UTF-8. */
    CSV(".csv"),
    /** Tab-separated values, quoted as in RFC 4180, in UTF-8. */
    TSV(".tsv"),
    /** An array of objects with one value per column. */
    JSON(".json"),
    /** The first sheet of an Excel workbook (Office Open XML). */
    XLSX(".xlsx");

    private final String suffix;

    FileFormat(String suffix) {
        this.suffix = suffix;
    }

    /** Returns the format that a file name ends in; empty if it ends in none of them. Case does not matter. */
    public static Optional<FileFormat> ofName(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        for (FileFormat format : values()) {
            if (lower.endsWith(format.suffix)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
