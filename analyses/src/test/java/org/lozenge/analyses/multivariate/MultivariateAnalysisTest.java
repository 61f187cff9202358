package org.lozenge.analyses.multivariate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;

class MultivariateAnalysisTest {

    /** Berkey and others (1998), table I. */
    private static final String BERKEY = """
            trial,year,outcome,yi,vi,v1i,v2i
            1,1983,PD,0.47,0.0075,0.0075,0.003
            1,1983,AL,-0.32,0.0077,0.003,0.0077
            2,1982,PD,0.2,0.0057,0.0057,9e-04
            2,1982,AL,-0.6,8e-04,9e-04,8e-04
            3,1979,PD,0.4,0.0021,0.0021,7e-04
            3,1979,AL,-0.12,0.0014,7e-04,0.0014
            4,1987,PD,0.26,0.0029,0.0029,9e-04
            4,1987,AL,-0.31,0.0015,9e-04,0.0015
            5,1988,PD,0.56,0.0148,0.0148,0.0072
            5,1988,AL,-0.39,0.0304,0.0072,0.0304
            """;

    private static final String TRIALS =
            "study,endpoint,loghr,se\nA,PFS,-0.5,0.15\nA,OS,-0.2,0.2\nB,PFS,-0.3,0.12\nB,OS,-0.1,0.18\nC,PFS,-0.7,0.2\nC,OS,-0.4,0.25\n"
                    + "D,PFS,-0.1,0.14\nD,OS,0.05,0.2\nE,PFS,-0.45,0.16\n";

