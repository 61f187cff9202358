package org.lozenge.analyses.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class DiagnosticsAnalysisTest {

    /** A restricted likelihood with two maxima, the higher one near 0. */
    private static final String TWO_MODES = "study,effect,variance\nA,0.79,0.12\nB,0,0.0029\nC,-0.08,0.0023\n";

    @Test
    void drawsAllFigures() {
        Outcome outcome = run("diagnostics", Samples.get("bcg-risk-ratios").csv());
        assertThat(outcome.get().items())
                .extracting(ResultItem::id)
                .containsExactly("radial", "qq", "profile", "drapery", "residuals", "modes");
        assertThat(table(outcome, "modes").number("tau2", 0)).isCloseTo(0.3132, within(1e-4));
        assertThat(codes(outcome)).doesNotContain("several-modes");
    }

    @Test
    void drawsRadialLinesThroughTheOrigin() {
        XYPlot plot = run("diagnostics", Samples.get("bcg-risk-ratios").csv(), r -> r.set("model", "common"))
                .get()
                .item("radial", XYPlot.class);
        XYPlot.Layer line = plot.layers().get(2);
        // The common effect of the 13 trials, -0.4303.
        assertThat(line.y()[1] / line.x()[1]).isCloseTo(-0.4303, within(5e-5));
        XYPlot.Layer points = plot.layers().get(3);
        assertThat(points.x()[0]).isCloseTo(1 / Math.sqrt(0.32556), within(1e-3));
    }

    @Test
    void showsBothMaxima() {
        Outcome outcome = run("diagnostics", TWO_MODES);
        Tabular modes = table(outcome, "modes");
        assertThat(modes.rows()).isEqualTo(2);
        assertThat(modes.number("tau2", 0)).isCloseTo(0.00187, within(2e-5));
        assertThat(modes.number("tau2", 1)).isCloseTo(0.07816, within(5e-6));
        assertThat(text(outcome, "several-modes")).contains("2 maxima");
    }

    @Test
    void theSameSeedGivesTheSameBand() {
        String csv = Samples.get("bcg-risk-ratios").csv();
        Tabular one = table(run("diagnostics", csv, r -> r.seed(7)), "residuals");
        assertThat(table(run("diagnostics", csv, r -> r.seed(7)), "residuals")).isEqualTo(one);
        assertThat(table(run("diagnostics", csv, r -> r.seed(8)), "residuals")).isNotEqualTo(one);
    }

    @Test
    void refusesOneStudy() {
        assertThat(text(run("diagnostics", "study,effect,se\nA,-0.1,0.2\n"), "too-few-studies"))
                .isEqualTo("data.csv has one usable study; there is nothing to hold it against.");
    }

    @Test
    void drawsRisksWhereThereAreCounts() {
        XYPlot labbe = run("diagnostics", Samples.get("bcg").csv(), r -> r.set("measure", "rr"))
                .get()
                .item("labbe", XYPlot.class);
        XYPlot.Layer studies = labbe.layers().get(3);
        assertThat(studies.size()).isEqualTo(13);
        assertThat(studies.x()[0]).isEqualTo(11.0 / 139);
        assertThat(studies.y()[0]).isEqualTo(4.0 / 123);
        XYPlot.Layer pooled = labbe.layers().get(2);
        // exp(-0.7145), the risk ratio of metafor 3.8.1, REML
        assertThat(pooled.y()[50] / pooled.x()[50]).isCloseTo(0.489421, within(1e-6));
        assertThat(pooled.y()[0]).isZero();
        XYPlot.Layer band = labbe.layers().get(0);
        // The limits of the Hartung-Knapp interval of the same fit, metafor 3.8.1
        assertThat(StrictMath.log(band.y()[50] / band.x()[50])).isCloseTo(-1.108443713686, within(1e-6));
        assertThat(StrictMath.log(band.y2()[50] / band.x()[50])).isCloseTo(-0.320620970631, within(1e-6));
    }

    @Test
    void saysWhereTheCurvesOfManyStudiesAreLeftOut() {
        StringBuilder csv = new StringBuilder("study,effect,se\n");
        for (int i = 0; i < 61; i++) {
            csv.append("S").append(i).append(',').append(i % 7).append(",0.5\n");
        }
        XYPlot drapery = run("diagnostics", csv.toString()).get().item("drapery", XYPlot.class);
        assertThat(drapery.layers().stream().map(XYPlot.Layer::name))
                .containsExactly("95% prediction interval", "P = 0.05", "Random effects (REML, HKSJ)");
        assertThat(drapery.footnotes())
                .containsExactly("The curves of 61 studies would be a grey cloud and are not drawn.");
    }

    @Test
    void drawsNoRisksWithoutCounts() {
        Outcome outcome = run("diagnostics", Samples.get("bcg-risk-ratios").csv());
        assertThat(outcome.get().items().stream().map(ResultItem::id)).doesNotContain("labbe");
    }
}
