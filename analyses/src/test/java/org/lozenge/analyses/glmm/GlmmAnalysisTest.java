package org.lozenge.analyses.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class GlmmAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    /** Catheters: infections of nine trials per 1000 days (Niel-Weise and others 2008). */
    private static final String CATHETERS = """
            study,events_t,time_t,events_c,time_c
            Bong,7,1.344,11,1.988
            Ciresi,8,1.6,8,1.461
            Hanna,3,12.012,14,10.962
            Harter,6,1.536,10,1.503
            Jaeger 2001,1,0.37,1,0.483
            Jaeger 2005,1,0.729,8,0.913
            Logghe,17,6.76,15,6.84
            Ostendorf,3,1.107,7,1.015
            Pemberton,2,0.32,3,0.44
            """;

    private static final String RARE = """
            study,events_t,n_t,events_c,n_c
            A,0,116,3,117
            B,1,44,3,35
            C,0,40,0,42
            D,2,208,9,195
            E,0,130,7,136
            F,5,151,6,157
            """;

    private static Outcome run(String csv, String... options) {
        return Runs.run("glmm", csv, run -> {
            var set = run;
            for (int i = 0; i < options.length; i += 2) {
                set = set.set(options[i], options[i + 1]);
            }
            return set;
        });
    }

    /** metafor 3.8.1: rma.glmm(measure = "OR", model, data = dat.bcg, nAGQ = 51); um-rs: integration in 80 bits. */
    @ParameterizedTest
    @CsvSource({
        "cm-el, -0.47718677, -0.75381053, 0.311635",
        "cm-al, -0.45511951, -0.72211907, 0.288706",
        "um-fs, -0.47725543, -0.7450034, 0.294886"
    })
    void poolsTwoByTwoTables(String model, double common, double random, double tau2) {
        Outcome outcome = run(BCG, "model", model);
        Tabular table = Runs.table(outcome, "model");
        assertEquals(common, table.number("estimate", 0), 1e-6);
        assertEquals(random, table.number("estimate", 1), 1e-6);
        assertEquals(tau2, Runs.table(outcome, "heterogeneity").number("tau2", 0), 1e-6);
        assertEquals(StrictMath.exp(random), table.number("effect", 1), 1e-6);
        assertThat(Runs.table(outcome, "heterogeneity").number("tau2_lower", 0)).isBetween(0.05, tau2);
    }

    /** The numbers of the example in docs/glmm.md. */
    @Test
    void givesTheExampleOfTheDocumentation() {
        Outcome outcome = run(BCG);
        Tabular model = Runs.table(outcome, "model");
        assertEquals(0.4706, model.number("effect", 1), 5e-5);
        assertEquals(0.3306, model.number("effect_lower", 1), 5e-5);
        assertEquals(0.6697, model.number("effect_upper", 1), 5e-5);
        assertEquals(0.1490, model.number("effect_pi_lower", 1), 6e-5);
        assertEquals(1.4856, model.number("effect_pi_upper", 1), 5e-5);
        assertEquals(0.6205, model.number("effect", 0), 5e-5);
        Tabular h = Runs.table(outcome, "heterogeneity");
        assertEquals(0.3116, h.number("tau2", 0), 5e-5);
        assertEquals(0.1191, h.number("tau2_lower", 0), 5e-5);
        assertEquals(0.9232, h.number("tau2_upper", 0), 5e-5);
        assertEquals(163.1, h.number("q", 0), 0.05);
        Tabular tests = Runs.table(outcome, "tests");
        assertThat(Runs.texts(tests, "test")).containsExactly("wald", "likelihood-ratio", "tau2");
        assertEquals(176.9, tests.number("statistic", 1), 0.05);
        assertEquals(139.3, tests.number("statistic", 2), 0.05);
        Tabular profile = Runs.table(run(BCG, "ci", "profile"), "model");
        assertEquals(0.3172, profile.number("effect_lower", 1), 5e-5);
        assertEquals(0.6829, profile.number("effect_upper", 1), 5e-5);
    }

    /** Stijnen and others (2010), table VIII: -0.476 (0.238), tau 0.35, rate ratio 0.62 (0.39 to 0.99). */
    @Test
    void poolsRates() {
        Outcome outcome = run(CATHETERS);
        Tabular model = Runs.table(outcome, "model");
        assertEquals(-0.476, model.number("estimate", 1), 5e-4);
        assertEquals(0.238, model.number("se", 1), 5e-4);
        assertEquals(0.62, model.number("effect", 1), 5e-3);
        assertEquals(0.39, model.number("effect_lower", 1), 5e-3);
        assertEquals(0.99, model.number("effect_upper", 1), 5e-3);
    }

    /** Table VII of the same paper: controls, 1.401 (0.231), rate 4.06 (2.58 to 6.38). */
    @Test
    void poolsOneGroup() {
        String controls = CATHETERS.replace("events_t,time_t,events_c,time_c", "x,y,events,time");
        Outcome outcome = run(controls);
        Tabular model = Runs.table(outcome, "model");
        assertEquals(1.401, model.number("estimate", 1), 5e-4);
        assertEquals(4.06, model.number("effect", 1), 5e-3);
        assertEquals(2.58, model.number("effect_lower", 1), 5e-3);
        assertEquals(6.38, model.number("effect_upper", 1), 6e-3);
        Outcome set = run(controls, "model", "um-rs");
        assertThat(Runs.codes(set)).contains("option-without-effect");
    }

    /** Proportions of the same shape: logits. */
    @Test
    void poolsProportions() {
        Outcome outcome = run("study,events,n\nA,3,20\nB,0,15\nC,9,30\nD,2,40\n");
        Tabular model = Runs.table(outcome, "model");
        assertEquals(StrictMath.log(14.0 / 91), model.number("estimate", 0), 1e-12);
        assertEquals(14.0 / 105, model.number("effect", 0), 1e-12);
        assertThat(outcome.get().item("forest", ForestPlot.class).reference()).isNaN();
    }

    @Test
    void doubleZerosAreLeftOutOrKeptAsTheLikelihoodSays() {
        Outcome conditional = run(RARE);
        assertEquals(5, Runs.table(conditional, "model").number("k", 0));
        assertThat(Runs.text(conditional, "double-zero")).contains("row 3 (C)");
        assertThat(Runs.text(conditional, "studies-used")).contains("6 studies, 5 used");
        assertThat(Runs.text(conditional, "zero-cells")).contains("The models use the counts as they are");
        assertThat(Runs.text(conditional, "wald-without-some")).contains("leaves out 2 of 5 studies");
        Outcome random = run(RARE, "model", "um-rs");
        assertEquals(6, Runs.table(random, "model").number("k", 0));
        assertThat(Runs.table(random, "heterogeneity").number("sigma2", 0)).isGreaterThanOrEqualTo(0);
        Outcome kept = run(RARE, "drop00", "false");
        assertThat(Runs.text(kept, "constant-likelihood")).contains("one study");
        assertEquals(
                Runs.table(conditional, "model").number("estimate", 1),
                Runs.table(kept, "model").number("estimate", 1));
    }

    @Test
    void optionsChangeWhatTheySay() {
        Tabular z = Runs.table(run(RARE), "model");
        Tabular t = Runs.table(run(RARE, "test", "t"), "model");
        assertEquals(4, t.number("df", 1));
        assertThat(t.number("ci_upper", 1)).isGreaterThan(z.number("ci_upper", 1));
        assertThat(t.text("test", 1)).isEqualTo("t");
        Tabular none = Runs.table(run(RARE, "pi", "none", "tau2-ci", "none"), "model");
        assertThat(none.number("pi_lower", 1)).isNaN();
        Tabular hts = Runs.table(run(RARE, "pi", "hts"), "model");
        assertThat(hts.number("pi_upper", 1)).isGreaterThan(z.number("pi_upper", 1));
        Outcome points = run(RARE, "points", "7");
        assertEquals(7, Runs.table(points, "fit").number("points", 1));
        Outcome coded = run(RARE, "model", "um-fs", "coding", "treatment");
        assertThat(Runs.codes(coded)).contains("many-baselines");
        assertThat(Runs.table(coded, "model").number("estimate", 1)).isNegative();
    }

    @Test
    void oneStudyHasNoVarianceBetweenStudies() {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,3,10,1,12\n");
        assertThat(Runs.codes(outcome)).contains("tau2-not-estimable");
        assertThat(Runs.table(outcome, "model").number("estimate", 1)).isNaN();
        assertThat(Runs.table(outcome, "heterogeneity").number("tau2", 0)).isNaN();
    }

    @Test
    void aVarianceThatRunsAwayIsSaid() {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,0,10,3,12\nB,4,20,0,19\n");
        assertThat(Runs.text(outcome, "random-not-estimable")).contains("opposite ends", "only the common effect");
        assertThat(Runs.table(outcome, "model").number("estimate", 0)).isFinite();
        assertThat(Runs.table(outcome, "model").number("estimate", 1)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cm-el", "cm-al", "um-fs", "um-rs"})
    void anArmWithoutEventsIsAnError(String model) {
        Outcome outcome = run("study,events_t,n_t,events_c,n_c\nA,0,10,3,12\nB,0,20,2,19\n", "model", model);
        assertThat(Runs.text(outcome, "separation")).contains("(A, B)", "analysis 'peto'");
    }

    @Test
    void whatCannotBeReadIsAnError() {
        assertThat(Runs.text(run("study,events_t,n_t,events_c,n_c\nA,0,10,0,12\n"), "no-usable-studies"))
                .contains("no information");
        assertThat(Runs.text(run("study,events,n\nA,0,10\nB,0,20\n"), "separation"))
                .contains("no study has an event");
        assertThat(Runs.text(run("x,y\n1,2\n"), "unmapped-role")).contains("events_t n_t events_c n_c");
        assertThat(Runs.text(
                        run("study,events_t,n_t,events_c,n_c\nA,1.5,10,3,12\nB,4,20,3,19\n"), "whole-counts-needed"))
                .contains("row 1 (A), column 'events_t'", "1.5", "um-fs");
        assertThat(Runs.text(run("study,a,b,c,d\nA,1,10,3,12\nB,4,20.5,3,19\n"), "whole-counts-needed"))
                .contains("row 2 (B), column 'b'", "20.5");
        assertThat(Runs.text(run("study,events_t,n_t,events_c,n_c\nA,4e6,9e6,5e6,9e6\nB,3,40,4,44\n"), "not-estimable"))
                .contains("row 1 (A)", "9000001 possible counts", "um-fs");
        assertThat(Runs.text(run(RARE, "points", "3"), "param-range")).contains("from 5 to 150");
    }

    @Test
    void tablesHaveTheirColumns() {
        Outcome outcome = run(RARE);
        assertThat(Runs.table(outcome, "fit").columns().stream().map(Tabular.Series::name))
                .isEqualTo(List.of(
                        "model",
                        "parameters",
                        "observations",
                        "log_likelihood",
                        "aic",
                        "bic",
                        "aicc",
                        "points",
                        "quadrature_change"));
        Tabular studies = Runs.table(outcome, "studies");
        assertEquals(5, studies.rows());
        double common = 0;
        double random = 0;
        for (int i = 0; i < 5; i++) {
            common += studies.number("weight_common", i);
            random += studies.number("weight_random", i);
            assertThat(studies.number("blup", i)).isNegative();
        }
        assertEquals(1, common, 1e-12);
        assertEquals(1, random, 1e-12);
    }
}
