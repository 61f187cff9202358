package org.lozenge.workbench.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks through a workbook before anything interprets it: how large it is once unpacked, whether it is what it claims,
 * and whether its XML declares a document type, through which XML can read other files or grow without bounds.
 */
final class WorkbookGuard {

    private static final int ENTRIES = 10_000;
    private static final int HEAD = 4096;

    private WorkbookGuard() {}

    static void check(String source, byte[] bytes) {
        if (Utf8.startsWith(bytes, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw new InputException(
                    "wrong-format",
                    source + ": an old Excel workbook (.xls) or one with a password. Save it as .xlsx without a"
                            + " password, or save the sheet as CSV UTF-8.");
        }
        if (!Utf8.startsWith(bytes, 'P', 'K')) {
            throw new InputException(
                    "wrong-format",
                    source + ": not an Excel workbook, whatever its name says. Name the file after what it holds:"
                            + " .csv, .tsv or .json.");
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            check(source, zip);
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException(
                    "malformed", source + ": the workbook is damaged (" + e.getMessage() + "). Save it again.");
        }
    }

    private static void check(String source, ZipInputStream zip) throws IOException {
        Set<String> names = new HashSet<>();
        long total = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!names.add(entry.getName()) || names.size() > ENTRIES) {
                throw new InputException(
                        "malformed", source + ": the workbook has repeated or too many parts. Save it again.");
            }
            total = read(source, zip, total);
        }
    }

    private static long read(String source, InputStream part, long before) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = before;
        String head = "";
        for (int n = part.read(buffer); n >= 0; n = part.read(buffer)) {
            total += n;
            if (head.length() < HEAD) {
                head += new String(buffer, 0, Math.min(n, HEAD), StandardCharsets.ISO_8859_1);
            }
            if (total > Limits.BYTES) {
                throw new InputException(
                        "too-large", source + ": the workbook holds more than 256 MB. Save the sheet as CSV UTF-8.");
            }
        }
        if (head.replace("\0", "").contains("<!DOCTYPE")) {
            throw new InputException(
                    "malformed",
                    source + ": the workbook declares a document type, which no spreadsheet program writes. It is not"
                            + " read, because such declarations can reach other files.");
        }
        return total;
    }
}
