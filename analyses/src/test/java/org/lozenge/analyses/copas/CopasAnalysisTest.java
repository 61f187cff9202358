package org.lozenge.analyses.copas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class CopasAnalysisTest {

    @Test
    void fitsTheGrid() {
        Outcome outcome = run("copas", Samples.get("bcg-risk-ratios").csv(), r -> r.set("grid", "3"));
        Tabular grid = table(outcome, "grid");
        assertThat(grid.rows()).isEqualTo(9);
        assertThat(grid.number("gamma0", 0)).isEqualTo(-2);
        assertThat(grid.number("gamma0", 8)).isEqualTo(2);
        assertThat(grid.number("p_largest", 2)).isCloseTo(0.99, within(1e-12));
        // metafor 3.8.1, rma(method = "ML")
        Tabular model = table(outcome, "model");
        assertThat(model.number("estimate", 0)).isCloseTo(-0.7112, within(5e-5));
        assertThat(model.number("tau2", 0)).isCloseTo(0.28, within(5e-4));
        assertThat(outcome.get().item("copas", XYPlot.class).layers()).hasSizeGreaterThan(1);
        assertThat(codes(outcome)).doesNotContain("few-studies");
    }

    @Test
    void refusesTwoStudiesAndEqualErrors() {
        assertThat(text(run("copas", "study,effect,se\nA,1,0.2\nB,2,0.3\n"), "copas-not-estimable"))
                .isEqualTo("data.csv: the Copas model needs at least 3 studies, but there are 2.");
        assertThat(text(run("copas", "study,effect,se\nA,1,0.2\nB,2,0.2\nC,0,0.2\n"), "copas-not-estimable"))
                .contains("all standard errors are 0.2");
    }

    @Test
    void warnsOfFewStudies() {
        Outcome outcome = run("copas", "study,effect,se\nA,1,0.2\nB,2,0.3\nC,0,0.5\n", r -> r.set("grid", "2"));
        assertThat(codes(outcome)).contains("few-studies");
        assertThat(table(outcome, "grid").rows()).isEqualTo(4);
    }
}
