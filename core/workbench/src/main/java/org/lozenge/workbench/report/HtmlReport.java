package org.lozenge.workbench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/**
 * A document as one HTML file: style and figures inside, no script, nothing fetched. A content security policy says the
 * same to the browser, should an escaper ever fail.
 */
final class HtmlReport {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
            + " base-uri 'none'; form-action 'none'";

    private static final Pattern MINUS = Pattern.compile("(?<![^ (e])-(?=[0-9.∞])");

    private final Drawing drawing;
    private final StringBuilder html = new StringBuilder();

    /** @param drawing SVG of a figure */
    HtmlReport(Drawing drawing) {
        this.drawing = drawing;
    }

    String print(Document document) {
        head(document.title());
        html.append("<header>\n<h1>").append(Html.text(document.title())).append("</h1>\n");
        source(document.provenance());
        html.append("</header>\n");
        contents(document.blocks());
        html.append("<main>\n");
        if (!document.status().equals("ok")) {
            status(document.status());
        }
        document.blocks().forEach(block -> block(block, 2, "", document.title()));
        messages(document.messages());
        html.append("</main>\n");
        provenance(document.provenance());
        return html.append("</body>\n</html>\n").toString();
    }

    /**
     * Returns parts alone, without a page around them.
     *
     * @param path start of all ids
     */
    String parts(String status, List<Block> blocks, List<Message> messages, String path) {
        if (!status.equals("ok")) {
            status(status);
        }
        blocks.forEach(block -> block(block, 3, path, ""));
        messages(messages);
        return html.toString();
    }

