package org.lozenge.analyses.selectionmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Pages.page;
import static org.lozenge.analyses.shared.Pages.row;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

/** The numbers are those of selmodel.csv (metafor 3.8.1) and selection-exact.csv (50 digits) of the statistics. */
class SelectionModelAnalysisTest {

    private static final String BCG = Samples.get("bcg-risk-ratios").csv();

    private static final Outcome STEP = run("selection-model", BCG);

    /** dat.molloy2014 of metadat: Fisher z and variances. */
    private static String adherence() {
        String y =
                "0.1892266425309288 0.16343991846488676 0.35409252896224302 0.33164710870513214 0.27686382265510007 0"
                        + " 0.17682002012178921 0.050041729278491313 0.26610840687365411 0.010000333353334718"
                        + " -0.090244187856146837 0.38842309971829619 0 0.15114043593646675 0.24477411265935289"
                        + " 0.040021353836768282";
        String v = "0.009433962264150943 0.0013404825737265416 0.019230769230769232 0.0096153846153846159"
                + " 0.014492753623188406 0.016129032258064516 0.0058479532163742687 0.0030959752321981426"
                + " 0.018181818181818181 0.0013020833333333333 0.018867924528301886 0.011363636363636364"
                + " 0.0088495575221238937 0.0018726591760299626 0.0064516129032258064 0.016129032258064516";
        String[] ys = y.split(" ", -1);
        String[] vs = v.split(" ", -1);
        StringBuilder csv = new StringBuilder("study,effect,variance\n");
        for (int i = 0; i < ys.length; i++) {
            csv.append(i).append(',').append(ys[i]).append(',').append(vs[i]).append('\n');
        }
        return csv.toString();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "stepfun,'0.025',less,-0.62056306,0.26132268,0.29123925,0.2424994835",
        "stepfun,'0.025',two-sided,-0.86443088,0.24323406,0.28958584,0.9861371046",
        "stepfun,'0.05,0.5',less,-0.76784565,0.25009235,0.25269972,0.1140358971",
        "stepfun,'0.01;0.1;0.6',two-sided,-0.80754657,0.25235844,0.28405694,0.3997127715",
        "halfnorm,'0.025',less,-0.61742334,0.34995269,0.34584892,0.156845324",
        "logistic,'0.025',less,-0.69524383,0.39559883,0.28851378,0.001862724",
        "negexp,'0.025',less,-0.70484608,0.29935208,0.28334995,0.0006945221",
        "power,'0.025',less,-0.41346172,0.64653842,0.51174475,0.9552190155",
        "beta,'0.025',less,-0.81455507,0.54064131,0.53349814,2.6737613181",
        "beta,'0.025',two-sided,-1.11847339,0.33305597,0.32818971,3.5069183605"
    })
    void agreesWithReferences(
            String type, String steps, String side, double estimate, double se, double tau2, double lrt) {
        Outcome outcome = run(
                "selection-model",
                BCG,
                r -> r.set("type", type).set("steps", steps).set("alternative", side));
        Tabular model = table(outcome, "model");
        assertThat(model.number("estimate", 1)).isCloseTo(estimate, within(1e-6));
        assertThat(model.number("se", 1)).isCloseTo(se, within(1e-6));
        assertThat(model.number("tau2", 1)).isCloseTo(tau2, within(1e-6));
        assertThat(table(outcome, "test").number("statistic", 0)).isCloseTo(lrt, within(1e-7));
        // The same without selection: rma(method = "ML"), which is also where the ratio starts.
        assertThat(model.number("estimate", 0)).isCloseTo(-0.7111991354741812, within(1e-9));
    }

    @Test
    void takesTheSideOfThePooledEffect() {
        assertThat(text(STEP, "selection-direction")).isEqualTo("P values are one-sided for effects below 0.");
        assertThat(texts(table(STEP, "selection"), "term")).containsExactly("0.025 < p <= 1");
        assertThat(table(STEP, "selection").number("estimate", 0)).isCloseTo(0.6355345988, within(1e-8));
        assertThat(table(STEP, "test").number("p_value", 0)).isCloseTo(0.6224066559, within(1e-8));
        assertThat(codes(STEP)).doesNotContain("few-studies", "sparse-steps", "maximum-is-local", "several-maxima");
    }

    @Test
    void drawsTheCurve() {
        List<Layer> layers = STEP.get().item("selection-curve", XYPlot.class).layers();
        Layer curve = layers.get(layers.size() - 1);
        assertThat(curve.x()).containsExactly(0, 0.025, 0.025, 1);
        assertThat(curve.y()[0]).isEqualTo(1);
        assertThat(curve.y()[3]).isCloseTo(0.6355345988, within(1e-8));
        XYPlot smooth =
                run("selection-model", BCG, r -> r.set("type", "beta")).get().item("selection-curve", XYPlot.class);
        assertThat(smooth.layers().stream().flatMapToDouble(l -> Arrays.stream(l.y())))
                .allMatch(Double::isFinite);
    }

    @Test
    void warnsWhereIntervalsAreSparse() {
        Outcome outcome = run("selection-model", BCG, r -> r.set("steps", "0.01,0.02"));
        assertThat(text(outcome, "sparse-steps"))
                .startsWith("Studies per interval of P: ")
                .endsWith("With fewer than 3 in one, the chance there is hardly known.");
    }

    @Test
    void saysWhereNoSelectionIsFound() {
        Outcome outcome =
                run("selection-model", BCG, r -> r.set("type", "negexp").set("alternative", "two-sided"));
        assertThat(text(outcome, "selection-on-bound")).isEqualTo("The estimate of delta is 0: no selection is found.");
        assertThat(table(outcome, "test").number("statistic", 0)).isZero();
        assertThat(table(outcome, "test").number("p_value", 0)).isEqualTo(1);
    }

    @Test
    void saysWhereTheLikelihoodRisesWithoutEnd() {
        Outcome outcome = run("selection-model", adherence(), r -> r.set("type", "beta"));
        assertThat(text(outcome, "maximum-is-local")).startsWith("The likelihood rises without end elsewhere");
        // Where no maximum is left at all, metafor ends with an error as well.
        Outcome none =
                run("selection-model", adherence(), r -> r.set("type", "beta").set("alternative", "two-sided"));
        assertThat(text(none, "no-convergence"))
                .startsWith("data.csv: The likelihood of the beta selection model has no maximum (k = 16)");
    }

    @Test
    void refusesWhatCannotBeEstimated() {
        Outcome empty = run("selection-model", "study,effect,se\nA,1,0.1\nB,2,0.2\nC,3,0.3\nD,4,0.4\n");
        assertThat(text(empty, "selection-not-estimable"))
                .startsWith("data.csv: no study has a P value between 0.025 and 1.0")
                .contains("studies per interval: [4, 0]");
        Outcome two = run("selection-model", "study,effect,se\nA,1,0.2\nB,2,0.3\n");
        assertThat(text(two, "selection-not-estimable"))
                .isEqualTo("data.csv: a selection model with 3 parameters needs at least 3 studies, but there are 2.");
    }

    @ParameterizedTest
    @CsvSource({"'0.5,0.1'", "'0'", "'1.5'", "'abc'", "''"})
    void refusesStepsThatAreNone(String steps) {
        Outcome outcome = run("selection-model", BCG, r -> r.set("steps", steps));
        assertThat(outcome.messages().toString()).contains("must be ascending numbers between 0 and 1");
    }

    @Test
    void warnsOfFewStudies() {
        Outcome outcome =
                run("selection-model", "study,effect,se\nA,1,0.2\nB,0.1,0.3\nC,0.5,0.4\nD,0.2,0.2\nE,0.9,0.3\n");
        assertThat(text(outcome, "few-studies"))
                .isEqualTo("5 studies: a selection model needs many more to tell much.");
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        Tabular model = table(STEP, "model");
        for (int i = 0; i < 2; i++) {
            assertThat(page("selection-model"))
                    .contains(row(
                            "| %s | %.3f | %.3f to %.3f | %.3f |",
                            model.text("model", i),
                            model.number("estimate", i),
                            model.number("ci_lower", i),
                            model.number("ci_upper", i),
                            model.number("tau2", i)));
        }
        assertThat(page("selection-model"))
                .contains(row("%.2f times", table(STEP, "selection").number("estimate", 0)))
                .contains(row("P = %.2f", table(STEP, "test").number("p_value", 0)));
    }
}
