package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.report.Document.Block;
import org.lozenge.workbench.report.Document.Column;
import org.lozenge.workbench.report.Document.Fact;
import org.lozenge.workbench.report.Document.Facts;
import org.lozenge.workbench.report.Document.Grid;
import org.lozenge.workbench.report.Document.Part;
import org.lozenge.workbench.report.Document.Plot;
import org.lozenge.workbench.report.Document.Prose;

/** A document as GitHub-flavoured Markdown. Text from the data stays text: no markup, no HTML, no links. */
final class MarkdownReport {

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>|~&$]");
    /** What makes a heading, a list or a rule of the line that begins with it. */
    private static final Pattern LINE_MARKUP = Pattern.compile("^(?:#(?=#{0,5}(?: |$))|[+-](?= |$)|[=-](?=[=-]*$))");

    private static final Pattern NUMBERED = Pattern.compile("^(\\d+)([.)])(?= |$)");
    private static final Pattern AUTO_LINK = Pattern.compile("(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\\.)|(@)");

    private final Drawing drawing;
    private final List<String> lines = new ArrayList<>();

    /** @param drawing an image link for a figure */
    MarkdownReport(Drawing drawing) {
        this.drawing = drawing;
    }

    String print(Document document) {
        lines.add("# " + text(document.title()));
        if (!document.status().equals("ok")) {
            paragraph("**Status: " + document.status() + "**");
        }
        document.blocks().forEach(block -> block(block, 2, document.title()));
        messages(document.messages());
        provenance(document.provenance());
        return String.join("\n", lines) + "\n";
    }

    private void block(Block block, int depth, String above) {
        if (block instanceof Facts facts) {
            facts(facts.facts());
        } else if (block instanceof Grid grid) {
            heading(depth, grid.title(), above);
            grid(grid);
        } else if (block instanceof Plot plot) {
            heading(depth, plot.item().title(), above);
            plot(plot);
        } else if (block instanceof Prose prose) {
            heading(depth, prose.title(), above);
            prose.paragraphs().forEach(paragraph -> paragraph(prose(paragraph)));
        } else if (block instanceof Part part) {
            heading(depth, part.title(), "");
            if (part.status() != Section.Status.OK) {
                paragraph("**Status: " + part.status().name().toLowerCase(java.util.Locale.ROOT) + "**");
            }
            part.blocks().forEach(inner -> block(inner, depth + 1, part.title()));
            messages(part.messages());
        }
    }

    private void facts(List<Fact> facts) {
        lines.add("");
        for (Fact fact : facts) {
            lines.add("- " + text(fact.label()) + ": **" + text(fact.value()) + "**");
        }
    }

    private void grid(Grid original) {
        Grid grid = Grids.readable(original);
        lines.add("");
        if (original.rows() == 0) {
            lines.add("No rows.");
            return;
        }
        StringBuilder head = new StringBuilder("|");
        StringBuilder rule = new StringBuilder("|");
        for (Column column : grid.columns()) {
            head.append(' ').append(text(column.header())).append(" |");
            rule.append(column.numeric() ? "---:|" : "---|");
        }
        lines.add(head.toString());
        lines.add(rule.toString());
        for (int row = 0; row < grid.rows(); row++) {
            StringBuilder line = new StringBuilder("|");
            for (Column column : grid.columns()) {
                line.append(' ').append(text(column.cells().get(row))).append(" |");
            }
            lines.add(line.toString());
        }
        if (grid.omitted() > 0) {
            paragraph("And " + grid.omitted() + " more rows.");
        }
    }

    private void plot(Plot plot) {
        String image = drawing.of(plot.item());
        if (!image.isEmpty()) {
            paragraph("![" + text(plot.description().isBlank() ? plot.item().title() : plot.description()) + "]("
                    + image + ")");
        }
        if (!plot.description().isBlank()) {
            paragraph(text(plot.description()));
        }
    }

    private void messages(List<Message> messages) {
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            List<Message> some =
                    messages.stream().filter(m -> m.severity() == severity).toList();
            if (!some.isEmpty()) {
                lines.add("");
                String word = severity == Severity.INFO ? "Note" : severity == Severity.ERROR ? "Error" : "Warning";
                some.forEach(m -> lines.add("- **" + word + "** " + text(TextReport.words(m))));
            }
        }
    }

    private void provenance(Provenance run) {
        heading(2, "How this was made", "");
        lines.add("");
        for (Fact fact : Provenances.facts(run)) {
            lines.add("- " + text(fact.label()) + ": " + text(fact.value()));
        }
        for (Map.Entry<String, List<String>> role : run.mapping().entrySet()) {
            lines.add("- role " + text(role.getKey()) + ": column " + text(String.join(", ", role.getValue())));
        }
        run.params().forEach((name, value) -> lines.add("- option " + text(name) + ": " + text(value)));
    }

    /** @param above the heading above, which a block need not repeat */
    private void heading(int depth, String title, String above) {
        if (!title.isBlank() && !title.equals(above)) {
            lines.add("");
            lines.add("#".repeat(Math.min(6, depth)) + " " + text(title));
        }
    }

    private void paragraph(String markdown) {
        lines.add("");
        lines.add(markdown);
    }

    private static String prose(String paragraph) {
        return String.join("  \n", paragraph.lines().map(MarkdownReport::text).toList());
    }

    /** Returns a text in one line whose characters stand for themselves. */
    static String text(String raw) {
        String line = Characters.safe(raw).replaceAll("\\s+", " ").strip();
        String escaped = MARKUP.matcher(line).replaceAll(match -> Matcher.quoteReplacement(escape(match.group())));
        String unlinked = AUTO_LINK
                .matcher(escaped)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(5) != null
                                ? "&#64;"
                                : match.group(1) != null ? match.group(1) + "&#58;" : match.group(3) + "&#46;"));
        String unlisted = LINE_MARKUP.matcher(unlinked).replaceFirst("\\\\$0");
        return NUMBERED.matcher(unlisted).replaceFirst("$1\\\\$2");
    }

    private static String escape(String character) {
        return switch (character) {
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "&" -> "&amp;";
            default -> "\\" + character;
        };
    }
}
