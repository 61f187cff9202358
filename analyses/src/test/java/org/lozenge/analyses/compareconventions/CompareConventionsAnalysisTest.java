package org.lozenge.analyses.compareconventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    @Test
    void agreesWithPoolForEveryConvention() {
        Outcome all = Runs.run("compare-conventions", EFFECTS);
        for (String convention : List.of("lozenge", "metafor", "meta", "revman5", "stata")) {
            Tabular pool = Runs.table(Runs.run("pool", EFFECTS, run -> run.set("convention", convention)), "model");
            for (String column : List.of("estimate", "se", "ci_lower", "ci_upper", "p_value", "pi_lower", "pi_upper")) {
                assertEquals(pool.number(column, 0), value(all, convention, "common", column), convention + column);
                assertEquals(pool.number(column, 1), value(all, convention, "random", column), convention + column);
            }
        }
        assertEquals(10, Runs.table(all, "conventions").rows());
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
        // Σad/n over Σbc/n, without any constant.
        double numerator = 12 * 78 / 198.0 + 0 + 7 * 67 / 162.0 + 30 * 157 / 390.0;
        double denominator = 88 * 20 / 198.0 + 50 * 4 / 102.0 + 73 * 15 / 162.0 + 170 * 33 / 390.0;
        double expected = Math.log(numerator / denominator);
        assertEquals(expected, value(outcome, "revman5", "common", "estimate"), 1e-12);
        assertEquals(expected, value(outcome, "meta", "common", "estimate"), 1e-12);
        assertThat(reasons(outcome, "revman5", "q")).containsExactly("Q is taken about the Mantel-Haenszel estimate");
        assertThat(reasons(outcome, "metafor", "k").get(0)).contains("kept, with the constant added");
    }

    @Test
    void oneStudyIsTheSameForAll() {
        Outcome outcome = Runs.run("compare-conventions", "study,yi,vi\nA,-.5,.04");
        assertThat(Runs.codes(outcome)).contains("single-study");
        assertEquals(0, Runs.table(outcome, "differences").rows());
    }
}
