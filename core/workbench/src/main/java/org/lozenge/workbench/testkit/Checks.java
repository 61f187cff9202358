package org.lozenge.workbench.testkit;

import java.util.List;
import java.util.Map;
import org.lozenge.plugin.AnalysisSpec;
import org.lozenge.workbench.Workbench;

/** One execution of a {@link PluginCheck}. */
final class Checks {

    private Checks() {}

    static CheckReport run(PluginCheck.Plan plan) {
        Workbench workbench = plan.source().workbench().get();
        AnalysisSpec spec = workbench.find(plan.source().id()).orElseThrow();
        Findings findings = new Findings(plan.without());
        Runs runs = new Runs(plan, workbench, spec, findings);
        SpecificationCheck specification = new SpecificationCheck(plan, spec, findings);
        specification.specification();
        specification.snapshot();
        ReadCheck reads = new ReadCheck(plan, spec, runs, findings);
        BehaviourCheck behaviour = new BehaviourCheck(spec, runs, findings);
        ResultCheck result = new ResultCheck(findings);
        List<Base> bases = runs.bases();
        for (Base base : bases) {
            runs.afterRun(base.outcome(), "");
            reads.note(base, Map.of(), base.outcome());
            behaviour.deterministic(base);
            behaviour.concurrent(base);
            result.json(base);
            result.ids(base);
            behaviour.rowOrder(base);
            behaviour.optionValues(base, reads);
            behaviour.poorData(base);
            behaviour.cancelled(base);
        }
        if (!bases.isEmpty()) {
            reads.report(bases);
            findings.wanted(Check.JVM_STATE);
        }
        return findings.report(spec.id(), runs.made());
    }
}
