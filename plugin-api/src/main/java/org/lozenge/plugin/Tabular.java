package org.lozenge.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * A table of numbers and texts. Immutable; every method that changes something returns a new table.
 *
 * <p>Columns that all analyses name alike, such as {@code se}, {@code p_value} or {@code i2}, have the heading and the
 * format that readers know; {@link #label} and {@link #format} set others.
 *
 * <p>Columns are kept as plain arrays; a Tablesaw {@link Table} is built only when {@link #toTable()} asks for it,
 * because the first use of that class costs a third of a second.
 */
public final class Tabular implements ResultItem {

    /** What a column holds. */
    public enum Type {
        /** Numbers; a missing one is NaN. */
        NUMBER,
        /** Texts; a missing one is empty. */
        TEXT
    }

    /** One column: a name for scripts, a label for readers, and its cells. */
    public static final class Series {
        private final String name;
        private final String label;
        private final Type type;
        private final Format format;
        private final double[] numbers;
        private final String[] texts;

        private Series(String name, String label, Type type, Format format, double[] numbers, String[] texts) {
            this.name = name;
            this.label = label;
            this.type = type;
            this.format = format;
            this.numbers = numbers;
            this.texts = texts;
        }

        /** Returns the name for scripts, in snake case. */
        public String name() {
            return name;
        }

        /** Returns the heading for readers; where none was given, the usual one of a standard column, else the name. */
        public String label() {
            return label;
        }

        /** Returns what the cells are. */
        public Type type() {
            return type;
        }

        /** Returns how the numbers read best; {@link Format#GENERAL} for texts. */
        public Format format() {
            return format;
        }

        /** Returns the number of cells. */
        public int size() {
            return type == Type.NUMBER ? numbers.length : texts.length;
        }

        /**
         * Returns the number in a row; NaN where it is missing.
         *
         * @param row 0-based
         * @throws IllegalStateException if the column holds texts
         */
        public double number(int row) {
            if (type != Type.NUMBER) {
                throw new IllegalStateException("Column '" + name + "' holds texts, not numbers");
            }
            return numbers[row];
        }

        /**
         * Returns the text in a row; empty where it is missing.
         *
         * @param row 0-based
         * @throws IllegalStateException if the column holds numbers
         */
        public String text(int row) {
            if (type != Type.TEXT) {
                throw new IllegalStateException("Column '" + name + "' holds numbers, not texts");
            }
            return texts[row];
        }

        private Column<?> toColumn() {
            return type == Type.NUMBER ? DoubleColumn.create(name, numbers) : StringColumn.create(name, texts);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Series that
                    && name.equals(that.name)
                    && label.equals(that.label)
                    && type == that.type
                    && format == that.format
                    && Arrays.equals(numbers, that.numbers)
                    && Arrays.equals(texts, that.texts);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, type, Arrays.hashCode(numbers), Arrays.hashCode(texts));
        }

        @Override
        public String toString() {
            return name + (type == Type.NUMBER ? Arrays.toString(numbers) : Arrays.toString(texts));
        }
    }

    private final String id;
    private final String title;
    private final List<Series> columns;

    /** The columns fit together; who adds one has checked it. */
    private Tabular(String id, String title, List<Series> columns) {
        this.id = Ids.check(id);
        this.title = Objects.requireNonNull(title, "title");
        this.columns = List.copyOf(columns);
    }

    /** Returns a table without columns, to which {@link #numbers} and {@link #texts} add. */
    public static Tabular of(String id, String title) {
        return new Tabular(id, title, List.of());
    }

    /**
     * Returns the content of a Tablesaw table. Numeric columns become numbers, missing values NaN; all others become
     * texts as Tablesaw prints them, missing values empty.
     */
    public static Tabular of(String id, Table table) {
        Tablesaw.load();
        String title = table.name() == null ? id : table.name();
        List<Series> columns = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            columns.add(series(column));
        }
        return new Tabular(id, title, columns); // Tablesaw has checked names and lengths
    }

    private static Series series(Column<?> column) {
        if (column instanceof tech.tablesaw.api.NumericColumn<?> numeric) {
            return number(column.name(), numeric.asDoubleArray());
        }
        if (column.type() == ColumnType.STRING) {
            return text(column.name(), ((StringColumn) column).asObjectArray());
        }
        String[] cells = new String[column.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = column.isMissing(i) ? "" : column.getString(i);
        }
        return text(column.name(), cells);
    }

    private static Series number(String name, double[] values) {
        return new Series(
                name,
                StandardColumn.label(name),
                Type.NUMBER,
                StandardColumn.format(name),
                values.clone(),
                new String[0]);
    }

    private static Series text(String name, String[] values) {
        String[] copy = values.clone();
        for (String cell : copy) {
            Objects.requireNonNull(cell, "a cell of column '" + name + "'");
        }
        return new Series(name, StandardColumn.label(name), Type.TEXT, Format.GENERAL, new double[0], copy);
    }

    /**
     * Returns this table with a further column of numbers.
     *
     * @param name snake case, unique in the table
     * @param values one per row; NaN where missing; copied
     */
    public Tabular numbers(String name, double... values) {
        return plus(number(name, values));
    }

    /**
     * Returns this table with a further column of texts.
     *
     * @param name snake case, unique in the table
     * @param values one per row; empty where missing; copied
     */
    public Tabular texts(String name, String... values) {
        return plus(text(name, values));
    }

    private Tabular plus(Series series) {
        for (Series other : columns) {
            if (other.name.equals(series.name)) {
                throw new IllegalArgumentException(
                        "Two columns of table '" + id + "' are called '" + series.name + "'");
            }
        }
        if (!columns.isEmpty() && series.size() != rows()) {
            throw new IllegalArgumentException("Column '" + series.name + "' of table '" + id + "' has " + series.size()
                    + " cells, but the columns before it have " + rows());
        }
        List<Series> more = new ArrayList<>(columns);
        more.add(series);
        return new Tabular(id, title, more);
    }

    /**
     * Returns this table with a format for one column.
     *
     * @throws NoSuchElementException if there is no such column
     */
    public Tabular format(String column, Format format) {
        Series old = column(column);
        return replace(old, new Series(old.name, old.label, old.type, format, old.numbers, old.texts));
    }

    /**
     * Returns this table with a heading for readers for one column.
     *
     * @throws NoSuchElementException if there is no such column
     */
    public Tabular label(String column, String label) {
        Series old = column(column);
        return replace(old, new Series(old.name, label, old.type, old.format, old.numbers, old.texts));
    }

    /** Returns this table under another id and title. */
    public Tabular named(String newId, String newTitle) {
        return new Tabular(newId, newTitle, columns);
    }

    private Tabular replace(Series old, Series changed) {
        List<Series> all = new ArrayList<>(columns);
        all.set(columns.indexOf(old), changed);
        return new Tabular(id, title, all);
    }

    /** Returns the columns from left to right. */
    public List<Series> columns() {
        return columns;
    }

    /**
     * Returns the column with this name.
     *
     * @throws NoSuchElementException if there is none; the message lists what there is
     */
    public Series column(String name) {
        for (Series column : columns) {
            if (column.name.equals(name)) {
                return column;
            }
        }
        throw new NoSuchElementException("Table '" + id + "' has no column '" + name + "'; columns: "
                + columns.stream().map(Series::name).toList());
    }

    /** Returns the number of rows. */
    public int rows() {
        return columns.isEmpty() ? 0 : columns.get(0).size();
    }

    /** Returns the number in a column and a 0-based row. */
    public double number(String column, int row) {
        return column(column).number(row);
    }

    /** Returns the text in a column and a 0-based row. */
    public String text(String column, int row) {
        return column(column).text(row);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Table toTable() {
        Tablesaw.load();
        Table table = Table.create(id);
        for (Series series : columns) {
            Column<?> column = series.toColumn();
            if (column instanceof DoubleColumn numbers && series.format == Format.INTEGER) {
                numbers.setPrintFormatter(NumberColumnFormatter.ints());
            }
            table.addColumns(column);
        }
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tabular that
                && id.equals(that.id)
                && title.equals(that.title)
                && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, title, columns);
    }

    @Override
    public String toString() {
        return "Tabular " + id + columns.stream().map(Series::name).toList();
    }
}
