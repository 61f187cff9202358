package org.lozenge.app;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.Role;
import org.lozenge.samples.Sample;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.Table;

/**
 * Lozenge for scripts, as static methods; {@code lozenge jshell} imports them all.
 *
 * <pre>{@code
 * pool(sample("lenalidomide-maintenance"))
 * pool(read("trials.csv")).set("tau2", "dl").figure("forest").save("forest.svg")
 * help("pool")
 * }</pre>
 *
 * <p>Nothing here throws a checked exception. What is wrong with the data or the call stands in the printed result.
 */
public final class Lozenge {

    private Lozenge() {}

    /** A workbench for all scripts of this JVM, opened when the first one needs it. */
    private static final class Shared {
        static final Workbench WORKBENCH = Workbench.open(PluginOptions.of(List.of()));
    }

    /** Text that prints as it is, without the quotes of a string. */
    public record Page(String text) {
        @Override
        public String toString() {
            return text.stripTrailing();
        }
    }

    /**
     * Reads a table.
     *
     * @param file name of a CSV, TSV, JSON or Excel file
     * @throws ScriptException if it cannot be read; the message says what to mend
     */
    public static Dataset read(String file) {
        return ScriptException.guard(() -> Dataset.read(Path.of(file)));
    }

    /**
     * Returns a bundled data set.
     *
     * @param name such as {@code lenalidomide}; {@link #samples()} lists them
     * @throws ScriptException if there is none of this name
     */
    public static Dataset sample(String name) {
        return ScriptException.guard(() -> DataSource.sample(name));
    }

    /** Lists the bundled data sets. */
    public static Page samples() {
        return new Page(Samples.all().stream().map(Lozenge::line).collect(Collectors.joining("\n")));
    }

    private static String line(Sample sample) {
        return sample.name() + "  (" + sample.rows() + " rows)  " + sample.title();
    }

    /** Sets up any analysis on a table; it runs when its result is asked for. */
    public static ScriptRun run(String analysis, Dataset data) {
        String title = Shared.WORKBENCH.find(analysis).map(AnalysisSpec::title).orElse(analysis);
        return new ScriptRun(Shared.WORKBENCH.run(analysis, data), title);
    }

    /** Sets up any analysis on a Tablesaw table. */
    public static ScriptRun run(String analysis, Table data) {
        return run(analysis, Dataset.of(data));
    }

    /** Pools effects by common-effect and random-effects models. */
    public static ScriptRun pool(Dataset data) {
        return run("pool", data);
    }

    /** Pools effects of a Tablesaw table. */
    public static ScriptRun pool(Table data) {
        return run("pool", data);
    }

    /** Derives and audits log hazard ratios from printed reports. */
    public static ScriptRun hazardRatio(Dataset data) {
        return run("hazard-ratio", data);
    }

    /** Reviews a table of trial reports, family of endpoints by family. */
    public static ScriptRun review(Dataset data) {
        return run("review", data);
    }

    /** Returns the workbench behind the scripts, to register analyses of your own. */
    public static Workbench workbench() {
        return Shared.WORKBENCH;
    }

    /** Says what there is. */
    public static Page help() {
        String analyses = Shared.WORKBENCH.analyses().stream()
                .map(spec -> "  " + spec.id() + " – " + spec.title())
                .collect(Collectors.joining("\n"));
        return new Page("Analyses (help(\"pool\") explains one):\n" + analyses + """


                Data:     sample("lenalidomide"), read("trials.csv"), samples()
                Run:      pool(data), hazardRatio(data), review(data), run("analysis", data)
                Settings: .set("tau2", "dl")  .map("ratio", "hr")  .where("endpoint", "OS")  .by("endpoint")
                Results:  .table("model")  .figure("forest").save("forest.svg")  .json()  .save("report.html")
                """);
    }

    /** Explains an analysis: what it needs and its options. */
    public static Page help(String analysis) {
        return Shared.WORKBENCH
                .find(analysis)
                .map(spec -> new Page(explain(spec)))
                .orElseGet(() -> new Page("There is no analysis '" + analysis + "'."
                        + Suggestion.didYouMean(
                                analysis,
                                Shared.WORKBENCH.analyses().stream()
                                        .map(AnalysisSpec::id)
                                        .toList())
                        + " help() lists them."));
    }

    private static String explain(AnalysisSpec spec) {
        StringBuilder text = new StringBuilder(spec.id() + " – " + spec.title() + "\n");
        if (!spec.summary().isEmpty()) {
            text.append(spec.summary()).append('\n');
        }
        text.append("\nColumns:\n");
        for (Role role : spec.allRoles()) {
            text.append("  ").append(role.name()).append(" – ").append(role.label());
            text.append(role.synonyms().isEmpty() ? "" : " (also " + String.join(", ", role.synonyms()) + ")");
            text.append('\n');
        }
        List<Param<?>> params = spec.params();
        if (!params.isEmpty()) {
            text.append("\nOptions, set by .set(\"name\", value):\n");
        }
        params.forEach(param -> text.append(option(param)));
        return text.toString();
    }

    private static <T> String option(Param<T> param) {
        return "  " + param.name() + " = " + param.format(param.dflt()) + " – " + param.label() + ": " + param.allowed()
                + (param.help().isEmpty() ? "" : ". " + param.help()) + "\n";
    }
}
