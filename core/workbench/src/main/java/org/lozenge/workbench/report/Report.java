package org.lozenge.workbench.report;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.lozenge.plugin.AnalysisResult;
import org.lozenge.plugin.ResultItem;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.figure.FigureOptions;

/**
 * An outcome as text for a terminal, JSON, CSV, Markdown or HTML. Immutable.
 *
 * <pre>{@code
 * Report report = Report.of(workbench.run("pool", data).get());
 * System.out.print(report.text());
 * Files.writeString(Path.of("pool.html"), report.html());
 * report.folder().write(Path.of("pool"));
 * }</pre>
 *
 * <p>Text, Markdown and HTML are for readers: numbers are rounded as their columns ask, fractions that are percentages
 * read as such, P values read {@code < 0.001}, missing values {@code –}. JSON and CSV are for programs: every number reads
 * back as the same double, and the bytes are the same on every JDK.
 */
public final class Report {

    private static final int MOST_ROWS = 1000;
    private static final int USUAL_WIDTH = 100;

    private final Outcome outcome;
    private final String title;

    private Report(Outcome outcome, String title) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.title = Objects.requireNonNull(title, "title");
    }

    /** Returns the version of Lozenge. */
    public static String version() {
        return Version.text();
    }

    /** Returns a report whose heading is the id of the analysis. */
    public static Report of(Outcome outcome) {
        return new Report(outcome, outcome.provenance().analysis());
    }

    /** Returns this report under another heading, such as the title of the analysis. */
    public Report titled(String heading) {
        return new Report(outcome, heading);
    }

    /** Returns the outcome as plain text, up to 100 characters wide. */
    public String text() {
        return text(USUAL_WIDTH, false);
    }

    /**
     * Returns the outcome as text for a terminal.
     *
     * @param width characters in a line, at least 40; wider tables are turned on their side or broken into blocks
     * @param colour whether headings and messages are set off by ANSI escape codes
     */
    public String text(int width, boolean colour) {
        return new TextReport(width, colour).print(document());
    }

    /** Returns the outcome as JSON; its names are public contract. */
    public String json() {
        return JsonReport.of(outcome, false);
    }

    /**
     * Returns the outcome as {@link #json()} does, but infinite numbers as the texts {@code Infinity} and
     * {@code -Infinity}, for programs that read it back.
     */
    public String losslessJson() {
        return JsonReport.of(outcome, true);
    }

    /** Returns the names of the tables, those within sections included, in order of first appearance. */
    public List<String> tables() {
        return CsvReport.tables(items());
    }

    /**
     * Returns a table as CSV. Tables of this name in several sections become one, with the section in the first column.
     *
     * @throws NoSuchElementException if there is no table of this name; the message lists what there is
     */
    public String csv(String table) {
        return CsvReport.of(items(), table)
                .orElseThrow(() -> new NoSuchElementException(
                        "There is no table '" + table + "'; tables: " + String.join(", ", tables())));
    }

    /** Returns the outcome as GitHub-flavoured Markdown, with the figures in words. */
    public String markdown() {
        return markdown(item -> "");
    }

    String markdown(Drawing drawing) {
        return new MarkdownReport(drawing).print(document());
    }

    /** Returns the outcome as one HTML page with its figures inside, without scripts. */
    public String html() {
        FileNames prefixes = new FileNames();
        Drawing drawing = item -> {
            String prefix = "f-" + prefixes.unique(item.id());
            return Figure.of(item, FigureOptions.defaults().idPrefix(prefix)).svg();
        };
        return new HtmlReport(drawing).print(document());
    }

    /** Returns the outcome as a folder to write. */
    public ReportFolder folder() {
        return ReportFolder.of(this, outcome);
    }

    private List<ResultItem> items() {
        return outcome.available().map(AnalysisResult::items).orElse(List.of());
    }

    private Document document() {
        return Document.of(outcome, title, MOST_ROWS);
    }
}
