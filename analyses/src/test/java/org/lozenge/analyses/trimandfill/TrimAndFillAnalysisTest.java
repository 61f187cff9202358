package org.lozenge.analyses.trimandfill;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

/** The numbers are those of trimfill.csv (metafor 3.8.1) of the statistics. */
class TrimAndFillAnalysisTest {

    private static Outcome bcg(String trimming, String estimator, String side) {
        return run(
                "trim-and-fill",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.set("trimming", trimming)
                        .set("estimator", estimator)
                        .set("side", side)
                        .set("test", "z"));
    }

    @ParameterizedTest
    @CsvSource({
        "common,l0,auto,right,4,2.3853255911929505,0,-0.2910259921063531,0.038264136604139",
        "common,r0,auto,right,4,3.1622776601683795,0,-0.2910259921063531,0.038264136604139",
        "common,q0,auto,right,5,3.9691833511491015,0,-0.286260374516564,0.03819687511677021",
        "common,r0,left,left,0,1.4142135623730951,0,-0.43028516365409092,0.040498751710863812",
        "random,l0,auto,right,1,2.4527986431829252,1,-0.65708278348776628,0.17852838013187278",
        "random,l0,left,left,0,2.166658537010389,1,-0.71453234215813943,0.17978151610520574",
        "random,r0,auto,right,0,1.4142135623730951,1,-0.71453234215813943,0.17978151610520574",
        "random,q0,right,right,1,2.7786257408548338,1,-0.65708278348776628,0.17852838013187278"
    })
    void agreesWithMetafor(
            String trimming,
            String estimator,
            String given,
            String side,
            int missing,
            double missingError,
            int model,
            double estimate,
            double se) {
        Outcome outcome = bcg(trimming, estimator, given);
        Tabular filled = table(outcome, "filled");
        assertThat(filled.text("side", 0)).isEqualTo(side);
        assertThat(filled.number("k0", 0)).isEqualTo(missing);
        assertThat(filled.number("k0_se", 0)).isCloseTo(missingError, within(1e-9));
        Tabular table = table(outcome, "model");
        assertThat(table.number("estimate", model)).isCloseTo(estimate, within(1e-9));
        assertThat(table.number("se", model)).isCloseTo(se, within(1e-9));
        assertThat(table.number("k", model)).isEqualTo(13 + missing);
        assertThat(texts(table(outcome, "studies"), "filled").stream().filter("yes"::equals))
                .hasSize(missing);
    }

    @Test
    void drawsFilledStudiesHollow() {
        Outcome outcome = bcg("common", "l0", "auto");
        Layer filled = outcome.get().item("funnel", XYPlot.class).layers().stream()
                .filter(l -> l.tone() == Tone.IMPUTED)
                .findFirst()
                .orElseThrow();
        assertThat(filled.size()).isEqualTo(4);
        assertThat(filled.labels()).contains("Filled: Hart & Sutherland 1977");
        assertThat(bcg("common", "l0", "left")
                        .get()
                        .item("funnel", XYPlot.class)
                        .layers())
                .noneMatch(l -> l.tone() == Tone.IMPUTED);
    }

    @Test
    void mirrorsTheResultWithTheEffects() {
        StringBuilder plain = new StringBuilder("study,effect,se\n");
        StringBuilder turned = new StringBuilder("study,effect,se\n");
        double[] y = {0.1, 0.15, 0.3, 0.5, 0.9, 1.2, 0.2};
        for (int i = 0; i < y.length; i++) {
            double se = 0.05 + 0.3 * y[i];
            plain.append(row("S%d,%.3f,%.3f\n", i, y[i], se));
            turned.append(row("S%d,%.3f,%.3f\n", i, -y[i], se));
        }
        Outcome one = run("trim-and-fill", plain.toString());
        Outcome other = run("trim-and-fill", turned.toString());
        assertThat(table(one, "filled").text("side", 0)).isEqualTo("left");
        assertThat(table(other, "filled").text("side", 0)).isEqualTo("right");
        assertThat(table(one, "filled").number("k0", 0)).isPositive();
        assertThat(table(other, "model").number("estimate", 1))
                .isCloseTo(-table(one, "model").number("estimate", 1), within(1e-12));
        assertThat(text(one, "few-studies")).startsWith("7 studies");
    }

    /** Ties, on which other software ends with errors or warnings. */
    @ParameterizedTest
    @CsvSource({"l0", "r0", "q0"})
    void standsTies(String estimator) {
        Outcome outcome = run(
                "trim-and-fill",
                "study,effect,se\nA,1,0.2\nB,1,0.2\nC,1,0.2\nD,1,0.3\n",
                r -> r.set("estimator", estimator));
        assertThat(table(outcome, "filled").number("k0", 0)).isZero();
        assertThat(table(outcome, "model").number("estimate", 0)).isCloseTo(1, within(1e-15));
    }

    @Test
    void refusesTwoStudies() {
        Outcome outcome = run("trim-and-fill", "study,effect,se\nA,1,0.2\nB,2,0.3\n");
        assertThat(text(outcome, "too-few-studies"))
                .isEqualTo("data.csv: trim and fill needs at least 3 studies, but there are 2.");
        assertThat(text(run("trim-and-fill", "study,effect,se\nA,1,0.2\n"), "too-few-studies"))
                .endsWith("there is 1.");
        assertThat(codes(bcg("random", "l0", "auto"))).doesNotContain("few-studies", "oscillation");
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        for (String trimming : new String[] {"common", "random"}) {
            Outcome outcome = bcg(trimming, "l0", "auto");
            Tabular model = table(outcome, "model");
            assertThat(page("trim-and-fill"))
                    .contains(row(
                            "| `%s` | %.0f | %s | %.3f | %.3f |",
                            trimming,
                            table(outcome, "filled").number("k0", 0),
                            table(outcome, "filled").text("side", 0),
                            model.number("estimate", 0),
                            model.number("estimate", 1)));
        }
    }

    @Test
    void saysWhereTheNumberHasNoStandardError() {
        Outcome outcome = run(
                "trim-and-fill",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.set("trimming", "common").set("side", "left"));
        Tabular filled = table(outcome, "filled");
        // metafor 3.8.1, trimfill(rma(yi, vi, method = "EE"), side = "left"): k0 = 0, SE NaN
        assertThat(filled.number("k0", 0)).isZero();
        assertThat(filled.number("k0_se", 0)).isNaN();
        assertThat(text(outcome, "no-standard-error"))
                .isEqualTo("The number of missing studies, 0, has no standard error: the formula of the estimator gives"
                        + " none so far from a symmetric funnel.");
    }

    @Test
    void trimsByAnEstimatorThatKnowsNoModerators() {
        Tabular filled = table(
                run("trim-and-fill", Samples.get("bcg-risk-ratios").csv(), r -> r.set("tau2", "genqm")), "filled");
        assertThat(filled.text("side", 0)).isEqualTo("right");
    }
}
