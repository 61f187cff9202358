package org.lozenge.workbench.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lozenge.plugin.AnalysisException;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Param;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Role;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.form.JsonSchema;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;

/** One execution of a {@link PluginCheck}. */
final class Checks {

    private static final int AT_ONCE = 8;
    private static final int MANY_ROWS = 500;
    private static final long RUN_MILLIS = 60_000;
    private static final long BEFORE_CANCEL_MILLIS = 30;
    private static final int SHOWN = 5;
    private static final Set<String> JVM_CODES = Set.of("jvm-state", "threads-left");

    private final PluginCheck.Plan plan;
    private final Workbench workbench;
    private final AnalysisSpec spec;
    private final Set<Check> done = EnumSet.noneOf(Check.class);
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<String> liveRoles = new HashSet<>();
    private final Set<String> mappedRoles = new HashSet<>();
    private final Set<String> liveOptions = new HashSet<>();
    private final long deadline;
    private int runs;

    Checks(PluginCheck.Plan plan) {
        this.plan = plan;
        this.workbench = plan.source().workbench().get();
        this.spec = workbench.find(plan.source().id()).orElseThrow();
        this.deadline = System.nanoTime() + 1_000_000 * plan.millis();
    }

    /** A table on which the analysis runs, how it is read, and what comes of it. */
    private record Base(Grid grid, Map<String, List<String>> mapping, Outcome.Ok outcome, String json) {}

    CheckReport run() {
        specification();
        snapshot();
        List<Base> bases = bases();
        for (Base base : bases) {
            afterRun(base.outcome, "");
            noteReads(base, Map.of(), base.outcome);
            deterministic(base);
            concurrent(base);
            json(base);
            ids(base);
            rowOrder(base);
            optionValues(base);
            poorData(base);
            cancelled(base);
        }
        if (!bases.isEmpty()) {
            dead(bases);
            done.add(Check.JVM_STATE);
        }
        List<Finding> sorted = new ArrayList<>();
        for (Check check : Check.values()) {
            findings.stream().filter(finding -> finding.check() == check).forEach(sorted::add);
        }
        return new CheckReport(spec.id(), runs, done, sorted);
    }

    private boolean wanted(Check check) {
        if (plan.without().contains(check)) {
            return false;
        }
        done.add(check);
        return true;
    }

    private void error(Check check, String text) {
        if (!plan.without().contains(check)) {
            findings.add(new Finding(check, Finding.Level.ERROR, text));
        }
    }

    private void note(Check check, Finding.Level level, String text) {
        findings.add(new Finding(check, level, text));
    }

    // ---- the specification

    private void specification() {
        if (!wanted(Check.SPECIFICATION)) {
            return;
        }
        plan.source().analysis().ifPresent(analysis -> {
            if (!JsonSchema.of(analysis.spec()).equals(JsonSchema.of(spec))) {
                error(Check.SPECIFICATION, "spec() does not return the same specification every time.");
            }
        });
        if (spec.title().isBlank()) {
            error(Check.SPECIFICATION, "The analysis has no title.");
        }
        if (spec.summary().isBlank()) {
            note(Check.SPECIFICATION, Finding.Level.WARNING, "The analysis has no summary().");
        }
        for (Role role : spec.allRoles()) {
            if (role.label().isBlank()) {
                error(Check.SPECIFICATION, "Role '" + role.name() + "' has no label.");
            }
        }
        spec.params().forEach(this::option);
    }

    private void option(Param<?> param) {
        if (param.label().isBlank()) {
            error(Check.SPECIFICATION, "Option '" + param.name() + "' has no label.");
        }
        for (String suggestion : param.suggestions()) {
            try {
                param.parse(suggestion);
            } catch (AnalysisException e) {
                error(
                        Check.SPECIFICATION,
                        "Option '" + param.name() + "' suggests '" + suggestion + "', which it does not take: "
                                + e.getMessage());
            }
        }
        param.condition()
                .filter(condition -> !spec.params().contains(condition.param()))
                .ifPresent(condition -> error(
                        Check.SPECIFICATION,
                        "Option '" + param.name() + "' depends on '"
                                + condition.param().name() + "', which is not an option of the analysis."));
    }

