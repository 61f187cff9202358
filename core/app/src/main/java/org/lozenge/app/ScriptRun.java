package org.lozenge.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    private final String title;
    private Optional<Outcome> outcome = Optional.empty();

    /** @param title heading of the report */
    ScriptRun(Run run, String title) {
        this.run = run;
        this.title = title;
    }

    /** Returns this run with the value of an option, such as {@code set("tau2", "dl")}. */
    public ScriptRun set(String option, Object value) {
        return new ScriptRun(run.set(option, value), title);
    }

    /** Returns this run with columns for a role. */
    public ScriptRun map(String role, String... columns) {
        return new ScriptRun(run.map(role, columns), title);
    }

    /** Returns this run on those rows only in which a column holds a value. */
    public ScriptRun where(String column, String value) {
        return new ScriptRun(run.where(column, value), title);
    }

    /** Returns this run once for each value of a column. */
    public ScriptRun by(String column) {
        return new ScriptRun(run.by(column), title);
    }

    /** Returns this run with another seed. */
    public ScriptRun seed(long seed) {
        return new ScriptRun(run.seed(seed), title);
    }

    /** Returns how the run ended. */
    public synchronized Outcome outcome() {
        Outcome known = outcome.orElseGet(run::get);
        outcome = Optional.of(known);
        return known;
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
        List<ResultItem> items = outcome()
                .available()
                .orElseThrow(() -> new ScriptException(toString()))
                .items();
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
        return ScriptException.guard(() -> new Lozenge.Page(report().csv(table)));
    }

    /**
     * Saves the result: {@code .html}, {@code .md}, {@code .json}, {@code .txt} or {@code .csv} (its first table) by the
     * file's ending; a name without ending is a folder with report, tables and figures.
     *
     * @return where it is
     * @throws ScriptException if there is no result, the ending is another one, or the file cannot be written
     */
    public Path save(String name) {
        if (outcome().available().isEmpty()) {
            throw new ScriptException(toString());
        }
        return ScriptException.guard(() -> {
            Path path = Path.of(name).toAbsolutePath();
            save(path);
            return path;
        });
    }

    private void save(Path path) {
        Optional<OutputFormat> format = OutputFormat.ofName(path);
        if (format.isPresent()) {
            OutputFile.write(path, text(format.get()));
        } else if (String.valueOf(path.getFileName()).contains(".")) {
            throw new IllegalArgumentException(
                    "A result is saved as .html, .md, .json, .txt or .csv, or in a folder, not as '"
                            + path.getFileName() + "'; .figure(\"forest\").save(...) writes pictures");
        } else {
            report().folder().write(path);
        }
    }

    private String text(OutputFormat format) {
        return switch (format) {
            case TEXT -> report().text();
            case JSON -> report().json();
            case CSV -> report().csv(report().tables().get(0));
            case MARKDOWN -> report().markdown();
            case HTML -> report().html();
        };
    }

    private Report report() {
        return Report.of(outcome()).titled(title);
    }

    /** Returns the result as readable tables. */
    @Override
    public String toString() {
        return report().text().stripTrailing();
    }
}
