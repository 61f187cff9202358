package org.lozenge.analyses.multilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;

class MultilevelAnalysisTest {

    /** Konstantopoulos (2011), table 1. */
    private static final String SCHOOLS = """
            district,school,yi,vi
            11,1,-0.18,0.118
            11,2,-0.22,0.118
            11,3,0.23,0.144
            11,4,-0.3,0.144
            12,1,0.13,0.014
            12,2,-0.26,0.014
            12,3,0.19,0.015
            12,4,0.32,0.024
            18,1,0.45,0.023
            18,2,0.38,0.043
            18,3,0.29,0.012
            27,1,0.16,0.02
            27,2,0.65,0.004
            27,3,0.36,0.004
            27,4,0.6,0.007
            56,1,0.08,0.019
            56,2,0.04,0.007
            56,3,0.19,0.005
            56,4,-0.06,0.004
            58,1,-0.18,0.02
            58,2,0,0.018
            58,3,0,0.019
            58,4,-0.28,0.022
            58,5,-0.04,0.02
            58,6,-0.3,0.021
            58,7,0.07,0.006
            58,8,0,0.007
            58,9,0.05,0.007
            58,10,-0.08,0.007
            58,11,-0.09,0.007
            71,1,0.3,0.015
            71,2,0.98,0.011
            71,3,1.19,0.01
            86,1,-0.07,0.001
            86,2,-0.05,0.001
            86,3,-0.01,0.001
            86,4,0.02,0.001
            86,5,-0.03,0.001
            86,6,0,0.001
            86,7,0.01,0.001
            86,8,-0.1,0.001
            91,1,0.5,0.01
            91,2,0.66,0.011
            91,3,0.2,0.01
            91,4,0,0.009
            91,5,0.05,0.013
            91,6,0.07,0.013
            108,1,-0.52,0.031
            108,2,0.7,0.031
            108,3,-0.03,0.03
            108,4,0.27,0.03
            108,5,-0.34,0.03
            644,1,0.12,0.087
            644,2,0.61,0.082
            644,3,0.04,0.067
            644,4,-0.05,0.067
            """;

    private static final String SMALL =
            "study,effect,variance,paper\nA,0.1,0.04,1\nB,0.3,0.05,1\nC,0.2,0.03,2\nD,0.6,0.06,2\nE,0.4,0.05,3\nF,0.5,0.02,3\n";

    private static Outcome schools() {
        return run("multilevel", SCHOOLS, r -> r.map("cluster", "district").map("level2", "school"));
    }

