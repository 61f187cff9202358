package org.lozenge.workbench.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Gets the bytes of a file, or says why it cannot. */
final class SourceFile {

    private static final String KINDS = "Tables are read from .csv, .tsv, .json and .xlsx files.";

    private SourceFile() {}

    static Dataset read(Path file) {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        if (Files.isDirectory(file)) {
            throw new InputException("not-a-file", file + ": a folder, not a file. Name a file in it.");
        }
        if (!Files.exists(file)) {
            throw new InputException("no-such-file", file + ": there is no such file. Check the name and the folder.");
        }
        FileFormat format = FileFormat.ofName(name)
                .orElseThrow(() -> new InputException(
                        "wrong-format", file + ": the name does not say what kind of file it is. " + KINDS));
        try {
            checkSize(name, Files.size(file));
            try (InputStream stream = Files.newInputStream(file)) {
                return Dataset.read(name, stream, format);
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new InputException("unreadable", file + ": the file may not be read. Check its permissions.");
        } catch (IOException e) {
            throw new InputException("unreadable", file + ": the file cannot be read (" + e.getMessage() + ").");
        }
    }

    static void checkSize(String name, long bytes) {
        if (bytes > Limits.BYTES) {
            throw new InputException(
                    "too-large", name + ": more than 256 MB. Keep the rows and columns that the analysis needs.");
        }
    }

    /** Returns text in checked UTF-8, and refuses files whose name hides another format. */
    static byte[] text(String name, byte[] bytes) {
        if (Utf8.startsWith(bytes, 'P', 'K', 3, 4) || Utf8.startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new InputException(
                    "wrong-format",
                    name + ": an Excel workbook or another archive, whatever its name says. Name an Excel workbook"
                            + " .xlsx, or save the sheet as CSV UTF-8.");
        }
        return Utf8.checked(name, bytes);
    }
}
