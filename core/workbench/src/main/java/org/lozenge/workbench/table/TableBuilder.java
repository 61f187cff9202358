package org.lozenge.workbench.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lozenge.plugin.Message;

/** Collects the rows of one source, checks their width and leaves out what holds nothing at the end. */
final class TableBuilder {

    private static final int RAGGED_SHOWN = 20;

    private final String source;
    private final Header header;
    private final List<PackedText.Builder> columns = new ArrayList<>();
    private final List<Message> problems;
    private final List<Message> ragged = new ArrayList<>();
    private final boolean[] filled;
    private int[] lines = new int[16];
    private int rows;
    private int rowsWithContent;
    private boolean content;
    private boolean commasMayBeDecimal;

    TableBuilder(String source, List<String> printedNames) {
        this.source = source;
        this.header = new Header(source, printedNames);
        this.problems = new ArrayList<>(header.problems());
        this.filled = new boolean[header.names().size()];
        header.names().forEach(name -> columns.add(new PackedText.Builder()));
    }

    int width() {
        return columns.size();
    }

    List<String> names() {
        return header.names();
    }

    /** Adds a cell to the current row. */
    void cell(int column, String text) {
        note(column, text.isBlank());
        columns.get(column).add(text);
    }

    /** Adds a cell to the current row. */
    void cell(int column, char[] chars, int offset, int length) {
        note(column, isBlank(chars, offset, length));
        columns.get(column).add(chars, offset, length);
    }

    private static boolean isBlank(char[] chars, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!Character.isWhitespace(chars[i])) {
                return false;
            }
        }
        return true;
    }

    /** Adds a cell whose digits nobody printed. */
    void storedNumber(int column, String text) {
        cell(column, text);
        columns.get(column).notPrinted();
    }

    private void note(int column, boolean blank) {
        if (!blank) {
            filled[column] = true;
            content = true;
        }
    }

    /**
     * Ends the current row.
     *
     * @param line 1-based line of the source on which the row starts
     * @param cells number of cells that the source has in this row
     */
    void endRow(long line, int cells) {
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows + (rows >> 1));
        }
        lines[rows++] = (int) line;
        if (cells != width()) {
            ragged(line, cells);
        }
        for (int c = cells; c < width(); c++) {
            columns.get(c).add("");
        }
        if (content || cells != width()) {
            rowsWithContent = rows;
        }
        content = false;
    }

    /** Ends the current row where absent cells are empty ones. */
    void endSparseRow(long line) {
        for (PackedText.Builder column : columns) {
            if (column.size() == rows) {
                column.add("");
            }
        }
        endRow(line, width());
    }

    private void ragged(long line, int cells) {
        String remedy = cells > width()
                ? "Put a text that contains the separator in double quotes, and write numbers without decimal commas and"
                        + " thousands separators."
                : "Add the missing cells; an empty cell still needs its separator.";
        ragged.add(Message.error(
                        "ragged-row",
                        Places.row(source, rows, line) + ": " + cells + (cells == 1 ? " cell" : " cells")
                                + ", but the header names " + width() + " columns. " + remedy)
                .at(rows));
        if (ragged.size() == RAGGED_SHOWN) {
            throw new InputException(ragged);
        }
    }

    /** Says that no comma separates cells, so that commas in numbers may be decimal. */
    void commasAreNoSeparators() {
        commasMayBeDecimal = true;
    }

    void tell(Message message) {
        problems.add(message);
    }

    void warn(String code, String text) {
        problems.add(Message.warning(code, text));
    }

    Dataset build(String sha256) {
        if (!ragged.isEmpty()) {
            throw new InputException(ragged);
        }
        if (rowsWithContent == 0) {
            throw new InputException(
                    "no-rows", source + ": there is a header, but no row of data below it. Add the data.");
        }
        if (rowsWithContent < rows) {
            warn("empty-rows", source + ": " + (rows - rowsWithContent) + " empty rows at the end were left out.");
        }
        List<String> names = new ArrayList<>();
        List<PackedText> cells = new ArrayList<>();
        for (int c = 0; c < width(); c++) {
            if (filled[c] || !header.isUnnamed(c)) {
                names.add(header.names().get(c));
                cells.add(columns.get(c).build(rowsWithContent));
                if (header.isUnnamed(c)) {
                    warn(
                            "unnamed-column",
                            source + ": column " + (c + 1) + " has no name; it is called "
                                    + CellText.quoted(header.names().get(c)) + ".");
                }
            }
        }
        if (commasMayBeDecimal) {
            cells = new DecimalCommas(names, row -> Places.row(source, row + 1, lines[row])).read(cells, problems);
        }
        return new Dataset(source, sha256, names, List.copyOf(cells), Arrays.copyOf(lines, rowsWithContent), problems);
    }
}
