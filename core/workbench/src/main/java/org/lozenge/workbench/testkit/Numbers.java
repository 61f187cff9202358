package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.Estimate;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Scalar;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;

/** The numbers of a result as they are whatever the order of its rows: tables are sorted, row numbers left out. */
final class Numbers {

    /** Sums in another order differ in their last digits; iterations that stop early, in a few more. */
    private static final double TOLERANCE = 1e-6;

    private record Line(String text, List<Double> numbers) {}

    private record Part(String name, List<Line> lines) {}

    private Numbers() {}

    /** Returns in words the first thing in which two results differ; empty if they agree. */
    static Optional<String> difference(AnalysisResult one, AnalysisResult other) {
        List<Part> a = parts(one);
        List<Part> b = parts(other);
        if (a.size() != b.size()) {
            return Optional.of("there are " + a.size() + " or " + b.size() + " items");
        }
        for (int i = 0; i < a.size(); i++) {
            Optional<String> difference = difference(a.get(i), b.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> difference(Part a, Part b) {
        if (!a.name.equals(b.name) || a.lines.size() != b.lines.size()) {
            return Optional.of("'" + a.name + "' has " + a.lines.size() + " rows, '" + b.name + "' " + b.lines.size());
        }
        boolean sameTexts = texts(a).equals(texts(b));
        List<Line> x = sameTexts ? a.lines : byNumbers(a);
        List<Line> y = sameTexts ? b.lines : byNumbers(b);
        for (int i = 0; i < x.size(); i++) {
            for (int n = 0; n < x.get(i).numbers.size(); n++) {
                if (!agree(x.get(i).numbers.get(n), y.get(i).numbers.get(n))) {
                    return Optional.of("'" + a.name + "' holds "
                            + x.get(i).numbers.get(n) + " or "
                            + y.get(i).numbers.get(n) + (x.get(i).text.isEmpty() ? "" : " for " + x.get(i).text));
                }
            }
        }
        return Optional.empty();
    }

    /** Texts may list what they found in the order of the rows, which is no fault: then only numbers count. */
    private static List<String> texts(Part part) {
        return part.lines.stream().map(Line::text).toList();
    }

    private static List<Line> byNumbers(Part part) {
        return part.lines.stream()
                .sorted(Comparator.comparing(Numbers::rounded))
                .toList();
    }

    private static boolean agree(double a, double b) {
        return Double.compare(a, b) == 0
                || Math.abs(a - b) <= TOLERANCE * Math.max(1e-3, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static List<Part> parts(AnalysisResult result) {
        List<Part> parts = new ArrayList<>();
        add(parts, "", result.items());
        return parts;
    }

    private static void add(List<Part> parts, String path, List<ResultItem> items) {
        for (ResultItem item : items) {
            String name = path + item.id();
            if (item instanceof Scalar scalar) {
                parts.add(new Part(name, List.of(new Line("", List.of(scalar.value())))));
            } else if (item instanceof Estimate e) {
                parts.add(new Part(name, List.of(new Line("", List.of(e.value(), e.low(), e.high(), e.pValue())))));
            } else if (item instanceof Tabular table) {
                parts.add(new Part(name, lines(table)));
            } else if (item instanceof Section section) {
                add(parts, name + "/", section.items());
            }
        }
        parts.sort(Comparator.comparing(Part::name)); // sections follow the rows too
    }

    private static List<Line> lines(Tabular table) {
        List<Line> lines = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            List<String> texts = new ArrayList<>();
            List<Double> numbers = new ArrayList<>();
            for (Tabular.Series column : table.columns()) {
                if (column.name().equals("row") || column.name().equals("rows")) {
                    continue;
                }
                if (column.type() == Tabular.Type.TEXT) {
                    texts.add(column.text(row).replaceAll("\\brows? [\\d, –-]+", "row"));
                } else {
                    numbers.add(column.number(row));
                }
            }
            lines.add(new Line(String.join(" | ", texts), List.copyOf(numbers)));
        }
        lines.sort(Comparator.comparing(Line::text).thenComparing(Numbers::rounded));
        return lines;
    }

    private static String rounded(Line line) {
        StringBuilder key = new StringBuilder();
        for (double number : line.numbers) {
            key.append(String.format(Locale.ROOT, "%.4e ", number));
        }
        return key.toString();
    }
}
