package org.lozenge.analyses.effectsize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class EffectSizeAnalysisTest {

    private static final String COUNTS = """
            study,events_t,n_t,events_c,n_c
            A,4,123,11,139
            B,0,50,3,60
            C,6,306,29,303
            """;

    private static final String ARMS = """
            study,arm,events,n
            S1,placebo,10,100
            S1,low,15,100
            S1,high,20,98
            S2,placebo,5,50
            S2,low,9,52
            S3,low,3,40
            S3,high,4,41
            """;

    private static Outcome run(String csv, String... options) {
        return Runs.run("effect-size", csv, run -> {
            var set = run;
            for (int i = 0; i < options.length; i += 2) {
                set = set.set(options[i], options[i + 1]);
            }
            return set;
        });
    }

    private static Tabular effects(Outcome outcome) {
        return Runs.table(outcome, "effects");
    }

    /** metafor 3.8.1: escalc(measure, …) with the numbers of the row; validation/effects.R has all measures. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "smd; m1i,sd1i,n1i,m2i,sd2i,n2i; 10,2,20,8,3,25; 0.75401220027232718; 0.096317048868439059",
                "rom; mean_t,sd_t,n_t,mean_c,sd_c,n_c; 10,2,20,8,3,25; 0.22314355131420976; 0.0076249999999999998",
                "smcr; mean_post,mean_pre,sd_pre,r,n; 10,8,2,.5,20; 0.9599103529242532; 0.07303569714127911",
                "zcor; ri,ni; .3,50; 0.30951960420311181; 0.021276595744680851",
                "irr; x1i,t1i,x2i,t2i; 10,100,20,90; -0.79850769621777129; 0.15",
                "pft; xi,ni; 3,20; 0.4196150638673562; 0.012195121951219513",
                "abt; alpha,mi,ni; .8,5,60; 1.6094379124341005; 0.043103448275862072",
                "mporc; ai,bi,ci,di; 20,5,10,30; -0.69314718055994562; 0.3",
                "mn; mean,sdi,ni; 5,2,30; 5; 0.13333333333333333",
                "irln; xi,time; 5,30; -1.791759469228055; 0.2"
            })
    void readsEveryDesign(String measure, String header, String row, double y, double v) {
        Tabular effects = effects(run(header + "\n" + row, "measure", measure));
        assertEquals(y, effects.number("y", 0), 1e-12 * Math.abs(y));
        assertEquals(v, effects.number("v", 0), 1e-12 * v);
        assertEquals(Math.sqrt(effects.number("v", 0)), effects.number("se", 0));
    }

    /** As metafor from 4.4 on: m counts the predictor in question, so that one less is taken from n. */
    @Test
    void takesPartialCorrelationsFromTests() {
        Tabular effects = effects(run("ti,ni,mi\n2.5,40,3", "measure", "pcor"));
        double r = 2.5 / Math.sqrt(2.5 * 2.5 + 36);
        assertEquals(r, effects.number("y", 0), 1e-15);
        assertEquals((1 - r * r) * (1 - r * r) / 37, effects.number("v", 0), 1e-15);
    }

    @Test
    void correctsRatiosOfMeansOnDemand() {
        String csv = "mean_t,sd_t,n_t,mean_c,sd_c,n_c\n10,2,20,8,3,25";
        double correction = (0.2 * 0.2 / 20 - 0.375 * 0.375 / 25) / 2;
        Tabular effects = effects(run(csv, "measure", "rom", "correct", "exact"));
        assertEquals(StrictMath.log(1.25) + correction, effects.number("y", 0), 1e-15);
    }

    @Test
    void takesTheVarianceThatIsAskedFor() {
        String csv = "m1i,sd1i,n1i,m2i,sd2i,n2i\n10,2,20,8,3,25";
        assertEquals(
                0.096890562543077693,
                effects(run(csv, "measure", "smd", "vtype", "ub")).number("v", 0),
                1e-13);
        assertThat(Runs.text(run(csv, "measure", "smd", "vtype", "ho"), "param-value"))
                .contains("'smd'", "ls, ls2, ub, av");
    }

    /** metafor 3.8.1: escalc("OR", …, to = …). */
    @Test
    void addsTheConstantWhereTheOptionsSay() {
        Tabular only0 = effects(run(COUNTS));
        assertEquals(-0.93869414087039216, only0.number("y", 0), 1e-13);
        assertEquals(-1.816098537533323, only0.number("y", 1), 1e-13);
        assertEquals(2.3229075702601314, only0.number("v", 1), 1e-13);
        Tabular all = effects(run(COUNTS, "to", "all"));
        assertEquals(-0.86565710562922149, all.number("y", 0), 1e-13);
        assertEquals(-1.816098537533323, all.number("y", 1), 1e-13);
        assertEquals(all.number("y", 0), effects(run(COUNTS, "to", "if0all")).number("y", 0));
        // Without a constant the study says nothing about the ratio.
        Outcome none = run(COUNTS, "to", "none");
        assertThat(Runs.texts(effects(none), "study")).containsExactly("A", "C");
        assertThat(Runs.text(none, "not-estimable")).contains("row 2 (B)", "A count is 0");
        assertEquals(2, Runs.table(none, "summary").number("k_used", 0));
        assertEquals(3, Runs.table(none, "summary").number("k", 0));
        assertThat(Runs.texts(Runs.table(none, "excluded"), "study")).containsExactly("B");
        // Arms of 50 and 60 get 50/110 and 60/110.
        double y = StrictMath.log(50 / 110.0 * (57 + 60 / 110.0) / ((50 + 50 / 110.0) * (3 + 60 / 110.0)));
        assertEquals(y, effects(run(COUNTS, "add-by", "treatment-arm")).number("y", 1), 1e-13);
    }

    @Test
    void leavesDoubleZerosOutOfRatiosButNotOfDifferences() {
        String csv = COUNTS + "D,0,20,0,20\n";
        assertThat(Runs.text(run(csv), "double-zero")).contains("row 4 (D)");
        assertEquals(3, effects(run(csv)).rows());
        assertEquals(4, effects(run(csv, "drop00", "false")).rows());
        assertEquals(4, effects(run(csv, "measure", "rd")).rows());
        Outcome nothing = run("study,events_t,n_t,events_c,n_c\nA,0,10,0,10\nB,0,20,0,20");
        assertThat(nothing.status()).isEqualTo("rejected");
        assertThat(Runs.text(nothing, "no-usable-studies")).contains("no information about the log odds ratio");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "or; events_t,n_t,events_c,n_c; 12,10,3,10; events_t; 12",
                "or; events_t,n_t,events_c,n_c; -1,10,3,10; events_t; -1",
                "or; ai,n1i,ci,n2i; 1,10,13,10; ci; 13",
                "or; events_t,n_t,events_c,n_c; 0,0,3,10; n_t; 0",
                "md; mean_t,sd_t,n_t,mean_c,sd_c,n_c; 1,-2,10,1,2,10; sd_t; -2",
                "zcor; r,n; 1.2,30; r; 1.2",
                "plo; events,n; 5,4; events; 5"
            })
    void namesImpossibleNumbers(String measure, String header, String row, String column, String value) {
        String csv = "study," + header + "\nA," + row + "\nB," + row.replaceAll("-?[0-9.]+", "0.5");
        Outcome outcome = run("study," + header + "\nA," + row, "measure", measure);
        assertThat(outcome.status()).as(csv).isEqualTo("rejected");
        assertThat(Runs.text(outcome, "invalid-value")).contains("row 1 (A)", "'" + column + "'", value);
    }

    @Test
    void goesOnWithoutImpossibleRowsOnDemand() {
        Outcome outcome = run(COUNTS + "D,12,10,1,10\nE,,10,1,10\n", "invalid", "skip");
        assertEquals(3, effects(outcome).rows());
        assertThat(Runs.text(outcome, "invalid-value")).contains("row 4 (D)");
        assertThat(Runs.text(outcome, "rows-dropped")).contains("row 5 (E)", "'events_t' is empty");
        assertThat(Runs.text(outcome, "studies-used")).contains("5 studies, 3 used", "D (row 4)", "E (row 5)");
    }

    @Test
    void comparesArmsWithTheReference() {
        Outcome outcome = run(ARMS);
        assertThat(Runs.texts(effects(outcome), "study")).containsExactly("S1: low", "S1: high", "S2");
        assertThat(Runs.text(outcome, "no-reference-arm")).contains("S3");
        assertThat(Runs.text(outcome, "shared-control")).contains("S1", "--shared-control split");
        assertThat(Runs.text(outcome, "studies-used")).contains("4 studies, 3 used", "S3 (row 6)");
        assertEquals(StrictMath.log(15 * 90 / (85.0 * 10)), effects(outcome).number("y", 0), 1e-14);
        Outcome low = run(ARMS, "reference", "low");
        assertThat(Runs.texts(effects(low), "study")).containsExactly("S1: placebo", "S1: high", "S2", "S3");
        assertThat(Runs.text(run(ARMS, "reference", "x"), "no-such-arm")).contains("'high', 'low', 'placebo'");
        assertThat(Runs.text(run(ARMS.replace("placebo", "zero")), "reference-needed"))
                .contains("--reference");
        assertThat(Runs.text(run(ARMS + "S3,low,3,40\n"), "duplicate-arm")).contains("row 8", "'low'");
    }

    @Test
    void splitsASharedControl() {
        Tabular effects = effects(run(ARMS, "shared-control", "split"));
        assertEquals(StrictMath.log(15 * 45 / (85.0 * 5)), effects.number("y", 0), 1e-14);
        assertEquals(1 / 15.0 + 1 / 85.0 + 1 / 5.0 + 1 / 45.0, effects.number("v", 0), 1e-14);
    }

    @Test
    void estimatesMeansFromQuantilesAndSaysSo() {
        Outcome outcome = run("study,median_t,q1_t,q3_t,n_t,mean_c,sd_c,n_c\nA,5,4,6.2,40,4,1.5,42");
        assertThat(outcome.status()).isEqualTo("rejected");
        Outcome md = run("study,median_t,q1_t,q3_t,n_t,mean_c,sd_c,n_c\nA,5,4,6.2,40,4,1.5,42", "measure", "md");
        assertThat(Runs.text(md, "summary-converted")).contains("row 1", "Luo");
        assertEquals(1, effects(md).rows());
    }

    @Test
    void rebuildsTheTableBehindAnOddsRatioAndItsMargins() {
        Outcome outcome = run("study,or,n_t,n_c,events\nA,2,100,100,30", "measure", "rr");
        assertThat(Runs.text(outcome, "table-reconstructed")).contains("row 1");
        Outcome same = run("study,or,n_t,n_c,events\nA,2,100,100,30", "measure", "or");
        assertEquals(StrictMath.log(2), effects(same).number("y", 0), 1e-13);
        // A risk ratio is not taken for one of odds.
        assertThat(run("study,rr,n_t,n_c,events\nA,2,100,100,30", "measure", "or")
                        .status())
                .isEqualTo("rejected");
    }

    @Test
    void convertsEffects() {
        Tabular or = effects(run(COUNTS));
        Tabular smd = effects(run(COUNTS, "convert", "smd"));
        assertEquals(or.number("y", 0) * Math.sqrt(3) / Math.PI, smd.number("y", 0), 1e-14);
        assertEquals(or.number("v", 0) * 3 / (Math.PI * Math.PI), smd.number("v", 0), 1e-14);
        double d = smd.number("y", 0);
        double h = 262 * 262 / (123.0 * 139);
        Tabular cor = effects(run(COUNTS, "convert", "cor"));
        assertEquals(d / Math.sqrt(d * d + h), cor.number("y", 0), 1e-14);
        assertThat(Runs.text(run(COUNTS, "measure", "rd", "convert", "smd"), "no-conversion"))
                .contains("'rd'");
        assertThat(Runs.text(run("r,n\n0.3,40", "convert", "smd"), "groups-assumed-equal"))
                .contains("1 study");
    }

    @Test
    void leavesOutWhatIsTooExtremeToConvert() {
        Outcome outcome = run("study,smd,se\nA,60,.1\nB,.5,.1", "measure", "smd", "convert", "cles");
        assertThat(outcome.status()).isEqualTo("ok");
        assertThat(Runs.texts(effects(outcome), "study")).containsExactly("B");
        assertThat(Runs.text(outcome, "not-estimable")).contains("row 1 (A)", "would be 1 with variance 0");
        assertThat(Runs.texts(Runs.table(outcome, "excluded"), "study")).containsExactly("A");
        Tabular summary = Runs.table(outcome, "summary");
        assertEquals(2, summary.number("k", 0));
        assertEquals(1, summary.number("k_used", 0));
        Outcome none = run("study,smd,se\nA,60,.1", "measure", "smd", "convert", "cles");
        assertThat(Runs.text(none, "no-usable-studies")).contains("no effect can be converted");
        assertThat(Runs.codes(none)).contains("not-estimable");
    }

    @Test
    void convertsLargeEffectsWithoutLoss() {
        Tabular z = effects(run("study,smd,se\nA,6e9,.1", "measure", "smd", "convert", "zcor"));
        assertThat(z.number("y", 0)).isCloseTo(Math.log(6e9), within(1e-14));
        assertThat(z.number("v", 0)).isCloseTo(.01 / 36e18, within(1e-35));
        Tabular d = effects(run("study,fisher_z,se\nA,-30,.1", "measure", "zcor", "convert", "smd"));
        assertThat(d.number("y", 0) / -Math.exp(30)).isCloseTo(1, within(1e-14));
        Tabular same = effects(run("study,or,ci_low,ci_high\nA,2,1,4", "measure", "or", "convert", "or"));
        assertEquals(Math.log(2), same.number("y", 0));
    }

    @ParameterizedTest
    @CsvSource({"md, smd", "rom, smd"})
    void namesTheMeasureThatCanBeConverted(String measure, String other) {
        String means = "mean_t,sd_t,n_t,mean_c,sd_c,n_c\n3,1,20,2,1,20";
        assertThat(Runs.text(run(means, "measure", measure, "convert", "or"), "no-conversion"))
                .contains("From the same columns --measure " + other + " can.");
        assertThat(Runs.text(run(COUNTS, "measure", "rd", "convert", "smd"), "no-conversion"))
                .contains("From the same columns --measure or can.");
    }

    @ParameterizedTest
    @CsvSource({"zcor, 't,n', '1e9,20'", "zcor, 't,n', '1e200,20'", "pcor, 't,m,n', '-1e9,3,20'"})
    void namesTheStatisticThatGivesNoCorrelation(String measure, String header, String row) {
        Outcome outcome = run(header + "\n" + row, "measure", measure);
        assertThat(Runs.text(outcome, "invalid-value"))
                .contains("row 1", "column 't'", "so far from 0 that the correlation would be 1 or -1");
    }

    @Test
    void ratiosOfMeansNeedMeansOfOneSign() {
        String csv = "mean_t,sd_t,n_t,mean_c,sd_c,n_c\n-1,1,20,2,1,20\n0,1,20,2,1,20\n-1,1,20,-2,1,20";
        Outcome outcome = run(csv, "measure", "rom");
        assertThat(outcome.messages().stream().filter(m -> m.code().equals("not-estimable")))
                .hasSize(2)
                .allSatisfy(m -> assertThat(m.text()).contains("needs two means above 0, or two below, but mean_t ="));
        assertEquals(1, effects(outcome).rows());
    }

    @Test
    void readsStatedEffectsAndCarriesColumnsAlong() {
        Outcome outcome = run("study,hr,ci_low,ci_high,year\nA,0.5,0.25,1,1999\nB,2,1,4,2001");
        Tabular effects = effects(outcome);
        assertEquals(StrictMath.log(0.5), effects.number("y", 0), 1e-15);
        assertEquals(0.5, effects.number("effect", 0), 1e-15);
        assertEquals(2001, effects.number("year", 1));
        assertThat(Runs.texts(Runs.table(outcome, "summary"), "measure")).containsExactly("hr");
        ForestPlot forest = outcome.get().item("forest", ForestPlot.class);
        assertThat(forest.scale()).isEqualTo(Scale.LOG);
        Tabular bare = effects(run("study,hr,ci_low,ci_high,year\nA,0.5,0.25,1,1999", "carry", "false"));
        assertThat(bare.columns().stream().map(Tabular.Series::name).toList())
                .isEqualTo(List.of(
                        "study", "y", "v", "se", "ci_lower", "ci_upper", "effect", "effect_lower", "effect_upper"));
    }

    @ParameterizedTest
    @CsvSource({
        "plo, 'study,events,n\nA,0,10\nB,5,90', 'measures pas, pft'",
        "irln, 'study,events,time\nA,0,10\nB,5,90', 'measures irs, irft'",
        "irr, 'study,events_t,time_t,events_c,time_c\nA,0,10,3,9\nB,5,90,4,80', 'mantel-haenszel, measure irsd'",
        "or, 'study,events_t,n_t,events_c,n_c\nA,0,10,3,9\nB,5,90,4,80', 'mantel-haenszel, peto, measure as'"
    })
    void namesMethodsOfTheDesignThatNeedNoConstant(String measure, String csv, String methods) {
        assertThat(Runs.text(run(csv.replace("\\n", "\n"), "measure", measure), "zero-cells"))
                .endsWith("Methods that need no constant: " + methods + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "'study,mean_pre,sd_pre,mean_post,sd_post,n\nA,1,1,2,1,9', 'mc', 'r is missing'",
        "'study,mean_t,n_t,mean_c,n_c\nA,1,9,2,9', 'md', 'sd_t and sd_c are missing'",
        "'study,events_t,n_t,events_c\nA,1,9,2', 'or', 'n_c is missing'"
    })
    void saysWhatIsMissingForAMeasureThatIsAlmostThere(String csv, String measure, String missing) {
        assertThat(Runs.text(run(csv.replace("\\n", "\n")), "unmapped-role"))
                .contains("For measure '" + measure + "' only " + missing + ".");
    }

    /**
     * estmeansd by McGrath and others prints 4.347284 and 1.502171 in its README; the least squares of the log-normal
     * distribution, minimised tightly with scipy 1.17, are at 4.3472682 and 1.5021793, where its search stops short.
     */
    @Test
    void quantileEstimationEndsAtTheLeastSquares() {
        Tabular effects = effects(run("study,min,median,max,n\nA,2,4,9,100", "measure", "mn", "summaries", "qe"));
        assertThat(effects.number("y", 0)).isCloseTo(4.3472682, within(5e-8)).isCloseTo(4.347284, within(2e-5));
        double sd = Math.sqrt(100 * effects.number("v", 0));
        assertThat(sd).isCloseTo(1.5021793, within(5e-8)).isCloseTo(1.502171, within(1e-5));
    }
}
