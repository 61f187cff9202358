package org.lozenge.workbench.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.lozenge.plugin.NumberText;

/**
 * Reads the first sheet of an Excel workbook that holds anything. A workbook stores numbers, not digits: what it shows
 * as 0.10 reads 0.1, and the column does not count as printed. Dates read in ISO form. Formulas give the value that was
 * last computed.
 */
final class SheetReader {

    private static final Pattern QUOTED_OR_BRACKETED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\\\.");
    private static final Pattern DATE_LETTERS = Pattern.compile(".*[dmyhs].*");

    private final String source;
    private final byte[] bytes;

    SheetReader(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    TableBuilder read() {
        WorkbookGuard.check(source, bytes);
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(true, false))) {
            return read(workbook.getSheets().toList());
        } catch (IOException | ExcelReaderException | IllegalArgumentException | IllegalStateException e) {
            throw new InputException(
                    "malformed",
                    source + ": the workbook cannot be read (" + e.getMessage()
                            + "). Save it again, or save the sheet as CSV UTF-8.");
        }
    }

    private TableBuilder read(List<Sheet> sheets) throws IOException {
        List<String> withContent = new ArrayList<>();
        Optional<TableBuilder> first = Optional.empty();
        for (Sheet sheet : sheets) {
            List<Row> rows = rows(sheet);
            if (!rows.isEmpty()) {
                withContent.add(sheet.getName());
                if (first.isEmpty()) {
                    first = Optional.of(table(rows));
                }
            }
        }
        TableBuilder table = first.orElseThrow(
                () -> new InputException("empty-file", source + ": no sheet of the workbook holds anything."));
        if (withContent.size() > 1) {
            table.warn(
                    "first-sheet",
                    source + ": the workbook has " + withContent.size() + " sheets; the first one, "
                            + CellText.quoted(withContent.get(0)) + ", was read.");
        }
        return table;
    }

    private static List<Row> rows(Sheet sheet) throws IOException {
        try (Stream<Row> rows = sheet.openStream()) {
            return rows.filter(row -> row.stream().anyMatch(SheetReader::hasContent))
                    .toList();
        }
    }

    private static boolean hasContent(Cell cell) {
        return cell != null
                && cell.getType() != CellType.EMPTY
                && !cell.getText().isBlank();
    }

    private TableBuilder table(List<Row> rows) {
        int width = 0;
        for (Row row : rows) {
            width = Math.max(width, lastContent(row) + 1);
        }
        List<String> header = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            header.add(cell(rows.get(0), c).map(this::text).orElse(""));
        }
        TableBuilder table = new TableBuilder(source, header);
        for (Row row : rows.subList(1, rows.size())) {
            for (int c = 0; c < width; c++) {
                addCell(table, c, cell(row, c));
            }
            table.endSparseRow(row.getRowNum());
        }
        return table;
    }

    private static int lastContent(Row row) {
        return row.stream()
                .filter(SheetReader::hasContent)
                .mapToInt(Cell::getColumnIndex)
                .max()
                .orElse(-1);
    }

    private static Optional<Cell> cell(Row row, int column) {
        return column < row.getCellCount() ? Optional.ofNullable(row.getCell(column)) : Optional.empty();
    }

    private void addCell(TableBuilder table, int column, Optional<Cell> cell) {
        String text = cell.map(this::text).orElse("");
        if (text.length() > Limits.CELL) {
            throw new InputException(
                    "cell-too-long",
                    source + ", cell " + cell.orElseThrow().getAddress() + ": more than 1,048,576 characters.");
        }
        if (cell.isPresent() && isNumber(cell.get())) {
            table.storedNumber(column, text);
        } else {
            table.cell(column, text);
        }
    }

    private static boolean isNumber(Cell cell) {
        return cell.getType() == CellType.NUMBER
                || (cell.getType() == CellType.FORMULA && cell.getValue() instanceof Number);
    }

    private String text(Cell cell) {
        if (isNumber(cell)) {
            return isDate(cell) ? date(cell.asDate()) : number(cell);
        }
        if (cell.getType() == CellType.BOOLEAN) {
            return cell.asBoolean() ? "true" : "false";
        }
        return cell.getText();
    }

    private static String number(Cell cell) {
        return NumberText.parse(cell.getRawValue()).map(NumberText::print).orElse(cell.getRawValue());
    }

    private static boolean isDate(Cell cell) {
        String format = cell.getDataFormatString();
        if (format == null || format.equalsIgnoreCase("General")) {
            return false;
        }
        String plain = QUOTED_OR_BRACKETED.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
        return DATE_LETTERS.matcher(plain).matches();
    }

    private static String date(LocalDateTime value) {
        return value.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? value.toLocalDate().toString()
                : value.toString();
    }
}
