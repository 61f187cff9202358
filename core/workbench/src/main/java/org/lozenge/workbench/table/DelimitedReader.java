package org.lozenge.workbench.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads CSV and TSV as RFC 4180 has it, and refuses what it forbids: rows of other widths, quotes inside unquoted cells,
 * a quote that is never closed. Empty lines are skipped.
 */
final class DelimitedReader {

    /**
     * Stands behind the end of the source, where no NUL can be. Where it comes out as a row of its own, all quotes were
     * closed.
     */
    private static final String END = "\n\0";

    private static final Pattern DECIMAL_COMMA = Pattern.compile("(?m)(^|[;\t|])\"?[+-]?\\d+,\\d+\"?($|[;\t|\r])");
    private static final int HEAD = 1 << 16;

    private final String source;
    private final byte[] text;
    private final char separator;

    DelimitedReader(String source, byte[] text, FileFormat format) {
        this.source = source;
        this.text = text;
        this.separator = format == FileFormat.TSV ? '\t' : ',';
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
        } catch (java.io.IOException e) {
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
                rejectUnclosed(length, quoted);
                ended = true;
                return;
            }
            check(index, chars, offset, length, quoted);
            if (table.isEmpty()) {
                header.add(new String(chars, offset, length));
            } else if (index < table.get().width()) {
                table.get().cell(index, chars, offset, length);
            }
        }

        private void rejectUnclosed(int length, boolean quoted) {
            if (quoted || length > 1) {
                throw new InputException(
                        "unclosed-quote",
                        source + ", line " + getStartingLineNumber()
                                + ": a double quote opens a cell in this row and is never closed. Close it, or write a"
                                + " quote inside a quoted cell twice.");
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
                rejectOtherSeparator(header);
                table = Optional.of(new TableBuilder(source, header));
                header = List.of();
            } else {
                table.get().endRow(getStartingLineNumber(), getFieldCount());
            }
            return true;
        }

        InputException malformed(CsvParseException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String text = String.valueOf(cause.getMessage());
            if (text.contains("buffer size")) {
                return tooLong(getFieldCount());
            }
            return new InputException(
                    "malformed",
                    source + ", line " + getStartingLineNumber() + ": " + text
                            + ". Put cells with quotes or separators in double quotes, and write a quote inside twice.");
        }
    }

    private void rejectOtherSeparator(List<String> header) {
        for (char other : new char[] {'\t', ';', ',', '|'}) {
            long found = header.stream()
                    .flatMapToInt(String::chars)
                    .filter(c -> c == other)
                    .count();
            if (other != separator && found > header.size() - 1) {
                throw new InputException("wrong-delimiter", wrongDelimiter(header, other));
            }
        }
    }

    private String wrongDelimiter(List<String> header, char other) {
        String head = new String(text, 0, Math.min(text.length, HEAD), StandardCharsets.UTF_8);
        boolean decimalComma = other != ',' && DECIMAL_COMMA.matcher(head).find();
        String expected = separator == '\t' ? "tabs" : "commas";
        String remedy = other == '\t'
                ? "Name the file .tsv, or save it with commas."
                : other == ',' ? "Name the file .csv, or save it with tabs." : "Save it with " + expected + " instead.";
        return source + ", line 1: the header " + CellText.quoted(String.join(String.valueOf(separator), header))
                + " is separated by " + name(other) + ", not by " + expected + ". "
                + remedy
                + (decimalComma ? " Its numbers have decimal commas: write them with a point (0.28, not 0,28)." : "");
    }

    private static String name(char separator) {
        return switch (separator) {
            case '\t' -> "tabs";
            case ';' -> "semicolons";
            case ',' -> "commas";
            default -> "vertical bars";
        };
    }
}
