package org.lozenge.analyses.reconstructipd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.patients;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;

class ReconstructIpdAnalysisTest {

    /** The curves of lung by sex, as kaplan-meier prints them, go in; the hazard ratio of the patients comes out. */
    @Test
    void curvesOfLungComeBack() {
        Outcome km = run("kaplan-meier", patients("lung"), r -> r.map("group", "sex"));
        Tabular curve = table(km, "curve");
        Tabular risk = table(km, "number_at_risk");
        StringBuilder csv = new StringBuilder("trial,arm,time,survival,n_risk\n");
        for (int i = 0; i < curve.rows(); i++) {
            csv.append("lung,").append(curve.text("group", i)).append(',').append(curve.number("time", i));
            csv.append(',')
                    .append(Math.round(1000 * curve.number("survival", i)) / 1000.0)
                    .append(",\n");
        }
        for (int i = 0; i < risk.rows(); i++) {
            csv.append("lung,").append(risk.text("group", i)).append(',').append(risk.number("time", i));
            csv.append(",,").append((int) risk.number("n_risk", i)).append('\n');
        }
        Outcome outcome = run("reconstruct-ipd", csv.toString());
        Tabular fit = table(outcome, "fit");
        assertThat(fit.number("n", 0)).isEqualTo(136);
        assertThat(fit.number("rmse", 0)).isLessThan(0.005);
        assertThat(fit.number("median", 0)).isEqualTo(270);
        Tabular effects = table(outcome, "effects");
        // R: coxph on the patients themselves gives -0.5213 (SE 0.168).
        double truth = table(run("cox", patients("lung"), r -> r.map("group", "sex")), "coefficients")
                .number("estimate", 0);
        assertThat(effects.number("y", 0)).isCloseTo(truth, within(0.02));
        assertThat(effects.text("route", 0)).isEqualTo("T24");
        assertThat(table(outcome, "ipd").rows()).isEqualTo(226);
        assertThat(outcome.get().item("curves", XYPlot.class).layers()).hasSize(6);
    }

    @Test
    void percentagesOnRequest() {
        String csv = "time,survival,n_risk,events\n0,100,50,16\n5,80,,\n10,60,25,\n12,55,,\n";
        Outcome outcome = run("reconstruct-ipd", csv, r -> r.set("unit", "percent"));
        assertThat(table(outcome, "fit").number("events", 0)).isEqualTo(16);
        Outcome more = run("reconstruct-ipd", csv.replace("50,16", "50,20"), r -> r.set("unit", "percent"));
        assertThat(text(more, "events-contradict")).contains("20 events").contains("give 16");
        assertThat(text(run("reconstruct-ipd", csv), "survival-range")).contains("option unit to percent");
    }

    @Test
    void saysWhatWasMended() {
        String csv =
                "time,survival,n_risk\n0,1,100\n1,0.95,\n2,0.9,\n3,0.3,\n4,0.85,\n5,0.8,60\n6,0.75,\n7,0.7,\n8,0.9,\n";
        Outcome outcome = run("reconstruct-ipd", csv);
        assertThat(text(outcome, "stray-clicks")).contains("row 4");
        assertThat(text(outcome, "rising-curve")).contains("0.2");
    }

    @Test
    void namesWhatIsMissingOrImpossible() {
        assertThat(text(run("reconstruct-ipd", "time,survival\n0,1\n1,0.9\n"), "no-number-at-risk"))
                .contains("time 0");
        assertThat(text(run("reconstruct-ipd", "time,n_risk\n0,10\n1,9\n"), "unmapped-role"))
                .contains("survival");
        assertThat(text(run("reconstruct-ipd", "arm,time,survival,n_risk\na,0,1,10\na,1,0.9,12\n"), "n-risk-rises"))
                .contains("Arm 'a', row 2")
                .contains("from 10 at time 0 to 12 at time 1");
        assertThat(text(run("reconstruct-ipd", "time,survival,n_risk\n0,1,10\n0,1,11\n1,0.9,\n"), "n-risk-twice"))
                .contains("row 2");
        assertThat(text(run("reconstruct-ipd", "time,survival,n_risk,events\n0,1,10,11\n1,0.9,,\n"), "events-above-n"))
                .contains("11 events");
        assertThat(text(run("reconstruct-ipd", "time,survival,n_risk\n0,1,10\n1,-0.5,\n"), "survival-range"))
                .contains("row 2");
        assertThat(codes(run("reconstruct-ipd", "time,survival,n\n0,1,10\n1,0.9,\n")))
                .contains("weak-reconstruction");
    }
}
