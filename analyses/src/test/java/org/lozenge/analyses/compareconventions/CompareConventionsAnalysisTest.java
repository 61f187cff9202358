package org.lozenge.analyses.compareconventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class CompareConventionsAnalysisTest {

    private static final String EFFECTS = "study,yi,vi\nA,-.5,.04\nB,.2,.06\nC,-.9,.05\nD,-.1,.03\nE,.4,.08";

    /** Study C has no event in either arm, study B none among the treated. */
    private static final String COUNTS =
            "study,events_t,n_t,events_c,n_c\nA,12,100,20,98\nB,0,50,4,52\nC,0,30,0,31\nD,7,80,15,82\nE,30,200,33,190";

    private static int row(Tabular table, String convention, String model) {
        return IntStream.range(0, table.rows())
                .filter(i -> table.text("convention", i).equals(convention)
                        && table.text("model", i).equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Outcome outcome, String convention, String model, String column) {
        Tabular table = Runs.table(outcome, "conventions");
        return table.number(column, row(table, convention, model));
    }

    private static List<String> reasons(Outcome outcome, String convention, String quantity) {
        Tabular table = Runs.table(outcome, "differences");
        return IntStream.range(0, table.rows())
                .filter(i -> table.text("convention", i).equals(convention)
                        && table.text("quantity", i).equals(quantity))
                .mapToObj(i -> table.text("why", i))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"effects,generic", "counts,or", "counts,rr", "counts,rd"})
    void agreesWithPoolForEveryConvention(String data, String measure) {
        String csv = data.equals("counts") ? COUNTS : EFFECTS;
        Outcome all = Runs.run("compare-conventions", csv, run -> run.set("measure", measure));
        for (String convention : List.of("lozenge", "metafor", "meta", "revman5", "stata")) {
            Outcome pooled =
                    Runs.run("pool", csv, run -> run.set("measure", measure).set("convention", convention));
            boolean counted =
                    data.equals("counts") && List.of("meta", "revman5", "stata").contains(convention);
            assertEquals(counted, Runs.codes(pooled).contains("mantel-haenszel-common"), convention);
            Tabular heterogeneity = Runs.table(pooled, "heterogeneity");
            for (String column : List.of("tau2", "i2", "q", "q_p")) {
                assertEquals(
                        heterogeneity.number(column, 0), value(all, convention, "random", column), convention + column);
            }
            Tabular pool = Runs.table(pooled, "model");
            for (String column : List.of("estimate", "se", "ci_lower", "ci_upper", "p_value", "pi_lower", "pi_upper")) {
                assertEquals(pool.number(column, 0), value(all, convention, "common", column), convention + column);
                assertEquals(pool.number(column, 1), value(all, convention, "random", column), convention + column);
            }
        }
        assertEquals(10, Runs.table(all, "conventions").rows());
    }

    /** Made by conventions.R; each line has its data in the last cell. */
    @Test
    void metaforIsWhatMetaforDoes() throws IOException {
        List<String> lines;
        try (InputStream in = getClass().getResourceAsStream("metafor.csv")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        List<String> header = List.of(lines.get(0).split(","));
        assertEquals(16, lines.size());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            boolean means = cells[0].equals("stroke-stay");
            StringBuilder csv = new StringBuilder(
                    means ? "study,mean_t,sd_t,n_t,mean_c,sd_c,n_c" : "study,events_t,n_t,events_c,n_c");
            String[] studies = cells[cells.length - 1].split(";");
            for (int i = 0; i < studies.length; i++) {
                csv.append("\nS").append(i + 1).append(',').append(studies[i].replace(' ', ','));
            }
            Outcome outcome = Runs.run("compare-conventions", csv.toString(), run -> run.set("measure", cells[1]));
            for (int i = 2; i < cells.length - 1; i++) {
                String column = header.get(i);
                boolean common = column.startsWith("c_") || column.equals("k");
                String name = column.startsWith("c_") ? column.substring(2) : column;
                double expected = Double.parseDouble(cells[i]);
                double actual = value(outcome, "metafor", common ? "common" : "random", name);
                boolean location = name.startsWith("ci_") || name.startsWith("pi_") || name.equals("estimate");
                double scale = location
                        ? Math.max(Math.abs(expected), Double.parseDouble(cells[header.indexOf("c_se")]))
                        : Math.abs(expected);
                // Common effects are closed forms; the rest hangs on metafor's iteration, which may stop above 0.
                double tolerance = common ? 1e-11 * scale : 1e-8 * scale + 1e-13;
                assertEquals(expected, actual, tolerance, cells[0] + " " + cells[1] + " " + column);
            }
        }
    }

    @Test
    void everyDifferenceHasAReason() {
        for (String csv : List.of(EFFECTS, COUNTS)) {
            Tabular table = Runs.table(Runs.run("compare-conventions", csv), "differences");
            assertTrue(table.rows() > 10);
            for (int i = 0; i < table.rows(); i++) {
                assertThat(table.text("why", i))
                        .as(table.text("convention", i) + " " + table.text("quantity", i))
                        .isNotBlank();
            }
        }
    }

    @Test
    void namesTheReason() {
        Outcome effects = Runs.run("compare-conventions", EFFECTS);
        assertThat(reasons(effects, "metafor", "random ci lower")).containsExactly("test z instead of hksj");
        assertThat(reasons(effects, "metafor", "tau2")).isEmpty();
        assertThat(reasons(effects, "revman5", "tau2")).containsExactly("τ² by dl instead of reml");
        assertThat(reasons(effects, "meta", "i2")).containsExactly("I² from Q instead of τ²");
        assertThat(reasons(effects, "stata", "pi lower").get(0)).startsWith("prediction interval hts instead of auto");
    }

    @Test
    void countsFollowTheZeroCellsOfEachProgram() {
        Outcome outcome = Runs.run("compare-conventions", COUNTS, run -> run.set("measure", "or"));
        assertEquals(4, value(outcome, "lozenge", "random", "k"));
        assertEquals(5, value(outcome, "metafor", "random", "k"));
        assertEquals(5, value(outcome, "stata", "random", "k"));
        assertEquals(4, value(outcome, "revman5", "random", "k"));
        // Σad/n over Σbc/n, with one half in all cells of study B.
        double numerator = 12 * 78 / 198.0 + .5 * 48.5 / 104 + 7 * 67 / 162.0 + 30 * 157 / 390.0;
        double denominator = 88 * 20 / 198.0 + 50.5 * 4.5 / 104 + 73 * 15 / 162.0 + 170 * 33 / 390.0;
        double expected = Math.log(numerator / denominator);
        assertEquals(expected, value(outcome, "revman5", "common", "estimate"), 1e-12);
        assertEquals(expected, value(outcome, "meta", "common", "estimate"), 1e-12);
        assertThat(reasons(outcome, "revman5", "q")).containsExactly("Q is taken about the Mantel-Haenszel estimate");
        assertThat(reasons(outcome, "metafor", "k").get(0)).contains("kept, with the constant added");
    }

    @Test
    void differencesOfRisksAndRatesGetTheConstantInTheirVarianceOnly() {
        Outcome risks = Runs.run("compare-conventions", COUNTS, run -> run.set("measure", "rd"));
        assertThat(reasons(risks, "meta", "random estimate").get(0))
                .contains("the constant for zero cells enters the variances, but not the differences");
        assertEquals(value(risks, "meta", "common", "estimate"), value(risks, "revman5", "common", "estimate"));
        // Without a constant, by the variance of Greenland and Robins.
        Outcome exact = Runs.run(
                "mantel-haenszel", COUNTS, run -> run.set("measure", "rd").set("variance", "greenland-robins"));
        Tabular model = Runs.table(exact, "model");
        assertEquals(model.number("estimate", 0), value(risks, "stata", "common", "estimate"));
        assertEquals(model.number("se", 0), value(risks, "stata", "common", "se"));
        String rates = "study,events_t,time_t,events_c,time_c\nA,8,30.4,5,19.9\nB,6,23.9,0,24.4\nC,3,46.5,1,32";
        Outcome ird = Runs.run("compare-conventions", rates, run -> run.set("measure", "ird"));
        double within = (value(ird, "meta", "random", "estimate") - value(ird, "lozenge", "random", "estimate"));
        assertThat(within).isNotZero();
        assertThat(reasons(ird, "meta", "common estimate").get(0)).contains("Mantel and Haenszel");
        assertThat(reasons(ird, "meta", "q").get(0)).contains("variances, but not the differences");
    }

    @Test
    void petosEffectsGetNoConstantButThatOfMetaforAndLozenge() {
        Outcome outcome = Runs.run("compare-conventions", COUNTS, run -> run.set("measure", "peto"));
        Outcome peto = Runs.run("peto", COUNTS);
        double expected = Runs.table(peto, "model").number("estimate", 0);
        for (String convention : List.of("meta", "revman5", "stata")) {
            assertEquals(expected, value(outcome, convention, "common", "estimate"), 1e-13, convention);
            assertEquals(4, value(outcome, convention, "common", "k"), convention);
            assertThat(reasons(outcome, convention, "common estimate").get(0)).contains("no constant is added");
        }
        Outcome added = Runs.run(
                "pool",
                COUNTS,
                run -> run.set("measure", "peto").set("convention", "meta").set("add", ".5"));
        assertEquals(
                value(outcome, "lozenge", "common", "estimate"),
                Runs.table(added, "model").number("estimate", 0),
                1e-13);
    }

    @Test
    void saysWhyAFormulaOfTheVarianceLosesAStudy() {
        String means = "mean_t,sd_t,n_t,mean_c,sd_c,n_c\n1,1,2,1.5,1,2\n1,1,9,2,1,9\n1,1,9,2.5,1,8";
        Outcome outcome = Runs.run("compare-conventions", means, run -> run.set("measure", "smd"));
        assertEquals(3, value(outcome, "lozenge", "random", "k"));
        assertEquals(2, value(outcome, "meta", "random", "k"));
        assertThat(reasons(outcome, "meta", "k").get(0)).contains("another formula of the variance");
        assertThat(reasons(outcome, "stata", "common estimate").get(0)).contains("small samples");
    }

    @Test
    void oneStudyIsTheSameForAll() {
        Outcome outcome = Runs.run("compare-conventions", "study,yi,vi\nA,-.5,.04");
        assertThat(Runs.codes(outcome)).contains("single-study");
        assertEquals(0, Runs.table(outcome, "differences").rows());
    }
}
