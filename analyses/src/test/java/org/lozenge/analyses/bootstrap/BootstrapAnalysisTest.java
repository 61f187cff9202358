package org.lozenge.analyses.bootstrap;

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

class BootstrapAnalysisTest {

    private static final String BCG = Samples.get("bcg-risk-ratios").csv();

    @Test
    void formsIntervalsOfTheTrials() {
        Outcome outcome = run("bootstrap", BCG, r -> r.seed(1));
        Tabular intervals = table(outcome, "intervals");
        assertThat(intervals.number("estimate", 0)).isCloseTo(-0.714532342158, within(1e-8));
        assertThat(intervals.number("estimate", 1)).isCloseTo(0.313243258136, within(1e-8));
        // The model's own standard error is 0.1798; 10,000 draws give it to a percent or two.
        assertThat(intervals.number("se", 0)).isCloseTo(0.1798, within(0.006));
        for (int row = 0; row < 3; row++) {
            double estimate = intervals.number("estimate", row);
            assertThat(estimate).isBetween(intervals.number("ci_lower", row), intervals.number("ci_upper", row));
            assertThat(estimate).isBetween(intervals.number("bca_lower", row), intervals.number("bca_upper", row));
        }
        assertThat(table(outcome, "draws").number("used", 0)).isEqualTo(10_000);
    }

    @Test
    void isTheSameForTheSameSeed() {
        Outcome first = run(
                "bootstrap",
                BCG,
                r -> r.set("kind", "nonparametric").set("draws", 1000).seed(2));
        Outcome second = run(
                "bootstrap",
                BCG,
                r -> r.set("kind", "nonparametric").set("draws", 1000).seed(2));
        Outcome other = run(
                "bootstrap",
                BCG,
                r -> r.set("kind", "nonparametric").set("draws", 1000).seed(3));
        assertThat(table(first, "intervals")).isEqualTo(table(second, "intervals"));
        assertThat(table(first, "intervals")).isNotEqualTo(table(other, "intervals"));
    }

    @Test
    void warnsOfFewStudiesAndRefusesOne() {
        String four = "study,effect,se\na,1,1\nb,2,1\nc,3,1\nd,9,1\n";
        assertThat(codes(run("bootstrap", four, r -> r.set("kind", "nonparametric"))))
                .contains("few-studies");
        assertThat(codes(run("bootstrap", four))).doesNotContain("few-studies");
        assertThat(text(run("bootstrap", "study,effect,se\na,1,1\n"), "too-few-studies"))
                .contains("at least two");
    }

    @Test
    void saysWhereThereIsNoCorrectedInterval() {
        assertThat(text(run("bootstrap", "study,effect,se\nA,0.3,0.1\nB,-0.2,0.3\n"), "no-bca"))
                .isEqualTo(
                        "No BCa interval of mu, tau2, i2: leaving out one study at a time does not show how skewed it"
                                + " is.");
    }
}
