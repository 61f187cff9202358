package org.lozenge.workbench.json;

import java.util.List;
import java.util.Map;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.report.Report;
import org.lozenge.workbench.table.Dataset;

/**
 * Runs a saved outcome again and says whether it comes out the same.
 *
 * <pre>{@code
 * Replay replay = Replay.of(Files.readString(Path.of("pooled.json")));
 * Outcome again = replay.run(workbench, data).get();
 * Differences differences = replay.compare(again, 0);
 * }</pre>
 */
public final class Replay {

    private final String json;
    private final Provenance saved;

    private Replay(String json, Provenance saved) {
        this.json = json;
        this.saved = saved;
    }

    /**
     * Reads a saved outcome.
     *
     * @param json what {@link Report#json()} wrote
     * @throws IllegalArgumentException if it is not the JSON of an outcome; the message says where
     */
    public static Replay of(String json) {
        return new Replay(json, OutcomeJson.read(json).provenance());
    }

    /** Returns what was run on what. */
    public Provenance provenance() {
        return saved;
    }

    /** Returns the same run on a workbench and data of today. */
    public Run run(Workbench workbench, Dataset data) {
        Run run = workbench
                .run(saved.analysis(), data)
                .seed(saved.seed())
                .strict(saved.given().strict());
        for (Map.Entry<String, List<String>> role : saved.given().mapping().entrySet()) {
            run = run.map(role.getKey(), role.getValue().toArray(String[]::new));
        }
        for (Map.Entry<String, String> option : saved.given().params().entrySet()) {
            run = run.set(option.getKey(), option.getValue());
        }
        for (Map.Entry<String, List<String>> condition : saved.where().entrySet()) {
            for (String value : condition.getValue()) {
                run = run.where(condition.getKey(), value);
            }
        }
        return saved.by().isEmpty() ? run : run.by(saved.by());
    }

    /**
     * Compares an outcome with the saved one.
     *
     * @param tolerance relative difference up to which two numbers count as the same; 0 for none
     */
    public Differences compare(Outcome again, double tolerance) {
        return Differences.between(json, Report.of(again).json(), tolerance);
    }
}
