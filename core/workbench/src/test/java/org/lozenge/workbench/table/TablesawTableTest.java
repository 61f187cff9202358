package org.lozenge.workbench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesawTableTest {

    private static Table table() {
        IntColumn ints = IntColumn.create("int", 1, 2, 3);
        ints.setMissing(1);
        ShortColumn shorts = ShortColumn.create("short", (short) 1, (short) 2, (short) 3);
        shorts.setMissing(1);
        LongColumn longs = LongColumn.create("long", 1L, 2L, 3L);
        longs.setMissing(1);
        FloatColumn floats = FloatColumn.create("float", 0.5f, 1f, 2f);
        floats.setMissing(1);
        DateColumn dates =
                DateColumn.create("date", LocalDate.of(2019, 6, 2), LocalDate.of(2020, 1, 1), LocalDate.EPOCH);
        dates.setMissing(1);
        BooleanColumn flags = BooleanColumn.create("flag", true, false, true);
        flags.setMissing(1);
        return Table.create(
                "trials",
                StringColumn.create("text", "5", "", "7"),
                DoubleColumn.create("x", 0.1, Double.NaN, 3),
                ints,
                shorts,
                longs,
                floats,
                dates,
                flags);
    }

    @Test
    void onlyNumericColumnsAreNumbers() {
        Dataset data = Dataset.of(table());
        for (String column : new String[] {"x", "int", "short", "long", "float"}) {
            assertTrue(data.isNumeric(column), column);
            assertFalse(data.isPrinted(column), column);
            assertThat(data.numbers(column)[1]).as(column).isNaN();
            assertEquals("", data.text(column, 1), column);
        }
        for (String column : new String[] {"text", "date", "flag"}) {
            assertFalse(data.isNumeric(column), column);
            assertEquals("", data.text(column, 1), column);
        }
        assertArrayEquals(new double[] {0.1, Double.NaN, 3}, data.numbers("x"));
        assertEquals("3", data.text("int", 2));
        assertEquals("0.1", data.text("x", 0));
        assertEquals("5", data.text("text", 0));
        assertEquals("2019-06-02", data.text("date", 0));
        assertEquals("true", data.text("flag", 0));
        assertEquals("trials, row 2", data.place(1));
        assertEquals("", data.sha256());
    }

    @Test
    void laterChangesOfTheTableDoNotMatter() {
        Table table = table();
        Dataset data = Dataset.of(table);
        table.doubleColumn("x").set(0, 99);
        table.stringColumn("text").set(0, "99");
        table.dateColumn("date").set(0, LocalDate.EPOCH);
        table.removeColumns("int");
        assertEquals(0.1, data.numbers("x")[0]);
        assertEquals("5", data.text("text", 0));
        assertEquals("2019-06-02", data.text("date", 0));
        assertEquals("3", data.text("int", 2));
    }

    @Test
    void givesTheTableBackWithItsTypes() {
        Table back = Dataset.of(table()).toTable(new int[] {0, 2});
        assertEquals(2, back.rowCount());
        assertThat(back.types())
                .containsExactly(
                        ColumnType.STRING,
                        ColumnType.DOUBLE,
                        ColumnType.INTEGER,
                        ColumnType.SHORT,
                        ColumnType.LONG,
                        ColumnType.FLOAT,
                        ColumnType.LOCAL_DATE,
                        ColumnType.BOOLEAN);
        assertEquals("7", back.stringColumn("text").get(1));
        assertEquals(3, back.intColumn("int").get(1));
        back.doubleColumn("x").set(0, 99);
    }

    @Test
    void aCopyIsPrivate() {
        Dataset data = Dataset.of(table());
        data.toTable().doubleColumn("x").set(0, 99);
        assertEquals(0.1, data.numbers("x")[0]);
    }

    @Test
    void takesTablesWithoutRowsOrName() {
        assertEquals(0, Dataset.of(Table.create("t")).rows());
        assertEquals(0, Dataset.of(Table.create("t", DoubleColumn.create("x"))).rows());
        assertEquals("table", Dataset.of(Table.create()).name());
    }
}
