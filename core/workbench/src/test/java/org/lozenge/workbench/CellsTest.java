package org.lozenge.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lozenge.workbench.Bench.DONE;
import static org.lozenge.workbench.Bench.assertEnds;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Inputs;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Roles;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** From cells to numbers and texts, and what is said about those that do not fit. */
class CellsTest {

    private static final Role X = Role.number("x", "X");
    private static final Role SPARSE = Role.number("y", "Y").sparse();

    private static AnalysisSpec spec(Role... roles) {
        return AnalysisSpec.of("a", "A").roles(roles);
    }

    /** Runs and returns what the analysis received. */
    private static Inputs inputs(AnalysisSpec spec, Dataset data) {
        AtomicReference<Inputs> received = new AtomicReference<>();
        Outcome outcome = Bench.run(
                        spec,
                        (in, context) -> {
                            received.set(in);
                            return DONE;
                        },
                        data)
                .get();
        assertThat(outcome).as(Bench.lines(outcome)).isInstanceOf(Outcome.Ok.class);
        return received.get();
    }

    private static Inputs inputs(AnalysisSpec spec, String csv) {
        return inputs(spec, Bench.csv(csv));
    }

    // ---- numbers

    @ParameterizedTest
    @CsvSource({
        "0.10, 0.1",
        "1e-3, 0.001",
        ".5, 0.5",
        "5., 5",
        "-0.69, -0.69",
        "\u22120.69, -0.69",
        "+1, 1",
        "' 2 ', 2",
        "'\u00A02\u00A0', 2",
        "007, 7",
        "1E+3, 1000",
        "-0, 0"
    })
    void takesNumbers(String cell, double expected) {
        assertArrayEquals(
                new double[] {expected},
                inputs(spec(X), "x\n\"" + cell + "\"\n").numbers(X));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            abc         | Correct the cell, leave it empty, or map another column.
            .           | If the value is missing, leave the cell empty or write NA.
            -           | If the value is missing, leave the cell empty or write NA.
            –           | If the value is missing, leave the cell empty or write NA.
            N/A         | If the value is missing, leave the cell empty or write NA.
            n.a.        | If the value is missing, leave the cell empty or write NA.
            na          | If the value is missing, leave the cell empty or write NA.
            NaN         | If the value is missing, leave the cell empty or write NA.
            null        | If the value is missing, leave the cell empty or write NA.
            NULL        | If the value is missing, leave the cell empty or write NA.
            None        | If the value is missing, leave the cell empty or write NA.
            NR          | If the value is missing, leave the cell empty or write NA.
            not reported| If the value is missing, leave the cell empty or write NA.
            #N/A        | If the value is missing, leave the cell empty or write NA.
            ?           | If the value is missing, leave the cell empty or write NA.
            Inf         | Infinite values cannot be used; leave the cell empty or correct it.
            -Infinity   | Infinite values cannot be used; leave the cell empty or correct it.
            ∞           | Infinite values cannot be used; leave the cell empty or correct it.
            1e400       | It is beyond the range of numbers that can be computed with; correct the cell.
            1e-400      | It is beyond the range of numbers that can be computed with; correct the cell.
            0,5         | Write it with a decimal point, not a comma.
            -0,69       | Write it with a decimal point, not a comma.
            ,5          | Write it with a decimal point, not a comma.
            12,34       | Write it with a decimal point, not a comma.
            0,123       | Write it with a decimal point, not a comma.
            1,2345      | Write it with a decimal point, not a comma.
            1,234       | The comma could separate thousands or decimals: write the number with a decimal point or without the comma.
            12,345      | The comma could separate thousands or decimals: write the number with a decimal point or without the comma.
            1,234,567   | Write it without thousands separators and with a decimal point.
            1.234.567   | Write it without thousands separators and with a decimal point.
            1,234.5     | Write it without thousands separators and with a decimal point.
            1.234,5     | Write it without thousands separators and with a decimal point.
            1 234       | Write it without thousands separators and with a decimal point.
            1 234 567,8 | Write it without thousands separators and with a decimal point.
            1'234       | Write it without thousands separators and with a decimal point.
            1\u00A0234  | Write it without thousands separators and with a decimal point.
            45%         | Write it without the percent sign, in the unit that the role asks for.
            4.5 %       | Write it without the percent sign, in the unit that the role asks for.
            4,5%        | Write it without the percent sign, in the unit that the role asks for.
            <0.001      | A bound is not a number; leave the cell empty, or map the column to a role that takes printed text.
            > 0.05      | A bound is not a number; leave the cell empty, or map the column to a role that takes printed text.
            ≤3          | A bound is not a number; leave the cell empty, or map the column to a role that takes printed text.
            ~12         | A bound is not a number; leave the cell empty, or map the column to a role that takes printed text.
            0.5*        | Remove the footnote mark or unit behind the number.
            0.5†        | Remove the footnote mark or unit behind the number.
            0.5a        | Remove the footnote mark or unit behind the number.
            1d          | Remove the footnote mark or unit behind the number.
            1f          | Remove the footnote mark or unit behind the number.
            0.5 [1]     | Remove the footnote mark or unit behind the number.
            0.3-0.8     | The cell holds several numbers; give each one a column of its own.
            0.3 – 0.8   | The cell holds several numbers; give each one a column of its own.
            0.3 to 0.8  | The cell holds several numbers; give each one a column of its own.
            0.5 (0.3, 0.8) | The cell holds several numbers; give each one a column of its own.
            0.5 [0.3; 0.8] | The cell holds several numbers; give each one a column of its own.
            ٠٫٥         | Write it with the digits 0 to 9.
            ５           | Write it with the digits 0 to 9.
            0x1p3       | Correct the cell, leave it empty, or map another column.
            0x10        | Correct the cell, leave it empty, or map another column.
            1_000       | Correct the cell, leave it empty, or map another column.
            --1         | Correct the cell, leave it empty, or map another column.
            - 1         | Correct the cell, leave it empty, or map another column.
            1..2        | Correct the cell, leave it empty, or map another column.
            1/2         | Correct the cell, leave it empty, or map another column.
            true        | Correct the cell, leave it empty, or map another column.
            2019-06-02  | The cell holds several numbers; give each one a column of its own.
            """)
    void namesTheRemedyForEveryOtherText(String cell, String remedy) {
        String shown = cell.replace("\u00A0", "<U+00A0>");
        assertEnds(
                "rejected",
                "ERROR not-numeric: t.csv, row 2, column 'x' (role 'x'): '" + shown + "' is not a number. " + remedy
                        + " [2]",
                Bench.run(spec(X), "x\n1\n\"" + cell + "\"\n").get());
    }

    @Test
    void namesTheFirstBadCellAndTheOtherRows() {
        assertEnds(
                "rejected",
                "ERROR not-numeric: t.csv, row 2 (line 4), column 'yi' (role 'x'): 'a' is not a number. Correct the cell,"
                        + " leave it empty, or map another column. The same goes for rows 3, 5, 6, 7, 8, 9, 10, 11, 12, 13 and"
                        + " 1 more. [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]",
                Bench.run(spec(X.aka("yi")), "yi\n1\n\na\nb\n1\n" + "c\n".repeat(10))
                        .get());
    }

    @Test
    void tellsTheFaultsOfAllColumnsAtOnce() {
        assertEnds(
                "rejected",
                "ERROR not-numeric: t.csv, row 1, column 'x' (role 'x'): 'a' is not a number. Correct the cell, leave it"
                        + " empty, or map another column. [1]\n"
                        + "ERROR not-numeric: t.csv, row 2, column 'y' (role 'y'): 'b' is not a number. Correct the cell,"
                        + " leave it empty, or map another column. If the column is not meant for this role, leave the role out with"
                        + " --map y=. [2]",
                Bench.run(spec(X, SPARSE), "x,y\na,1\n2,b\n").get());
    }

    // ---- ranges

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0", "-0.1", "-1e300"})
    void refusesWhatTheRoleDoesNotAllow(String value) {
        assertEnds(
                "rejected",
                "ERROR out-of-range: t.csv, row 2, column 'x' (role 'x'): " + value
                        + " is not allowed: it must be a finite number above 0. Correct the cell, or leave it empty. [2]",
                Bench.run(spec(X.positive()), "x\n1\n" + value + "\n").get());
    }

    @Test
    void refusesFractionsOfCountsAndValuesOutsideBounds() {
        assertThat(Bench.lines(Bench.run(spec(X.count()), "x\n1.5\n").get())).contains("must be a whole number from 0");
        assertThat(Bench.lines(Bench.run(spec(X.between(0, 1)), "x\n0.95\n95\n").get()))
                .contains("row 2, column 'x' (role 'x'): 95 is not allowed: it must be a finite number from 0 to 1");
    }

    @Test
    void ofARowThatIsDroppedNoRangeIsChecked() {
        assertEnds(
                "ok",
                "WARNING rows-dropped: t.csv: 1 of 2 rows was left out because a cell is empty or NA in column x: row 1."
                        + " [1]",
                Bench.run(spec(X.positive(), Role.number("z", "Z").positive()), "x,z\n,-1\n1,1\n")
                        .get());
    }

    // ---- missing cells

    @Test
    void dropsIncompleteRowsAndNamesThem() {
        Dataset data = Bench.csv("study,x,y,z\nA,1,1,a\nB,NA,2,b\nC,3,,c\n,4,4,d\nE, ,5,\nF,6,6,f\n");
        AnalysisSpec spec = spec(Roles.STUDY.optional(), X, SPARSE);
        Outcome outcome = Bench.run(spec, (in, context) -> DONE, data).get();
        assertEnds(
                "ok",
                "WARNING rows-dropped: t.csv: 2 of 6 rows were left out because a cell is empty or NA in column x: rows 2"
                        + " and 5. [2, 5]\n"
                        + "INFO study-unnamed: t.csv: no name in column 'study' in row 4; the row number is shown instead."
                        + " [4]",
                outcome);
        assertEquals(6, outcome.provenance().input().rows());
        assertEquals(4, outcome.provenance().input().used());

        Inputs in = inputs(spec, data);
        assertEquals(4, in.rows());
        assertArrayEquals(new int[] {1, 3, 4, 6}, in.sourceRows());
        assertArrayEquals(new double[] {1, 3, 4, 6}, in.numbers(X));
        assertArrayEquals(new double[] {1, Double.NaN, 4, 6}, in.numbers(SPARSE));
        assertArrayEquals(new String[] {"A", "C", "row 4", "F"}, in.strings(Roles.STUDY));
        assertArrayEquals(new String[] {"1", "", "4", "6"}, in.strings(SPARSE));
        assertEquals(List.of("a", "c", "d", "f"), in.table().stringColumn("z").asList());
    }

    @Test
    void tellsTheMissingColumnsInTheirOrder() {
        assertThat(Bench.lines(Bench.run(spec(X, Role.number("z", "Z")), "z,x\n,1\n1,\n2,2\n")
                        .get()))
                .contains("in columns x, z: rows 1 and 2");
    }

    @Test
    void saysWhenTooFewRowsRemain() {
        assertEnds(
                "rejected",
                "WARNING rows-dropped: t.csv: 2 of 3 rows were left out because a cell is empty or NA in column x: rows 1"
                        + " and 3. [1, 3]\n"
                        + "ERROR too-few-rows: t.csv: 1 usable row, but 'a' needs at least 2. Add rows, or fill the empty"
                        + " cells.",
                Bench.run(spec(X).minRows(2), "x,y\nNA,a\n1,a\nNA,b\n").get());
        assertThat(Bench.lines(Bench.run(spec(X), "x,y\n,a\n").get())).contains("0 usable rows");
    }

    @Test
    void aTableWithoutRowsIsTooFew() {
        Dataset none = Dataset.of(Table.create("none", DoubleColumn.create("x")));
        assertThat(Bench.lines(Bench.run(spec(X), (in, context) -> DONE, none).get()))
                .contains("too-few-rows: none: 0 usable rows");
        assertEquals(0, inputs(spec(X).minRows(0), none).rows());
    }

    // ---- texts and dates

    @Test
    void givesTextsAsPrintedWithoutSpaceAround() {
        Inputs in = inputs(spec(X, Roles.P.sparse(), Roles.GROUP), "x,p,group\n0.10,\" <0.001 \",T\n1.50,NA,F\n");
        assertArrayEquals(new String[] {"0.10", "1.50"}, in.strings(X));
        assertArrayEquals(new String[] {"<0.001", ""}, in.strings(Roles.P));
        assertArrayEquals(new String[] {"T", "F"}, in.strings(Roles.GROUP));
        assertTrue(in.isPrinted(X));
        assertEquals("t.csv", in.source());
        assertThrows(IllegalStateException.class, () -> in.numbers(Roles.P));
        assertThrows(IllegalStateException.class, () -> in.numbers(Roles.SE));
        assertFalse(in.has(Roles.SE));
    }

    @Test
    void withoutNamesStudiesAreCalledByTheirRows() {
        Inputs in = inputs(spec(Roles.STUDY.optional(), X), "x\n1\nNA\n3\n");
        assertArrayEquals(new String[] {"row 1", "row 3"}, in.strings(Roles.STUDY));
    }

    @Test
    void readsColumnsOfARoleOfMany() {
        Role many = Role.number("m", "M").many();
        AnalysisSpec spec = spec(many);
        AtomicReference<Inputs> received = new AtomicReference<>();
        Bench.run(
                        spec,
                        (in, context) -> {
                            received.set(in);
                            return DONE;
                        },
                        Bench.csv("a,b\n1,2\n3,4\n"))
                .map("m", "b", "a")
                .get();
        Inputs in = received.get();
        assertEquals(List.of("b", "a"), in.columns(many));
        assertArrayEquals(new double[] {2, 4}, in.numbers(many));
        assertArrayEquals(new double[] {1, 3}, in.numbers(many, "a"));
        assertArrayEquals(new String[] {"1", "3"}, in.strings(many, "a"));
        assertThrows(IllegalStateException.class, () -> in.numbers(many, "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02.06.2019", "2019-6-2", "2019-02-30", "June", "2019-06-02T10:00", "43618"})
    void refusesOtherDates(String cell) {
        assertEnds(
                "rejected",
                "ERROR not-a-date: t.csv, row 2, column 'd' (role 'd'): '" + cell
                        + "' is not a date. Write it as year-month-day, such as 2019-06-02. [2]",
                Bench.run(spec(Role.date("d", "D")), "d\n2019-06-02\n" + cell + "\n")
                        .get());
    }

    @Test
    void arraysAreCopies() {
        Inputs in = inputs(spec(X), "x\n1\n");
        in.numbers(X)[0] = 99;
        in.strings(X)[0] = "99";
        in.sourceRows()[0] = 99;
        in.table().doubleColumn("x").set(0, 99);
        assertEquals(1, in.numbers(X)[0]);
        assertEquals("1", in.strings(X)[0]);
        assertEquals(1, in.sourceRows()[0]);
        assertEquals(1, in.table().doubleColumn("x").getDouble(0));
    }

    // ---- Tablesaw tables

    @Test
    void takesNumbersOfTablesawAndKnowsThatTheyAreNotPrinted() {
        IntColumn ints = IntColumn.create("n", 1, 2, 3);
        ints.setMissing(1);
        Inputs in = inputs(
                spec(X, Role.number("n", "N").sparse()),
                Dataset.of(Table.create("t", DoubleColumn.create("x", 0.1, 2, 3), ints)));
        assertArrayEquals(new double[] {0.1, 2, 3}, in.numbers(X));
        assertArrayEquals(new double[] {1, Double.NaN, 3}, in.numbers(Role.number("n", "N")));
        assertArrayEquals(new String[] {"0.1", "2", "3"}, in.strings(X));
        assertFalse(in.isPrinted(X));
    }

    @Test
    void aTextColumnDoesNotPassForNumbers() {
        Table table = Table.create("trials", StringColumn.create("x", "A", "B", "A"));
        assertEnds(
                "rejected",
                "ERROR not-numeric: trials, row 1, column 'x' (role 'x'): 'A' is not a number. Correct the cell, leave it"
                        + " empty, or map another column. The same goes for rows 2 and 3. [1, 2, 3]",
                Bench.run(spec(X), (in, context) -> DONE, Dataset.of(table)).get());
    }

    @Test
    void numbersInATextColumnAreRead() {
        Table table = Table.create("trials", StringColumn.create("x", "0.10", "2", ""));
        Inputs in = inputs(spec(X), Dataset.of(table));
        assertArrayEquals(new double[] {0.1, 2}, in.numbers(X));
        assertArrayEquals(new String[] {"0.10", "2"}, in.strings(X));
        assertTrue(in.isPrinted(X));
    }

    @Test
    void infiniteNumbersAreOutOfRange() {
        Table table = Table.create("trials", DoubleColumn.create("x", 1, Double.POSITIVE_INFINITY));
        assertEnds(
                "rejected",
                "ERROR out-of-range: trials, row 2, column 'x' (role 'x'): Infinity is not allowed: it must be a finite"
                        + " number. Correct the cell, or leave it empty. [2]",
                Bench.run(spec(X), (in, context) -> DONE, Dataset.of(table)).get());
    }
}
