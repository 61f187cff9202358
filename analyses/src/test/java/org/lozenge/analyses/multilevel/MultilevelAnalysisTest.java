package org.lozenge.analyses.multilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.analyses.shared.Runs;
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
    void namesModeratorsThatDependOnEachOther() {
        StringBuilder rows = new StringBuilder("paper,effect,variance,dose,weeks,age\n");
        for (int i = 0; i < 12; i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "p%d,%.3f,0.1,%d,%.7f,%d%n",
                    i / 2,
                    Math.sin(i),
                    i,
                    2 * i + 1e-6 * Math.cos(7 * i),
                    i * i % 5));
        }
        Outcome outcome = run(
                "multilevel", rows.toString(), r -> r.map("cluster", "paper").set("formula", "~ dose + weeks + age"));
        assertThat(text(outcome, "collinear"))
                .contains("'dose' (")
                .contains("'weeks' (")
                .doesNotContain("'age'");
        Outcome apart = run(
                "multilevel", rows.toString(), r -> r.map("cluster", "paper").set("formula", "~ dose + age"));
        assertThat(codes(apart)).doesNotContain("collinear");
    }

    @Test
    void thePredictionIntervalFollowsTheRobustTest() {
        Outcome outcome = run(
                "multilevel",
                SCHOOLS,
                r -> r.map("cluster", "district").map("level2", "school").set("robust", "cr2"));
        Tabular model = table(outcome, "model");
        double se = model.number("se", 0);
        double critical = (model.number("ci_upper", 0) - model.number("estimate", 0)) / se;
        assertThat(model.number("pi_upper", 0) - model.number("estimate", 0))
                .isCloseTo(critical * Math.sqrt(se * se + model.number("sigma2_total", 0)), within(1e-12));
        String lower = String.format(Locale.ROOT, "%.5f", Math.abs(model.number("ci_lower", 0)));
        assertThat(outcome.get().item("forest", ForestPlot.class).description()).contains(lower);
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

    /** The page of clubSandwich's vcovCR() for rma.mv objects prints this fit of dat.assink2016, data of Assink and Wibbelink (2016). */
    @Test
    void agreesWithThePrintedFitOfAssink() {
        Outcome outcome = run(
                "multilevel",
                Runs.resource("/org/lozenge/analyses/multilevel/assink2016.csv"),
                r -> r.map("cluster", "study")
                        .map("level2", "esid")
                        .set("formula", "~ year + deltype")
                        .set("test", "z"));
        Tabular components = table(outcome, "components");
        printed(components, "sigma2", 4, 0.1493, 0.0853);
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(texts(coefficients, "term"))
                .containsExactly("intercept", "year", "deltype general", "deltype overt");
        printed(coefficients, "estimate", 4, -0.2438, -0.0380, 0.7094, 0.5054);
        printed(coefficients, "se", 4, 0.2101, 0.0183, 0.1914, 0.2099);
        printed(coefficients, "statistic", 4, -1.1605, -2.0773, 3.7069, 2.4078);
        printed(coefficients, "p_value", 4, 0.2458, 0.0378, 0.0002, 0.0160);
        printed(coefficients, "ci_lower", 4, -0.6556, -0.0738, 0.3343, 0.0940);
        printed(coefficients, "ci_upper", 4, 0.1680, -0.0021, 1.0845, 0.9168);
        Tabular robust = table(outcome, "robust");
        printed(robust, "se", 4, 0.1228, 0.0276, 0.0656, 0.1004);
        printed(robust, "statistic", 2, -1.99, -1.38, 10.82, 5.03);
        printed(robust, "df", 2, 5.35, 7.22, 2.25, 2.03);
        printed(robust, "p_value", 5, 0.10015, 0.20977, 0.00555, 0.03614);
        assertThat(table(outcome, "moderator_test").number("statistic", 0)).isCloseTo(19.2399, within(5e-5));
        assertThat(table(outcome, "model").number("q", 0)).isCloseTo(610.2644, within(5e-5));
    }

    private static void printed(Tabular table, String column, int digits, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(table.number(column, i))
                    .as(column + " of row " + i)
                    .isCloseTo(expected[i], within(0.5000001 * Math.pow(10, -digits)));
        }
    }

    @Test
    void predictsAtNewValues() {
        String csv = SMALL.replace("paper\n", "paper,dose\n")
                .replace(",1\n", ",1,10\n")
                .replace(",2\n", ",2,20\n")
                .replace(",3\n", ",3,40\n");
        Outcome outcome = run(
                "multilevel",
                csv,
                r -> r.map("cluster", "paper").set("formula", "~ dose").set("at", "dose=0|40|25"));
        Tabular coefficients = table(outcome, "coefficients");
        Tabular predictions = table(outcome, "predictions");
        double sum = Math.max(0, table(outcome, "model").number("sigma2_total", 0));
        assertThat(texts(predictions, "at")).containsExactly("dose = 0", "dose = 40", "dose = 25");
        assertThat(predictions.number("estimate", 0)).isCloseTo(coefficients.number("estimate", 0), within(1e-14));
        assertThat(predictions.number("se", 0)).isCloseTo(coefficients.number("se", 0), within(1e-14));
        assertThat(predictions.number("ci_upper", 0)).isCloseTo(coefficients.number("ci_upper", 0), within(1e-13));
        double ci = predictions.number("ci_upper", 2) - predictions.number("estimate", 2);
        double pi = predictions.number("pi_upper", 2) - predictions.number("estimate", 2);
        double se = predictions.number("se", 2);
        assertThat(pi / ci).isCloseTo(Math.sqrt(1 + sum / (se * se)), within(1e-12));
        assertThat(text(outcome, "extrapolation")).contains("dose = 0");
        assertThat(codes(run("multilevel", SMALL, r -> r.map("cluster", "paper").set("at", "dose=1"))))
                .contains("options-conflict");
    }

    @Test
    void predictsWithRobustErrors() {
        Outcome outcome = run(
                "multilevel",
                SMALL.replace("paper\n", "paper,x\n")
                        .replace(",1\n", ",1,1.5\n")
                        .replace(",2\n", ",2,3.5\n")
                        .replace(",3\n", ",3,2.5\n"),
                r -> r.map("cluster", "paper")
                        .set("formula", "~ x")
                        .set("at", "x=0")
                        .set("robust", "cr1"));
        assertThat(table(outcome, "predictions").number("se", 0))
                .isCloseTo(table(outcome, "coefficients").number("se", 0), within(1e-14));
        assertThat(table(outcome, "predictions").number("df", 0))
                .isCloseTo(table(outcome, "coefficients").number("df", 0), within(1e-10));
    }

    // ---- covariances from a file

    private static final String MATRIX = """
            0.04,0.02,0,0,0,0
            0.02,0.05,0,0,0,0
            0,0,0.03,0.01,0,0
            0,0,0.01,0.06,0,0
            0,0,0,0,0.05,-0.01
            0,0,0,0,-0.01,0.02
            """;

    private static final String COLUMNS =
            "study,effect,variance,paper,c1,c2\nA,0.1,0.04,1,0.04,0.02\nB,0.3,0.05,1,0.02,0.05\n"
                    + "C,0.2,0.03,2,0.03,0.01\nD,0.6,0.06,2,0.01,0.06\nE,0.4,0.05,3,0.05,-0.01\nF,0.5,0.02,3,-0.01,0.02\n";

    private static Outcome withMatrix(Path folder, String matrix) throws IOException {
        Path file = Files.writeString(folder.resolve("v.csv"), matrix);
        return run("multilevel", SMALL, r -> r.map("cluster", "paper").set("covariance-matrix", file.toString()));
    }

    @Test
    void readsCovariancesFromAFileInAnyForm(@TempDir Path folder) throws IOException {
        Outcome columns =
                run("multilevel", COLUMNS, r -> r.map("cluster", "paper").map("covariances", "c1", "c2"));
        Tabular expected = table(columns, "coefficients");
        String named = "v,A,B,C,D,E,F\n" + label(MATRIX, "ABCDEF");
        String moved = label(
                "0.05,0.02,0,0,0,0\n0.02,0.04,0,0,0,0\n0,0,0.03,0.01,0,0\n0,0,0.01,0.06,0,0\n0,0,0,0,0.05,-0.01\n0,0,0,0,-0.01,0.02\n",
                "BACDEF");
        for (String text : List.of(
                MATRIX,
                "V1,V2,V3,V4,V5,V6\n" + MATRIX,
                "\"\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"\n" + label(MATRIX, "123456"),
                named,
                moved,
                "# by hand\n\n" + MATRIX.replace(',', '\t'),
                MATRIX.replace(',', ';').replace('.', ','),
                MATRIX.replace(",", "  "),
                MATRIX.replace("0.04,0.02,", "0.04,,").replace("0.03,0.01", "NA,NA"))) {
            Outcome outcome = withMatrix(folder, text);
            assertThat(table(outcome, "coefficients").number("estimate", 0))
                    .as(text)
                    .isCloseTo(expected.number("estimate", 0), within(1e-15));
            assertThat(table(outcome, "coefficients").number("se", 0))
                    .isCloseTo(expected.number("se", 0), within(1e-15));
        }
    }

    private static String label(String matrix, String names) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (String line : matrix.strip().split("\n")) {
            out.append('"')
                    .append(names.charAt(at++))
                    .append("\",")
                    .append(line)
                    .append('\n');
        }
        return out.toString();
    }

    @Test
    void namesTheCellsThatCannotBe(@TempDir Path folder) throws IOException {
        assertThat(text(withMatrix(folder, MATRIX.replace("0,0,0.01,", "0,0,0.02,")), "covariance-asymmetric"))
                .contains("row 4, column 3 of the matrix: 0.02 differs from 0.01 in row 3, column 4.");
        assertThat(text(withMatrix(folder, MATRIX.replace("0.06", "0.07")), "covariance-variance"))
                .contains(
                        "row 4, column 4 of the matrix: 0.07 should be the sampling variance of row 4 of the table, 0.06.");
        assertThat(text(
                        withMatrix(folder, MATRIX.replace("0.02,0,0,0,0\n0.02,", "0.5,0,0,0,0\n0.5,")),
                        "covariance-range"))
                .contains("row 2, column 1 of the matrix: covariance 0.5 with row 1 means a correlation of 11.2");
        assertThat(text(
                        withMatrix(
                                folder,
                                MATRIX.replace("0,0,0,0,-0.01,", "0.01,0,0,0,-0.01,")
                                        .replace("0.04,0.02,0,0,0,0", "0.04,0.02,0,0,0,0.01")),
                        "covariance-across"))
                .contains("row 6, column 1 of the matrix: rows 1 and 6 of the table have covariance 0.01")
                .contains("different clusters, '1' and '3'");
        assertThat(text(withMatrix(folder, MATRIX.replace("-0.01", "")), "covariance-missing"))
                .contains("row 6, column 5 of the matrix: the cell is empty; write 0");
        assertThat(text(withMatrix(folder, MATRIX.replace("-0.01,0.02", "x,0.02")), "not-numeric"))
                .contains("row 6, column 5 of the matrix: 'x' is not a number.");
        assertThat(text(withMatrix(folder, MATRIX.replace("0.04", "x")), "not-numeric"))
                .contains("row 1, column 1 of the matrix: 'x' is not a number.");
        assertThat(text(withMatrix(folder, "1,0\n0,1\n"), "covariance-size"))
                .contains("a matrix of 2 rows and columns, but data.csv has 6 rows");
        assertThat(text(withMatrix(folder, MATRIX.replace("0.05,-0.01", "0.05")), "covariance-size"))
                .contains("line 5: there are 5 cells, but the matrix has 6 rows");
        assertThat(text(withMatrix(folder, ""), "covariance-file")).contains("is empty");
        assertThat(text(withMatrix(folder, label(MATRIX, "ABBDEF")), "covariance-labels"))
                .contains("row 3 of the matrix is named 'B', but row 3 of the table is study 'C'");
        assertThat(text(
                        run("multilevel", SMALL, r -> r.map("cluster", "paper").set("covariance-matrix", "none.csv")),
                        "covariance-file"))
                .contains("'none.csv' does not exist");
        assertThat(text(
                        withMatrix(
                                folder,
                                MATRIX.replace(
                                        "0.02,0,0,0,0\n0.02,", "0.0447213595499958,0,0,0,0\n0.0447213595499958,")),
                        "not-positive-definite"))
                .contains("'1' (rows 1, 2)")
                .contains("Check the file");
        assertThat(codes(run("multilevel", SMALL, r -> r.map("cluster", "paper").set("vcov", "matrix"))))
                .contains("options-conflict");
        assertThat(codes(run(
                        "multilevel",
                        SMALL,
                        r -> r.map("cluster", "paper").set("vcov", "constant").set("covariance-matrix", "v.csv"))))
                .contains("options-conflict");
    }

    @Test
    void aMatrixOfTheWholeTableServesItsUsedRows(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("v.csv"), MATRIX);
        String csv = SMALL.replace("C,0.2,0.03,2", "C,,0.03,2");
        Outcome outcome =
                run("multilevel", csv, r -> r.map("cluster", "paper").set("covariance-matrix", file.toString()));
        String without =
                COLUMNS.replace("C,0.2,0.03,2,0.03,0.01\n", "").replace("D,0.6,0.06,2,0.01,0.06", "D,0.6,0.06,2,0.06,");
        Outcome columns =
                run("multilevel", without, r -> r.map("cluster", "paper").map("covariances", "c1", "c2"));
        assertThat(table(outcome, "coefficients").number("estimate", 0))
                .isCloseTo(table(columns, "coefficients").number("estimate", 0), within(1e-14));
    }

    @Test
    void aLevelThatIsSeenOnceHasNoRobustStandardError() {
        String csv =
                "study,effect,variance,drug\nA,-0.7,0.3,a\nB,-0.1,0.2,y\nC,-1.2,0.3,x\nD,-0.9,0.1,y\nE,-0.8,0.2,x\n"
                        + "F,-0.2,0.1,y\nG,-1.3,0.4,x\n";
        Outcome outcome = run(
                "multilevel",
                csv,
                r -> r.map("cluster", "study").map("moderators", "drug").set("robust", "cr2"));
        assertThat(codes(outcome)).contains("level-seen-once");
        for (String id : List.of("coefficients", "robust")) {
            Tabular table = table(outcome, id);
            assertThat(table.number("se", 0)).isNaN();
            assertThat(table.number("p_value", 0)).isNaN();
            assertThat(table.number("ci_lower", 0)).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(table.number("se", 1)).isPositive();
        }
    }
}
