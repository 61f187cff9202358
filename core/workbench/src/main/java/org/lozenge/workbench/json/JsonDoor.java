package org.lozenge.workbench.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.JsonSchema;
import org.lozenge.workbench.mapping.Names;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.InputException;

/**
 * A workbench behind methods that know only types of the JDK: JSON in, JSON out, and never an exception. A program loads
 * it in a class loader of its own and calls it as a function; no class of the program meets one of the workbench.
 *
 * <pre>{@code
 * URLClassLoader loader = new URLClassLoader(jarsOfLozenge, ClassLoader.getPlatformClassLoader());
 * Object door = loader.loadClass("org.lozenge.workbench.json.JsonDoor").getConstructor().newInstance();
 * String outcome = ((UnaryOperator<String>) door).apply("""
 *     {"analysis": "pool", "data": {"csv": "study,effect,se\nA,-0.4,0.2\nB,-0.1,0.1\n"}, "params": {"tau2": "dl"}}
 *     """);
 * }</pre>
 *
 * <p>A request is an object with {@code analysis}, an id, and {@code data}, which holds one of {@code file}, a name;
 * {@code csv}, a text; {@code rows}, an array of objects; or {@code columns}, arrays by name; and may hold a {@code name}
 * for messages. All else may be left out: {@code mapping}, a column or an array of columns by role; {@code params}, values
 * by option; {@code where}, a value or an array of values by column; {@code by}, a column; {@code seed};
 * {@code timeout_millis}; {@code strict}. The answer is the outcome as {@link Report#json()} writes it. A request that
 * cannot be understood is answered by an outcome of status {@code rejected} with a message of code {@code request}.
 *
 * <p>Thread-safe.
 */
public final class JsonDoor implements UnaryOperator<String>, AutoCloseable {

    private final Workbench workbench;

    /** Opens a workbench with the analyses that the loader of this class finds. */
    public JsonDoor() {
        this(Workbench.open());
    }

    /**
     * Opens a workbench with the plugins in some folders too.
     *
     * @param folders names of folders, each with {@code NAME.jar} or {@code NAME/} with jars in it
     */
    public JsonDoor(List<String> folders) {
        this(Workbench.open(folders.stream().map(Path::of).toArray(Path[]::new)));
    }

    /** A door to a workbench, which {@link #close()} closes. */
    public JsonDoor(Workbench workbench) {
        this.workbench = workbench;
    }

    /**
     * Runs an analysis.
     *
     * @param request the request as JSON
     * @return the outcome as JSON; says what is wrong with a request that cannot be run
     */
    public String runJson(String request) {
        return Report.of(outcome(request)).json();
    }

    /** The same as {@link #runJson}, for hosts that would rather not call a method by its name. */
    @Override
    public String apply(String request) {
        return runJson(request);
    }

    /**
     * Runs an analysis.
     *
     * @param request the request as JSON
     * @return the outcome as one HTML page with its figures inside
     */
    public String runHtml(String request) {
        Outcome outcome = outcome(request);
        String id = outcome.provenance().analysis();
        String title = workbench.find(id).map(AnalysisSpec::title).orElse(id);
        return Report.of(outcome).titled(title).html();
    }

    /** Returns the analyses as a JSON array of objects with {@code id}, {@code title} and {@code summary}. */
    public String listJson() {
        return AnalysisList.json(workbench.analyses());
    }

    /**
     * Returns the mapping and the options of an analysis as JSON Schema; if there is no such analysis, an outcome of status
     * {@code rejected} that says so.
     */
    public String schemaJson(String analysis) {
        return workbench.find(analysis).map(JsonSchema::of).orElseGet(() -> {
            List<String> ids =
                    workbench.analyses().stream().map(AnalysisSpec::id).toList();
            String text = "There is no analysis '" + analysis + "'." + Names.hint(analysis, ids, "analyses");
            return Report.of(rejected(analysis, List.of(Message.error("no-such-analysis", text))))
                    .json();
        });
    }

    private Outcome outcome(String request) {
        String analysis = "";
        try {
            Request read = Request.read(request);
            analysis = read.analysis();
            return read.run(workbench).get();
        } catch (Request.Fault e) {
            return rejected(analysis, e.messages());
        } catch (InputException e) {
            return rejected(analysis, e.messages());
        } catch (OutOfMemoryError e) {
            return broken(analysis, "memory", "The memory is too small for this run. Give the program more (-Xmx).");
        } catch (RuntimeException | StackOverflowError | LinkageError e) { // whatever it is, the host shall hear of it
            return broken(analysis, "internal", "Lozenge itself broke (" + e + "). Please report this.");
        }
    }

    private static Outcome rejected(String analysis, List<Message> messages) {
        return new Outcome.Rejected(provenance(analysis), messages);
    }

    private static Outcome broken(String analysis, String code, String text) {
        return new Outcome.Failed(provenance(analysis), "", List.of(Message.error(code, text)));
    }

    private static Provenance provenance(String analysis) {
        Provenance.Input none = new Provenance.Input("", "", 0, 0);
        return new Provenance(analysis, "", "", none, Map.of(), Map.of(), Map.of(), "", 0);
    }

    /** Closes the workbench. */
    @Override
    public void close() {
        workbench.close();
    }
}