    private void snapshot() {
        if (plan.snapshot().isEmpty() || !wanted(Check.SNAPSHOT)) {
            return;
        }
        Path file = plan.snapshot().get();
        String now = JsonSchema.of(spec);
        try {
            if (Files.notExists(file)) {
                Optional<Path> folder =
                        Optional.ofNullable(file.toAbsolutePath().getParent());
                if (folder.isPresent()) {
                    Files.createDirectories(folder.get());
                }
                Files.writeString(file, now);
                note(Check.SNAPSHOT, Finding.Level.NOTE, "There was no " + file + "; it was written. Check it in.");
                return;
            }
            String before = Files.readString(file).replace("\r\n", "\n");
            List<String> breaks = Snapshot.breaks(before, now);
            breaks.forEach(one -> error(Check.SNAPSHOT, "Against " + file + ": " + one + "."));
            if (breaks.isEmpty() && !before.equals(now)) {
                note(
                        Check.SNAPSHOT,
                        Finding.Level.WARNING,
                        "The specification changed, but nothing of " + file
                                + " is broken. To take the change on, delete the file and run the check again.");
            }
        } catch (IOException | IllegalArgumentException e) {
            error(Check.SNAPSHOT, file + " cannot be used: " + e.getMessage());
        }
    }

    // ---- runs

    private Run prepare(Dataset data, Map<String, List<String>> mapping, Map<String, String> options) {
        Run run = workbench.run(spec.id(), data).timeoutMillis(RUN_MILLIS);
        for (Map.Entry<String, List<String>> role : mapping.entrySet()) {
            run = run.map(role.getKey(), role.getValue().toArray(String[]::new));
        }
        Map<String, String> all = new LinkedHashMap<>(plan.options());
        all.putAll(options);
        for (Map.Entry<String, String> option : all.entrySet()) {
            run = run.set(option.getKey(), option.getValue());
        }
        runs++;
        return run;
    }

    private Outcome run(Grid grid, Map<String, List<String>> mapping, Map<String, String> options) {
        return prepare(grid.data(), mapping, options).get();
    }

    private List<Base> bases() {
        done.add(Check.RUN);
        List<Base> bases = new ArrayList<>();
        if (plan.data().isEmpty()) {
            List<String> refused = new ArrayList<>();
            for (MadeData.Made made : MadeData.of(spec)) {
                base(made.grid(), made.mapping(), refused).ifPresent(bases::add);
            }
            Finding.Level level = bases.isEmpty() ? Finding.Level.ERROR : Finding.Level.NOTE;
            refused.forEach(one ->
                    note(Check.RUN, level, "Data that were made from its roles do not suit it; give it some. " + one));
            return bases;
        }
        for (Dataset data : plan.data()) {
            List<String> refused = new ArrayList<>();
            base(Grid.of(data), plan.mapping(), refused).ifPresent(bases::add);
            refused.forEach(one -> error(Check.RUN, one));
            original(data);
        }
        return bases;
    }

    /** The data as they came, which may hold numbers and not texts. */
    private void original(Dataset data) {
        failure(Check.RUN, prepare(data, plan.mapping(), Map.of()).get(), "on " + data.name());
    }

    private Optional<Base> base(Grid grid, Map<String, List<String>> mapping, List<String> refused) {
        Outcome outcome = run(grid, mapping, Map.of());
        if (outcome instanceof Outcome.Ok ok) {
            // From here on, every column is mapped by hand, so that the host says which ones were not read.
            Map<String, List<String>> found = ok.provenance().mapping();
            Outcome again = run(grid, found, Map.of());
            if (again instanceof Outcome.Ok base) {
                return Optional.of(new Base(grid, found, base, json(base)));
            }
            refused.add(grid.name() + " is refused once every column is mapped: " + texts(again));
            return Optional.empty();
        }
        refused.add("It does not run on " + grid.name() + " (" + outcome.status() + "): " + texts(outcome));
        return Optional.empty();
    }

