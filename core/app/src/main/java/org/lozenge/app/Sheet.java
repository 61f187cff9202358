package org.lozenge.app;

import java.util.ArrayList;
import java.util.List;

/** Lines of help: names at the left, what they mean at the right, broken at blanks. */
final class Sheet {

    private static final int WIDEST_NAME = 30;
    private static final String GAP = "  ";

    /** A line of two columns; without a name it is a paragraph. */
    private record Line(String name, String text) {}

    private final int width;
    private final List<Line> lines = new ArrayList<>();

    Sheet(int width) {
        this.width = Math.max(60, Math.min(width, 120));
    }

    void row(String name, String text) {
        lines.add(new Line(name, text));
    }

    void paragraph(String text) {
        lines.add(new Line("", text));
    }

    void heading(String text) {
        lines.add(new Line("", ""));
        lines.add(new Line("", text + ":"));
    }

    @Override
    public String toString() {
        int names = lines.stream()
                .mapToInt(line -> line.name.length())
                .filter(length -> length <= WIDEST_NAME)
                .max()
                .orElse(0);
        StringBuilder sheet = new StringBuilder();
        for (Line line : lines) {
            if (line.name.isEmpty()) {
                int indent = line.text.length() - line.text.stripLeading().length();
                wrap(line.text.strip(), width - indent)
                        .forEach(part ->
                                sheet.append(" ".repeat(indent)).append(part).append('\n'));
            } else {
                row(sheet, line, names);
            }
        }
        return sheet.toString();
    }

    private void row(StringBuilder sheet, Line line, int names) {
        int indent = GAP.length() + names + GAP.length();
        String start = GAP + line.name;
        List<String> parts = wrap(line.text, width - indent);
        if (line.name.length() > names) {
            sheet.append(start).append('\n');
            start = "";
        }
        for (String part : parts) {
            sheet.append(start)
                    .append(" ".repeat(indent - start.length()))
                    .append(part)
                    .append('\n');
            start = "";
        }
    }

    private static List<String> wrap(String text, int width) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : Console.clean(text).split("\\s+")) {
            if (part.length() > 0 && part.length() + 1 + word.length() > width) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.length() == 0 ? "" : " ").append(word);
        }
        parts.add(part.toString());
        return parts;
    }
}