    @Test
    void agreesWithMetafor() {
        Outcome outcome = run(
                "multivariate",
                BERKEY,
                r -> r.map("study", "trial").map("endpoint", "outcome").map("covariances", "v1i", "v2i"));
        Tabular outcomes = table(outcome, "outcomes");
        assertThat(texts(outcomes, "outcome")).containsExactly("PD", "AL");
        assertThat(outcomes.number("tau2", 0)).isCloseTo(0.0117330253, within(1e-9));
        assertThat(outcomes.number("tau2", 1)).isCloseTo(0.0326513323, within(1e-9));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.number("estimate", 0)).isCloseTo(0.3534281696, within(1e-9));
        assertThat(coefficients.number("se", 1)).isCloseTo(0.0879051361, within(1e-9));
        Tabular between = table(outcome, "between");
        assertThat(between.number("rho", 0)).isCloseTo(0.6087986823, within(1e-9));
        assertThat(between.number("rho_lower", 0)).isCloseTo(-0.600, within(5e-4));
        assertThat(between.number("rho_upper", 0)).isEqualTo(1);
        assertThat(table(outcome, "model").number("q", 0)).isCloseTo(128.2267, within(5e-5));
        assertThat(codes(outcome)).doesNotContain("rho-assumed", "mixed-endpoints");
        assertThat(outcome.get().item("forest", ForestPlot.class).rows()).hasSize(16);
    }

    /** Berkey and others (1998), table III: full likelihood, year centred at 1983. */
    @Test
    void agreesWithBerkeyAndOthers() {
        Outcome outcome = run(
                "multivariate",
                BERKEY,
                r -> r.map("study", "trial")
                        .map("endpoint", "outcome")
                        .map("covariances", "v1i", "v2i")
                        .set("formula", "~ I(year - 1983)")
                        .set("method", "ml")
                        .set("test", "z"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.number("estimate", 0)).isCloseTo(0.348, within(5e-4));
        assertThat(coefficients.number("se", 0)).isCloseTo(0.052, within(5e-4));
        assertThat(coefficients.number("estimate", 1)).isCloseTo(-0.335, within(5e-4));
        assertThat(coefficients.number("se", 1)).isCloseTo(0.079, within(5e-4));
        assertThat(coefficients.number("estimate", 2)).isCloseTo(0.001, within(5e-4));
        assertThat(coefficients.number("estimate", 3)).isCloseTo(-0.011, within(5e-4));
        assertThat(table(outcome, "outcomes").number("tau2", 0)).isCloseTo(0.008, within(5e-4));
        assertThat(table(outcome, "outcomes").number("tau2", 1)).isCloseTo(0.025, within(5e-4));
    }

    @Test
    void variesTheAssumedCorrelation() {
        Outcome outcome = run(
                "multivariate",
                TRIALS,
                r -> r.set("structure", "cs").set("rho-grid", "0, 0.5, 0.8").set("measure", "hr"));
        assertThat(text(outcome, "rho-assumed")).contains("0 was assumed");
        Tabular sensitivity = table(outcome, "sensitivity");
        assertThat(sensitivity.rows()).isEqualTo(6);
        assertThat(sensitivity.number("rho", 3)).isEqualTo(0.5);
        Tabular at = table(
                run(
                        "multivariate",
                        TRIALS,
                        r -> r.set("structure", "cs").set("rho", "0.5").set("measure", "hr")),
                "coefficients");
        assertThat(sensitivity.number("estimate", 3)).isCloseTo(at.number("estimate", 1), within(1e-12));
        assertThat(outcome.get().item("sensitivity-2", XYPlot.class).layers()).hasSize(2);
        assertThat(texts(table(outcome, "contrasts"), "contrast")).containsExactly("PFS - OS");
        assertThat(codes(outcome)).doesNotContain("mixed-endpoints");
    }

    @Test
    void saysThatTheCovarianceIsAtItsBound() {
        Outcome outcome = run("multivariate", TRIALS, r -> r.set("rho", "0.5").set("measure", "hr"));
        assertThat(text(outcome, "covariance-at-bound")).contains("edge of what is possible");
    }

    @Test
    void robustStandardErrorsAreInAllTablesAndFigures() {
        Outcome outcome = run(
                "multivariate",
                TRIALS,
                r -> r.set("rho", "0.5")
                        .set("structure", "cs")
                        .set("robust", "cr2")
                        .set("rho-grid", "0.5")
                        .set("measure", "generic"));
        Tabular robust = table(outcome, "robust");
        Tabular outcomes = table(outcome, "outcomes");
        Tabular sensitivity = table(outcome, "sensitivity");
        ForestPlot forest = outcome.get().item("forest", ForestPlot.class);
        for (int o = 0; o < 2; o++) {
            double lower = robust.number("ci_lower", o);
            assertThat(outcomes.number("ci_lower", o)).isEqualTo(lower);
            assertThat(sensitivity.number("ci_lower", o)).isEqualTo(lower);
            assertThat(forest.rows().stream()
                            .filter(row -> row.kind() == ForestPlot.RowKind.SUBTOTAL)
                            .skip(o)
                            .findFirst()
                            .orElseThrow()
                            .low())
                    .isEqualTo(lower);
            double half = robust.number("ci_upper", o) - robust.number("estimate", o);
            double se = robust.number("se", o);
            assertThat(outcomes.number("pi_upper", o) - robust.number("estimate", o))
                    .isCloseTo(half / se * Math.sqrt(se * se + outcomes.number("tau2", o)), within(1e-12));
        }
        assertThat(table(outcome, "model").text("test", 0)).isEqualTo("cr2");
        double[] weights = {1, -1};
        double difference = weights[0] * robust.number("estimate", 0) + weights[1] * robust.number("estimate", 1);
        Tabular contrasts = table(outcome, "contrasts");
        assertThat(contrasts.number("estimate", 0)).isCloseTo(difference, within(1e-13));
        Tabular tests = table(outcome, "tests");
        assertThat(texts(tests, "test"))
                .containsExactly(
                        "all means are 0", "all means are 0, cr2", "all means are equal", "all means are equal, cr2");
        double t = contrasts.number("statistic", 0);
        assertThat(tests.number("statistic", 3)).isCloseTo(t * t, within(1e-10));
        assertThat(tests.number("df2", 3)).isCloseTo(contrasts.number("df", 0), within(1e-10));
    }

    /** One effect says nothing of the variance between studies; the other outcomes are as they are without it. */
    @Test
    void saysWhichVarianceIsNotEstimable() {
        String rows = TRIALS + "A,QoL,0.3,0.1\n";
        Outcome outcome =
                run("multivariate", rows, r -> r.set("structure", "diag").set("rho", "0"));
        Tabular outcomes = table(outcome, "outcomes");
        Tabular without = table(
                run("multivariate", TRIALS, r -> r.set("structure", "diag").set("rho", "0")), "outcomes");
        assertThat(text(outcome, "tau2-not-estimable"))
                .startsWith("data.csv: the model fits the effects on 'QoL' exactly");
        assertThat(codes(outcome)).doesNotContain("not-found", "no-sensitivity");
        assertThat(outcomes.number("tau2", 2)).isNaN();
        assertThat(outcomes.number("tau2_upper", 2)).isNaN();
        assertThat(outcomes.number("pi_upper", 2)).isNaN();
        assertThat(outcomes.number("estimate", 2)).isCloseTo(0.3, within(1e-14));
        for (int o = 0; o < 2; o++) {
            for (String column : new String[] {"tau2", "tau2_lower", "tau2_upper", "estimate"}) {
                assertThat(outcomes.number(column, o)).isCloseTo(without.number(column, o), within(1e-10));
            }
        }
        assertThat(text(run("multivariate", rows, r -> r.set("rho", "0.5")), "not-estimable"))
                .isEqualTo(
                        "data.csv: The model fits the effects on 'QoL' exactly, so their variance between studies cannot"
                                + " be estimated. Choose a simpler covariance with --structure cs or hcs or diag or id.");
    }

    @Test
    void refusesACorrelationThatNoStudyTells() {
        String apart = "study,endpoint,effect,se\nA,PFS,-0.5,0.15\nB,OS,-0.2,0.2\nC,PFS,-0.3,0.12\nD,OS,-0.1,0.18\n";
        assertThat(text(run("multivariate", apart, r -> r.set("structure", "cs")), "not-estimable"))
                .endsWith("so neither can their correlation. Choose a simpler covariance with --structure diag or id.");
        assertThat(codes(run("multivariate", apart, r -> r.set("structure", "diag"))))
                .contains("no-pairs");
    }

    @Test
    void refusesWhatIsNotMultivariate() {
        String one = TRIALS.replace("OS", "PFS");
        assertThat(text(run("multivariate", one), "one-outcome"))
                .isEqualTo("data.csv: all 9 rows have outcome 'PFS' in column 'endpoint'. Use pool for one outcome.");
        String apart = "study,endpoint,effect,se\nA,PFS,-0.5,0.15\nB,OS,-0.2,0.2\nC,PFS,-0.3,0.12\nD,OS,-0.1,0.18\n";
        assertThat(text(run("multivariate", apart), "not-estimable"))
                .contains("No study has both 'PFS' and 'OS', so their correlation cannot be estimated");
        String missing = TRIALS.replace("C,OS", "C,");
        assertThat(text(run("multivariate", missing), "missing-endpoint"))
                .contains("row 6 has no outcome in column 'endpoint'");
        assertThat(codes(run("multivariate", "study,effect,se\nA,1,1\nB,2,1\nC,2,1\n")))
                .contains("unmapped-role");
    }

    @Test
    void predictsEachOutcomeAtNewValues() {
        Outcome outcome = run(
                "multivariate",
                BERKEY,
                r -> r.map("study", "trial")
                        .map("endpoint", "outcome")
                        .map("covariances", "v1i", "v2i")
                        .set("formula", "~ I(year - 1983)")
                        .set("at", "year=1983|1985"));
        Tabular predictions = table(outcome, "predictions");
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(texts(predictions, "at"))
                .containsExactly("year = 1983", "year = 1983", "year = 1985", "year = 1985");
        assertThat(texts(predictions, "outcome")).containsExactly("PD", "AL", "PD", "AL");
        for (int o = 0; o < 2; o++) {
            double mean = coefficients.number("estimate", o);
            assertThat(predictions.number("estimate", o)).isCloseTo(mean, within(1e-13));
            assertThat(predictions.number("se", o)).isCloseTo(coefficients.number("se", o), within(1e-13));
            assertThat(predictions.number("estimate", 2 + o))
                    .isCloseTo(mean + 2 * coefficients.number("estimate", 2 + o), within(1e-13));
            double se = predictions.number("se", o);
            double ci = predictions.number("ci_upper", o) - mean;
            double tau2 = table(outcome, "outcomes").number("tau2", o);
            assertThat((predictions.number("pi_upper", o) - mean) / ci)
                    .isCloseTo(Math.sqrt(1 + tau2 / (se * se)), within(1e-10));
        }
    }

    @Test
    void namesColumnsThatAreConstantWithinOutcomes() {
        Outcome outcome = run(
                "multivariate",
                TRIALS,
                r -> r.set("formula", "~ endpoint").set("rho", "0.5").set("structure", "cs"));
        assertThat(text(outcome, "aliased-term")).contains("'PFS:endpoint PFS', 'OS:endpoint PFS' were left out");
    }

    @Test
    void readsCovariancesFromAFile(@TempDir Path folder) throws IOException {
        double[][] blocks = {
            {0.0075, 0.003, 0.0077},
            {0.0057, 9e-4, 8e-4},
            {0.0021, 7e-4, 0.0014},
            {0.0029, 9e-4, 0.0015},
            {0.0148, 0.0072, 0.0304}
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                double cell = i / 2 == j / 2 ? blocks[i / 2][i % 2 + j % 2] : 0;
                text.append(cell).append(j < 9 ? "," : "\n");
            }
        }
        Path file = Files.writeString(folder.resolve("v.csv"), text);
        Outcome outcome = run(
                "multivariate",
                BERKEY,
                r -> r.map("study", "trial").map("endpoint", "outcome").set("covariance-matrix", file.toString()));
        assertThat(table(outcome, "coefficients").number("estimate", 0)).isCloseTo(0.3534281696, within(1e-9));
        assertThat(codes(outcome)).doesNotContain("rho-assumed");
    }
}
