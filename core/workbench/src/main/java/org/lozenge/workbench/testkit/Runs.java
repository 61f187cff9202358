package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;

/** Runs an analysis, and keeps an eye on each run. */
final class Runs {

    /** How many findings of one kind are shown. */
    static final int SHOWN = 5;

    private static final long RUN_MILLIS = 60_000;
    private static final Set<String> JVM_CODES = Set.of("jvm-state", "threads-left");

    private final PluginCheck.Plan plan;
    private final Workbench workbench;
    private final AnalysisSpec spec;
    private final Findings findings;
    private final long deadline;
    private int made;

    Runs(PluginCheck.Plan plan, Workbench workbench, AnalysisSpec spec, Findings findings) {
        this.plan = plan;
        this.workbench = workbench;
        this.spec = spec;
        this.findings = findings;
        this.deadline = System.nanoTime() + 1_000_000 * plan.millis();
    }

    /** Returns how many runs were made. */
    int made() {
        return made;
    }

    Run prepare(Dataset data, Map<String, List<String>> mapping, Map<String, String> options) {
        Run run = workbench.run(spec.id(), data).timeoutMillis(RUN_MILLIS);
        for (Map.Entry<String, List<String>> role : mapping.entrySet()) {
            run = run.map(role.getKey(), role.getValue().toArray(String[]::new));
        }
        Map<String, String> all = new LinkedHashMap<>(plan.options());
        all.putAll(options);
        for (Map.Entry<String, String> option : all.entrySet()) {
            run = run.set(option.getKey(), option.getValue());
        }
        made++;
        return run;
    }

    Outcome run(Grid grid, Map<String, List<String>> mapping, Map<String, String> options) {
        return prepare(grid.data(), mapping, options).get();
    }

    /** Runs the analysis on a table as before, with some options. */
    Outcome again(Base base, Map<String, String> options) {
        return run(base.grid(), base.mapping(), options);
    }

    List<Base> bases() {
        findings.wanted(Check.RUN);
        List<Base> bases = new ArrayList<>();
        if (plan.data().isEmpty()) {
            List<String> refused = new ArrayList<>();
            for (MadeData.Made made : MadeData.of(spec)) {
                base(made.grid(), made.mapping(), refused).ifPresent(bases::add);
            }
            Finding.Level level = bases.isEmpty() ? Finding.Level.ERROR : Finding.Level.NOTE;
            refused.forEach(one -> findings.note(
                    Check.RUN, level, "Data that were made from its roles do not suit it; give it some. " + one));
            return bases;
        }
        for (Dataset data : plan.data()) {
            List<String> refused = new ArrayList<>();
            base(Grid.of(data), plan.mapping(), refused).ifPresent(bases::add);
            refused.forEach(one -> findings.error(Check.RUN, one));
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

    static String texts(Outcome outcome) {
        return outcome.messages().stream()
                .filter(message -> message.severity() == Message.Severity.ERROR || outcome instanceof Outcome.Cancelled)
                .map(Message::text)
                .limit(SHOWN)
                .collect(Collectors.joining(" "));
    }

    static String json(Outcome outcome) {
        return Report.of(outcome).json();
    }

    /** Notes a run that broke or did not end, and what it did to the program. */
    boolean failure(Check check, Outcome outcome, String how) {
        afterRun(outcome, how);
        if (outcome instanceof Outcome.Failed failed) {
            String at = failed.trace()
                    .lines()
                    .filter(line -> line.strip().startsWith("at "))
                    .findFirst()
                    .map(line -> " First frame: " + line.strip() + ".")
                    .orElse("");
            findings.error(check, "It broke " + how + ": " + texts(outcome) + at);
            return true;
        }
        if (outcome instanceof Outcome.Cancelled) {
            findings.error(check, "It did not end within " + RUN_MILLIS / 1000 + " s " + how + ".");
            return true;
        }
        return false;
    }

    void afterRun(Outcome outcome, String how) {
        outcome.messages().stream()
                .filter(message -> JVM_CODES.contains(message.code()))
                .forEach(message ->
                        findings.error(Check.JVM_STATE, message.text() + (how.isEmpty() ? "" : " Seen " + how + ".")));
    }

    boolean timeIsUp(Check check, String what) {
        if (System.nanoTime() < deadline) {
            return false;
        }
        findings.note(check, Finding.Level.NOTE, "There was no time for " + what + "; give more with timeMillis().");
        return true;
    }
}
