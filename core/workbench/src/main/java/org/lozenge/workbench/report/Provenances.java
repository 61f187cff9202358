package org.lozenge.workbench.report;

import java.util.ArrayList;
import java.util.List;
import org.lozenge.workbench.Provenance;
import org.lozenge.workbench.report.Document.Fact;

/** What was run on what, for the foot of a report. */
final class Provenances {

    private Provenances() {}

    static List<Fact> facts(Provenance run) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Software", "Lozenge " + Version.text()));
        String plugin = (run.plugin() + " " + run.version()).strip();
        facts.add(new Fact("Analysis", run.analysis() + (plugin.isEmpty() ? "" : " (" + plugin + ")")));
        Provenance.Input input = run.input();
        facts.add(new Fact("Data", input.name() + ", " + input.used() + " of " + input.rows() + " rows used"));
        if (!input.sha256().isEmpty()) {
            facts.add(new Fact("SHA-256 of the data", input.sha256()));
        }
        run.where()
                .forEach((column, values) ->
                        facts.add(new Fact("Only rows with", column + " = " + String.join(" or ", values))));
        if (!run.by().isEmpty()) {
            facts.add(new Fact("Split by", run.by()));
        }
        facts.add(new Fact("Seed", Long.toString(run.seed())));
        return facts;
    }
}
