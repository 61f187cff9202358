package org.lozenge.analyses.copas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Pages.page;
import static org.lozenge.analyses.shared.Pages.row;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.bias.CopasFit;
import org.lozenge.stats.bias.CopasModel;
import org.lozenge.workbench.Outcome;

class CopasAnalysisTest {

    private static final Outcome BCG =
            run("copas", Samples.get("bcg-risk-ratios").csv(), r -> r.set("grid", "3"));

    @Test
    void fitsTheGrid() {
        Tabular grid = table(BCG, "grid");
        assertThat(grid.rows()).isEqualTo(9);
        assertThat(grid.number("gamma0", 0)).isEqualTo(-2);
        assertThat(grid.number("gamma0", 8)).isEqualTo(2);
        assertThat(grid.number("p_largest", 2)).isCloseTo(0.99, within(1e-12));
        assertThat(grid.number("unpublished", 3)).isCloseTo(13, within(1e-12));
        assertThat(codes(BCG)).doesNotContain("few-studies");
    }

    @Test
    void startsFromThePooledEffectByMaximumLikelihood() {
        Tabular model = table(BCG, "model");
        // metafor 3.8.1, rma(method = "ML")
        assertThat(model.number("estimate", 0)).isCloseTo(-0.7112, within(5e-5));
        assertThat(model.number("tau2", 0)).isCloseTo(0.28, within(5e-4));
        assertThat(texts(model, "model")).containsExactly("unadjusted", "adjusted");
        assertThat(text(BCG, "no-selection-needed")).isNotEmpty();
    }

    @Test
    void followsThePath() {
        Tabular path = table(BCG, "path");
        assertThat(path.rows()).isEqualTo(11);
        assertThat(path.number("p_smallest", 0)).isEqualTo(1);
        assertThat(path.number("unpublished", 0)).isLessThan(1e-300);
        for (int i = 0; i < path.rows(); i++) {
            assertThat(path.number("p_largest", i)).isCloseTo(i == 0 ? 1 : 0.99, within(1e-12));
            double smallest = i <= 1 ? 1 - 0.01 * i : 1.1 - 0.1 * i;
            assertThat(path.number("p_smallest", i)).isCloseTo(smallest, within(1e-12));
            assertThat(path.number("ci_lower", i)).isLessThan(path.number("estimate", i));
            assertThat(path.number("effect", i)).isEqualTo(path.number("estimate", i));
        }
        // The weakest selection that leaves no asymmetry is the adjusted one: here none at all.
        Tabular model = table(BCG, "model");
        assertThat(model.number("estimate", 1)).isCloseTo(model.number("estimate", 0), within(1e-10));
        // The unadjusted standard error takes τ² as known.
        assertThat(model.number("se", 1)).isCloseTo(model.number("se", 0), within(1e-3));
    }

    /** The model itself is checked against optima with 40 digits; this checks what reaches the table. */
    @Test
    void showsTheFitOfEachPoint() {
        double[] y = {0.3, 0.5, 0.9, 1.1, 0.1, 0.4, 0.8, 1.3, 0.2, 0.6};
        double[] v = {0.01, 0.04, 0.09, 0.16, 0.01, 0.02, 0.1, 0.2, 0.015, 0.05};
        StringBuilder csv = new StringBuilder("study,effect,variance\n");
        for (int i = 0; i < y.length; i++) {
            csv.append("S")
                    .append(i)
                    .append(',')
                    .append(y[i])
                    .append(',')
                    .append(v[i])
                    .append('\n');
        }
        Outcome outcome = run("copas", csv.toString(), r -> r.set("grid", "2").set("level", "0.9"));
        Tabular grid = table(outcome, "grid");
        CopasFit fit = new CopasModel(EffectSizes.of(y, v), 0.9).fit(-2, grid.number("gamma1", 1));
        assertThat(grid.number("estimate", 1)).isEqualTo(fit.estimate());
        assertThat(grid.number("se", 1)).isEqualTo(fit.standardError());
        assertThat(grid.number("tau2", 1)).isEqualTo(fit.tau2());
        assertThat(grid.number("rho", 1)).isEqualTo(fit.rho());
        assertThat(grid.number("ci_upper", 1)).isEqualTo(fit.interval().upper());
        assertThat(grid.number("residual_p", 1)).isEqualTo(fit.residualTest().pValue());
        assertThat(grid.number("unpublished", 1)).isEqualTo(fit.unpublished());
    }

    @Test
    void saysWhereNoSelectionExplainsTheFunnel() {
        Outcome outcome =
                run("copas", "study,effect,se\nA,1,0.1\nB,2,0.2\nC,3,0.3\nD,4,0.4\n", r -> r.set("grid", "2"));
        assertThat(text(outcome, "asymmetry-left"))
                .isEqualTo("No selection on the path explains the asymmetry of the funnel.");
        assertThat(texts(table(outcome, "model"), "model")).containsExactly("unadjusted");
        assertThat(text(outcome, "correlation-on-bound")).startsWith("At 10 of 11 points of the path");
        assertThat(text(outcome, "few-studies")).startsWith("4 studies");
    }

    @Test
    void drawsPathResidualAndContours() {
        assertThat(BCG.get().item("copas", XYPlot.class).layers()).hasSize(6);
        assertThat(BCG.get().item("copas-residual", XYPlot.class).layers()).hasSize(3);
        assertThat(BCG.get().item("copas-contour", XYPlot.class).layers()).hasSizeGreaterThan(4);
    }

    @Test
    void refusesTwoStudiesAndEqualErrors() {
        assertThat(text(run("copas", "study,effect,se\nA,1,0.2\nB,2,0.3\n"), "copas-not-estimable"))
                .isEqualTo("data.csv: the Copas model needs at least 3 studies, but there are 2.");
        assertThat(text(run("copas", "study,effect,se\nA,1,0.2\nB,2,0.2\nC,0,0.2\n"), "copas-not-estimable"))
                .contains("all standard errors are 0.2");
        assertThat(run("copas", "study,effect,se\nA,1,0.2\n", r -> r.set("grid", "1"))
                        .messages()
                        .toString())
                .contains("must be between 2 and 50");
    }

    @Test
    void findsTheLinesOfEqualHeight() {
        // Heights x + y: the line of 1 runs from corner to corner.
        double[] at = {0, 0.5, 1};
        double[][] height = {{0, 0.5, 1}, {0.5, 1, 1.5}, {1, 1.5, 2}};
        List<List<double[]>> lines = new Contours(at, at, height).at(0.75);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).allSatisfy(p -> assertThat(p[0] + p[1]).isCloseTo(0.75, within(1e-15)));
        assertThat(lines.get(0)).hasSizeGreaterThanOrEqualTo(4);
        assertThat(new Contours(at, at, height).at(5)).isEmpty();
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        Tabular path = table(BCG, "path");
        for (int i : new int[] {0, 6, 10}) {
            assertThat(page("copas"))
                    .contains(row(
                            "| %.2f | %.1f | %.3f | %.3f to %.3f | %.2f |",
                            path.number("p_smallest", i),
                            path.number("unpublished", i),
                            path.number("estimate", i),
                            path.number("ci_lower", i),
                            path.number("ci_upper", i),
                            path.number("residual_p", i)));
        }
    }
}
