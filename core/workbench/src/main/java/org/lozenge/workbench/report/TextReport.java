package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.report.Document.Block;
import org.lozenge.workbench.report.Document.Fact;
import org.lozenge.workbench.report.Document.Facts;
import org.lozenge.workbench.report.Document.Grid;
import org.lozenge.workbench.report.Document.Part;
import org.lozenge.workbench.report.Document.Plot;
import org.lozenge.workbench.report.Document.Prose;

/** A document in a terminal. */
final class TextReport {

    private static final String INDENT = "  ";

    private static final Pattern ROW = Pattern.compile("\\brows? \\d", Pattern.CASE_INSENSITIVE);

    private enum Style {
        BOLD("\u001b[1m"),
        DIM("\u001b[2m"),
        RED("\u001b[31m"),
        YELLOW("\u001b[33m"),
        BLUE("\u001b[34m");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final int width;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    TextReport(int width, boolean colour) {
        this.width = Math.max(40, width);
        this.colour = colour;
    }

    String print(Document document) {
        lines.add(style(Style.BOLD, Terminal.clean(document.title())));
        wrapped(source(document.provenance()), "", Style.DIM);
        document.blocks().forEach(block -> block(block, 1, document.title()));
        messages(document.messages());
        return String.join("\n", lines) + "\n";
    }

    /** Returns parts alone, without heading and source. */
    String parts(List<Document.Block> blocks, List<Message> messages) {
        blocks.forEach(block -> block(block, 1, ""));
        messages(messages);
        return String.join("\n", lines).strip() + "\n";
    }

    private static String source(Provenance run) {
        Provenance.Input input = run.input();
        String used = input.used() == input.rows() || input.used() == 0
                ? plural(input.rows(), "row")
                : input.used() + " of " + plural(input.rows(), "row");
        return run.analysis() + " · " + input.name() + " · " + used;
    }

    private static String plural(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    private void block(Block block, int depth, String above) {
        if (block instanceof Facts facts) {
            facts(facts.facts());
        } else if (block instanceof Grid grid) {
            grid(grid, above);
        } else if (block instanceof Plot plot) {
            plot(plot, above);
        } else if (block instanceof Prose prose) {
            prose(prose, above);
        } else if (block instanceof Part part) {
            part(part, depth);
        }
    }

    private void facts(List<Fact> facts) {
        lines.add("");
        int widest = facts.stream()
                .mapToInt(fact -> Terminal.width(Terminal.clean(fact.label())))
                .max()
                .orElse(0);
        for (Fact fact : facts) {
            lines.add(INDENT
                    + Terminal.left(Terminal.clean(fact.label()), widest)
                    + INDENT
                    + Terminal.clean(fact.value()));
        }
    }

    private void grid(Grid grid, String above) {
        heading(grid.title(), above);
        if (grid.rows() == 0) {
            lines.add(INDENT + style(Style.DIM, "no rows"));
            return;
        }
        for (String line : new TextTable(width - INDENT.length()).lines(grid)) {
            boolean rule = line.startsWith("─");
            lines.add((INDENT + (rule ? style(Style.DIM, line) : line)).stripTrailing());
        }
        if (grid.omitted() > 0) {
            lines.add(INDENT + style(Style.DIM, "and " + plural(grid.omitted(), "more row")));
        }
    }

    private void plot(Plot plot, String above) {
        heading(plot.item().title(), above);
        String words = plot.description().isBlank() ? "Figure '" + plot.item().id() + "'" : plot.description();
        wrapped(words, INDENT, Style.DIM);
    }

    private void prose(Prose prose, String above) {
        heading(prose.title(), above);
        for (int i = 0; i < prose.paragraphs().size(); i++) {
            if (i > 0) {
                lines.add("");
            }
            prose.paragraphs().get(i).lines().forEach(line -> wrapped(line, INDENT));
        }
    }

    private void part(Part part, int depth) {
        lines.add("");
        String rule = depth == 1 ? "══ " : "── ";
        String title = rule + Terminal.clean(part.title()) + " ";
        String end = rule.substring(0, 1).repeat(Math.max(2, width - Terminal.width(title)));
        lines.add(style(Style.BOLD, title + end));
        if (part.status() != Section.Status.OK) {
            lines.add(style(Style.RED, statusWord(part.status())));
        }
        part.blocks().forEach(block -> block(block, depth + 1, part.title()));
        messages(part.messages());
    }

    private static String statusWord(Section.Status status) {
        return switch (status) {
            case OK -> "";
            case REJECTED -> "Not run: the messages say what to mend.";
            case FAILED -> "The analysis failed.";
            case CANCELLED -> "Cancelled.";
        };
    }

    /** @param above the heading above, which a block need not repeat */
    private void heading(String title, String above) {
        lines.add("");
        if (!title.isBlank() && !title.equals(above)) {
            lines.add(style(Style.BOLD, Terminal.clean(title)));
        }
    }

    private void messages(List<Message> messages) {
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            List<Message> some =
                    messages.stream().filter(m -> m.severity() == severity).toList();
            if (!some.isEmpty()) {
                lines.add("");
                lines.add(style(Style.BOLD, style(colour(severity), heading(severity, some.size()))));
                some.forEach(this::message);
            }
        }
    }

    private static String heading(Severity severity, int n) {
        String word = switch (severity) {
            case ERROR -> "Error";
            case WARNING -> "Warning";
            case INFO -> "Note";
        };
        return n == 1 ? word : word + "s";
    }

    private static Style colour(Severity severity) {
        return switch (severity) {
            case ERROR -> Style.RED;
            case WARNING -> Style.YELLOW;
            case INFO -> Style.BLUE;
        };
    }

    private void message(Message message) {
        List<String> wrapped = Terminal.wrap(words(message), width - 4);
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? INDENT + "• " : INDENT + INDENT) + wrapped.get(i));
        }
    }

    /** The text of a message with its rows and its code. */
    static String words(Message message) {
        return text(message) + " [" + message.code() + "]";
    }

    /** The text of a message, with its rows unless it names them itself. */
    static String text(Message message) {
        String text = Terminal.clean(message.text());
        String rows = Document.rows(message);
        boolean named = rows.isEmpty() || ROW.matcher(text).find();
        return named ? text : "R" + rows.substring(1) + ": " + text;
    }

    private void wrapped(String text, String indent) {
        Terminal.wrap(Terminal.clean(text), width - indent.length()).forEach(line -> lines.add(indent + line));
    }

    private void wrapped(String text, String indent, Style style) {
        Terminal.wrap(Terminal.clean(text), width - indent.length())
                .forEach(line -> lines.add(indent + style(style, line)));
    }

    private String style(Style style, String text) {
        return colour ? style.code + text + "\u001b[0m" : text;
    }
}