    @Test
    void agreesWithThePaperAndMetafor() {
        Outcome outcome = schools();
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.number("estimate", 0)).isCloseTo(0.1847131635, within(1e-9));
        assertThat(coefficients.number("se", 0)).isCloseTo(0.0845559178, within(1e-9));
        assertThat(coefficients.number("df", 0)).isEqualTo(10);
        Tabular components = table(outcome, "components");
        assertThat(texts(components, "level")).containsExactly("district", "school");
        assertThat(components.number("sigma2", 0)).isCloseTo(0.0650619425, within(1e-9));
        assertThat(components.number("sigma2", 1)).isCloseTo(0.0327365176, within(1e-9));
        assertThat(components.number("sigma2_lower", 0)).isCloseTo(0.0222, within(5e-5));
        assertThat(components.number("sigma2_upper", 0)).isCloseTo(0.2072, within(5e-5));
        assertThat(components.number("i2", 0)).isCloseTo(0.633, within(5e-4));
        assertThat(components.number("k", 1)).isEqualTo(56);
        Tabular model = table(outcome, "model");
        assertThat(model.number("ci_lower", 0)).isCloseTo(-0.0037, within(5e-5));
        assertThat(model.number("pi_upper", 0)).isCloseTo(0.9065, within(5e-5));
        assertThat(model.number("q", 0)).isCloseTo(578.864, within(5e-4));
        assertThat(model.number("log_likelihood", 0)).isCloseTo(-7.9587, within(5e-5));
        Tabular robust = table(outcome, "robust");
        assertThat(robust.number("se", 0)).isCloseTo(0.0845, within(5e-5));
        assertThat(robust.number("df", 0)).isCloseTo(9.86, within(5e-3));
        assertThat(outcome.get().item("forest", ForestPlot.class).rows()).hasSizeGreaterThan(60);
        assertThat(outcome.get().item("profile-2", XYPlot.class).layers()).hasSize(3);
        assertThat(table(outcome, "studies").rows()).isEqualTo(56);
        assertThat(table(outcome, "clusters").rows()).isEqualTo(11);
    }

    @Test
    void putsRobustErrorsIntoTheCoefficients() {
        Outcome outcome = run(
                "multilevel",
                SCHOOLS,
                r -> r.map("cluster", "district").map("level2", "school").set("robust", "cr1"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.number("se", 0)).isCloseTo(0.0845022171, within(1e-9));
        assertThat(coefficients.number("df", 0)).isCloseTo(9.8840452, within(1e-6));
        assertThat(coefficients.number("se_model", 0)).isCloseTo(0.0845559178, within(1e-9));
        assertThat(table(outcome, "model").number("se", 0)).isEqualTo(coefficients.number("se", 0));
    }

    @Test
    void takesModeratorsAndCorrelatedErrors() {
        Outcome outcome = run(
                "multilevel",
                SCHOOLS,
                r -> r.map("cluster", "district")
                        .set("formula", "~ vi")
                        .set("rho", "0.4")
                        .set("test", "z"));
        assertThat(texts(table(outcome, "coefficients"), "term")).containsExactly("intercept", "vi");
        assertThat(table(outcome, "moderator_test").rows()).isEqualTo(2);
        assertThat(texts(table(outcome, "components"), "level")).containsExactly("district", "row");
        assertThat(codes(outcome)).doesNotContain("independent-errors");
    }

    @Test
    void saysThatSingleRowsMakeTwoLevels() {
        Outcome outcome = run("multilevel", SMALL.replace("paper", "p"));
        assertThat(text(outcome, "two-level")).contains("each row is a group of 'study' by itself");
        Outcome pooled = run("pool", SMALL, r -> r.set("test", "z"));
        assertThat(table(outcome, "model").number("estimate", 0))
                .isCloseTo(table(pooled, "model").number("estimate", 1), within(1e-10));
    }

    @Test
    void refusesOneCluster() {
        String csv = "study,effect,variance,paper\nA,0.1,0.04,P\nB,0.3,0.05,P\nC,0.2,0.03,P\n";
        assertThat(text(run("multilevel", csv, r -> r.map("cluster", "paper")), "one-cluster"))
                .startsWith("data.csv: all 3 rows have cluster 'P' in column 'paper'.");
    }

    @Test
    void namesRowsWhoseCovarianceCannotBe() {
        Outcome outcome =
                run("multilevel", SMALL, r -> r.map("cluster", "paper").set("rho", "1"));
        assertThat(text(outcome, "not-positive-definite"))
                .contains("'1' (rows 1, 2)")
                .contains("below 1");
        String csv = SMALL.replace("paper\n", "paper,c1,c2\n")
                .replace(",1\nB", ",1,0.04,0.9\nB")
                .replace(",1\nC", ",1,0.9,0.05\nC")
                .replace(",2\nD", ",2,0.03,0\nD")
                .replace(",2\nE", ",2,0,0.06\nE")
                .replace(",3\nF", ",3,0.05,0.01\nF")
                .replace("0.02,3\n", "0.02,3,0.02,0.02\n");
        Outcome given = run("multilevel", csv, r -> r.map("cluster", "paper").map("covariances", "c1", "c2"));
        assertThat(text(given, "covariance-range"))
                .startsWith("data.csv: Row 2, column 'c1': covariance 0.9 with row 1 means a correlation of 20.1");
        assertThat(text(given, "covariance-asymmetric"))
                .isEqualTo("data.csv: Row 6, column 'c1': the covariance with row 5 is 0.02, but that row says 0.01.");
    }

    @Test
    void refusesCorrelationsOutsideTheirRange() {
        String csv = SMALL.replace("paper\n", "paper,r\n")
                .replace(",1\nB", ",1,1.4\nB")
                .replace(",1\nC", ",1,\nC")
                .replace(",2\n", ",2,0.3\n")
                .replace(",3\n", ",3,0.1\n");
        assertThat(text(
                        run("multilevel", csv, r -> r.map("cluster", "paper").map("correlation", "r")),
                        "correlation-range"))
                .isEqualTo("data.csv: Row 1, column 'r': correlation 1.4 must lie between -1 and 1.");
        assertThat(codes(run("multilevel", SMALL, r -> r.map("cluster", "paper").set("rho", "1.2"))))
                .contains("param-range");
    }

    @Test
    void computesWhatASharedControlBrings() {
        String csv =
                "study,events_t,n_t,events_c,n_c\nA,10,100,20,100\nA,12,90,20,100\nB,5,80,11,85\nB,9,70,11,85\nC,7,60,8,62\n";
        Outcome outcome = run("multilevel", csv, r -> r.set("measure", "or"));
        assertThat(codes(outcome)).contains("shared-control");
        Outcome apart = run("multilevel", csv, r -> r.set("measure", "or").set("vcov", "independent"));
        assertThat(table(outcome, "model").number("se", 0))
                .isGreaterThan(table(apart, "model").number("se", 0));
    }

    @Test
    void sizesTellWhatASharedControlBringsToPrintedEffects() {
        // Arms of one size: comparisons with one control correlate by √(50/100 · 50/100) = 1/2.
        String csv =
                "study,paper,effect,variance,n_t,n_c\nA1,A,0.1,0.04,50,50\nA2,A,0.3,0.05,50,50\nB1,B,0.5,0.03,50,50\n"
                        + "B2,B,0.2,0.04,50,50\nC1,C,-0.1,0.05,50,\n";
        Outcome sizes = run("multilevel", csv, r -> r.map("cluster", "paper").set("vcov", "shared-control"));
        Outcome half = run(
                "multilevel",
                csv,
                r -> r.map("cluster", "paper").set("vcov", "constant").set("rho", "0.5"));
        assertThat(table(sizes, "model").number("se", 0))
                .isCloseTo(table(half, "model").number("se", 0), withinPercentage(1e-10));
        assertThat(codes(run("multilevel", SMALL, r -> r.map("cluster", "paper").set("vcov", "shared-control"))))
                .contains("no-shared-control");
    }
}
