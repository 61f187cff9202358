package org.lozenge.workbench.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.lozenge.plugin.Analysis;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import tech.tablesaw.api.Table;

/**
 * Checks that an analysis behaves as hosts expect, by running it through the real workbench. Immutable; needs no test
 * framework.
 *
 * <pre>{@code
 * @Test
 * void behaves() {
 *     PluginCheck.of(new TrimmedMean()).data(table).map("value", "yi").check().assertOk();
 * }
 * }</pre>
 *
 * <p>What is checked is listed in {@link Check}; what does not hold for an analysis by its nature is left out with
 * {@link #without}. A few hundred runs on a small table take a second or so.
 */
public final class PluginCheck {

    /** Where an analysis comes from, and how to ask it for its specification once more. */
    record Source(Supplier<Workbench> workbench, String id, Optional<Analysis> analysis) {}

    /** What was asked for. */
    record Plan(
            Source source,
            List<Dataset> data,
            Map<String, List<String>> mapping,
            Map<String, String> options,
            Set<Check> without,
            Set<String> idle,
            Optional<Path> snapshot,
            long millis) {}

    /** A minute: enough for hundreds of runs of a fast analysis. */
    private static final long USUAL_MILLIS = 60_000;

    private final Plan plan;

    private PluginCheck(Plan plan) {
        this.plan = plan;
    }

    /** Returns a check of an analysis in a workbench of its own, on data made from its roles. */
    public static PluginCheck of(Analysis analysis) {
        AnalysisSpec spec = analysis.spec();
        return of(new Source(() -> Workbench.of(analysis), spec.id(), Optional.of(analysis)));
    }

    /**
     * Returns a check of an analysis that a workbench knows, on data made from its roles.
     *
     * @throws IllegalArgumentException if it knows none with this id
     */
    public static PluginCheck of(Workbench workbench, String id) {
        if (workbench.find(id).isEmpty()) {
            throw new IllegalArgumentException("There is no analysis '" + id + "'");
        }
        return of(new Source(() -> workbench, id, Optional.empty()));
    }

    private static PluginCheck of(Source source) {
        return new PluginCheck(new Plan(
                source,
                List.of(),
                Map.of(),
                Map.of(),
                EnumSet.noneOf(Check.class),
                Set.of(),
                Optional.empty(),
                USUAL_MILLIS));
    }

    /** Returns this check on some data; called several times, on each of them. */
    public PluginCheck data(Dataset data) {
        List<Dataset> more = new ArrayList<>(plan.data);
        more.add(data);
        return new PluginCheck(new Plan(
                plan.source, more, plan.mapping, plan.options, plan.without, plan.idle, plan.snapshot, plan.millis));
    }

    /** Returns this check on a Tablesaw table; called several times, on each of them. */
    public PluginCheck data(Table table) {
        return data(Dataset.of(table));
    }

    /** Returns this check with columns for a role in all runs; the others are looked for by name. */
    public PluginCheck map(String role, String... columns) {
        Map<String, List<String>> more = new LinkedHashMap<>(plan.mapping);
        more.put(role, List.of(columns));
        return new PluginCheck(new Plan(
                plan.source, plan.data, more, plan.options, plan.without, plan.idle, plan.snapshot, plan.millis));
    }

    /** Returns this check with the value of an option in all runs, such as few resamples to be fast. */
    public PluginCheck set(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(plan.options);
        more.put(option, value);
        return new PluginCheck(new Plan(
                plan.source, plan.data, plan.mapping, more, plan.without, plan.idle, plan.snapshot, plan.millis));
    }

    /** Returns this check without some of its parts. */
    public PluginCheck without(Check... checks) {
        Set<Check> more = EnumSet.noneOf(Check.class);
        more.addAll(plan.without);
        more.addAll(List.of(checks));
        return new PluginCheck(new Plan(
                plan.source, plan.data, plan.mapping, plan.options, more, plan.idle, plan.snapshot, plan.millis));
    }

    /**
     * Returns this check with roles and options that the data cannot bring into play, although other data would: that no
     * run read them is noted and does not fail the check.
     */
    public PluginCheck idle(String... names) {
        Set<String> more = new LinkedHashSet<>(plan.idle);
        more.addAll(List.of(names));
        return new PluginCheck(new Plan(
                plan.source, plan.data, plan.mapping, plan.options, plan.without, more, plan.snapshot, plan.millis));
    }

    /**
     * Returns this check with a file that holds the specification as it was published. A call that it allowed and the
     * present specification does not fails the check: give a renamed option or analysis its old name with
     * {@code formerly}. If there is no such file yet, it is written, to be checked in; to take on compatible changes,
     * delete it and run the check again.
     */
    public PluginCheck snapshot(Path file) {
        return new PluginCheck(new Plan(
                plan.source,
                plan.data,
                plan.mapping,
                plan.options,
                plan.without,
                plan.idle,
                Optional.of(file),
                plan.millis));
    }

    /**
     * Returns this check with another limit on the time that the values of options and poor data may take; a minute unless
     * set. What there was no time for is noted.
     */
    public PluginCheck timeMillis(long millis) {
        return new PluginCheck(new Plan(
                plan.source, plan.data, plan.mapping, plan.options, plan.without, plan.idle, plan.snapshot, millis));
    }

    /** Runs all checks and returns what was found. */
    public CheckReport check() {
        return Checks.run(plan);
    }
}
