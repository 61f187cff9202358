package org.lozenge.workbench.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Message;

/** Sources that cannot be read: each message names the place, the value and the remedy. */
class InputFaultsTest {

    private static InputException fault(byte[] bytes, FileFormat format) {
        InputException e = catchThrowableOfType(InputException.class, () -> Dataset.parse("t.csv", bytes, format));
        assertThat(e).as("must be refused").isNotNull();
        assertThat(e.messages())
                .allMatch(
                        m -> m.severity() == Message.Severity.ERROR && m.text().startsWith("t.csv"));
        return e;
    }

    private static InputException fault(String text) {
        return fault(text.getBytes(UTF_8), FileFormat.CSV);
    }

    static Stream<Arguments> faultyCsv() {
        return Stream.of(
                Arguments.of(
                        "", "empty-file", "t.csv: the file is empty. It needs a line with the names of the columns."),
                Arguments.of(
                        "\n \n\n",
                        "no-header",
                        "t.csv: the first line names no column. Put the names of the columns there."),
                Arguments.of(
                        "a,b\n", "no-rows", "t.csv: there is a header, but no row of data below it. Add the data."),
                Arguments.of(
                        "a,b\n,\n\n",
                        "no-rows",
                        "t.csv: there is a header, but no row of data below it. Add the data."),
                Arguments.of(
                        ",,\n1,2,3\n",
                        "no-header",
                        "t.csv: the first line names no column. Put the names of the columns there."),
                Arguments.of(
                        "0.5,-1\n1,2\n",
                        "no-header",
                        "t.csv: the first line holds numbers ('0.5' …) where the names of the columns belong."
                                + " Put a line with the names above it."),
                Arguments.of(
                        "hr,b,hr\n1,2,3\n",
                        "duplicate-column",
                        "t.csv: columns 1 and 3 are both called 'hr'. Rename one of them."),
                Arguments.of(
                        "study;hr;n\nA;0,5;1.200\n",
                        "ambiguous-number",
                        "t.csv, row 1, column 'n': '1.200' has a point, but other numbers have decimal commas, so the point"
                                + " may separate thousands. Write all numbers without separators of thousands and with the"
                                + " same decimal sign."),
                Arguments.of(
                        "study;hr\nA;0,5\nB;0,5 (0.3)\n",
                        "ambiguous-number",
                        "t.csv, row 2, column 'hr': '0,5 (0.3)' has a point, but other numbers have decimal commas, so the"
                                + " point may separate thousands. Write all numbers without separators of thousands and"
                                + " with the same decimal sign."),
                Arguments.of(
                        "a,b\n1,2\n1,0,5\n",
                        "ragged-row",
                        "t.csv, row 2: 3 cells, but the header names 2 columns. Put a text that contains the separator"
                                + " in double quotes, and write numbers without decimal commas and thousands separators."),
                Arguments.of(
                        "a,b\n\n1\n",
                        "ragged-row",
                        "t.csv, row 1 (line 3): 1 cell, but the header names 2 columns. Add the missing cells; an empty"
                                + " cell still needs its separator."),
                Arguments.of(
                        "a,b\n1,2\n\"3,4\n5,6\n",
                        "unclosed-quote",
                        "t.csv, line 3, column 'a': a double quote opens this cell and is never closed. Close it, or write"
                                + " a quote inside a quoted cell twice."),
                Arguments.of(
                        "a,b\n1,\"",
                        "unclosed-quote",
                        "t.csv, line 2, column 'b': a double quote opens this cell and is never closed. Close it, or write"
                                + " a quote inside a quoted cell twice."),
                Arguments.of(
                        "a,b\n1,5\" pipe\n",
                        "stray-quote",
                        "t.csv, line 2, column 'b': '5\" pipe' has a double quote inside. Put the whole cell in double"
                                + " quotes and write the quote inside twice."),
                Arguments.of(
                        "a,b\n\"1\"x,2\n",
                        "malformed",
                        "t.csv, line 2, column 'a': unexpected character after closing quote: 'x' (0x78). Put the whole"
                                + " cell in double quotes and write a quote inside twice."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("faultyCsv")
    void namesPlaceAndRemedy(String text, String code, String message) {
        InputException e = fault(text);
        assertEquals(message, e.getMessage());
        assertEquals(code, e.messages().get(0).code());
    }

    @Test
    void tellsAllRaggedRowsAtOnceButNotThousands() {
        InputException e = fault("a,b\n1\n1,2\n3\n");
        assertThat(e.messages()).extracting(Message::rows).containsExactly(List.of(1), List.of(3));
        assertThat(fault("a,b\n" + "1\n".repeat(1000)).messages()).hasSize(20);
    }

    @Test
    void refusesMoreThanTheLimits() {
        assertEquals(
                "t.csv: more than 10,000 columns. Keep those that the analysis needs.",
                fault("a,".repeat(10_001) + "b\n").getMessage());
        String cell = "x".repeat(1 << 20);
        assertEquals(
                cell,
                Dataset.parse("t.csv", ("a,b\n1," + cell + "\n").getBytes(UTF_8), FileFormat.CSV)
                        .text("b", 0));
        assertThat(fault("a,b\n1," + cell + "x\n").getMessage())
                .startsWith("t.csv, line 2, column 'b': more than 1,048,576 characters.");
        assertThat(fault("a,b\n1,\"" + cell.repeat(5)).getMessage())
                .startsWith("t.csv, line 2, column 'b': more than 1,048,576 characters.");
    }

    @Test
    void refusesStreamsWithoutAnEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] into, int from, int length) {
                java.util.Arrays.fill(into, from, from + length, (byte) 'x');
                return length;
            }
        };
        InputException e = catchThrowableOfType(InputException.class, () -> Dataset.read("-", endless, FileFormat.CSV));
        assertEquals("too-large", e.messages().get(0).code());
    }

    // ---- encodings: one table in eight of them

    private static final String TABLE = "study,größe\nMüller „β“ 😀,0.10\n";
    private static final String LATIN = "study,größe\nMüller,0.10\n";

    static Stream<Arguments> readableEncodings() {
        return Stream.of(
                Arguments.of("UTF-8", "", TABLE),
                Arguments.of("UTF-8", "\uFEFF", TABLE),
                Arguments.of("UTF-16LE", "\uFEFF", TABLE),
                Arguments.of("UTF-16BE", "\uFEFF", TABLE));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("readableEncodings")
    void readsUnicode(String charset, String mark, String table) {
        Dataset data = Dataset.parse("t.csv", (mark + table).getBytes(Charset.forName(charset)), FileFormat.CSV);
        assertEquals(List.of("study", "größe"), data.columns());
        assertEquals("Müller „β“ 😀", data.text("study", 0));
        assertEquals("0.10", data.text("größe", 0));
    }

    static Stream<Arguments> otherEncodings() {
        return Stream.of(
                Arguments.of("windows-1252", LATIN, "t.csv, line 1, character 9 (byte 9): the byte F6 is not UTF-8."),
                Arguments.of(
                        "ISO-8859-1",
                        "a\r\nb\r\nMü\r\n",
                        "t.csv, line 3, character 2 (byte 8): the byte FC is not UTF-8."),
                Arguments.of("UTF-16LE", LATIN, "t.csv, line 1, character 2 (byte 2): a NUL character."),
                Arguments.of("UTF-32LE", "\uFEFF" + LATIN, "t.csv: the file is in UTF-32."),
                Arguments.of("UTF-32BE", "\uFEFF" + LATIN, "t.csv: the file is in UTF-32."),
                Arguments.of(
                        "Shift_JIS", "a\nテスト\n", "t.csv, line 2, character 1 (byte 3): the byte 83 is not UTF-8."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherEncodings")
    void refusesOtherEncodingsAndSaysWhere(String charset, String table, String message) {
        InputException e = fault(table.getBytes(Charset.forName(charset)), FileFormat.CSV);
        assertThat(e.getMessage()).startsWith(message).contains("UTF-8");
    }

    @Test
    void refusesWhatIsAlmostUnicode() {
        byte[] overlong = {'a', '\n', (byte) 0xC0, (byte) 0x80};
        byte[] surrogate = {'a', '\n', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] cut = {'a', '\n', (byte) 0xE2, (byte) 0x82};
        byte[] halfPair = {(byte) 0xFF, (byte) 0xFE, 'a', 0, '\n', 0, 0, (byte) 0xD8};
        byte[] odd = {(byte) 0xFE, (byte) 0xFF, 0, 'a', 0};
        for (byte[] bytes : List.of(overlong, surrogate, cut, halfPair, odd)) {
            assertEquals(
                    "encoding", fault(bytes, FileFormat.CSV).messages().get(0).code());
        }
        assertThat(fault(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF}, FileFormat.CSV)
                        .getMessage())
                .contains("character 2 (byte 5)");
    }

    @Test
    void refusesNulCharacters() {
        assertThat(fault("a,b\n1,\u0000\n").getMessage()).startsWith("t.csv, line 2, character 3 (byte 7): a NUL");
    }

    // ---- JSON

    static Stream<Arguments> faultyJson() {
        return Stream.of(
                Arguments.of("", "empty-file", "the file is empty"),
                Arguments.of("{\"a\": 1}", "malformed", "line 1, character 1: unexpected '{'"),
                Arguments.of("[]", "no-rows", "no row of data"),
                Arguments.of("[{}]", "no-rows", "no row of data"),
                Arguments.of("[1]", "malformed", "line 1, character 2: unexpected '1'"),
                Arguments.of(
                        "[{\"a\": [1]}]", "nested-value", "line 1, character 8: the value of 'a' is not a plain value"),
                Arguments.of(
                        "[{\"a\": 1,\n \"a\": 2}]",
                        "malformed",
                        "line 2, character 5: this is not JSON: duplicate field 'a'"),
                Arguments.of("[{\"a\": 1}] []", "malformed", "something follows the end"),
                Arguments.of("[{\"a\": 1", "malformed", "unexpected end-of-input"),
                Arguments.of("[{\"a\": NaN}]", "malformed", "non-standard token 'NaN'"),
                Arguments.of("[{\"a\": 01}]", "malformed", "Leading zeroes not allowed"),
                Arguments.of("[{\"a\": 1},]", "malformed", "unexpected character (']'"),
                Arguments.of("a,b\n1,2\n", "malformed", "unrecognized token 'a'"),
                Arguments.of("[{\"a\": \"\\ud800\"}]", "encoding", "'<U+D800>' is not a valid text"),
                Arguments.of("[{\"a\": \"\\u0000\"}]", "encoding", "'<U+0000>' is not a valid text"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("faultyJson")
    void refusesJsonThatIsNoTable(String text, String code, String part) {
        InputException e = fault(text.getBytes(UTF_8), FileFormat.JSON);
        assertEquals(code, e.messages().get(0).code());
        assertThat(e.getMessage()).contains(part);
    }

    @Test
    void readsJsonWithThePrintedDigits() {
        String json = "[{\"study\": \"A\", \"hr\": 0.10, \"ok\": true}, {\"hr\": 1e3, \"z\": null, \"study\": \"B\"}]";
        Dataset data = Dataset.parse("t.json", json.getBytes(UTF_8), FileFormat.JSON);
        assertEquals(List.of("study", "hr", "ok", "z"), data.columns());
        assertEquals("0.10", data.text("hr", 0));
        assertEquals("1e3", data.text("hr", 1));
        assertEquals("true", data.text("ok", 0));
        assertEquals("", data.text("ok", 1));
        assertTrue(data.isPrinted("hr"));
        assertEquals("t.json, row 2 (line 1)", data.place(1));
    }

    // ---- files

    @Test
    void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("trials.txt"), "a\n1\n");
        Path zip = Files.write(folder.resolve("trials.csv"), new byte[] {'P', 'K', 3, 4});
        assertThat(refused(folder.resolve("none.csv")))
                .isEqualTo(folder.resolve("none.csv") + ": there is no such file. Check the name and the folder.");
        assertThat(refused(folder)).isEqualTo(folder + ": a folder, not a file. Name a file in it.");
        assertThat(refused(text))
                .startsWith(text + ": the name does not say what kind of file it is.")
                .contains(".xlsx");
        assertThat(refused(zip)).startsWith("trials.csv: an Excel workbook or another archive");
    }

    private static String refused(Path file) {
        return catchThrowableOfType(InputException.class, () -> Dataset.read(file))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u200Bb", "a\u00A0b", "a\u202Eb", "a\tb"})
    void showsCharactersThatCannotBeSeen(String name) {
        assertThat(fault("\"%s\",\"%s\"\n1,2\n".formatted(name, name)).getMessage())
                .contains("<U+");
    }

    @RepeatedTest(300)
    void anyBytesAreReadOrRefused(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String[] bits = {
            "a", "hr", ",", ",", ";", "\t", "\n", "\n", "\r\n", "\"", "\"\"", "0.5", "1,5", " ", "é", "\uFEFF", "[",
            "{", "\"a\":", "}", "]", "null", "\u0000", "😀", "-", "x\ny"
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(40); i++) {
            text.append(bits[random.nextInt(bits.length)]);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        for (FileFormat format : FileFormat.values()) {
            try {
                Dataset data = Dataset.parse("t.csv", bytes, format);
                assertTrue(data.rows() > 0);
                assertThat(data.columns()).isNotEmpty().doesNotHaveDuplicates();
                for (String column : data.columns()) {
                    IntStream.range(0, data.rows()).forEach(row -> data.text(column, row));
                }
                assertEquals(data.rows(), data.toTable().rowCount());
            } catch (InputException e) {
                assertThat(e.messages()).isNotEmpty().allMatch(m -> m.text().startsWith("t.csv"));
            }
        }
    }
}
