package org.lozenge.analyses.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.stats.effect.PersonTime;
import org.lozenge.stats.effect.TwoByTwo;
import org.lozenge.stats.effect.TwoMeans;
import org.lozenge.workbench.Outcome;

/** What {@code pool} reads, and with it every analysis of study effects. */
class StudyInputTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static final String PROPORTIONS = """
            study,events,n
            A,3,20
            B,12,60
            C,8,35
            D,0,15
            E,25,90
            """;

    private static Outcome pool(String csv, String measure) {
        return Runs.run("pool", csv, run -> measure.isEmpty() ? run : run.set("measure", measure));
    }

    private static double random(Outcome outcome, String column) {
        return Runs.table(outcome, "model").number(column, 1);
    }

    /** metafor 3.8.1: rma(measure, ai, bi, ci, di, data = dat.bcg, method = "REML", test = "knha", tight control). */
    @ParameterizedTest
    @CsvSource({
        "rr, -0.71453234215813943, 0.18079174409284787, 0.31324325813648085, 152.23300808237329",
        "or, -0.74517777084369541, 0.18672618766206708, 0.3377720331122856, 163.16491518079985",
        "rd, -0.025173288143291027, 0.011072347067159078, 0.0014214030956740688, 276.47371270448519",
        "as, -0.057994006481541446, 0.018189896357744373, 0.0037752769314510922, 270.64671451072718",
        "peto, -0.71741080974717564, 0.18323173285118069, 0.30109476112982853, 167.73016751148941"
    })
    void poolsTwoByTwoTables(String measure, double estimate, double se, double tau2, double q) {
        Outcome outcome = pool(BCG, measure);
        assertEquals(estimate, random(outcome, "estimate"), 1e-8 * Math.abs(estimate));
        assertEquals(se, random(outcome, "se"), 1e-8 * se);
        Tabular heterogeneity = Runs.table(outcome, "heterogeneity");
        assertEquals(tau2, heterogeneity.number("tau2", 0), 1e-7 * tau2);
        assertEquals(q, heterogeneity.number("q", 0), 1e-12 * q);
    }

    /** metafor 3.8.1: rma(measure, xi, ni, method = "REML"); predict(transf = transf.ipft.hm, targs = list(ni)). */
    @Test
    void poolsProportionsAndGoesBackByTheHarmonicMean() {
        Outcome logit = pool(PROPORTIONS, "plo");
        assertEquals(-1.2033366535819368, random(logit, "estimate"), 1e-8);
        assertThat(Runs.codes(logit)).contains("zero-cells");
        Outcome outcome = pool(PROPORTIONS, "pft");
        assertEquals(0.4459517199654669, random(outcome, "estimate"), 1e-9);
        assertEquals(0.17546998521683149, random(outcome, "effect"), 1e-9);
        // Each study goes back by its own size.
        assertEquals(0.2, Runs.table(outcome, "studies").number("effect", 1), 1e-14);
        assertEquals(0, Runs.table(outcome, "studies").number("effect", 3));
    }

    @Test
    void tellsTheMeasureFromRawNumbersWhereThereAreNoEffects() {
        Outcome outcome = pool(BCG, "");
        assertThat(Runs.text(outcome, "measure-chosen")).contains("measure 'or' (odds ratio)");
        assertEquals(-0.74517777084369541, random(outcome, "estimate"), 1e-8);
        assertThat(Runs.text(pool(PROPORTIONS, ""), "measure-chosen")).contains("'plo'");
    }

    @Test
    void prefersStatedEffectsUnlessAMeasureIsNamed() {
        String csv = """
                study,yi,vi,ai,bi,ci,di
                A,1,0.1,4,119,11,128
                B,2,0.2,6,300,29,274
                """;
        Outcome stated = pool(csv, "");
        assertEquals(1, Runs.table(stated, "studies").number("y", 0));
        assertThat(Runs.codes(stated)).doesNotContain("measure-chosen");
        Outcome computed = pool(csv, "rr");
        assertEquals(-0.88931133, Runs.table(computed, "studies").number("y", 0), 1e-8);
        assertThat(Runs.text(computed, "raw-numbers-used")).contains("'rr'", "leave --measure out");
    }

    @Test
    void takesTheStatedEffectWhereARowLacksRawNumbers() {
        Outcome outcome = pool("""
                study,or,ci_low,ci_high,events_t,n_t,events_c,n_c
                A,,,,4,123,11,139
                B,0.2,0.1,0.4,,,,
                C,,,,6,306,29,303
                """, "or");
        Tabular studies = Runs.table(outcome, "studies");
        assertEquals(StrictMath.log(0.2), studies.number("y", 1), 1e-15);
        assertEquals(-0.93869414, studies.number("y", 0), 1e-8);
        assertThat(Runs.text(outcome, "effect-stated")).contains("row 2");
    }

    @Test
    void readsARowPerArm() {
        Outcome outcome = pool("""
                study,arm,events,n
                A,placebo,11,139
                A,vaccine,4,123
                B,placebo,29,303
                B,vaccine,6,306
                """, "");
        assertThat(Runs.text(outcome, "measure-chosen")).contains("'or'");
        assertThat(Runs.text(outcome, "arms-reshaped")).contains("2 comparisons with 'placebo'");
        assertEquals(-0.93869414, Runs.table(outcome, "studies").number("y", 0), 1e-8);
    }

    @Test
    void takesStandardErrorsFromPValues() {
        Outcome outcome = pool("study,or,p\nA,2,0.05\nB,0.5,<0.001\nC,3,0.01", "");
        Tabular studies = Runs.table(outcome, "studies");
        assertEquals(2, studies.rows());
        assertEquals(StrictMath.log(2) / 1.959963984540054, studies.number("se", 0), 1e-13);
        assertThat(Runs.text(outcome, "rows-dropped")).contains("row 2 (B)", "only a bound");
        assertThat(Runs.text(outcome, "studies-used")).contains("3 studies, 2 used. Left out: B (row 2)");
        Outcome impossible = pool("study,or,p\nA,2,1.5\nB,3,0.01", "");
        assertThat(Runs.text(impossible, "bad-cell")).contains("row 1 (A)", "1.5");
    }

    @Test
    void skipsImpossibleRowsOnDemand() {
        String csv = "study,yi,sei\nA,1,0.5\nB,2,-1\nC,0.5,0.2";
        assertThat(pool(csv, "").status()).isEqualTo("rejected");
        Outcome skipped = Runs.run("pool", csv, run -> run.set("invalid", "skip"));
        assertThat(skipped.status()).isEqualTo("ok");
        assertThat(Runs.text(skipped, "se-not-positive")).contains("row 2 (B)", "left out");
        assertThat(Runs.text(skipped, "studies-used")).contains("3 studies, 2 used. Left out: B (row 2)");
    }

    @Test
    void saysWhichColumnsAMeasureNeeds() {
        Outcome outcome = pool("study,events_t,n_t,events_c\nA,1,10,2", "rr");
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(Runs.text(outcome, "unmapped-role")).contains("measure 'rr' needs", "Missing", "n_c");
        assertThat(Runs.text(pool("study,weight\nA,1", ""), "unmapped-role")).contains("no raw numbers");
        assertThat(Runs.text(pool(BCG, "xyz"), "param-range")).contains("must be one of auto, or, rr");
    }

    @Test
    void namesStudiesThatSayNothingAboutTheMeasure() {
        Outcome outcome = pool("""
                study,events_t,n_t,events_c,n_c
                A,4,123,11,139
                B,0,50,0,50
                C,6,306,29,303
                """, "or");
        List<Message> dropped = outcome.messages().stream()
                .filter(m -> m.code().equals("double-zero"))
                .toList();
        assertThat(dropped).singleElement().satisfies(m -> assertThat(m.rows()).containsExactly(2));
        assertThat(Runs.text(outcome, "studies-used")).contains("3 studies, 2 used");
        assertEquals(2, random(outcome, "k"));
    }

    @Test
    void tellsTheCovarianceOfComparisonsWithOneControl() {
        // With c = 10 and d = 90 in the control both log odds ratios share 1/10 + 1/90 of their variances.
        TwoByTwo low = new TwoByTwo(15, 85, 10, 90);
        TwoByTwo high = new TwoByTwo(20, 78, 10, 90);
        assertEquals(1 / 10.0 + 1 / 90.0, SharedControl.covariance("or", low, high, 0, 0), 1e-16);
        assertEquals(1 / 10.0 - 1 / 100.0, SharedControl.covariance("rr", low, high, 0, 0), 1e-16);
        assertEquals(0.1 * 0.9 / 100, SharedControl.covariance("rd", low, high, 0, 0), 1e-17);
        PersonTime one = new PersonTime(5, 50, 8, 40);
        assertEquals(1 / 8.0, SharedControl.covariance("irr", one, one, 0, 0));
        TwoMeans a = new TwoMeans(5, 2, 20, 4, 3, 25);
        TwoMeans b = new TwoMeans(6, 2, 30, 4, 3, 25);
        assertEquals(9 / 25.0, SharedControl.covariance("md", a, b, 1, 2));
        // n_c/(2 (n_1 + n_c)(n_2 + n_c)) = 25/(2 · 45 · 55)
        assertEquals(1 / 25.0 + 0.4 * 0.8 * 25 / 4950, SharedControl.covariance("smd", a, b, 0.4, 0.8), 1e-16);
        assertTrue(Double.isNaN(SharedControl.covariance("phi", low, high, 0, 0)));
    }
}
