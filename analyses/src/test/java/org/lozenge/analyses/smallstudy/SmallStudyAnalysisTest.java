package org.lozenge.analyses.smallstudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Pages.page;
import static org.lozenge.analyses.shared.Pages.row;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.plugin.XYPlot.Layer;
import org.lozenge.plugin.XYPlot.Mark;
import org.lozenge.plugin.XYPlot.Tone;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

/** The numbers are those of regtest.csv, ranktest.csv (metafor 3.8.1) and direct-*.csv (50 digits) of the statistics. */
class SmallStudyAnalysisTest {

    private static final Outcome EFFECTS =
            run("small-study", Samples.get("bcg-risk-ratios").csv());

    private static final Outcome COUNTS = run("small-study", Samples.get("bcg").csv(), r -> r.set("measure", "or"));

    private static final String LINE = "study,effect,se\nA,1,0.1\nB,2,0.2\nC,3,0.3\nD,4,0.4\n";

    private static int rowOf(Tabular tests, String test) {
        int row = texts(tests, "test").indexOf(test);
        assertThat(row).as("row of %s", test).isNotNegative();
        return row;
    }

    private static void near(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "egger,-1.4012820022893326,11,0.18870699508197877,-2.1120421208932956",
        "egger-variance,-0.85681396504440854,11,0.40982581214622005,-2.3605576077434622",
        "egger-me,-0.80332919309087458,NaN,0.42178448885527819,-0.76324004060431017",
        "egger-me-variance,-0.42678112645169236,NaN,0.66953875451670708,-0.55818107918858983",
        "thompson-sharp,-0.83790844048442628,11,0.41991605139694811,-0.77795222742456543",
        "begg,NaN,NaN,0.90288494086970994,0.02564102564102564",
        "begg-exact,NaN,NaN,0.95236190796086628,0.02564102564102564",
        "pet,NaN,11,0.40418398170559705,-0.19092864235982033",
        "peese,NaN,11,0.034239124272044707,-0.37995350642827074",
        "pet-peese,NaN,11,0.40418398170559705,-0.19092864235982033",
        "limit-egger-me,NaN,NaN,NaN,-0.51043187410302771",
        "limit-small-study,23.058687740094936,1,NaN,NaN",
        "limit-residual,129.17432034227832,11,NaN,NaN"
    })
    void agreesOnEffects(String test, double statistic, double df, double p, double estimate) {
        check(table(EFFECTS, "tests"), test, statistic, df, p, estimate);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "harbord,-1.2564743440450636,11,0.23497195212206587,-2.0929915407942364",
        "peters,-1.3624761993970100,11,0.20029179228413555,-563.68820391334303",
        "macaskill,4.7214961308772846,11,0.00062792509196437471,6.1298702741736627e-6",
        "deeks,-1.8018125229584010,11,0.099015931370287319,-50.297169940033119",
        "arcsine-egger,-2.7119670666319115,11,0.020219677971742806,-4.2127163833859492",
        "arcsine-thompson-sharp,-4.1567904019949673,11,0.0015979961959658809,-3.0774104948367191"
    })
    void agreesOnCounts(String test, double statistic, double df, double p, double estimate) {
        check(table(COUNTS, "tests"), test, statistic, df, p, estimate);
    }

    private static void check(Tabular tests, String test, double statistic, double df, double p, double estimate) {
        int row = rowOf(tests, test);
        double[] expected = {statistic, df, p, estimate};
        String[] columns = {"statistic", "df", "p_value", "estimate"};
        for (int j = 0; j < columns.length; j++) {
            if (!Double.isNaN(expected[j])) {
                near(tests.number(columns[j], row), expected[j]);
            }
        }
    }

    @Test
    void takesTheEstimatorOfTau2AndTheLevel() {
        Outcome outcome = run(
                "small-study",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.set("tau2", "dl").set("level", "0.5"));
        Tabular tests = table(outcome, "tests");
        near(tests.number("statistic", rowOf(tests, "egger-me")), -0.83790844048442725);
        // One t quantile apart: 0.6974453 for half of t with 11 degrees of freedom.
        int egger = rowOf(tests, "egger");
        double half = tests.number("ci_upper", egger) - tests.number("estimate", egger);
        assertThat(half).isCloseTo(1.5072213283570077 * 0.6974453, within(1e-6));
    }

    @Test
    void regressesOnParticipantsWhereTheyAreKnown() {
        // The effects lie on 2 + 0.1 n and on 2 + 30/n but for the last study.
        Outcome outcome = run(
                "small-study",
                "study,effect,variance,n\nA,3,0.1,10\nB,4,0.2,20\nC,6,0.4,40\nD,7,0.3,50\nE,9.5,0.5,80\n");
        List<String> tests = texts(table(outcome, "tests"), "test");
        for (String size : List.of("n", "inverse-n", "sqrt-n", "inverse-sqrt-n")) {
            assertThat(tests).contains("egger-" + size, "egger-me-" + size);
        }
        Tabular table = table(outcome, "tests");
        near(
                table.number("estimate", rowOf(table, "egger-n")),
                slope(new double[] {10, 20, 40, 50, 80}, new double[] {3, 4, 6, 7, 9.5}, new double[] {
                    10, 5, 2.5, 1 / 0.3, 2
                }));
    }

    private static double slope(double[] x, double[] y, double[] w) {
        double[] sums = new double[5];
        for (int i = 0; i < x.length; i++) {
            sums[0] += w[i];
            sums[1] += w[i] * x[i];
            sums[2] += w[i] * y[i];
            sums[3] += w[i] * x[i] * x[i];
            sums[4] += w[i] * x[i] * y[i];
        }
        return (sums[0] * sums[4] - sums[1] * sums[2]) / (sums[0] * sums[3] - sums[1] * sums[1]);
    }

    @Test
    void testsStandardisedMeanDifferencesByTheirSizes() {
        StringBuilder csv = new StringBuilder("study,mean_t,sd_t,n_t,mean_c,sd_c,n_c\n");
        double[] n = {12, 25, 40, 100, 33};
        double[] d = {0.9, 0.7, 0.3, 0.1, 0.5};
        for (int i = 0; i < n.length; i++) {
            csv.append(row("S%d,%.1f,1,%.0f,0,1,%.0f\n", i, d[i], n[i], n[i]));
        }
        Outcome outcome = run("small-study", csv.toString(), r -> r.set("measure", "smd"));
        Tabular tests = table(outcome, "tests");
        int row = rowOf(tests, "pustejovsky-rodgers");
        double[] x = new double[5];
        double[] g = new double[5];
        double[] w = new double[5];
        for (int i = 0; i < n.length; i++) {
            double m = 2 * n[i] - 2;
            g[i] = d[i] * correction(m);
            x[i] = Math.sqrt(2 / n[i]);
            w[i] = n[i] / 2;
        }
        near(tests.number("estimate", row), slope(x, g, w));
        assertThat(text(outcome, "test-does-not-suit")).contains("Prefer pustejovsky-rodgers");
        assertThat(texts(tests, "test")).doesNotContain("harbord", "peters");
    }

    /** Γ(m/2)/(√(m/2) Γ((m − 1)/2)) for an even m, by the product of its factors. */
    private static double correction(double m) {
        double ratio = 1 / Math.sqrt(Math.PI);
        for (double a = 1; a < m / 2; a++) {
            ratio *= a / (a - 0.5);
        }
        return ratio / Math.sqrt(m / 2);
    }

    @Test
    void saysWhichTestsDoNotSuit() {
        assertThat(text(COUNTS, "test-does-not-suit"))
                .isEqualTo(
                        "Standard errors of odds ratios depend on the effects, so tests on them (egger, begg,"
                                + " thompson-sharp, pet) find asymmetry too often. Prefer harbord, peters or the arcsine tests.");
        assertThat(text(COUNTS, "tests-omitted"))
                .isEqualTo("Left out: pustejovsky-rodgers: it is made for standardised mean differences.");
        assertThat(text(EFFECTS, "tests-omitted"))
                .isEqualTo("Left out: egger-n and others on n: the number of participants is not known for every study;"
                        + " pustejovsky-rodgers: it is made for standardised mean differences; harbord, peters,"
                        + " macaskill, deeks, arcsine: they need events and participants of both arms.");
        Outcome ratios = run("small-study", Samples.get("bcg").csv(), r -> r.set("measure", "rr"));
        assertThat(text(ratios, "test-does-not-suit")).contains("Prefer the arcsine tests, or those on n.");
        assertThat(text(ratios, "tests-omitted")).contains("harbord, peters, macaskill, deeks: they are made for odds");
        assertThat(texts(table(ratios, "tests"), "test"))
                .contains("arcsine-egger")
                .doesNotContain("harbord");
    }

    @Test
    void leavesOutTestsThatHaveNoErrorToCompareWith() {
        Outcome outcome = run("small-study", LINE);
        assertThat(text(outcome, "tests-omitted"))
                .containsPattern(
                        "egger[^:;]*: the effects lie on the fitted line, so there is no error to compare it with");
        Tabular tests = table(outcome, "tests");
        assertThat(texts(tests, "test"))
                .doesNotContain("egger", "pet", "pet-peese")
                .contains("egger-me", "begg-exact");
        for (int i = 0; i < tests.rows(); i++) {
            assertThat(tests.number("p_value", i)).as(tests.text("test", i)).isBetween(0.0, 1.0);
        }
        assertThat(text(outcome, "few-studies")).startsWith("4 studies: with fewer than 10");
    }

    @Test
    void correctsRanksForTies() {
        Outcome outcome = run("small-study", "study,effect,se\nA,1,0.2\nB,0.5,0.2\nC,1.4,0.3\nD,0.2,0.35\nE,0.6,0.4\n");
        Tabular tests = table(outcome, "tests");
        assertThat(tests.text("note", rowOf(tests, "begg"))).isEqualTo("Kendall's tau, corrected for ties");
        assertThat(text(outcome, "tests-omitted")).contains("begg-exact: there are ties");
    }

    @Test
    void refusesEqualStandardErrors() {
        Outcome outcome = run("small-study", "study,effect,se\nA,1,0.2\nB,2,0.2\nC,3,0.2\nD,4,0.2\n");
        assertThat(text(outcome, "predictor-constant"))
                .startsWith("data.csv: no test is possible: egger, egger-me, thompson-sharp, pet-peese")
                .contains("begg: all variances are equal, so they cannot be ranked");
    }

    @Test
    void refusesTwoStudies() {
        assertThat(text(run("small-study", "study,effect,se\nA,1,0.2\nB,2,0.3\n"), "too-few-studies"))
                .isEqualTo("data.csv: tests of small-study effects need at least 3 studies, but there are 2.");
    }

    @Test
    void refusesStudiesWithoutEvents() {
        Outcome outcome = run(
                "small-study",
                "study,events_t,n_t,events_c,n_c\nA,0,20,0,20\nB,0,30,0,28\nC,0,40,0,40\n",
                r -> r.set("measure", "or"));
        assertThat(text(outcome, "no-usable-studies")).startsWith("data.csv: no usable studies. All 3 have no event");
    }

    @Test
    void warnsOfSimilarStandardErrors() {
        Outcome outcome = run("small-study", "study,effect,se\nA,1,0.2\nB,2,0.21\nC,3,0.22\nD,4,0.25\n");
        assertThat(text(outcome, "similar-standard-errors"))
                .startsWith("Standard errors range from 0.200 to 0.250 only");
        assertThat(codes(EFFECTS)).doesNotContain("similar-standard-errors", "few-studies");
    }

    @Test
    void drawsGroupsContoursAndEggersLine() {
        Outcome outcome = run("small-study", Samples.get("bcg-risk-ratios").csv(), r -> r.map("group", "alloc"));
        List<Layer> layers = outcome.get().item("funnel", XYPlot.class).layers();
        assertThat(layers.stream().filter(l -> l.mark() == Mark.REGION).count()).isEqualTo(6);
        List<Layer> points =
                layers.stream().filter(l -> l.mark() == Mark.POINTS).toList();
        assertThat(points.stream().map(Layer::name)).containsExactly("random", "alternate", "systematic");
        assertThat(points.stream().map(Layer::tone).distinct().count()).isEqualTo(3);
        assertThat(points.stream().mapToInt(Layer::size).sum()).isEqualTo(13);
        Layer egger = layers.stream()
                .filter(l -> l.name().equals("Egger's regression"))
                .findFirst()
                .orElseThrow();
        assertThat(egger.x()[0]).isCloseTo(-0.19092864235982013, within(1e-12));
        List<Layer> limits = new ArrayList<>(layers.stream()
                .filter(l -> l.tone() == Tone.LIMIT && l.mark() == Mark.LINE)
                .toList());
        // The pseudo-confidence region meets the common effect at its tip.
        assertThat(limits).hasSize(2);
        assertThat(limits.get(0).x()[0]).isCloseTo(-0.43028516365409092, within(1e-12));
        Outcome bare = run("small-study", Samples.get("bcg-risk-ratios").csv(), r -> r.set("contours", "false"));
        assertThat(bare.get().item("funnel", XYPlot.class).layers()).noneMatch(l -> l.mark() == Mark.REGION);
    }

    @Test
    void thePageShowsWhatTheExampleGives() {
        Tabular tests = table(COUNTS, "tests");
        for (String test : List.of("egger", "harbord", "peters", "arcsine-egger")) {
            int row = rowOf(tests, test);
            assertThat(page("small-study"))
                    .contains(row(
                            "| `%s` | %.2f | %.0f | %.2g |",
                            test,
                            tests.number("statistic", row),
                            tests.number("df", row),
                            tests.number("p_value", row)));
        }
    }

    @Test
    void saysThatAllStandardErrorsAreEqual() {
        assertThat(text(
                        run("small-study", "study,effect,se\nA,0.3,0.1\nB,0.3,0.1\nC,0.2,0.1\n"),
                        "similar-standard-errors"))
                .isEqualTo("All standard errors are 0.100: there are no smaller and larger studies to compare.");
    }
}
