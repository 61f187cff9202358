package org.lozenge.analyses.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class GlmmModeratorsTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static final String SMALL = """
            study,events_t,n_t,events_c,n_c,dose,kind
            A,2,50,6,52,1,x
            B,1,44,3,35,2,x
            C,4,40,9,42,3,y
            D,2,208,9,195,4,y
            E,7,130,12,136,5,x
            F,5,151,6,157,6,y
            """;

    private static Outcome run(String csv, String... options) {
        return Runs.run("glmm", csv, run -> {
            var set = run;
            for (int i = 0; i < options.length; i += 2) {
                set = set.set(options[i], options[i + 1]);
            }
            return set;
        });
    }

    /**
     * metafor 3.8.1: rma.glmm(measure = "OR", mods = ~ ablat, model, data = dat.bcg, nAGQ = 51). Its standard errors of cm-el
     * come from difference quotients, with three digits.
     */
    @ParameterizedTest
    @CsvSource({
        "cm-el, 0.37926419, -0.03301344, 0.12859497, 0.00344751, 0.00311858, 91.700038, 0.39870686, -0.03331814",
        "cm-al, 0.29296861, -0.02993149, 0.18683580, 0.00536123, 0.03186746, 31.169329, 0.35713196, -0.03014214"
    })
    void matchesMetafor(
            String model,
            double intercept,
            double slope,
            double seIntercept,
            double seSlope,
            double tau2,
            double qm,
            double commonIntercept,
            double commonSlope) {
        Outcome outcome = run(BCG, "model", model, "formula", "~ ablat");
        Tabular table = Runs.table(outcome, "coefficients");
        assertThat(Runs.texts(table, "term")).containsExactly("intercept", "ablat");
        assertEquals(intercept, table.number("estimate", 0), 1e-6);
        assertEquals(slope, table.number("estimate", 1), 1e-7);
        double digits = model.equals("cm-el") ? 1e-3 : 1e-5;
        assertEquals(seIntercept, table.number("se", 0), digits * seIntercept);
        assertEquals(seSlope, table.number("se", 1), digits * seSlope);
        assertEquals(1, table.number("vif", 1), 1e-12);
        assertThat(table.number("vif", 0)).isNaN();
        assertEquals(tau2, Runs.table(outcome, "residual").number("tau2", 0), 2e-7);
        Tabular test = Runs.table(outcome, "moderator_test");
        assertThat(test.text("test", 0)).isEqualTo("QM (chi-squared)");
        assertEquals(qm, test.number("statistic", 0), digits * qm);
        assertEquals(1, test.number("df1", 0));
        Tabular common = Runs.table(outcome, "coefficients_common");
        assertEquals(commonIntercept, common.number("estimate", 0), 1e-8);
        assertEquals(commonSlope, common.number("estimate", 1), 1e-8);
    }

    /** The numbers of the example in docs/glmm.md. */
    @Test
    void givesTheExampleOfTheDocumentation() {
        Outcome outcome = run(BCG, "formula", "~ ablat", "at", "ablat=13|44");
        Tabular table = Runs.table(outcome, "coefficients");
        assertEquals(-0.0330, table.number("estimate", 1), 5e-5);
        assertEquals(0.0034, table.number("se", 1), 5e-5);
        Tabular residual = Runs.table(outcome, "residual");
        assertEquals(0.0031, residual.number("tau2", 0), 5e-5);
        assertEquals(0.99, residual.number("r2", 0), 5e-3);
        Tabular test = Runs.table(outcome, "moderator_test");
        assertEquals(91.7, test.number("statistic", 0), 0.05);
        assertThat(test.text("test", 1)).isEqualTo("likelihood ratio");
        assertEquals(12.6, test.number("statistic", 1), 0.05);
        Tabular at = Runs.table(outcome, "predictions");
        assertThat(Runs.texts(at, "at")).containsExactly("ablat = 13", "ablat = 44");
        assertEquals(0.95, at.number("effect", 0), 5e-3);
        assertEquals(0.34, at.number("effect", 1), 5e-3);
        assertEquals(0.283, at.number("effect_pi_lower", 1), 5e-4);
    }

    /** The likelihood ratio of moderators is that of two runs. */
    @Test
    void theLikelihoodRatioComparesWithTheModelWithoutModerators() {
        Outcome with = run(BCG, "formula", "~ ablat + alloc");
        Outcome without = run(BCG);
        double gain = Runs.table(with, "fit").number("log_likelihood", 1)
                - Runs.table(without, "fit").number("log_likelihood", 1);
        Tabular test = Runs.table(with, "moderator_test");
        assertEquals(2 * gain, test.number("statistic", 1), 1e-9);
        assertEquals(3, test.number("df1", 1));
        double share = 1
                - Runs.table(with, "residual").number("tau2", 0)
                        / Runs.table(without, "heterogeneity").number("tau2", 0);
        assertEquals(share, Runs.table(with, "residual").number("r2", 0), 1e-9);
        assertThat(Runs.texts(Runs.table(with, "terms"), "term")).containsExactly("ablat", "alloc");
        assertThat(Runs.texts(Runs.table(with, "marginal_means"), "level"))
                .containsExactly("alternate", "random", "systematic");
    }

    /** An intercept alone is pooling. */
    @ParameterizedTest
    @ValueSource(strings = {"cm-el", "cm-al", "um-fs", "um-rs"})
    void anInterceptAloneIsPooling(String model) {
        Outcome pooled = run(SMALL, "model", model);
        Outcome regression = run(SMALL, "model", model, "formula", "~ 1");
        Tabular a = Runs.table(pooled, "model");
        Tabular b = Runs.table(regression, "coefficients");
        assertEquals(a.number("estimate", 1), b.number("estimate", 0));
        assertEquals(a.number("ci_lower", 1), b.number("ci_lower", 0));
        assertEquals(
                Runs.table(pooled, "heterogeneity").number("i2", 0),
                Runs.table(regression, "residual").number("i2", 0),
                1e-12);
        assertThat(Runs.table(regression, "residual").number("r2", 0)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cm-el", "cm-al", "um-fs", "um-rs"})
    void codingOfCategoriesDoesNotChangeTheFit(String model) {
        Tabular one = Runs.table(run(SMALL, "model", model, "formula", "~ kind"), "coefficients");
        Tabular other = Runs.table(run(SMALL, "model", model, "formula", "~ kind - 1"), "coefficients");
        assertEquals(one.number("estimate", 0), other.number("estimate", 0), 1e-9);
        assertEquals(one.number("estimate", 0) + one.number("estimate", 1), other.number("estimate", 1), 1e-9);
        Tabular means = Runs.table(run(SMALL, "model", model, "formula", "~ kind"), "marginal_means");
        assertEquals(means.number("estimate", 1), other.number("estimate", 1), 1e-9);
        assertEquals(means.number("se", 1), other.number("se", 1), 1e-9);
        assertEquals(3, means.number("k", 1));
    }

    @Test
    void optionsChangeWhatTheySay() {
        Tabular z = Runs.table(run(SMALL, "formula", "~ dose"), "coefficients");
        Outcome t = run(SMALL, "formula", "~ dose", "test", "t", "at", "dose=9", "pi", "none");
        Tabular byT = Runs.table(t, "coefficients");
        assertEquals(4, byT.number("df", 1));
        assertThat(byT.number("ci_upper", 1)).isGreaterThan(z.number("ci_upper", 1));
        Tabular test = Runs.table(t, "moderator_test");
        assertThat(test.text("test", 0)).isEqualTo("F");
        assertEquals(4, test.number("df2", 0));
        double statistic = byT.number("statistic", 1);
        assertEquals(statistic * statistic, test.number("statistic", 0), 1e-9);
        assertEquals(byT.number("p_value", 1), test.number("p_value", 0), 1e-12);
        assertThat(Runs.codes(t)).contains("extrapolation");
        assertThat(Runs.table(t, "predictions").number("pi_lower", 0)).isNaN();
        Tabular profile = Runs.table(run(SMALL, "formula", "~ dose", "ci", "profile"), "coefficients");
        assertThat(profile.number("ci_lower", 1)).isNotEqualTo(z.number("ci_lower", 1));
    }

    /** The same words as in meta-regression, which reads moderators alike. */
    @Test
    void whatIsWrongWithModeratorsIsSaidAsInMetaRegression() {
        for (List<String> wrong : List.of(
                List.of("formula", "~ nothing"),
                List.of("formula", "~ study"),
                List.of("formula", "~ dose +"),
                List.of("formula", "~ kind + dose + study"),
                List.of("formula", "~ dose", "categories", "colour"),
                List.of("formula", "~ kind", "reference-level", "z"))) {
            String[] options = wrong.toArray(String[]::new);
            String[] other = Arrays.copyOf(options, options.length + 2);
            other[options.length] = "measure";
            other[options.length + 1] = "or";
            Outcome one = run(SMALL, options);
            Outcome two = Runs.run("meta-regression", SMALL, run -> {
                var set = run;
                for (int i = 0; i < other.length; i += 2) {
                    set = set.set(other[i], other[i + 1]);
                }
                return set;
            });
            assertThat(errors(one)).isNotEmpty().isEqualTo(errors(two));
        }
    }

    private static List<String> errors(Outcome outcome) {
        return outcome.messages().stream()
                .filter(message -> message.severity().name().equals("ERROR"))
                .map(message -> message.code() + ": " + message.text())
                .toList();
    }

    @Test
    void constantMissingAndAliasedColumnsAreSaid() {
        String csv = SMALL.replace("dose,kind", "dose,kind,same,twice")
                .replace("1,x", "1,x,7,2")
                .replace("2,x", "2,x,7,4")
                .replace("3,y", "3,y,7,6")
                .replace("4,y", "4,y,7,8")
                .replace("5,x", "5,x,7,10")
                .replace("6,y", ",y,7,12");
        assertThat(Runs.text(run(csv, "formula", "~ same"), "constant-moderator"))
                .contains("'same' does not vary");
        Outcome outcome = run(csv, "formula", "~ dose + twice");
        assertThat(Runs.text(outcome, "missing-moderator")).contains("row 6 (F: dose)", "5 are used");
        assertThat(Runs.text(outcome, "aliased-term")).contains("'twice' was left out");
        assertEquals(1, Runs.table(outcome, "residual").number("k_left_out", 0));
        assertEquals(5, Runs.table(outcome, "residual").number("k", 0));
        assertThat(Runs.text(run(csv, "formula", "~ dose * kind * log(dose)"), "too-many-terms"))
                .contains("coefficients (intercept, dose");
    }

    /** Only studies that count tell what varies: the double zero alone is of kind z. */
    @Test
    void studiesThatDoNotCountHaveNoLevels() {
        String csv = SMALL + "G,0,20,0,22,3,z\n";
        for (String drop : List.of("auto", "false")) {
            Outcome outcome = run(csv, "formula", "~ kind", "drop00", drop);
            assertThat(Runs.texts(Runs.table(outcome, "coefficients"), "term")).containsExactly("intercept", "kind y");
            assertEquals(1, Runs.table(outcome, "residual").number("k_left_out", 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cm-el", "cm-al", "um-fs"})
    void aLevelWithoutEventsInOneArmIsSeparation(String model) {
        String csv = SMALL.replace("A,2,", "A,0,").replace("B,1,", "B,0,").replace("E,7,", "E,0,");
        String text = Runs.text(run(csv, "model", model, "formula", "~ kind"), "separation");
        assertThat(text).contains("'intercept', 'kind y'", "(A, B, E)", "join levels");
        assertThat(Runs.codes(run(csv, "model", model))).doesNotContain("separation");
    }

    @Test
    void proportionsAndRatesHaveModerators() {
        String one = SMALL.replace("events_t,n_t", "events,n").replace("events_c,n_c", "p,q");
        Tabular plo = Runs.table(run(one, "formula", "~ dose"), "coefficients");
        assertThat(plo.number("se", 1)).isPositive();
        String rate = SMALL.replace("events_t,n_t", "events,time").replace("events_c,n_c", "p,q");
        Outcome irln = run(rate, "formula", "~ kind", "at", "kind=x");
        Tabular means = Runs.table(irln, "marginal_means");
        assertEquals(Runs.table(irln, "predictions").number("estimate", 0), means.number("estimate", 0));
        assertEquals(StrictMath.exp(means.number("estimate", 0)), means.number("effect", 0), 1e-12);
    }

    /** The bands end where predictions at the ends of the axis do, and bubbles have the studies' own effects. */
    @Test
    void theBubblePlotShowsWhatTheModelPredicts() {
        Outcome outcome = run(BCG, "formula", "~ ablat", "at", "ablat=13|55");
        XYPlot plot = outcome.get().item("bubble", XYPlot.class);
        Tabular at = Runs.table(outcome, "predictions");
        Map<String, XYPlot.Layer> layers = plot.layers().stream()
                .collect(Collectors.toMap(XYPlot.Layer::name, layer -> layer, (first, second) -> second));
        for (int i = 0; i < 2; i++) {
            int end = i == 0 ? 0 : layers.get("Predicted mean").x().length - 1;
            same(at.number("effect", i), layers.get("Predicted mean").y()[end]);
            same(at.number("effect_lower", i), layers.get("95% confidence band").y()[end]);
            same(at.number("effect_upper", i), layers.get("95% confidence band").y2()[end]);
            same(
                    at.number("effect_pi_lower", i),
                    layers.get("95% prediction band").y()[end]);
            same(
                    at.number("effect_pi_upper", i),
                    layers.get("95% prediction band").y2()[end]);
        }
        Tabular studies = Runs.table(outcome, "studies");
        XYPlot.Layer bubbles = layers.get("Studies");
        for (int i = 0; i < studies.rows(); i++) {
            same(StrictMath.exp(studies.number("y", i)), bubbles.y()[i]);
            same(studies.number("weight", i), bubbles.sizes()[i]);
        }
        assertThat(plot.footnotes()).containsExactly("The area of a bubble is the study's share of the information.");
    }

    private static void same(double expected, double actual) {
        assertEquals(expected, actual, 1e-12 * Math.abs(expected));
    }

    @Test
    void theBubblePlotSaysWhatItCannotShow() {
        String csv = SMALL.replace("A,2,", "A,0,") + "G,0,20,0,22,7,x\n";
        Outcome outcome = run(csv, "model", "um-rs", "formula", "~ dose", "pi", "none", "drop00", "false");
        XYPlot plot = outcome.get().item("bubble", XYPlot.class);
        assertThat(plot.layers()).extracting(XYPlot.Layer::name).doesNotContain("95% prediction band");
        assertThat(String.join(" ", plot.footnotes())).contains("zero cells have a constant added");
        assertThat(run(SMALL, "formula", "~ kind").get().items())
                .extracting(ResultItem::id)
                .doesNotContain("bubble");
        assertThat(run(SMALL, "formula", "~ kind + dose", "bubble", "dose")
                        .get()
                        .item("bubble", XYPlot.class)
                        .xLabel())
                .isEqualTo("dose");
    }

    @Test
    void optionsOfModeratorsNeedModerators() {
        assertThat(Runs.text(run(SMALL, "bubble", "dose"), "options-conflict"))
                .contains("'bubble' is 'dose'", "--formula");
        assertThat(Runs.text(run(SMALL, "at", "dose=3"), "options-conflict")).contains("'at' is 'dose=3'");
        assertThat(Runs.text(run(SMALL, "formula", "~ dose", "bubble", "kind"), "no-such-column"))
                .contains("'bubble' is 'kind'", "[dose]");
    }
}
