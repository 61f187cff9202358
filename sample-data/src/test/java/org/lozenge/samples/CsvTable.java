package org.lozenge.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict reader for RFC 4180 with LF: what it refuses, a bundled table must not contain. */
record CsvTable(List<String> header, List<Map<String, String>> rows) {

    static CsvTable parse(String text) {
        List<List<String>> lines = lines(text);
        List<String> header = lines.get(0);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> cells : lines.subList(1, lines.size())) {
            if (cells.size() != header.size()) {
                throw new IllegalArgumentException(cells.size() + " cells for " + header.size() + " columns: " + cells);
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                row.put(header.get(i), cells.get(i));
            }
            rows.add(row);
        }
        return new CsvTable(header, rows);
    }

    private static List<List<String>> lines(String text) {
        if (!text.endsWith("\n") || text.indexOf('\r') >= 0 || text.indexOf('\uFEFF') >= 0 || text.indexOf('\t') >= 0) {
            throw new IllegalArgumentException("Not plain LF text without byte order mark and tabs");
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = cellEnd(text, at);
            cells.add(cell(text.substring(at, end)));
            if (text.charAt(end) == '\n') {
                lines.add(cells);
                cells = new ArrayList<>();
            }
            at = end + 1;
        }
        return lines;
    }

    private static int cellEnd(String text, int from) {
        boolean quoted = false;
        for (int i = from; ; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\n' || c == ',') {
                if (c == '\n' && quoted) {
                    throw new IllegalArgumentException("Line break inside a cell: " + text.substring(from, i));
                }
                if (!quoted) {
                    return i;
                }
            }
        }
    }

    private static String cell(String raw) {
        String content =
                raw.startsWith("\"") ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
        if (!content.equals(content.strip()) || (!raw.startsWith("\"") && raw.indexOf('"') >= 0)) {
            throw new IllegalArgumentException("Cell with outer blanks or a stray quote: " + raw);
        }
        return content;
    }

    /** The one row whose cells equal the given column-value pairs. */
    Map<String, String> only(String... pairs) {
        List<Map<String, String>> found = where(pairs);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " rows for " + String.join(" ", pairs));
        }
        return found.get(0);
    }

    List<Map<String, String>> where(String... pairs) {
        return rows.stream()
                .filter(row -> {
                    for (int i = 0; i < pairs.length; i += 2) {
                        if (!pairs[i + 1].equals(row.get(pairs[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }
}
