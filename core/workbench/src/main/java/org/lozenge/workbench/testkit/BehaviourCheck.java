package org.lozenge.workbench.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.plugin.Param;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.RunHandle;
import org.lozenge.workbench.table.Dataset;

/** Checks how an analysis behaves: with other options, poor data, run again, at once, in another order, and cancelled. */
final class BehaviourCheck {

    private static final int AT_ONCE = 8;
    private static final int MANY_ROWS = 500;
    private static final long BEFORE_CANCEL_MILLIS = 30;

    private final AnalysisSpec spec;
    private final Runs runs;
    private final Findings findings;

    BehaviourCheck(AnalysisSpec spec, Runs runs, Findings findings) {
        this.spec = spec;
        this.runs = runs;
        this.findings = findings;
    }

    void optionValues(Base base, ReadCheck reads) {
        for (Param<?> param : spec.params()) {
            for (String value : Settings.values(param)) {
                if (runs.timeIsUp(Check.OPTION_VALUES, "all values of all options")) {
                    return;
                }
                Map<String, String> set = Settings.of(param, value);
                Outcome outcome = runs.again(base, set);
                reads.note(base, set, outcome);
                if (findings.wanted(Check.OPTION_VALUES)) {
                    runs.failure(
                            Check.OPTION_VALUES,
                            outcome,
                            "with " + set + " on " + base.grid().name());
                }
            }
        }
        findings.wanted(Check.OPTION_VALUES);
    }

    void poorData(Base base) {
        if (!findings.wanted(Check.DEGENERATE_DATA)) {
            return;
        }
        Map<String, Grid> poor = new LinkedHashMap<>();
        poor.put("without rows", base.grid().first(0));
        poor.put("with one row", base.grid().first(1));
        poor.put("with two rows", base.grid().first(2));
        for (List<String> columns : base.mapping().values()) {
            columns.forEach(column -> poorColumn(poor, base.grid(), column));
        }
        poor.forEach((how, grid) -> {
            if (!runs.timeIsUp(Check.DEGENERATE_DATA, "all kinds of poor data")) {
                runs.failure(
                        Check.DEGENERATE_DATA,
                        runs.run(grid, base.mapping(), Map.of()),
                        "on " + base.grid().name() + " " + how);
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

    void deterministic(Base base) {
        if (findings.wanted(Check.DETERMINISM)
                && !Runs.json(runs.again(base, Map.of())).equals(base.json())) {
            findings.error(
                    Check.DETERMINISM,
                    "Two runs with the same seed on " + base.grid().name()
                            + " differ. Take random numbers from RunContext.random() alone, and keep no state.");
        }
    }

    void concurrent(Base base) {
        if (!findings.wanted(Check.CONCURRENCY)) {
            return;
        }
        Dataset data = base.grid().data();
        List<RunHandle> handles = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            handles.add(runs.prepare(data, base.mapping(), Map.of()).start());
        }
        int different = 0;
        for (RunHandle handle : handles) {
            Outcome outcome = handle.get();
            different += Runs.json(outcome).equals(base.json()) ? 0 : 1;
            runs.failure(Check.CONCURRENCY, outcome, "beside seven other runs");
        }
        if (findings.wanted(Check.UNCHANGED_INPUT) && !Grid.of(data).equals(base.grid())) {
            findings.error(
                    Check.UNCHANGED_INPUT,
                    "Runs changed the data " + base.grid().name() + ".");
        }
        if (different > 0) {
            findings.error(
                    Check.CONCURRENCY,
                    different + " of " + AT_ONCE + " runs at once on "
                            + base.grid().name()
                            + " differ from a run alone. One instance serves all runs: keep no state in it.");
        }
    }

    void rowOrder(Base base) {
        if (base.grid().rows().size() < 2 || !findings.wanted(Check.ROW_ORDER)) {
            return;
        }
        Outcome outcome = runs.run(base.grid().shuffled(), base.mapping(), Map.of());
        if (!(outcome instanceof Outcome.Ok ok)) {
            findings.error(
                    Check.ROW_ORDER,
                    "With its rows shuffled, " + base.grid().name() + " is " + outcome.status() + ": "
                            + Runs.texts(outcome));
            return;
        }
        Numbers.difference(base.outcome().result(), ok.result())
                .ifPresent(difference -> findings.error(
                        Check.ROW_ORDER,
                        "With the rows of " + base.grid().name() + " shuffled, " + difference
                                + ". If order matters by nature, leave this check out."));
    }

    void cancelled(Base base) {
        if (base.grid().rows().isEmpty() || !findings.wanted(Check.CANCELLATION)) {
            return;
        }
        Grid large =
                base.grid().repeated(Math.max(1, MANY_ROWS / base.grid().rows().size()));
        for (Grid grid : List.of(base.grid(), large)) {
            RunHandle handle =
                    runs.prepare(grid.data(), base.mapping(), Map.of()).start();
            sleep();
            handle.cancel();
            Outcome outcome = handle.get();
            if (outcome.messages().stream().anyMatch(message -> message.code().equals("abandoned"))) {
                findings.error(
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
}
