package org.lozenge.workbench.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Message;

class SheetFileTest {

    private static final String NS = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    /** Parts of a minimal workbook; each sheet is the content of its {@code sheetData}. */
    private static Map<String, String> parts(String... sheets) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder names = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= sheets.length; i++) {
            names.append("<sheet name=\"Sheet")
                    .append(i)
                    .append("\" sheetId=\"")
                    .append(i)
                    .append("\" r:id=\"rId")
                    .append(i)
                    .append("\"/>");
            relations
                    .append("<Relationship Id=\"rId")
                    .append(i)
                    .append(
                            "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet")
                    .append(i)
                    .append(".xml\"/>");
            types.append("<Override PartName=\"/xl/worksheets/sheet")
                    .append(i)
                    .append(
                            ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>");
            parts.put(
                    "xl/worksheets/sheet" + i + ".xml",
                    "<worksheet " + NS + "><sheetData>" + sheets[i - 1] + "</sheetData></worksheet>");
        }
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                        + types + "</Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
        parts.put(
                "xl/workbook.xml",
                "<workbook " + NS
                        + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                        + names + "</sheets></workbook>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + relations
                        + "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet " + NS
                        + "><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.00&quot; days&quot;\"/></numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
        return parts;
    }

    private static byte[] zip(Map<String, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + part.getValue()).getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String row(int number, String... cells) {
        StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isEmpty()) {
                row.append(cells[i].replace("@", "r=\"" + (char) ('A' + i) + number + "\""));
            }
        }
        return row.append("</row>").toString();
    }

    private static String text(String text) {
        return "<c @ t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static String number(String value, int style) {
        return "<c @ s=\"" + style + "\"><v>" + value + "</v></c>";
    }

    private static Dataset read(String... sheets) {
        return Dataset.parse("t.xlsx", zip(parts(sheets)), FileFormat.XLSX);
    }

    private static InputException fault(byte[] bytes) {
        InputException e =
                catchThrowableOfType(InputException.class, () -> Dataset.parse("t.xlsx", bytes, FileFormat.XLSX));
        assertThat(e).as("must be refused").isNotNull();
        assertThat(e.getMessage()).startsWith("t.xlsx: ");
        return e;
    }

    @Test
    void readsNumbersTextsAndDates() {
        Dataset data = read(row(1, text("study"), text("hr"), text("p"), text("date"), text("share"), text("time"))
                + row(
                        2,
                        text("A"),
                        number("0.1", 0),
                        text("0.10"),
                        number("43618", 1),
                        number("0.95", 2),
                        number("3.5", 3))
                + row(4, text("B"), number("0.28000000000000003", 0), "", number("43618.5", 1), "", number("1E-3", 0)));
        assertEquals(List.of("study", "hr", "p", "date", "share", "time"), data.columns());
        assertEquals(2, data.rows());
        assertEquals("0.1", data.text("hr", 0));
        assertEquals("0.28", data.text("hr", 1).substring(0, 4));
        assertEquals("0.10", data.text("p", 0));
        assertEquals("", data.text("p", 1));
        assertEquals("2019-06-02", data.text("date", 0));
        assertEquals("2019-06-02T12:00", data.text("date", 1));
        assertEquals("0.95", data.text("share", 0));
        assertEquals("3.5", data.text("time", 0));
        assertEquals("0.001", data.text("time", 1));
        assertFalse(data.isPrinted("hr"));
        assertTrue(data.isPrinted("p"));
        assertEquals("t.xlsx, row 2 (line 4)", data.place(1));
        assertThat(data.problems()).isEmpty();
    }

    @Test
    void readsValuesOfFormulasTruthValuesAndErrors() {
        Dataset data = read(row(1, text("a"), text("b"), text("c"), text("d"))
                + row(
                        2,
                        "<c @><f>1+1</f><v>2</v></c>",
                        "<c @ t=\"b\"><v>1</v></c>",
                        "<c @ t=\"e\"><v>#N/A</v></c>",
                        "<c @ t=\"str\"><f>X</f><v>x</v></c>"));
        assertEquals("2", data.text("a", 0));
        assertFalse(data.isPrinted("a"));
        assertEquals("true", data.text("b", 0));
        assertEquals("#N/A", data.text("c", 0));
        assertEquals("x", data.text("d", 0));
    }

    @Test
    void readsTheFirstSheetThatHoldsAnything() {
        Dataset data = read("", row(1, text("a")) + row(2, number("1", 0)), row(1, text("b")));
        assertEquals(List.of("a"), data.columns());
        assertThat(data.problems())
                .extracting(Message::text)
                .containsExactly("t.xlsx: the workbook has 2 sheets; the first one, 'Sheet2', was read.");
    }

    @Test
    void namesColumnsBeyondTheHeader() {
        Dataset data = read(row(1, text("a")) + row(2, number("1", 0), number("2", 0)));
        assertEquals(List.of("a", "column_2"), data.columns());
        assertThat(data.problems()).hasSize(1);
    }

    @Test
    void refusesWhatHoldsNothing() {
        assertEquals("empty-file", fault(zip(parts(""))).messages().get(0).code());
        assertEquals(
                "no-rows",
                fault(zip(parts(row(1, text("a"))))).messages().get(0).code());
    }

    @Test
    void refusesWhatIsNoWorkbook() {
        assertThat(fault("a,b\n1,2\n".getBytes(UTF_8)).getMessage()).contains("not an Excel workbook");
        assertThat(fault(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0})
                        .getMessage())
                .contains("(.xls)");
        assertThat(fault("PK\u0003\u0004garbage".getBytes(UTF_8)).getMessage()).contains("cannot be read");
        byte[] whole = zip(parts(row(1, text("a")) + row(2, number("1", 0))));
        assertThat(fault(java.util.Arrays.copyOf(whole, whole.length / 2)).messages())
                .hasSize(1);
        assertThat(fault(zip(Map.of("a.xml", "<a/>"))).messages()).hasSize(1);
        Map<String, String> broken = parts("");
        broken.put("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\">");
        assertThat(fault(zip(broken)).messages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "x.bin"})
    void neverReadsOtherFiles(String part, @TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "TOPSECRET");
        Map<String, String> parts = parts(row(1, text("a")) + row(2, text("&x;")));
        String entity = "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
        parts.merge(part, " ".repeat(200_000) + entity, (content, doctype) -> doctype + content);
        InputException e = fault(zip(parts));
        assertThat(e.getMessage()).contains("document type").doesNotContain("TOPSECRET");
    }

    @Test
    void refusesWorkbooksThatExplode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 257; i++) {
                zip.write(block);
            }
        }
        assertEquals("too-large", fault(bytes.toByteArray()).messages().get(0).code());
    }

    @RepeatedTest(100)
    void damagedWorkbooksAreRefusedOrRead(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Map<String, String> parts = parts(row(1, text("a"), text("b")) + row(2, number("1", 0), number("43618", 1)));
        String part = List.copyOf(parts.keySet()).get(random.nextInt(parts.size()));
        StringBuilder damaged = new StringBuilder(parts.get(part));
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(damaged.length());
            damaged.replace(
                    at, Math.min(damaged.length(), at + random.nextInt(10)), "<\"r1>".substring(random.nextInt(5)));
        }
        parts.put(part, damaged.toString());
        byte[] bytes = zip(parts);
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
        try {
            assertTrue(Dataset.parse("t.xlsx", bytes, FileFormat.XLSX).rows() > 0);
        } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("t.xlsx");
        }
    }
}
