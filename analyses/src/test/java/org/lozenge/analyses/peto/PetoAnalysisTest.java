package org.lozenge.analyses.peto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class PetoAnalysisTest {

    /** metafor 3.8.1: rma.peto(ai, bi, ci, di, data = dat.bcg). */
    @Test
    void poolsTwoByTwoTables() {
        Outcome outcome = Runs.run("peto", Samples.get("bcg").csv());
        Tabular model = Runs.table(outcome, "model");
        assertEquals(-0.47444631094063633, model.number("estimate", 0), 1e-13);
        assertEquals(0.040659080744648281, model.number("se", 0), 1e-14);
        assertEquals(-11.668889267819587, model.number("statistic", 0), 1e-11);
        assertEquals(1.8380733863216688e-31, model.number("p_value", 0), 1e-41);
        assertEquals(167.73016751148941, Runs.table(outcome, "heterogeneity").number("q", 0), 1e-10);
        assertThat(Runs.text(outcome, "unbalanced-arms")).contains("in 1 study");
    }

    @Test
    void poolsObservedMinusExpectedEvents() {
        Outcome outcome = Runs.run("peto", "study,o_minus_e,v\nA,-10,20\nB,-4,16");
        Tabular model = Runs.table(outcome, "model");
        assertEquals(-14 / 36.0, model.number("estimate", 0), 1e-15);
        assertEquals(1 / 6.0, model.number("se", 0), 1e-15);
        // Q = Σ (O−E)²/V − (Σ O−E)²/ΣV
        assertEquals(
                100 / 20.0 + 16 / 16.0 - 196 / 36.0,
                Runs.table(outcome, "heterogeneity").number("q", 0),
                1e-14);
        assertEquals(StrictMath.exp(-14 / 36.0), model.number("effect", 0), 1e-15);
    }

    @Test
    void needsNoConstantForSingleZeros() {
        Outcome outcome = Runs.run("peto", "study,events_t,n_t,events_c,n_c\nA,0,50,3,50\nB,1,40,4,41");
        assertThat(Runs.codes(outcome)).doesNotContain("zero-cells");
        Tabular studies = Runs.table(outcome, "studies");
        double v = 3 * 97 * 50 * 50 / (100.0 * 100 * 99);
        assertEquals(-1.5 / v, studies.number("y", 0), 1e-13);
        assertThat(Runs.codes(outcome)).contains("large-effect");
    }

    @Test
    void namesFaultsByRow() {
        Outcome outcome = Runs.run("peto", "study,o_minus_e,v\nA,-10,0\nB,x,16\nC,1,2");
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(Runs.text(outcome, "invalid-value")).contains("row 1 (A)", "must be above 0");
        assertThat(Runs.text(outcome, "not-numeric")).contains("row 2 (B)", "'x'");
        Outcome skipped = Runs.run("peto", "study,o_minus_e,v\nA,-10,0\nB,,16\nC,1,2", r -> r.set("invalid", "skip"));
        assertThat(Runs.text(skipped, "studies-used")).contains("3 studies, 1 used", "A (row 1)", "B (row 2)");
        Outcome zeros = Runs.run("peto", "study,events_t,n_t,events_c,n_c\nA,0,50,0,50");
        assertThat(Runs.text(zeros, "no-usable-studies")).contains("no information");
    }
}
