package org.lozenge.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.figure.Figure;
import org.lozenge.workbench.report.OutputFile;
import org.lozenge.workbench.report.Report;
import tech.tablesaw.api.Table;

/**
 * A run of an analysis in a script. It runs once, when its result is first asked for; printing it shows the result. Every
 * method that sets something returns a new run.
 */
public final class ScriptRun {

    private final Run run;
    private Outcome outcome;

    @SuppressWarnings("NullAway.Init")
    ScriptRun(Run run) {
        this.run = run;
    }

    /** Returns this run with the value of an option, such as {@code set("tau2", "dl")}. */
    public ScriptRun set(String option, Object value) {
        return new ScriptRun(run.set(option, value));
    }

    /** Returns this run with columns for a role. */
    public ScriptRun map(String role, String... columns) {
        return new ScriptRun(run.map(role, columns));
    }

    /** Returns this run on those rows only in which a column holds a value. */
    public ScriptRun where(String column, String value) {
        return new ScriptRun(run.where(column, value));
    }

    /** Returns this run once for each value of a column. */
    public ScriptRun by(String column) {
        return new ScriptRun(run.by(column));
    }

    /** Returns this run with another seed. */
    public ScriptRun seed(long seed) {
        return new ScriptRun(run.seed(seed));
    }

    /** Returns how the run ended. */
    public synchronized Outcome outcome() {
        if (outcome == null) {
            outcome = run.get();
        }
        return outcome;
    }

    /**
     * Returns a table of the result for Tablesaw.
     *
     * @param id such as {@code model}; of a table in a section {@code section/model}
     * @throws ScriptException if there is no result or no such item
     */
    public Table table(String id) {
        return item(id).toTable();
    }

    /**
     * Returns a figure of the result.
     *
     * @param id such as {@code forest}; of a figure in a section {@code section/forest}
     * @throws ScriptException if there is no result, no such item, or it is not a figure
     */
    public ScriptFigure figure(String id) {
        ResultItem item = item(id);
        if (!Figure.canDraw(item)) {
            throw new ScriptException("'" + id + "' is not a figure. Show it by .table(\"" + id + "\")");
        }
        return new ScriptFigure(Figure.of(item));
    }

    private ResultItem item(String id) {
        if (!(outcome() instanceof Outcome.Ok ok)) {
            throw new ScriptException(toString());
        }
        List<ResultItem> items = ok.result().items();
        String[] path = id.split("/");
        for (int i = 0; i < path.length - 1; i++) {
            items = find(items, path[i]) instanceof Section section ? section.items() : List.of();
        }
        return find(items, path[path.length - 1]);
    }

    private static ResultItem find(List<ResultItem> items, String id) {
        return items.stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ScriptException("There is no '" + id + "' in the result; there are: "
                        + String.join(", ", items.stream().map(ResultItem::id).toList())));
    }

    /** Returns the outcome as JSON. */
    public Lozenge.Page json() {
        return new Lozenge.Page(report().json());
    }

    /**
     * Returns a table of the result as CSV.
     *
     * @throws ScriptException if there is no such table
     */
    public Lozenge.Page csv(String table) {
        try {
            return new Lozenge.Page(report().csv(table));
        } catch (NoSuchElementException e) {
            throw new ScriptException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Saves the outcome: {@code .html}, {@code .md}, {@code .json} or {@code .txt} by the file's ending; anything else
     * is a folder with report, tables and figures.
     *
     * @return where it is
     */
    public Path save(String name) {
        Path path = Path.of(name).toAbsolutePath();
        String lower = name.toLowerCase(Locale.ROOT);
        Report report = report();
        if (lower.endsWith(".html")) {
            write(path, report.html());
        } else if (lower.endsWith(".md")) {
            write(path, report.markdown());
        } else if (lower.endsWith(".json")) {
            write(path, report.json());
        } else if (lower.endsWith(".txt")) {
            write(path, report.text());
        } else {
            report.folder().write(path);
        }
        return path;
    }

    private static void write(Path path, String text) {
        OutputFile.write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Report report() {
        return Report.of(outcome());
    }

    /** Returns the result as readable tables. */
    @Override
    public String toString() {
        return report().text().stripTrailing();
    }
}
