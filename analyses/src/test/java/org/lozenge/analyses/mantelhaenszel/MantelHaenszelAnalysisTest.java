package org.lozenge.analyses.mantelhaenszel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class MantelHaenszelAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static final String RATES = """
            study,events_t,time_t,events_c,time_c
            A,10,100,20,90
            B,5,50,12,60
            C,0,30,3,40
            """;

    private static Outcome run(String csv, String... options) {
        return Runs.run("mantel-haenszel", csv, run -> {
            var set = run;
            for (int i = 0; i < options.length; i += 2) {
                set = set.set(options[i], options[i + 1]);
            }
            return set;
        });
    }

    /** metafor 3.8.1: rma.mh(measure, ai, bi, ci, di, data = dat.bcg). */
    @ParameterizedTest
    @CsvSource({
        "or, -0.47341098838858547, 0.041007778404231442, 163.94257956919316",
        "rr, -0.45370960468375388, 0.039337366871294382, 152.56755358665728",
        "rd, -0.0032881818326129996, 0.00028665674852737364, 386.77594183655981"
    })
    void poolsTwoByTwoTables(String measure, double estimate, double se, double q) {
        // metafor's variance of the risk difference is Sato's.
        Outcome outcome = run(BCG, "measure", measure);
        Tabular model = Runs.table(outcome, "model");
        assertEquals(estimate, model.number("estimate", 0), 1e-12 * Math.abs(estimate));
        assertEquals(se, model.number("se", 0), 1e-12 * se);
        assertEquals(q, Runs.table(outcome, "heterogeneity").number("q", 0), 1e-11 * q);
        double total = 0;
        for (int i = 0; i < 13; i++) {
            total += Runs.table(outcome, "studies").number("weight_common", i);
        }
        assertEquals(1, total, 1e-14);
    }

    /** The same call; correct = FALSE for the last. */
    @Test
    void tests() {
        Tabular tests = Runs.table(run(BCG), "tests");
        assertThat(Runs.texts(tests, "test")).containsExactly("cochran-mantel-haenszel", "breslow-day", "tarone");
        assertEquals(135.68894372390628, tests.number("statistic", 0), 1e-10);
        assertEquals(171.76536657939624, tests.number("statistic", 1), 1e-9);
        assertEquals(171.75667299387146, tests.number("statistic", 2), 1e-9);
        assertEquals(2.3336963318324819e-31, tests.number("p_value", 0), 1e-41);
        Tabular plain = Runs.table(run(BCG, "continuity", "false"), "tests");
        assertEquals(136.16297674463516, plain.number("statistic", 0), 1e-10);
    }

    /** metafor 3.8.1: rma.mh(measure, x1i, x2i, t1i, t2i). */
    @Test
    void poolsRates() {
        Outcome ratio = run(RATES, "measure", "irr");
        assertEquals(-0.83866573410385936, Runs.table(ratio, "model").number("estimate", 0), 1e-13);
        assertEquals(0.3105433527322532, Runs.table(ratio, "model").number("se", 0), 1e-13);
        assertEquals(6.9625237188975975, Runs.table(ratio, "tests").number("statistic", 0), 1e-12);
        Outcome difference = run(RATES, "measure", "ird");
        assertEquals(-0.1067992254989574, Runs.table(difference, "model").number("estimate", 0), 1e-14);
        assertEquals(0.03821369389778817, Runs.table(difference, "model").number("se", 0), 1e-14);
    }

    @Test
    void needsNoConstantForThePooledEffect() {
        String csv = "study,events_t,n_t,events_c,n_c\nA,4,123,11,139\nB,0,50,3,60\nC,6,306,29,303";
        Tabular usual = Runs.table(run(csv), "model");
        Tabular large = Runs.table(run(csv, "add", "5"), "model");
        assertEquals(usual.number("estimate", 0), large.number("estimate", 0));
        assertThat(Runs.codes(run(csv))).contains("zero-cells");
        // The study's own effect is missing without a constant; its counts are pooled all the same.
        Outcome none = run(csv, "to", "none");
        assertEquals(usual.number("estimate", 0), Runs.table(none, "model").number("estimate", 0));
        assertThat(Runs.table(none, "studies").number("y", 1)).isNaN();
    }

    @Test
    void choosesTheVarianceOfTheRiskDifference() {
        double sato = Runs.table(run(BCG, "measure", "rd"), "model").number("se", 0);
        double greenland = Runs.table(run(BCG, "measure", "rd", "variance", "greenland-robins"), "model")
                .number("se", 0);
        assertThat(greenland).isNotEqualTo(sato).isBetween(0.5 * sato, 2 * sato);
    }

    @Test
    void saysWhyNothingCanBeEstimated() {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,0,10,1,10\nB,0,20,2,20");
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(Runs.text(outcome, "not-estimable")).contains("no study has an event in the treatment arm", "peto");
        assertThat(Runs.text(run("study,events_t,n_t\nA,1,2"), "unmapped-role")).contains("events_c");
        assertThat(Runs.text(run("study,events_t,n_t,events_c,n_c\nA,11,10,1,10"), "invalid-value"))
                .contains("row 1 (A)", "11");
    }

    @ParameterizedTest
    @CsvSource({
        "or, 0 10 0 10, no study has an event; so there is no information., Peto",
        "or, 0 10 1 10, no study has an event in the treatment arm; so that it would be 0. Peto's, --measure",
        "or, 10 10 1 10, an arm has events only in every study, in the control arm",
        "rr, 1 10 0 10, infinite. The risk difference (--measure rd) exists, Peto",
        "rd, 0 10 0 10, no study has an event; so there is no information., Peto",
        "rd, 10 10 10 10, every group has no event; or events only; so that its variance would be 0., Peto",
        "rd, 10 10 0 10, so that its variance would be 0., infinite",
        "irr, 0 10 3 10, The rate difference (--measure ird) exists all the same., Peto"
    })
    void advisesWhatCanBeEstimated(String measure, String row, String said, String unsaid) {
        String header = measure.equals("irr") ? "events_t,time_t,events_c,time_c" : "events_t,n_t,events_c,n_c";
        String csv = header + "\n" + row.replace(' ', ',');
        Outcome outcome = run(csv + "\n" + row.replace(' ', ','), "measure", measure, "drop00", "false");
        assertThat(Runs.text(outcome, "not-estimable"))
                .contains(said.replace(';', ','))
                .doesNotContain(unsaid);
    }

    /** metafor 3.8.1: rma.mh(measure = "RR", ai = c(25, 3, 0), n1i = c(50, 3, 1), ci = c(2, 10, 3), n2i = c(2, 10, 3)). */
    @Test
    void keepsStudiesWithEventsOnlyOnDemand() {
        String csv = "study,events_t,n_t,events_c,n_c\nA,25,50,2,2\nB,3,3,10,10\nC,0,1,3,3";
        Outcome kept = run(csv, "measure", "rr", "drop00", "false");
        assertEquals(-0.42102962464927596, Runs.table(kept, "model").number("estimate", 0), 1e-13);
        assertEquals(0.19187445740390432, Runs.table(kept, "model").number("se", 0), 1e-13);
        Outcome left = run(csv, "measure", "rr");
        assertThat(Runs.text(left, "double-zero")).contains("row 2 (B)", "events only", "--drop00 false keeps it");
        assertEquals(2, Runs.table(left, "model").number("k", 0));
    }

    @Test
    void saysThatTheConstantIsForTheOwnEffectsOnly() {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,0,10,1,10\nB,2,20,2,20");
        assertThat(Runs.text(outcome, "zero-cells"))
                .contains("0.5 was added", "row 1", "own effects and their Q only; the counts are pooled without it");
    }

    @Test
    void oneStudyHasNoHeterogeneity() {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,4,123,11,139");
        assertEquals(
                StrictMath.log(4 * 128 / (119 * 11.0)),
                Runs.table(outcome, "model").number("estimate", 0),
                1e-14);
        assertThat(Runs.table(outcome, "heterogeneity").number("i2", 0)).isNaN();
    }
}
