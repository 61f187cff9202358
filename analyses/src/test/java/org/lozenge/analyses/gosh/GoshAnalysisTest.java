package org.lozenge.analyses.gosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class GoshAnalysisTest {

    private static final String BCG = Samples.get("bcg-risk-ratios").csv();

    /** Two studies far from six others. */
    private static final String TWO_GROUPS = """
            study,effect,se
            a,0.1,0.1
            b,0.12,0.1
            c,0.08,0.1
            d,0.11,0.1
            e,0.09,0.1
            f,0.1,0.1
            far,1.5,0.05
            """;

    @Test
    void poolsAllSubsetsOfTheTrials() {
        Outcome outcome = run("gosh", BCG, r -> r.seed(1));
        Tabular summary = table(outcome, "summary");
        assertThat(summary.number("subsets", 0)).isEqualTo(8191);
        assertThat(summary.number("subsets", 1)).isEqualTo(8178);
        assertThat(summary.number("median", 0)).isCloseTo(-0.72, within(0.005));
        Tabular subsets = table(outcome, "subsets");
        assertThat(subsets.rows()).isEqualTo(8191);
        // The last subset holds all trials: metafor's REML result.
        assertThat(subsets.number("k", 8190)).isEqualTo(13);
        assertThat(subsets.number("estimate", 8190)).isCloseTo(-0.714532342158, within(1e-9));
        assertThat(subsets.number("tau2", 8190)).isCloseTo(0.313243258136, within(1e-9));
        assertThat(subsets.number("i2", 8190)).isCloseTo(0.92221384521269, within(1e-9));
        assertThat(subsets.number("cluster", 8190)).isBetween(1.0, 2.0);
        assertThat(subsets.number("i2", 0)).isNaN();
        XYPlot plot = outcome.get().item("gosh", XYPlot.class);
        assertThat(plot.footnotes()).contains("8,191 of all 8,191 subsets.");
        assertThat(plot.description()).contains("8,178 subsets with at least two studies");
    }

    @Test
    void findsTheStudyThatDrivesTheClusters() {
        Outcome outcome = run("gosh", TWO_GROUPS, r -> r.set("model", "common"));
        Tabular studies = table(outcome, "studies");
        assertThat(studies.text("drives", 6)).isEqualTo("yes");
        assertThat(studies.text("drives", 0)).isEqualTo("no");
        assertThat(studies.number("estimate_with", 6)).isGreaterThan(studies.number("estimate_without", 6) + 0.5);
        assertThat(text(outcome, "driving-studies")).contains("differ most by far:");
        assertThat(outcome.get().item("gosh", XYPlot.class).layers())
                .extracting(XYPlot.Layer::name)
                .contains("With far", "Without far");
        Tabular clusters = table(outcome, "clusters");
        assertThat(clusters.number("subsets", 0) + clusters.number("subsets", 1))
                .isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kmeans", "dbscan", "gaussian"})
    void clustersAreTheSameInEachRun(String method) {
        Outcome first = run(
                "gosh",
                BCG,
                r -> r.set("cluster-method", method).set("tau2", "dl").seed(3));
        Outcome second = run(
                "gosh",
                BCG,
                r -> r.set("cluster-method", method).set("tau2", "dl").seed(3));
        assertThat(table(first, "subsets")).isEqualTo(table(second, "subsets"));
        assertThat(table(first, "clusters")).isEqualTo(table(second, "clusters"));
    }

    @Test
    void choosesTheNumberOfClustersAndDrawsTheDensityOfI2() {
        Outcome outcome =
                run("gosh", BCG, r -> r.set("clusters", 0).set("rows", 2000).seed(1));
        assertThat(text(outcome, "clusters-chosen")).endsWith(" clusters are most distinct by the mean silhouette.");
        XYPlot plot = outcome.get().item("gosh", XYPlot.class);
        assertThat(plot.layers().stream().filter(layer -> layer.mark() == XYPlot.Mark.LINE))
                .hasSize(2);
        assertThat(plot.description()).contains("at the right that of I²");
        assertThat(text(run("gosh", BCG, r -> r.set("clusters", 1)), "param-range"))
                .contains("must be 0 or at least 2");
    }

    @Test
    void drawsSubsetsWhenThereAreTooMany() {
        Outcome outcome = run(
                "gosh",
                BCG,
                r -> r.set("subsets", 3000).set("rows", 500).set("tau2", "dl").seed(3));
        assertThat(table(outcome, "summary").number("subsets", 0)).isEqualTo(3000);
        assertThat(table(outcome, "subsets").rows()).isEqualTo(500);
        assertThat(table(outcome, "subsets").title()).isEqualTo("500 of 3,000 subsets");
        assertThat(outcome.get().item("gosh", XYPlot.class).footnotes())
                .contains("3,000 random subsets of 13 studies.");
    }

    @Test
    void highlightsTheStudyThatIsAskedFor() {
        Outcome outcome = run("gosh", TWO_GROUPS, r -> r.set("highlight", "c").set("cluster-method", "none"));
        assertThat(outcome.get().item("gosh", XYPlot.class).layers())
                .extracting(XYPlot.Layer::name)
                .contains("With c");
        assertThat(codes(outcome)).doesNotContain("driving-studies");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(text(run("gosh", TWO_GROUPS, r -> r.set("highlight", "z")), "unknown-study"))
                .contains("no study is called 'z'")
                .contains("Studies: a, b, c");
        assertThat(text(run("gosh", "study,effect,se\na,1,1\nb,2,1\n"), "too-few-studies"))
                .endsWith("has 2 usable studies; subsets say something from three studies on.");
    }

    @Test
    void saysWhyThereAreNoClusters() {
        assertThat(text(run("gosh", "study,effect,se\nA,0.3,0.1\nB,0.3,0.3\nC,0.3,0.2\n"), "no-clusters"))
                .isEqualTo("The subsets have 1 effect, the same in all, too few to look for clusters.");
    }
}
