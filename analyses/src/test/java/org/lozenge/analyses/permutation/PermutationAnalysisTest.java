package org.lozenge.analyses.permutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class PermutationAnalysisTest {

    private static final String WITH_MODERATOR = """
            study,effect,se,dose,same
            a,-0.9,0.3,44,1
            b,-1.6,0.4,55,1
            c,-1.3,0.5,42,1
            d,-1.4,0.2,52,1
            e,-0.2,0.2,13,1
            f,-0.8,0.1,,1
            """;

    @Test
    void isExactForTheTrials() {
        Outcome outcome = run("permutation", Samples.get("bcg-risk-ratios").csv());
        Tabular test = table(outcome, "test");
        assertThat(test.text("exact", 0)).isEqualTo("yes");
        assertThat(test.number("arrangements", 0)).isEqualTo(8192);
        // metafor 3.8.1, permutest(rma(yi, vi, method = "REML"), exact = TRUE): 0.001464844.
        assertThat(table(outcome, "coefficients").number("p_value", 0)).isEqualTo(12 / 8192.0);
        assertThat(table(outcome, "coefficients").number("p_error", 0)).isEqualTo(0);
    }

    @Test
    void shufflesModeratorsAndLeavesOutStudiesWithoutThem() {
        Outcome outcome = run("permutation", WITH_MODERATOR, r -> r.map("moderators", "dose"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.text("term", 1)).isEqualTo("dose");
        assertThat(table(outcome, "test").number("arrangements", 0)).isEqualTo(120);
        assertThat(coefficients.number("p_value", 1))
                .isEqualTo(table(outcome, "test").number("p_value", 0));
        assertThat(text(outcome, "missing-moderator")).contains("dose");
    }

    @Test
    void drawsWhenThereAreTooManyArrangements() {
        Outcome outcome = run(
                "permutation",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.set("draws", 2000).seed(5));
        assertThat(table(outcome, "test").text("exact", 0)).isEqualTo("no");
        double p = table(outcome, "coefficients").number("p_value", 0);
        double error = table(outcome, "coefficients").number("p_error", 0);
        assertThat(error).isCloseTo(Math.sqrt(p * (1 - p) / 2001), within(1e-15));
        assertThat(p).isCloseTo(12 / 8192.0, within(6 * error));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(codes(run("permutation", "study,effect,se\na,1,1\nb,2,1\nc,3,1\n")))
                .contains("few-arrangements");
        assertThat(text(run("permutation", "study,effect,se\na,1,1\n"), "too-few-studies"))
                .contains("at least two");
        assertThat(text(run("permutation", WITH_MODERATOR, r -> r.map("moderators", "same")), "constant-moderator"))
                .contains("'same' does not vary");
        assertThat(text(run("permutation", WITH_MODERATOR, r -> r.set("formula", "~ dose - 1")), "no-intercept"))
                .contains("leave '- 1' out");
    }

    @Test
    void shufflesCategoriesAndTakesEveryEstimator() {
        Outcome outcome = run(
                "permutation",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.map("moderators", "alloc").set("draws", 200).set("tau2", "pm"));
        assertThat(table(outcome, "coefficients").text("term", 1)).isEqualTo("alloc random");
        assertThat(table(outcome, "coefficients").rows()).isEqualTo(3);
        assertThat(table(outcome, "test").number("p_value", 0)).isBetween(0.0, 1.0);
    }

    @Test
    void refusesEffectsThatAgreeExactlyWithoutAGuard() {
        String csv = "study,effect,se,x\nA,0.3,0.1,1\nB,0.3,0.2,2\nC,0.3,0.3,4\nD,0.3,0.15,3\n";
        String why =
                "data.csv: the effects lie exactly on the model, so that plain Hartung-Knapp standard errors are 0 and"
                        + " there is no statistic to compare; take z or hksj instead of hksj-plain.";
        assertThat(text(run("permutation", csv, r -> r.set("test", "hksj-plain")), "degenerate"))
                .isEqualTo(why);
        assertThat(text(run("permutation", csv, r -> r.set("test", "hksj-plain").map("moderators", "x")), "moderators"))
                .isEqualTo(why);
    }
}
