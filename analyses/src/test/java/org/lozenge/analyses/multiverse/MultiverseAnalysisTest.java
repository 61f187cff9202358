package org.lozenge.analyses.multiverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class MultiverseAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static final String REPORTS = """
            study,hr,ci_low,ci_high,p,events_t,events_c
            A,0.70,0.50,0.98,0.04,60,80
            B,0.80,0.60,1.07,0.13,90,100
            C,0.65,0.45,0.94,0.02,50,70
            """;

    private static Tabular bcg() {
        return table(run("multiverse", BCG, r -> r.set("measure", "rr")), "specifications");
    }

    @Test
    void matchesMetaforInEverySpecification() throws IOException {
        Tabular ours = bcg();
        List<String[]> theirs;
        try (InputStream in = MultiverseAnalysisTest.class.getResourceAsStream("multiverse-bcg.csv")) {
            theirs = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
        assertThat(ours.rows()).isEqualTo(theirs.size()).isEqualTo(224);
        for (int i = 0; i < theirs.size(); i++) {
            String[] row = theirs.get(i);
            String what = String.join(" ", row);
            assertEquals(row[0], ours.text("model", i), what);
            assertEquals(row[1], ours.text("tau2_method", i), what);
            assertEquals(row[2], ours.text("test", i), what);
            assertEquals(row[3].equals("0") ? 13 : 12, ours.number("k", i), what);
            close(row[4], ours.number("estimate", i), 1e-8, what);
            close(row[5], ours.number("ci_lower", i), 1e-8, what);
            close(row[6], ours.number("ci_upper", i), 1e-8, what);
            close(row[7], ours.number("p_value", i), 1e-6, what);
        }
    }

    private static void close(String expected, double actual, double relative, String what) {
        double value = Double.parseDouble(expected);
        assertEquals(value, actual, relative * Math.abs(value), what);
    }

    @Test
    void namesWhatTurnsTheConclusion() {
        String csv = "study,hr,ci_low,ci_high\nA,0.90,0.75,1.08\nB,0.85,0.70,1.03\nC,0.60,0.50,0.72\n";
        Outcome outcome = run("multiverse", csv, r -> r.set("threshold", 0.8));
        Tabular verdict = table(outcome, "verdict");
        assertThat(texts(verdict, "question"))
                .containsExactly("significance", "direction", "threshold", "threshold-interval");
        // 5 estimators with 3 tests and a common effect, for all studies and without each
        assertThat(verdict.number("specifications", 0)).isEqualTo(64);
        assertThat(verdict.text("reference", 0)).isEqualTo("the interval includes 1");
        assertThat(verdict.number("agree", 0) + verdict.number("differ", 0)).isEqualTo(64);
        assertThat(verdict.text("single_changes", 0)).startsWith("the common-effect model");
        assertThat(verdict.text("text", 0))
                .startsWith("In the reference specification the interval includes 1; in ")
                .contains("One change alone does it: the common-effect model")
                .contains("It hangs most on this: ");
        assertThat(verdict.number("differ", 1)).isZero();
        assertThat(verdict.text("text", 1))
                .isEqualTo(
                        "In the reference specification the estimate is below 1; so it is in all 64 specifications.");
        assertThat(verdict.text("reference", 2)).isEqualTo("the estimate is at or below 0.80");
        assertThat(verdict.text("single_changes", 2)).isEqualTo("without C");
        assertThat(text(outcome, "conclusion-turns")).contains("specifications the interval excludes 1");
    }

    @Test
    void countsAgreeWithTheSpecifications() {
        Outcome outcome = run("multiverse", BCG, r -> r.set("measure", "rr"));
        Tabular all = table(outcome, "specifications");
        Tabular choices = table(outcome, "choices");
        for (int i = 0; i < choices.rows(); i++) {
            String column = choices.text("choice", i);
            String value = choices.text("value", i);
            boolean ofRandom = column.equals("tau2_method") || column.equals("test");
            double[] estimates = IntStream.range(0, all.rows())
                    .filter(j -> !ofRandom || all.text("model", j).equals("random"))
                    .filter(j -> all.text(column, j).equals(value))
                    .mapToDouble(j -> all.number("estimate", j))
                    .sorted()
                    .toArray();
            assertEquals(estimates.length, choices.number("n", i), value);
            assertEquals(estimates[0], choices.number("min", i), value);
            assertEquals(estimates[estimates.length - 1], choices.number("max", i), value);
            assertThat(choices.number("median", i)).isBetween(estimates[0], estimates[estimates.length - 1]);
            assertThat(choices.number("effect_min", i)).isCloseTo(Math.exp(estimates[0]), within(1e-12));
        }
    }

    @Test
    void drawsTheCurveInAscendingOrder() {
        Outcome outcome = run("multiverse", BCG, r -> r.set("measure", "rr"));
        XYPlot curve = outcome.get().item("specification-curve", XYPlot.class);
        double[] points = curve.layers().stream()
                .filter(layer -> layer.name().equals("Interval excludes 1"))
                .findFirst()
                .orElseThrow()
                .y();
        assertThat(points).hasSizeBetween(30, 60).isSorted();
        ForestPlot forest = outcome.get().item("choice-forest", ForestPlot.class);
        assertThat(forest.rows().get(0).label()).isEqualTo("Model");
        assertThat(forest.rows()).anyMatch(row -> row.label().equals("common"));
    }

    @Test
    void takesOtherRoutesOfReports() {
        Outcome outcome = run("multiverse", REPORTS, r -> r.set("exclude", "none"));
        Tabular routes = table(outcome, "routes");
        assertThat(texts(routes, "route")).containsExactly("chosen", "p-value", "events", "p-and-events");
        assertThat(routes.number("changed", 2)).isEqualTo(3);
        Tabular all = table(outcome, "specifications");
        assertThat(all.rows()).isEqualTo(64);
        Tabular some = table(
                run("multiverse", REPORTS, r -> r.set("exclude", "none").set("routes", "events")), "specifications");
        assertThat(texts(some, "route").stream().distinct()).containsExactly("chosen", "events");
    }

    @Test
    void treatsZeroCellsInSeveralWays() {
        String csv = "study,a,b,c,d\nA,0,20,5,25\nB,4,46,9,41\nC,3,57,8,52\nD,0,30,0,30\n";
        Outcome outcome = run("multiverse", csv, r -> r.set("measure", "or").set("exclude", "none"));
        Tabular routes = table(outcome, "routes");
        assertThat(texts(routes, "route"))
                .containsExactly("chosen", "all-cells", "treatment-arm", "no-constant", "keep-00");
        assertThat(routes.number("k", 0)).isEqualTo(3);
        assertThat(routes.number("k", 3)).isEqualTo(2);
        assertThat(routes.number("k", 4)).isEqualTo(4);
        assertThat(routes.number("changed", 4)).isEqualTo(1);
    }

    @Test
    void leavesOutInfluentialStudiesOnly() {
        Tabular all = table(
                run("multiverse", BCG, r -> r.set("measure", "rr").set("exclude", "influential")), "specifications");
        assertThat(texts(all, "excluded").stream().distinct())
                .hasSizeBetween(1, 4)
                .startsWith("none");
    }

    @Test
    void leavesNothingOutOfTwoStudies() {
        Outcome outcome = run("multiverse", "study,effect,se\nA,-0.1,0.2\nB,0.3,0.1\n");
        assertThat(table(outcome, "specifications").rows()).isEqualTo(16);
        assertThat(codes(outcome)).contains("nothing-left-out");
    }

    @Test
    void keepsTestsToTheirEstimators() {
        Tabular all = table(
                run(
                        "multiverse",
                        "study,effect,se\nA,-0.1,0.2\nB,0.3,0.1\nC,0.2,0.2\n",
                        r -> r.set("tau2s", "ml,dl")
                                .set("tests", "pl,hc,uwls,z")
                                .set("models", "random")
                                .set("exclude", "none")),
                "specifications");
        assertThat(IntStream.range(0, all.rows()).mapToObj(i -> all.text("tau2_method", i) + " " + all.text("test", i)))
                .containsExactly("ml pl", "ml uwls", "ml z", "dl hc", "dl z");
    }

    @Test
    void refusesWhatCannotBe() {
        String two = "study,hr,ci_low,ci_high\nA,0.9,0.75,1.08\nB,0.85,0.70,1.03\n";
        assertThat(text(run("multiverse", "study,effect,se\nA,-0.1,0.2\n"), "too-few-studies"))
                .isEqualTo("data.csv has one usable study; there is nothing to pool in several ways.");
        assertThat(text(run("multiverse", two, r -> r.set("threshold", -0.2)), "param-value"))
                .contains("--threshold −0.20 is no hazard ratio");
        assertThat(text(run("multiverse", two, r -> r.set("threshold", 1)), "param-value"))
                .contains("means no effect");
        assertThat(text(run("multiverse", two, r -> r.set("tests", "pl").set("models", "random")), "options-conflict"))
                .contains("No estimator of --tau2s");
    }

    @Test
    void saysWhereEffectsAgreeExactly() {
        assertThat(text(run("multiverse", "study,effect,se\nA,0.3,0.1\nB,0.3,0.3\nC,0.3,0.2\n"), "degenerate"))
                .contains("specifications have no P value: the effects in them agree exactly");
    }
}
