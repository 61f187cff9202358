package org.lozenge.workbench.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.plugin.Message;

/**
 * Reads CSV and TSV as RFC 4180 has it, and refuses what it forbids: rows of other widths, quotes inside unquoted cells,
 * a quote that is never closed. Empty lines are skipped. Where the comma is the decimal sign, spreadsheets separate the
 * cells of CSV by semicolons: the header tells.
 */
final class DelimitedReader {

    /**
     * Stands behind the end of the source, where no NUL can be. Where it comes out as a row of its own, all quotes were
     * closed.
     */
    private static final String END = "\n\0";

    /** What may separate cells, from the likeliest. */
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    private final String source;
    private final byte[] text;
    private final char expected;
    private final char separator;

    DelimitedReader(String source, byte[] text, FileFormat format) {
        this.source = source;
        this.text = text;
        this.expected = format == FileFormat.TSV ? '\t' : ',';
        this.separator = separator();
    }

    /** What stands most often in the header, outside quotes; what the format says unless another one stands more often. */
    private char separator() {
        int[] counts = new int[128];
        boolean quoted = false;
        boolean begun = false;
        for (byte b : text) {
            if (begun && !quoted && (b == '\n' || b == '\r')) {
                break;
            }
            begun |= !Character.isWhitespace(b) || b == '\t';
            quoted ^= b == '"';
            if (b >= 0 && !quoted) {
                counts[b]++;
            }
        }
        char most = expected;
        for (char c : SEPARATORS) {
            most = counts[c] > counts[most] ? c : most;
        }
        return most;
    }

    private TableBuilder begin(List<String> header) {
        TableBuilder table = new TableBuilder(source, header);
        if (separator != expected) {
            table.tell(Message.info(
                    "other-separator",
                    source + ": " + name(separator) + " separate the cells, not " + name(expected)
                            + " as the format has it; they were read so."));
        }
        if (separator != ',') {
            table.commasAreNoSeparators();
        }
        return table;
    }

    private static String name(char separator) {
        return switch (separator) {
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            case ',' -> "commas";
            default -> "vertical bars";
        };
    }

    TableBuilder read() {
        Rows rows = new Rows();
        InputStream bytes = new SequenceInputStream(
                new ByteArrayInputStream(text), new ByteArrayInputStream(END.getBytes(StandardCharsets.UTF_8)));
        try (CsvReader<Boolean> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(4 * Limits.CELL)
                .build(rows, new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            reader.forEach(row -> {});
        } catch (CsvParseException e) {
            throw rows.malformed(e);
        } catch (IOException e) {
            throw new InputException("unreadable", source + ": " + e.getMessage());
        }
        return rows.table()
                .orElseThrow(() -> new InputException(
                        "empty-file", source + ": the file is empty. It needs a line with the names of the columns."));
    }

    private final class Rows extends AbstractBaseCsvCallbackHandler<Boolean> {

        private Optional<TableBuilder> table = Optional.empty();
        private List<String> header = new ArrayList<>();
        private boolean ended;
        private boolean blank;

        Optional<TableBuilder> table() {
            return table;
        }

        @Override
        protected void handleBegin(long line) {
            blank = false;
        }

        @Override
        protected void handleEmpty() {
            blank = true;
        }

        @Override
        protected void handleField(int index, char[] chars, int offset, int length, boolean quoted) {
            if (length > 0 && chars[offset + length - 1] == 0) {
                rejectUnclosed(index, length, quoted);
                ended = true;
                return;
            }
            check(index, chars, offset, length, quoted);
            if (table.isEmpty()) {
                Header.checkCount(source, index + 1);
                header.add(new String(chars, offset, length));
            } else if (index < table.get().width()) {
                table.get().cell(index, chars, offset, length);
            }
        }

        private void rejectUnclosed(int index, int length, boolean quoted) {
            if (quoted || length > 1) {
                throw new InputException(
                        "unclosed-quote",
                        place(index)
                                + ": a double quote opens this cell and is never closed. Close it, or write a quote"
                                + " inside a quoted cell twice.");
            }
        }

        private void check(int index, char[] chars, int offset, int length, boolean quoted) {
            if (length > Limits.CELL) {
                throw tooLong(index);
            }
            for (int i = offset; !quoted && i < offset + length; i++) {
                if (chars[i] == '"') {
                    throw new InputException(
                            "stray-quote",
                            place(index) + ": "
                                    + CellText.quoted(new String(chars, offset, length))
                                    + " has a double quote inside. Put the whole cell in double quotes and write the"
                                    + " quote inside twice.");
                }
            }
        }

        private InputException tooLong(int index) {
            return new InputException(
                    "cell-too-long",
                    place(index) + ": more than 1,048,576 characters. Shorten the cell; if none is that long, a"
                            + " double quote was probably never closed.");
        }

        private String place(int index) {
            String line = source + ", line " + getStartingLineNumber();
            return table.filter(t -> index < t.width())
                    .map(t -> line + ", column " + CellText.quoted(t.names().get(index)))
                    .orElse(line + ", column " + (index + 1));
        }

        @Override
        protected Boolean buildRecord() {
            if (ended || blank) {
                return true;
            }
            if (table.isEmpty()) {
                table = Optional.of(begin(header));
                header = List.of();
            } else {
                table.get().endRow(getStartingLineNumber(), getFieldCount());
            }
            return true;
        }

        /** The library wraps what the methods above throw. */
        InputException malformed(CsvParseException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof InputException ours) {
                return ours;
            }
            String text = String.valueOf(cause.getMessage());
            if (text.contains("buffer size")) {
                return tooLong(getFieldCount());
            }
            return new InputException(
                    "malformed",
                    place(getFieldCount()) + ": "
                            + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1)
                            + ". Put the whole cell in double quotes and write a quote inside twice.");
        }
    }
}
