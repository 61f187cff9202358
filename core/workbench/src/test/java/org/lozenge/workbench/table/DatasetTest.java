package org.lozenge.workbench.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Message;

class DatasetTest {

    private static Dataset csv(String text) {
        return Dataset.parse("t.csv", text.getBytes(UTF_8), FileFormat.CSV);
    }

    private static List<String> column(Dataset data, String column) {
        return IntStream.range(0, data.rows())
                .mapToObj(row -> data.text(column, row))
                .toList();
    }

    private static List<String> problems(Dataset data) {
        return data.problems().stream().map(Message::text).toList();
    }

    @Test
    void keepsEveryCellAsPrinted() {
        Dataset data = csv("study,hr,p\nA,0.10,<0.001\n B ,1.50,\"0,03\"\n\"C \"\"x\"\"\",,NA\n");
        assertEquals(List.of("study", "hr", "p"), data.columns());
        assertEquals(3, data.rows());
        assertEquals(List.of("A", " B ", "C \"x\""), column(data, "study"));
        assertEquals(List.of("0.10", "1.50", ""), column(data, "hr"));
        assertEquals(List.of("<0.001", "0,03", "NA"), column(data, "p"));
        assertTrue(data.isPrinted("hr"));
        assertFalse(data.isNumeric("hr"));
        assertThat(data.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", ","})
    void theHeaderTellsWhatSeparates(String separator) {
        Dataset data = csv("\n\nstudy,\"a;b|c\",hr\nA,x,0.5\n".replace(",", separator));
        assertEquals(List.of("study", "a;b|c".replace(",", separator), "hr"), data.columns());
        assertEquals("0.5", data.text("hr", 0));
        assertEquals(separator.equals(",") ? 0 : 1, data.problems().size());
    }

    @Test
    void saysThatAnotherSeparatorWasTaken() {
        assertEquals(
                List.of("t.csv: semicolons separate the cells, not commas as the format has it; they were read so."),
                problems(csv("study;hr\nA;0.5\n")));
        Dataset tsv = Dataset.parse("t.tsv", "study,hr\nA,0.5\n".getBytes(UTF_8), FileFormat.TSV);
        assertEquals(List.of("study", "hr"), tsv.columns());
        assertThat(problems(tsv).get(0)).contains("commas separate the cells, not tabs");
    }

    @Test
    void readsDecimalCommas() {
        Dataset data = csv("study;hr;p;n;all\nM\u00fcller 2011,12;0,50;<0,001;1200;0,50 (0,35\u20130,71)\n"
                + "B, 1,5 mg;-,7;1,0e-3;\"80\";\n");
        assertEquals(List.of("M\u00fcller 2011,12", "B, 1,5 mg"), column(data, "study"));
        assertEquals(List.of("0.50", "-.7"), column(data, "hr"));
        assertEquals(List.of("<0.001", "1.0e-3"), column(data, "p"));
        assertEquals(List.of("1200", "80"), column(data, "n"));
        assertEquals(List.of("0.50 (0.35\u20130.71)", ""), column(data, "all"));
        assertTrue(data.isPrinted("hr"));
        assertThat(problems(data))
                .contains("Decimal commas were read as decimal points in 5 cells, first '0,50' at t.csv, row 1, column"
                        + " 'hr'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "1,234,567", "0,5 mg", "1, 2", "12,5,3"})
    void leavesCommasThatMayMeanSomethingElse(String cell) {
        assertEquals(cell, csv("study;x\nA;" + cell + "\n").text("x", 0));
    }

    @Test
    void aThousandWithACommaIsADecimalAmongDecimals() {
        assertEquals("1.234", csv("study;x;y\nA;1,234;0,5\n").text("x", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesEveryLineEnd(String end) {
        Dataset data = csv(String.join(end, "a,b", "1,x", "2,y", ""));
        assertEquals(List.of("1", "2"), column(data, "a"));
        assertEquals("t.csv, row 2", data.place(1));
    }

    @Test
    void takesCellsWithLineBreaksAndSaysTheLine() {
        Dataset data = csv("a,b\n\"1\n2\",x\n\n3,y\n");
        assertEquals(List.of("1\n2", "3"), column(data, "a"));
        assertEquals("t.csv, row 1", data.place(0));
        assertEquals("t.csv, row 2 (line 5)", data.place(1));
    }

    @Test
    void readsTabs() {
        Dataset data = Dataset.parse("t.tsv", "a\tb\n1,5\t\"x\ty\"\n".getBytes(UTF_8), FileFormat.TSV);
        assertEquals("1.5", data.text("a", 0));
        assertEquals("x\ty", data.text("b", 0));
    }

    @Test
    void leavesOutEmptyLinesAndSaysWhenRowsWereEmpty() {
        Dataset data = csv("\na,b\n1,2\n\n,\n3,4\n,\n ,\n\n\n");
        assertEquals(List.of("1", "", "3"), column(data, "a"));
        assertEquals(List.of("t.csv: 2 empty rows at the end were left out."), problems(data));
    }

    @Test
    void namesColumnsThatHaveNoName() {
        Dataset data = csv(",a,,column_1\n1,2,,4\n");
        assertEquals(List.of("column_1_", "a", "column_1"), data.columns());
        assertEquals(List.of("t.csv: column 1 has no name; it is called 'column_1_'."), problems(data));
    }

    @Test
    void stripsNamesOfColumns() {
        assertEquals(List.of("a", "b"), csv(" a ,\u00A0b\n1,2\n").columns());
    }

    @Test
    void takesOddNames() {
        String longName = "x".repeat(10_000);
        Dataset data = csv("__proto__,=1+1,größe,\"a,b\"," + longName + "\n1,2,3,4,5\n");
        assertEquals(List.of("__proto__", "=1+1", "größe", "a,b", longName), data.columns());
        assertEquals("5", data.text(longName, 0));
    }

    @Test
    void warnsOfNamesThatDifferInCaseOnly() {
        Dataset data = csv("hr,HR\n1,2\n");
        assertEquals(
                List.of("t.csv: the columns 'hr' and 'HR' differ in case only; name the one you mean exactly."),
                problems(data));
        assertEquals(List.of("hr", "HR_2"), data.toTable().columnNames());
    }

    @Test
    void hashesTheBytes() {
        assertEquals(
                "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc",
                csv("a\n1\n").sha256());
        assertEquals(csv("a\n1\n").sha256(), csv("a\n1\n").sha256());
        assertThat(csv("a\n2\n").sha256()).isNotEqualTo(csv("a\n1\n").sha256());
    }

    @Test
    void readsAStream() {
        Dataset data =
                Dataset.read("standard input", new ByteArrayInputStream("a\n1\n".getBytes(UTF_8)), FileFormat.CSV);
        assertEquals("standard input, row 1", data.place(0));
    }

    @Test
    void readsFilesByTheirName(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.csv"), "a,b\n1,2\n");
        Files.writeString(folder.resolve("a.TSV"), "a\tb\n1\t2\n");
        Files.writeString(folder.resolve("a.json"), "[{\"a\": 1, \"b\": 2}]");
        for (String name : List.of("a.csv", "a.TSV", "a.json")) {
            Dataset data = Dataset.read(folder.resolve(name));
            assertEquals(List.of("a", "b"), data.columns(), name);
            assertEquals("2", data.text("b", 0), name);
            assertEquals(name, data.name());
        }
    }

    @Test
    void saysWhichColumnsThereAre() {
        assertThatThrownBy(() -> csv("a,b\n1,2\n").text("c", 0))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("t.csv has no column 'c'; columns: [a, b]");
    }

    @Test
    void onlyNumericColumnsGiveNumbers() {
        assertThatThrownBy(() -> csv("a\n1\n").numbers("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTableHasTypesThatFitAllCells() {
        Dataset data = csv("i,x,s,m,e\n1,0.10,a,1,\nNA,,b,x,\n3,2e-3,,2,NA\n");
        tech.tablesaw.api.Table table = data.toTable();
        assertEquals("t.csv", table.name());
        assertThat(table.types().stream().map(Object::toString))
                .containsExactly("DOUBLE", "DOUBLE", "STRING", "STRING", "STRING");
        assertThat(table.doubleColumn("i").getDouble(1)).isNaN();
        assertEquals(0.1, table.doubleColumn("x").get(0));
        assertEquals(List.of("1", "x", "2"), table.stringColumn("m").asList());
        assertEquals(1, data.toTable(new int[] {2}).rowCount());
    }

    @Test
    void readsAMillionCellsInLittleMemory() {
        StringBuilder text = new StringBuilder("a,b,c,d,e\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(",0.10,x,äöü,\n");
        }
        Dataset data = csv(text.toString());
        assertEquals(200_000, data.rows());
        assertEquals("199999", data.text("a", 199_999));
        assertEquals("äöü", data.text("d", 199_999));
        assertEquals("", data.text("e", 100_000));
    }

    @Test
    void mayBeReadByThreads() throws InterruptedException {
        Dataset data = csv("a\n" + "0.10\n".repeat(1000));
        int[] wrong = new int[4];
        Thread[] threads = new Thread[4];
        for (int t = 0; t < 4; t++) {
            int mine = t;
            threads[t] = new Thread(() -> wrong[mine] = (int) IntStream.range(0, 1000)
                    .filter(i -> !data.text("a", i).equals("0.10"))
                    .count());
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertArrayEquals(new int[4], wrong);
    }

    @RepeatedTest(100)
    void whatIsWrittenAsRfc4180HasItReadsBack(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String[] bits = {"a", "0.10", ",", "\"", "\n", "\r\n", " ", "ü", "😀", "", ";", "\t", "#", "'"};
        char separator = random.nextBoolean() ? ',' : '\t';
        String end = random.nextBoolean() ? "\n" : "\r\n";
        int columns = 1 + random.nextInt(5);
        List<List<String>> rows = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r <= 1 + random.nextInt(10); r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < columns; c++) {
                StringBuilder cell = new StringBuilder(r == 0 ? "c" + c : c == 0 ? "x" : "");
                for (int i = 0; r > 0 && i < random.nextInt(5); i++) {
                    cell.append(bits[random.nextInt(bits.length)]);
                }
                row.add(cell.toString());
            }
            rows.add(row);
            text.append(row.stream()
                            .map(cell -> quoted(cell, separator, random.nextBoolean()))
                            .collect(Collectors.joining(String.valueOf(separator))))
                    .append(end);
        }
        FileFormat format = separator == ',' ? FileFormat.CSV : FileFormat.TSV;
        Dataset data = Dataset.parse("t", text.toString().getBytes(UTF_8), format);
        assertEquals(rows.get(0), data.columns());
        for (int c = 0; c < columns; c++) {
            int column = c;
            assertEquals(rows.stream().skip(1).map(row -> row.get(column)).toList(), column(data, "c" + c));
        }
    }

    private static String quoted(String cell, char separator, boolean always) {
        boolean needed = cell.indexOf(separator) >= 0 || cell.matches("(?s).*[\"\r\n].*");
        return always || needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