    private void head(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"generator\" content=\"Lozenge ")
                .append(Html.text(Version.text()))
                .append("\">\n<title>")
                .append(Html.text(title))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n");
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("The jar holds no report.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report.css", e);
        }
    }

    private void source(Provenance run) {
        html.append("<p class=\"source\">")
                .append(Html.text(run.input().name()))
                .append(" · ")
                .append(run.input().used())
                .append(" of ")
                .append(run.input().rows())
                .append(" rows used · Lozenge ")
                .append(Html.text(Version.text()))
                .append("</p>\n");
    }

    /** Sections, and within them what is read and looked at; tables stand next to it. */
    private void contents(List<Block> blocks) {
        if (blocks.stream().noneMatch(Part.class::isInstance)) {
            return;
        }
        html.append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (Block block : blocks) {
            String title = title(block);
            if (!title.isBlank()) {
                html.append("<li>").append(link(anchor("", block), title));
                if (block instanceof Part part) {
                    inner(part);
                }
                html.append("</li>\n");
            }
        }
        html.append("<li>").append(link("provenance", "How this was made")).append("</li>\n</ol>\n</nav>\n");
    }

    private void inner(Part part) {
        List<Block> titled = part.blocks().stream()
                .filter(block -> block instanceof Prose || block instanceof Plot || block instanceof Part)
                .filter(block -> !title(block).isBlank() && !title(block).equals(part.title()))
                .toList();
        if (titled.isEmpty()) {
            return;
        }
        html.append("\n<ol>\n");
        String path = anchor("", part);
        for (Block block : titled) {
            html.append("<li>").append(link(anchor(path, block), title(block))).append("</li>\n");
        }
        html.append("</ol>\n");
    }

    private static String link(String anchor, String title) {
        return "<a href=\"#" + anchor + "\">" + Html.text(title) + "</a>";
    }

    private static String title(Block block) {
        if (block instanceof Grid grid) {
            return grid.title();
        }
        if (block instanceof Plot plot) {
            return plot.item().title();
        }
        if (block instanceof Prose prose) {
            return prose.title();
        }
        return block instanceof Part part ? part.title() : "";
    }

    /** Ids are made of letters, digits, hyphens and underscores, so dots keep paths apart. */
    private static String anchor(String path, Block block) {
        String id = "";
        if (block instanceof Grid grid) {
            id = grid.id();
        } else if (block instanceof Plot plot) {
            id = plot.item().id();
        } else if (block instanceof Prose prose) {
            id = prose.id();
        } else if (block instanceof Part part) {
            id = part.id();
        }
        return (path.isEmpty() ? "s." : path + ".") + id;
    }

    /** @param above the heading above, which a block need not repeat */
    private void block(Block block, int depth, String path, String above) {
        String anchor = anchor(path, block);
        if (block instanceof Facts facts) {
            facts(facts.facts());
        } else if (block instanceof Grid grid) {
            html.append("<section id=\"").append(anchor).append("\">\n");
            heading(depth, grid.title(), above);
            grid(grid);
            html.append("</section>\n");
        } else if (block instanceof Plot plot) {
            html.append("<section id=\"").append(anchor).append("\" class=\"plot\">\n");
            heading(depth, plot.item().title(), above);
            plot(plot);
            html.append("</section>\n");
        } else if (block instanceof Prose prose) {
            html.append("<section id=\"").append(anchor).append("\" class=\"prose\">\n");
            heading(depth, prose.title(), above);
            prose.paragraphs()
                    .forEach(paragraph ->
                            html.append("<p>").append(Html.text(paragraph)).append("</p>\n"));
            html.append("</section>\n");
        } else if (block instanceof Part part) {
            part(part, depth, anchor);
        }
    }

    private void part(Part part, int depth, String anchor) {
        html.append("<section id=\"")
                .append(anchor)
                .append("\" class=\"part depth")
                .append(depth)
                .append("\">\n");
        heading(depth, part.title(), "");
        if (part.status() != Section.Status.OK) {
            status(part.status().name().toLowerCase(Locale.ROOT));
        }
        part.blocks().forEach(inner -> block(inner, depth + 1, anchor, part.title()));
        messages(part.messages());
        html.append("</section>\n");
    }

    private void status(String status) {
        html.append("<p class=\"status\">Status: ").append(status).append("</p>\n");
    }

    private void heading(int depth, String title, String above) {
        if (!title.isBlank() && !title.equals(above)) {
            String tag = "h" + Math.min(6, depth);
            html.append('<')
                    .append(tag)
                    .append('>')
                    .append(Html.text(title))
                    .append("</")
                    .append(tag)
                    .append(">\n");
        }
    }

    private void facts(List<Fact> facts) {
        html.append("<dl class=\"facts\">\n");
        facts.forEach(this::fact);
        html.append("</dl>\n");
    }

    private void fact(Fact fact) {
        html.append("<div><dt>")
                .append(Html.text(fact.label()))
                .append("</dt><dd>")
                .append(number(fact.value()))
                .append("</dd></div>\n");
    }

    private void grid(Grid original) {
        if (original.rows() == 0) {
            html.append("<p class=\"empty\">No rows.</p>\n");
            return;
        }
        Grid grid = Grids.readable(original);
        boolean header =
                grid.columns().stream().anyMatch(column -> !column.header().isBlank());
        html.append("<div class=\"scroll\" tabindex=\"0\">\n<table>\n");
        if (header) {
            html.append("<thead>\n<tr>");
            grid.columns()
                    .forEach(column -> html.append("<th scope=\"col\"")
                            .append(kind(column))
                            .append('>')
                            .append(Html.text(column.header()))
                            .append("</th>"));
            html.append("</tr>\n</thead>\n");
        }
        html.append("<tbody>\n");
        for (int row = 0; row < grid.rows(); row++) {
            row(grid.columns(), row);
        }
        html.append("</tbody>\n</table>\n</div>\n");
        if (grid.omitted() > 0) {
            html.append("<p class=\"empty\">And ").append(grid.omitted()).append(" more rows.</p>\n");
        }
    }

    private void row(List<Column> columns, int row) {
        html.append("<tr>");
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String cell = column.cells().get(row);
            boolean label = i == 0 && !column.numeric();
            html.append(label ? "<th scope=\"row\"" : "<td")
                    .append(kind(column))
                    .append('>')
                    .append(column.numeric() ? number(cell) : Html.text(cell))
                    .append(label ? "</th>" : "</td>");
        }
        html.append("</tr>\n");
    }

    /** Numbers are set flush right; short texts stay on one line, long ones get room. */
    private static String kind(Column column) {
        if (column.numeric()) {
            return " class=\"n\"";
        }
        int longest = column.cells().stream().mapToInt(String::length).max().orElse(0);
        return longest > 40 ? " class=\"w\"" : longest <= 16 ? " class=\"s\"" : " class=\"m\"";
    }

    /** A number with a minus sign instead of a hyphen. */
    private static String number(String digits) {
        return MINUS.matcher(Html.text(digits)).replaceAll("\u2212");
    }

    private void plot(Plot plot) {
        String svg = drawing.of(plot.item());
        html.append("<figure>\n").append(svg).append('\n');
        if (!plot.description().isBlank()) {
            html.append("<figcaption>").append(Html.text(plot.description())).append("</figcaption>\n");
        }
        html.append("</figure>\n");
        if (plot.data().rows() > 0) {
            html.append("<details>\n<summary>The figure as a table</summary>\n");
            grid(plot.data());
            html.append("</details>\n");
        }
    }

    private void messages(List<Message> messages) {
        if (messages.isEmpty()) {
            return;
        }
        html.append("<ul class=\"messages\">\n");
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            messages.stream().filter(m -> m.severity() == severity).forEach(this::message);
        }
        html.append("</ul>\n");
    }

    private void message(Message message) {
        String kind = message.severity().name().toLowerCase(Locale.ROOT);
        String word = message.severity() == Severity.INFO
                ? "Note"
                : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        html.append("<li class=\"")
                .append(kind)
                .append("\"><strong>")
                .append(word)
                .append("</strong> ")
                .append(Html.text(TextReport.text(message)))
                .append(" <code>")
                .append(Html.text(message.code()))
                .append("</code></li>\n");
    }

    private void provenance(Provenance run) {
        html.append("<footer id=\"provenance\">\n<h2>How this was made</h2>\n<dl class=\"facts\">\n");
        Provenances.facts(run).forEach(this::fact);
        for (Map.Entry<String, List<String>> role : run.mapping().entrySet()) {
            fact(new Fact("Role " + role.getKey(), "column " + String.join(", ", role.getValue())));
        }
        run.params().forEach((name, value) -> fact(new Fact("Option " + name, value)));
        html.append("</dl>\n</footer>\n");
    }
}
