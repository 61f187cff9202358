package org.lozenge.analyses.excesssignificance;

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

/** The numbers are those of tes.csv (metafor 3.8.1) of the statistics. */
class ExcessSignificanceAnalysisTest {

    private static final Outcome BCG =
            run("excess-significance", Samples.get("bcg-risk-ratios").csv());

    @Test
    void agreesWithMetafor() {
        Tabular tests = table(BCG, "tests");
        assertThat(texts(tests, "test")).containsExactly("chi-squared", "binomial", "exact");
        double[] p = {0.14455272908302327, 0.21706308574565472, 0.13440858540030734};
        for (int i = 0; i < p.length; i++) {
            assertThat(tests.number("observed", i)).isEqualTo(8);
            assertThat(tests.number("expected", i)).isCloseTo(6.0926590902806863, within(1e-11));
            assertThat(tests.number("p_value", i)).isCloseTo(p[i], within(1e-11));
        }
        assertThat(tests.number("statistic", 0)).isCloseTo(1.1237824120741515, within(1e-11));
        assertThat(tests.number("theta", 0)).isCloseTo(-0.43028516365409092, within(1e-12));
        assertThat(codes(BCG)).doesNotContain("few-studies");
    }

    @Test
    void powersAddToTheExpectedNumber() {
        Tabular studies = table(BCG, "studies");
        double sum = 0;
        for (int i = 0; i < studies.rows(); i++) {
            sum += studies.number("power", i);
        }
        assertThat(sum).isCloseTo(table(BCG, "tests").number("expected", 0), within(1e-12));
    }

    @Test
    void takesTheTrueEffectAndAlpha() {
        // Without an effect the power is alpha.
        Outcome outcome = run(
                "excess-significance",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.set("theta", "0").set("alpha", "0.2"));
        assertThat(table(outcome, "tests").number("expected", 0)).isCloseTo(13 * 0.2, within(1e-12));
        assertThat(table(outcome, "tests").number("theta", 0)).isZero();
    }

    @Test
    void saysThatFewStudiesHaveLittlePower() {
        assertThat(text(run("excess-significance", "study,effect,se\nA,1,0.2\n"), "few-studies"))
                .isEqualTo("1 study: with fewer than 10, the test has little power to find an excess.");
    }

    @Test
    void refusesAnAlphaThatIsNone() {
        Outcome outcome = run("excess-significance", "study,effect,se\nA,1,0.2\n", r -> r.set("alpha", "1"));
        assertThat(outcome.messages().toString()).contains("must be between 0 and 1, both excluded");
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        Tabular tests = table(BCG, "tests");
        for (int i = 0; i < tests.rows(); i++) {
            assertThat(page("excess-significance"))
                    .contains(row(
                            "| `%s` | %.0f | %.2f | %.3f |",
                            tests.text("test", i),
                            tests.number("observed", i),
                            tests.number("expected", i),
                            tests.number("p_value", i)));
        }
    }
}