    private static String texts(Outcome outcome) {
        return outcome.messages().stream()
                .filter(message -> message.severity() == Message.Severity.ERROR || outcome instanceof Outcome.Cancelled)
                .map(Message::text)
                .limit(SHOWN)
                .collect(Collectors.joining(" "));
    }

    private static String json(Outcome outcome) {
        return Report.of(outcome).json();
    }

    /** Notes a run that broke or did not end, and what it did to the program. */
    private boolean failure(Check check, Outcome outcome, String how) {
        afterRun(outcome, how);
        if (outcome instanceof Outcome.Failed failed) {
            String at = failed.trace()
                    .lines()
                    .filter(line -> line.strip().startsWith("at "))
                    .findFirst()
                    .map(line -> " First frame: " + line.strip() + ".")
                    .orElse("");
            error(check, "It broke " + how + ": " + texts(outcome) + at);
            return true;
        }
        if (outcome instanceof Outcome.Cancelled) {
            error(check, "It did not end within " + RUN_MILLIS / 1000 + " s " + how + ".");
            return true;
        }
        return false;
    }

    private void afterRun(Outcome outcome, String how) {
        outcome.messages().stream()
                .filter(message -> JVM_CODES.contains(message.code()))
                .forEach(message ->
                        error(Check.JVM_STATE, message.text() + (how.isEmpty() ? "" : " Seen " + how + ".")));
    }

    private boolean timeIsUp(Check check, String what) {
        if (System.nanoTime() < deadline) {
            return false;
        }
        note(check, Finding.Level.NOTE, "There was no time for " + what + "; give more with timeMillis().");
        return true;
    }

    // ---- what is read

    private void noteReads(Base base, Map<String, String> set, Outcome outcome) {
        if (!(outcome instanceof Outcome.Ok)) {
            return;
        }
        Set<String> roles = unread(outcome, "role");
        mappedRoles.addAll(base.mapping.keySet());
        base.mapping.keySet().stream().filter(role -> !roles.contains(role)).forEach(liveRoles::add);
        Set<String> options = unread(outcome, "option");
        Set<String> idle = new HashSet<>();
        outcome.messages().stream()
                .filter(message -> message.code().equals("no-effect"))
                .forEach(message -> set.keySet().stream()
                        .filter(name -> message.text().startsWith("Option '" + name + "'"))
                        .forEach(idle::add));
        Stream.concat(set.keySet().stream(), plan.options().keySet().stream())
                .filter(option -> !options.contains(option) && !idle.contains(option))
                .forEach(liveOptions::add);
    }

    private static Set<String> unread(Outcome outcome, String fact) {
        return outcome.messages().stream()
                .filter(message -> message.code().equals("unread"))
                .flatMap(message -> Optional.ofNullable(message.data().get(fact)).stream())
                .collect(Collectors.toSet());
    }

    private void dead(List<Base> bases) {
        if (wanted(Check.DEAD_ROLES)) {
            for (Role role : spec.allRoles()) {
                if (!mappedRoles.contains(role.name())) {
                    note(
                            Check.DEAD_ROLES,
                            Finding.Level.NOTE,
                            "No data had a column for role '" + role.name() + "', so it was not checked.");
                } else if (!liveRoles.contains(role.name())) {
                    note(
                            Check.DEAD_ROLES,
                            deadLevel(role.name()),
                            "No run read the role '" + role.name() + "'. Read it or drop it.");
                }
            }
        }
        if (wanted(Check.DEAD_OPTIONS)) {
            spec.params().stream()
                    .filter(param -> !liveOptions.contains(param.name()))
                    .forEach(param -> dead(bases, param));
        }
    }

    private Finding.Level deadLevel(String name) {
        return plan.idle().contains(name) ? Finding.Level.NOTE : Finding.Level.ERROR;
    }

