package org.lozenge.workbench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.plugin.Message;

/**
 * Numbers with decimal commas, in tables whose cells something else than a comma separates. Spreadsheets write them so
 * wherever the comma is the decimal sign.
 *
 * <p>They are read if at least one of them can be nothing else: {@code 1,234} alone may be a thousand. What could be both
 * stops the table.
 */
final class DecimalCommas {

    /** A cell of nothing but numbers and what stands around them in reports, such as {@code 0,35 (0,28 bis 0,5)}. */
    private static final Pattern NUMBERS =
            Pattern.compile("(?:(?:\\d++(?:[.,]\\d++)?+|(?<!\\d)[.,]\\d++)(?:[eE][+-]?\\d++)?+|to|bis"
                    + "|[\\s\\p{Zs}()\\[\\]<>≤≥=+\\-−–—;%*†‡])++");

    private static final Pattern WITH_COMMA = Pattern.compile("\\d*,\\d+");
    private static final Pattern THOUSAND = Pattern.compile("[1-9]\\d{0,2}[.,]\\d{3}");
    private static final Pattern THOUSANDS_WITH_POINT = Pattern.compile("(?<![\\d.])[1-9]\\d{0,2}\\.\\d{3}(?![\\d.])");

    private final List<String> columns;
    private final IntFunction<String> places;

    /** @param places where a 0-based row stands, for messages */
    DecimalCommas(List<String> columns, IntFunction<String> places) {
        this.columns = columns;
        this.places = places;
    }

    /**
     * Returns the cells with points in the place of commas.
     *
     * @param problems gets a note if there were any
     * @throws InputException with code {@code ambiguous-number} if a point may separate thousands
     */
    List<PackedText> read(List<PackedText> cells, List<Message> problems) {
        if (cells.stream().noneMatch(DecimalCommas::isEvidence)) {
            return cells;
        }
        rejectAmbiguous(cells);
        List<PackedText> out = new ArrayList<>();
        int changed = 0;
        String first = "";
        for (int c = 0; c < cells.size(); c++) {
            PackedText.Builder column = new PackedText.Builder();
            for (int row = 0; row < cells.get(c).size(); row++) {
                String text = cells.get(c).text(row);
                boolean comma = hasComma(text);
                column.add(comma ? text.replace(',', '.') : text);
                if (comma && changed++ == 0) {
                    first = CellText.quoted(text) + " at " + at(c, row);
                }
            }
            out.add(column.build(cells.get(c).size()));
        }
        problems.add(Message.info(
                "decimal-commas",
                "Decimal commas were read as decimal points in " + changed
                        + (changed == 1 ? " cell: " : " cells, first ") + first + "."));
        return out;
    }

    private static boolean isEvidence(PackedText column) {
        for (int row = 0; column.has(',') && row < column.size(); row++) {
            String text = column.text(row);
            Matcher numbers = WITH_COMMA.matcher(text);
            while (hasComma(text) && numbers.find()) {
                if (!THOUSAND.matcher(numbers.group()).matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasComma(String text) {
        return text.indexOf(',') >= 0 && NUMBERS.matcher(text).matches();
    }

    private void rejectAmbiguous(List<PackedText> cells) {
        for (int c = 0; c < cells.size(); c++) {
            for (int row = 0; cells.get(c).has('.') && row < cells.get(c).size(); row++) {
                String text = cells.get(c).text(row);
                boolean both = text.indexOf('.') >= 0 && hasComma(text);
                if (both
                        || (THOUSANDS_WITH_POINT.matcher(text).find()
                                && NUMBERS.matcher(text).matches())) {
                    throw new InputException(
                            "ambiguous-number",
                            at(c, row) + ": " + CellText.quoted(text)
                                    + " has a point, but other numbers have decimal commas, so the point may separate"
                                    + " thousands. Write all numbers without separators of thousands and with the same"
                                    + " decimal sign.");
                }
            }
        }
    }

    private String at(int column, int row) {
        return places.apply(row) + ", column " + CellText.quoted(columns.get(column));
    }
}
