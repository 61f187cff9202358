package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.workbench.report.Document.Column;
import org.lozenge.workbench.report.Document.Grid;

/**
 * A table in a terminal. Long texts wrap within their cells; a table that is still too wide is turned on its side when
 * it has few rows, and otherwise printed in blocks of columns that all begin with the first one, as R does.
 */
final class TextTable {

    private static final String GAP = "  ";
    /** Tables of up to so many rows are turned on their side rather than broken into blocks. */
    private static final int FEW_ROWS = 4;
    /** Texts keep at least this width when cells wrap. */
    private static final int NARROW = 24;

    /** A column with its header, cleaned and measured. */
    private record Strip(List<String> cells, boolean numeric, int width) {
        static Strip of(Column column) {
            List<String> cells = new ArrayList<>();
            cells.add(Terminal.clean(column.header()));
            column.cells().forEach(cell -> cells.add(Terminal.clean(cell)));
            int width = cells.stream().mapToInt(Terminal::width).max().orElse(0);
            return new Strip(cells, column.numeric(), width);
        }

        Strip atMost(int limit) {
            return numeric || width <= limit ? this : new Strip(cells, false, limit);
        }
    }

    private final int width;

    /** @param width cells of a line */
    TextTable(int width) {
        this.width = width;
    }

    List<String> lines(Grid grid) {
        if (grid.columns().isEmpty()) {
            return List.of();
        }
        List<Strip> strips = grid.columns().stream().map(Strip::of).toList();
        if (total(strips) <= width) {
            return print(strips, true);
        }
        if (grid.rows() <= FEW_ROWS && strips.size() > grid.rows() + 2) {
            List<Strip> turned = narrowed(
                    Grids.turned(grid).columns().stream().map(Strip::of).toList());
            if (total(turned) <= width) {
                return print(turned, grid.rows() > 1);
            }
        }
        List<Strip> narrowed = narrowed(strips);
        return total(narrowed) <= width ? print(narrowed, true) : blocks(narrowed);
    }

    private static int total(List<Strip> strips) {
        return strips.stream().mapToInt(strip -> strip.width + GAP.length()).sum() - GAP.length();
    }

    /** Takes width from the widest text columns until the table fits or none has any to spare. */
    private List<Strip> narrowed(List<Strip> strips) {
        List<Strip> result = new ArrayList<>(strips);
        int limit = strips.stream()
                .filter(s -> !s.numeric)
                .mapToInt(Strip::width)
                .max()
                .orElse(0);
        while (total(result) > width && limit > NARROW) {
            limit--;
            int most = limit;
            result.replaceAll(strip -> strip.atMost(most));
        }
        return result;
    }

    private List<String> blocks(List<Strip> strips) {
        List<String> lines = new ArrayList<>();
        Strip first = strips.get(0);
        int next = 1;
        while (next < strips.size()) {
            List<Strip> block = new ArrayList<>(List.of(first));
            do {
                block.add(strips.get(next++));
            } while (next < strips.size() && total(block) + GAP.length() + strips.get(next).width <= width);
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(print(block, true));
        }
        return lines.isEmpty() ? print(strips, true) : lines;
    }

    private static List<String> print(List<Strip> strips, boolean header) {
        List<String> lines = new ArrayList<>();
        int rows = strips.get(0).cells.size();
        for (int row = header ? 0 : 1; row < rows; row++) {
            lines.addAll(row(strips, row));
            if (row == 0) {
                lines.add("─".repeat(total(strips)));
            }
        }
        return lines;
    }

    private static List<String> row(List<Strip> strips, int row) {
        List<List<String>> cells = strips.stream()
                .map(strip -> strip.numeric
                        ? List.of(strip.cells.get(row))
                        : Terminal.wrap(strip.cells.get(row), Math.max(1, strip.width)))
                .toList();
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < strips.size(); c++) {
                Strip strip = strips.get(c);
                String text = i < cells.get(c).size() ? cells.get(c).get(i) : "";
                line.append(c == 0 ? "" : GAP);
                line.append(strip.numeric ? Terminal.right(text, strip.width) : Terminal.left(text, strip.width));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