    private void dead(List<Base> bases, Param<?> param) {
        boolean known = plan.idle().contains(param.name());
        if (!known && (timeIsUp(Check.DEAD_OPTIONS, "option '" + param.name() + "'") || revives(bases, param))) {
            return;
        }
        note(
                Check.DEAD_OPTIONS,
                deadLevel(param.name()),
                "No run read the option '" + param.name()
                        + "'. Read it, drop it, or say with enabledWhen() when it matters; if only other data would bring"
                        + " it into play, give such data too.");
    }

    /** An option may be read only where another one has a certain value. */
    private <T> boolean revives(List<Base> bases, Param<T> param) {
        for (Base base : bases) {
            for (Param<?> other : spec.params()) {
                for (String value : other.equals(param) ? List.<String>of() : choices(other)) {
                    Map<String, String> set = with(param, param.format(param.dflt()));
                    set.putIfAbsent(other.name(), value);
                    noteReads(base, set, run(base.grid, base.mapping, set));
                    if (liveOptions.contains(param.name())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static <T> List<String> choices(Param<T> param) {
        return param.choices().stream().map(param::format).toList();
    }

    /** An option, and the one on which it depends, if any. */
    private Map<String, String> with(Param<?> param, String value) {
        Map<String, String> set = new LinkedHashMap<>();
        param.condition().ifPresent(condition -> set.put(condition.param().name(), condition.value()));
        set.put(param.name(), value);
        return set;
    }

    // ---- options and poor data

    private void optionValues(Base base) {
        for (Param<?> param : spec.params()) {
            for (String value : values(param)) {
                if (timeIsUp(Check.OPTION_VALUES, "all values of all options")) {
                    return;
                }
                Map<String, String> set = with(param, value);
                Outcome outcome = run(base.grid, base.mapping, set);
                noteReads(base, set, outcome);
                if (wanted(Check.OPTION_VALUES)) {
                    failure(Check.OPTION_VALUES, outcome, "with " + set + " on " + base.grid.name());
                }
            }
        }
        wanted(Check.OPTION_VALUES);
    }

    private static <T> Set<String> values(Param<T> param) {
        Set<String> values = new LinkedHashSet<>(List.of(param.format(param.dflt())));
        values.addAll(choices(param));
        param.min().map(param::format).ifPresent(values::add);
        param.max()
                .filter(max -> ((Number) max).doubleValue() <= 10_000)
                .map(param::format)
                .ifPresent(values::add);
        values.addAll(param.suggestions());
        return values;
    }

    private void poorData(Base base) {
        if (!wanted(Check.DEGENERATE_DATA)) {
            return;
        }
        Map<String, Grid> poor = new LinkedHashMap<>();
        poor.put("without rows", base.grid.first(0));
        poor.put("with one row", base.grid.first(1));
        poor.put("with two rows", base.grid.first(2));
        for (List<String> columns : base.mapping.values()) {
            columns.forEach(column -> poorColumn(poor, base.grid, column));
        }
        poor.forEach((how, grid) -> {
            if (!timeIsUp(Check.DEGENERATE_DATA, "all kinds of poor data")) {
                failure(Check.DEGENERATE_DATA, run(grid, base.mapping, Map.of()), "on " + base.grid.name() + " " + how);
            }
        });
    }

    private static void poorColumn(Map<String, Grid> poor, Grid grid, String column) {
        String where = " in column '" + column + "'";
        poor.put("with a missing cell" + where, grid.with(0, column, ""));
        poor.put("without any value" + where, grid.filled(column, ""));
        poor.put(
                "with one value throughout" + where,
                grid.filled(column, grid.rows().get(0).get(grid.columns().indexOf(column))));
        for (String cell : List.of("Infinity", "1e308", "-1e308", "1e-300", "0", "-1", "0.5")) {
            poor.put("with " + cell + where, grid.with(0, column, cell));
        }
        poor.put("with 0 throughout" + where, grid.filled(column, "0"));
        poor.put("with 1 throughout" + where, grid.filled(column, "1"));
    }

    // ---- the same again

    private void deterministic(Base base) {
        if (wanted(Check.DETERMINISM)
                && !json(run(base.grid, base.mapping, Map.of())).equals(base.json)) {
            error(
                    Check.DETERMINISM,
                    "Two runs with the same seed on " + base.grid.name()
                            + " differ. Take random numbers from RunContext.random() alone, and keep no state.");
        }
    }

    private void concurrent(Base base) {
        if (!wanted(Check.CONCURRENCY)) {
            return;
        }
        Dataset data = base.grid.data();
        List<RunHandle> handles = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            handles.add(prepare(data, base.mapping, Map.of()).start());
        }
        int different = 0;
        for (RunHandle handle : handles) {
            Outcome outcome = handle.get();
            different += json(outcome).equals(base.json) ? 0 : 1;
            failure(Check.CONCURRENCY, outcome, "beside seven other runs");
        }
        if (wanted(Check.UNCHANGED_INPUT) && !Grid.of(data).equals(base.grid)) {
            error(Check.UNCHANGED_INPUT, "Runs changed the data " + base.grid.name() + ".");
        }
        if (different > 0) {
            error(
                    Check.CONCURRENCY,
                    different + " of " + AT_ONCE + " runs at once on " + base.grid.name()
                            + " differ from a run alone. One instance serves all runs: keep no state in it.");
        }
    }

    private void rowOrder(Base base) {
        if (base.grid.rows().size() < 2 || !wanted(Check.ROW_ORDER)) {
            return;
        }
        Outcome outcome = run(base.grid.shuffled(), base.mapping, Map.of());
        if (!(outcome instanceof Outcome.Ok ok)) {
            error(
                    Check.ROW_ORDER,
                    "With its rows shuffled, " + base.grid.name() + " is " + outcome.status() + ": " + texts(outcome));
            return;
        }
        Numbers.difference(base.outcome.result(), ok.result())
                .ifPresent(difference -> error(
                        Check.ROW_ORDER,
                        "With the rows of " + base.grid.name() + " shuffled, " + difference
                                + ". If order matters by nature, leave this check out."));
    }

    private void cancelled(Base base) {
        if (base.grid.rows().isEmpty() || !wanted(Check.CANCELLATION)) {
            return;
        }
        Grid large = base.grid.repeated(Math.max(1, MANY_ROWS / base.grid.rows().size()));
        for (Grid grid : List.of(base.grid, large)) {
            RunHandle handle = prepare(grid.data(), base.mapping, Map.of()).start();
            sleep();
            handle.cancel();
            Outcome outcome = handle.get();
            if (outcome.messages().stream().anyMatch(message -> message.code().equals("abandoned"))) {
                error(
                        Check.CANCELLATION,
                        "A run on " + grid.rows().size() + " rows went on for more than a second after it was"
                                + " cancelled. Call RunContext.checkCancelled() at least every 100 ms.");
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(BEFORE_CANCEL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the result

    private void json(Base base) {
        if (!wanted(Check.JSON)) {
            return;
        }
        List<String> losses = JsonCheck.losses(base.outcome);
        losses.stream()
                .limit(SHOWN)
                .forEach(loss -> error(Check.JSON, "In the result on " + base.grid.name() + ", " + loss + "."));
    }

    private void ids(Base base) {
        if (wanted(Check.IDS)) {
            tables(new LinkedHashMap<>(), base.outcome.result().items());
        }
    }

    /** Tables of one name become one file, so they must have the same columns. */
    private void tables(Map<String, List<String>> columns, List<ResultItem> items) {
        Set<String> ids = new HashSet<>();
        for (ResultItem item : items) {
            if (!ids.add(item.id())) {
                error(Check.IDS, "Two items are called '" + item.id() + "'.");
            }
            if (item instanceof Tabular table) {
                List<String> names =
                        table.columns().stream().map(Tabular.Series::name).toList();
                List<String> first = columns.putIfAbsent(table.id(), names);
                if (first != null && !first.equals(names)) {
                    error(
                            Check.IDS,
                            "Tables '" + table.id() + "' of several sections differ in their columns: " + first
                                    + " and " + names + ".");
                }
            } else if (item instanceof Section section) {
                tables(columns, section.items());
            }
        }
    }
}
