package org.lozenge.workbench.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lozenge.plugin.NumberText;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Tabular.Series;

/**
 * Tables as CSV (RFC 4180, lines end in LF) with unrounded numbers; missing ones are empty.
 *
 * <p>Tables of one name in several sections become one, with the section's title in a first column {@code section}.
 */
final class CsvReport {

    private static final String SECTION = "section";

    /** A table and the titles of the sections that hold it, from outside in; empty for none. */
    private record Place(String section, Tabular table) {}

    private CsvReport() {}

    /** Returns the names of the tables in order of first appearance, those within sections included. */
    static List<String> tables(List<ResultItem> items) {
        Set<String> names = new LinkedHashSet<>();
        places("", items).forEach(place -> names.add(place.table.id()));
        return List.copyOf(names);
    }

    /** Returns one table. */
    static String of(Tabular table) {
        return write(List.of(new Place("", table)));
    }

    /** Returns the table of this name from all sections; empty if there is none. */
    static Optional<String> of(List<ResultItem> items, String name) {
        List<Place> places = places("", items).stream()
                .filter(place -> place.table.id().equals(name))
                .toList();
        return places.isEmpty() ? Optional.empty() : Optional.of(write(places));
    }

    private static List<Place> places(String section, List<ResultItem> items) {
        List<Place> places = new ArrayList<>();
        for (ResultItem item : items) {
            if (item instanceof Tabular table) {
                places.add(new Place(section, table));
            } else if (item instanceof Section inner) {
                String title = section.isEmpty() ? inner.title() : section + " / " + inner.title();
                places.addAll(places(title, inner.items()));
            }
        }
        return places;
    }

    private static String write(List<Place> places) {
        Set<String> header = new LinkedHashSet<>();
        boolean sections = places.stream().anyMatch(place -> !place.section.isEmpty());
        places.forEach(place -> place.table.columns().forEach(column -> header.add(column.name())));
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            List<String> first = new ArrayList<>();
            if (sections) {
                first.add(SECTION);
            }
            header.forEach(name -> first.add(guarded(name)));
            csv.writeRecord(first);
            for (Place place : places) {
                rows(csv, place, header, sections);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text.toString();
    }

    private static void rows(CsvWriter csv, Place place, Set<String> header, boolean sections) {
        Map<String, Series> columns = new LinkedHashMap<>();
        place.table.columns().forEach(column -> columns.put(column.name(), column));
        for (int row = 0; row < place.table.rows(); row++) {
            List<String> cells = new ArrayList<>();
            if (sections) {
                cells.add(guarded(place.section));
            }
            for (String name : header) {
                Series column = columns.get(name);
                cells.add(column == null ? "" : cell(column, row));
            }
            csv.writeRecord(cells);
        }
    }

    private static String cell(Series column, int row) {
        if (column.type() == Tabular.Type.TEXT) {
            return guarded(Characters.safe(column.text(row)));
        }
        double value = column.number(row);
        return Double.isFinite(value) ? ExactNumber.of(value) : "";
    }

    /**
     * Returns a text that no spreadsheet takes for a formula: one that begins like a formula, also after blanks, quotes or
     * a byte order mark or in full width, gets an apostrophe in front. Numbers stay as they are.
     */
    static String guarded(String text) {
        int first = text.codePoints()
                .filter(c -> !(Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || c == '"'
                        || c == 0xFEFF
                        || c == '\''))
                .findFirst()
                .orElse('x');
        boolean formula = "=+-@＝＋－＠\u2212|%".indexOf(first) >= 0 || text.startsWith("\t") || text.startsWith("\r");
        return formula && NumberText.parse(text).isEmpty() ? "'" + text : text;
    }
}
