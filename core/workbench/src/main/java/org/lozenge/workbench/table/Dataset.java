package org.lozenge.workbench.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.lozenge.plugin.Message;
import tech.tablesaw.api.Table;

/**
 * A table as its source has it: named columns, and the text of every cell exactly as printed ({@code 0.10} stays
 * {@code 0.10}). Immutable; may be used by several threads.
 *
 * <p>No column has a type. What a cell means is decided by the role to which an analysis maps it, and only
 * {@link #toTable()} guesses. Rows are counted from 0 in this class and from 1 in messages.
 */
public final class Dataset {

    private final String name;
    private final String sha256;
    private final List<String> columns;
    private final List<Cells> cells;
    private final Map<String, Integer> index = new HashMap<>();
    private final int[] lines;
    private final List<Message> problems;
    private final Optional<TableSource> table;

    /** A table read from text; {@code lines} are the 1-based lines of its rows. */
    Dataset(String name, String sha256, List<String> columns, List<Cells> cells, int[] lines, List<Message> problems) {
        this(name, sha256, columns, cells, lines, problems, Optional.empty());
    }

    private Dataset(
            String name,
            String sha256,
            List<String> columns,
            List<Cells> cells,
            int[] lines,
            List<Message> problems,
            Optional<TableSource> table) {
        this.name = name;
        this.sha256 = sha256;
        this.columns = List.copyOf(columns);
        this.cells = List.copyOf(cells);
        this.lines = lines;
        this.problems = List.copyOf(problems);
        this.table = table;
        for (int i = 0; i < this.columns.size(); i++) {
            index.put(this.columns.get(i), i);
        }
    }

    /**
     * Reads a file, whose name says its format.
     *
     * @throws InputException if there is no such file, it cannot be read, or it holds no table
     */
    public static Dataset read(Path file) {
        return SourceFile.read(file);
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param name what messages call it, such as {@code standard input}
     * @throws InputException if it cannot be read or holds no table
     */
    public static Dataset read(String name, InputStream stream, FileFormat format) {
        try {
            return parse(name, SourceFile.bytes(name, stream), format);
        } catch (IOException e) {
            throw new InputException("unreadable", name + ": " + e.getMessage());
        }
    }

    /**
     * Reads bytes.
     *
     * @param name what messages call them
     * @throws InputException if they hold no table
     */
    public static Dataset parse(String name, byte[] bytes, FileFormat format) {
        SourceFile.checkSize(name, bytes.length);
        try {
            return table(name, bytes, format).build(hash(bytes));
        } catch (OutOfMemoryError e) { // what was read so far is garbage by now
            throw SourceFile.tooLargeForJava(name);
        }
    }

    private static TableBuilder table(String name, byte[] bytes, FileFormat format) {
        return switch (format) {
            case CSV, TSV -> new DelimitedReader(name, SourceFile.text(name, bytes), format).read();
            case JSON -> new JsonReader(name, SourceFile.text(name, bytes)).read();
            case XLSX -> new SheetReader(name, bytes).read();
        };
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the content of a Tablesaw table; a copy, so that later changes of the table do not matter. Numeric columns
     * stay numbers, of which the printed digits are unknown; all others are texts, missing values empty.
     */
    public static Dataset of(Table table) {
        TableSource source = new TableSource(table);
        return new Dataset(
                source.name(), "", source.columns(), source.cells(), new int[0], List.of(), Optional.of(source));
    }

    /** Returns the name of the file or table, for messages. */
    public String name() {
        return name;
    }

    /** Returns the SHA-256 of the bytes read, in lower-case hexadecimal; empty for a Tablesaw table. */
    public String sha256() {
        return sha256;
    }

    /** Returns the number of rows below the header. */
    public int rows() {
        return cells.isEmpty() ? 0 : cells.get(0).size();
    }

    /** Returns the names of the columns from left to right; no name occurs twice. */
    public List<String> columns() {
        return columns;
    }

    /** Returns whether there is a column with exactly this name. */
    public boolean hasColumn(String column) {
        return index.containsKey(column);
    }

    /**
     * Returns the text of a cell as printed; of a numeric column the shortest text that reads back as the same number.
     * Empty where there is nothing.
     *
     * @param row 0-based
     * @throws NoSuchElementException if there is no such column
     */
    public String text(String column, int row) {
        return cells(column).text(row);
    }

    /** Returns whether a column came as numbers, not as texts. */
    public boolean isNumeric(String column) {
        return cells(column).isNumeric();
    }

    /**
     * Returns whether the texts of a column stand as a person or a program printed them. False where the source stored
     * numbers: then the number of digits means nothing.
     */
    public boolean isPrinted(String column) {
        return cells(column).isPrinted();
    }

    /** Returns the numbers of a numeric column, NaN where one is missing; a copy. */
    public double[] numbers(String column) {
        Cells source = cells(column);
        double[] numbers = new double[source.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = source.number(i);
        }
        return numbers;
    }

    /** Returns the 1-based lines of the rows; empty where they follow from the rows. */
    int[] lines() {
        return lines.clone();
    }

    private Cells cells(String column) {
        Integer i = index.get(column);
        if (i == null) {
            throw new NoSuchElementException(name + " has no column '" + column + "'; columns: " + columns);
        }
        return cells.get(i);
    }

    /**
     * Returns where a row stands, for messages: {@code trials.csv, row 3 (line 5)}. The line is left out where it follows
     * from the row.
     *
     * @param row 0-based
     */
    public String place(int row) {
        return Places.row(name, row + 1, lines.length == 0 ? 0 : lines[row]);
    }

    /** Returns what was noticed while reading; nothing of it kept the table from being read. */
    public List<Message> problems() {
        return problems;
    }

    /**
     * Returns the content as a new Tablesaw table. A column becomes numeric if all its cells that hold a value are
     * numbers, otherwise text. Names that Tablesaw cannot tell apart, because they differ in case only, get a suffix.
     * The first call in a JVM costs a third of a second.
     */
    public Table toTable() {
        int[] all = new int[rows()];
        Arrays.setAll(all, i -> i);
        return toTable(all);
    }

    /**
     * Returns some rows as a new Tablesaw table.
     *
     * @param selected 0-based rows in ascending order
     * @see #toTable()
     */
    public Table toTable(int[] selected) {
        return table.isPresent() ? table.get().select(selected) : TextTable.of(this, selected);
    }

    @Override
    public String toString() {
        return name + " (" + rows() + " rows, columns " + columns + ")";
    }
}
