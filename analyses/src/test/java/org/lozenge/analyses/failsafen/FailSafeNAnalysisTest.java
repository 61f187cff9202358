package org.lozenge.analyses.failsafen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Pages.page;
import static org.lozenge.analyses.shared.Pages.row;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

/** The numbers are those of fsn.csv (metafor 3.8.1) and direct-fail-safe.csv (50 digits) of the statistics. */
class FailSafeNAnalysisTest {

    private static final String BCG = Samples.get("bcg-risk-ratios").csv();

    @Test
    void agreesWithReferences() {
        Tabular tests = table(run("fail-safe-n", BCG, r -> r.set("tau2", "dl")), "tests");
        assertThat(texts(tests, "method")).containsExactly("rosenthal", "fisher", "orwin", "rosenberg", "general");
        double[] n = {598, 361, 13, 370, 370};
        double[] p = {
            8.813956896261146e-30, 7.6245391574812094e-51, Double.NaN, 2.2886293069731579e-26, 6.462924304703963e-5
        };
        for (int i = 0; i < n.length; i++) {
            assertThat(tests.number("n", i)).as(tests.text("method", i)).isEqualTo(n[i]);
            if (!Double.isNaN(p[i])) {
                assertThat(tests.number("p_value", i)).isCloseTo(p[i], within(1e-10 * p[i]));
            }
        }
        assertThat(tests.number("target", 0)).isEqualTo(0.05);
    }

    @Test
    void takesTargetAndAlpha() {
        // The mean is -0.7406504; it falls to -0.1 with 13 (0.7406504/0.1 - 1) = 83.28 studies more.
        Tabular tests =
                table(run("fail-safe-n", BCG, r -> r.set("target", "-0.1").set("alpha", "0.01")), "tests");
        assertThat(tests.number("n", 2)).isEqualTo(84);
        assertThat(tests.number("target", 2)).isEqualTo(-0.1);
        assertThat(tests.number("target", 0)).isEqualTo(0.01);
        // k (z/2.3263479)^2 - k in the place of k (z/1.6448536)^2 - k
        assertThat(tests.number("n", 0)).isBetween(290.0, 310.0);
    }

    @Test
    void needsNoStudiesWhereNothingIsSignificant() {
        Tabular tests = table(run("fail-safe-n", "study,effect,se\nA,0.1,0.5\nB,-0.1,0.4\nC,0.05,0.6\n"), "tests");
        for (String method : new String[] {"rosenthal", "fisher", "rosenberg", "general"}) {
            int row = texts(tests, "method").indexOf(method);
            assertThat(tests.number("n", row)).as(method).isZero();
        }
    }

    @Test
    void leavesOutWhatOneStudyDoesNotAllow() {
        Outcome outcome = run("fail-safe-n", "study,effect,se\nA,1,0.2\n");
        assertThat(texts(table(outcome, "tests"), "method")).doesNotContain("general");
        assertThat(text(outcome, "method-omitted")).isEqualTo("Left out: general, which needs at least 2 studies.");
    }

    @Test
    void refusesAnAlphaThatIsNone() {
        Outcome outcome = run("fail-safe-n", BCG, r -> r.set("alpha", "0.7"));
        assertThat(outcome.messages().toString()).contains("alpha").contains("must be between 0 and 0.5");
        assertThat(codes(outcome)).isNotEmpty();
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        Tabular tests = table(run("fail-safe-n", BCG), "tests");
        for (int i = 0; i < tests.rows(); i++) {
            assertThat(page("fail-safe-n"))
                    .contains(row("| `%s` | %.0f |", tests.text("method", i), tests.number("n", i)));
        }
    }

    @Test
    void saysThatNoNumberReachesNoEffect() {
        assertThat(text(
                        run("fail-safe-n", "study,effect,se\nA,0.3,0.1\nB,0.2,0.1\n", r -> r.set("target", 0)),
                        "target-not-reached"))
                .startsWith("Orwin: studies without an effect never bring the mean to 0 itself");
    }
}
