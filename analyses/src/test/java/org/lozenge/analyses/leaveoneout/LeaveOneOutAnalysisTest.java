package org.lozenge.analyses.leaveoneout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class LeaveOneOutAnalysisTest {

    private static final String CLUSTERS = """
            study,hr,ci_low,ci_high,cluster
            A,0.80,0.65,0.98,north
            B,0.85,0.70,1.03,north
            C,0.60,0.45,0.80,south
            D,0.95,0.70,1.29,
            """;

    @Test
    void leavesOutEachStudy() {
        Outcome outcome = run("leave-one-out", Samples.get("bcg-risk-ratios").csv(), r -> r.set("test", "z"));
        Tabular fits = table(outcome, "fits");
        assertThat(fits.rows()).isEqualTo(13);
        assertThat(fits.text("study", 7)).isEqualTo("TPT Madras 1980");
        // metafor 3.8.1 leave1out(), REML
        assertThat(fits.number("estimate", 7)).isCloseTo(-0.7948, within(5e-5));
        assertThat(fits.number("se", 7)).isCloseTo(0.1799, within(5e-5));
        assertThat(fits.number("q", 7)).isCloseTo(67.9858, within(5e-5));
        assertThat(fits.number("tau2", 7)).isCloseTo(0.2732, within(5e-5));
        assertThat(fits.number("i2", 7)).isCloseTo(0.870314, within(5e-7));
        assertThat(fits.number("h2", 7)).isCloseTo(7.7109, within(5e-5));
        assertThat(fits.number("k", 7)).isEqualTo(12);
        ForestPlot forest = outcome.get().item("forest", ForestPlot.class);
        assertThat(forest.rows()).hasSize(14);
        assertThat(forest.rows().get(0).label()).isEqualTo("Without Aronson 1948");
        assertThat(codes(outcome)).doesNotContain("hangs-on-one");
    }

    @Test
    void leavesOutClustersAndStudiesWithoutOne() {
        Outcome outcome = run("leave-one-out", CLUSTERS);
        Tabular fits = table(outcome, "fits");
        assertThat(fits.rows()).isEqualTo(3);
        assertThat(fits.text("study", 0)).isEqualTo("north");
        assertThat(fits.number("k", 0)).isEqualTo(2);
        assertThat(fits.text("study", 2)).isEqualTo("D (row 4)");
    }

    @Test
    void namesTheStudyOnWhichTheResultHangs() {
        String csv = "study,effect,se\nA,-0.1,0.2\nB,-0.15,0.25\nC,-0.8,0.1\n";
        Outcome outcome = run("leave-one-out", csv, r -> r.set("model", "common"));
        assertThat(text(outcome, "hangs-on-one"))
                .isEqualTo("The interval of all studies excludes 0; without C it includes it.");
    }

    @Test
    void refusesASingleStudyAndASingleCluster() {
        assertThat(text(run("leave-one-out", "study,effect,se\nA,-0.1,0.2\n"), "too-few-studies"))
                .isEqualTo("data.csv has one usable study; leaving one out needs at least two.");
        assertThat(text(run("leave-one-out", "study,effect,se,cluster\nA,-0.1,0.2,x\nB,-0.1,0.2,x\n"), "one-cluster"))
                .contains("column 'cluster': all studies are in one cluster, x");
    }

    @Test
    void leavesOneOfTwo() {
        Tabular fits = table(run("leave-one-out", "study,effect,se\nA,-0.1,0.2\nB,0.3,0.1\n"), "fits");
        assertThat(fits.number("estimate", 0)).isEqualTo(0.3);
        assertThat(fits.number("q", 0)).isNaN();
        assertThat(fits.number("tau2", 0)).isNaN();
    }

    // ---- with moderators

    private static final String BCG = Samples.get("bcg-risk-ratios").csv();

    @Test
    void refitsTheRegressionWithoutEachStudy() {
        Outcome outcome =
                run("leave-one-out", BCG, r -> r.map("moderators", "ablat").set("test", "z"));
        Tabular fits = table(outcome, "fits");
        assertThat(fits.rows()).isEqualTo(26);
        assertThat(fits.text("study", 15)).isEqualTo("TPT Madras 1980");
        assertThat(fits.text("term", 15)).isEqualTo("ablat");
        // metafor 3.8.1, rma(yi, vi, mods = ~ ablat) of dat.bcg[-8, ], REML at tight control
        assertThat(fits.number("estimate", 15)).isCloseTo(-0.026311199, within(5e-9));
        assertThat(fits.number("k", 15)).isEqualTo(12);
        ForestPlot forest = outcome.get().item("forest", ForestPlot.class);
        assertThat(forest.rows()).hasSize(14);
        assertThat(forest.axis()).contains("ablat");
        assertThat(forest.rows().get(7).label()).isEqualTo("Without TPT Madras 1980");
    }

    @Test
    void namesTheStudyThatAloneTellsAModeratorAndGoesOn() {
        String csv = "study,effect,se,late\nA,0.1,0.2,0\nB,0.3,0.2,0\nC,0.2,0.3,0\nD,0.9,0.2,1\nE,0.4,0.2,0\n";
        Outcome outcome = run("leave-one-out", csv, r -> r.map("moderators", "late"));
        assertThat(outcome.status()).isEqualTo("ok");
        assertThat(text(outcome, "no-fit"))
                .isEqualTo(
                        "Without D there is no fit: moderator 'late' has the same value in all studies that are left.");
        Tabular fits = table(outcome, "fits");
        assertThat(fits.number("estimate", 7)).isNaN();
        assertThat(fits.number("estimate", 1)).isNotNaN();
    }

    @Test
    void leavesClustersOutOfARegression() {
        String csv = "study,effect,se,dose,cluster\nA,0.1,0.2,1,x\nB,0.3,0.2,2,x\nC,0.2,0.3,3,\nD,0.9,0.2,4,y\n"
                + "E,0.4,0.2,5,y\nF,0.5,0.2,6,z\n";
        Tabular fits = table(run("leave-one-out", csv, r -> r.map("moderators", "dose")), "fits");
        assertThat(fits.rows()).isEqualTo(8);
        assertThat(fits.text("study", 2)).isEqualTo("C (row 3)");
        assertThat(fits.number("k", 0)).isEqualTo(4);
    }

    @Test
    void refusesATestThatOnlyAPooledEffectHasAndTooManyModerators() {
        assertThat(text(
                        run(
                                "leave-one-out",
                                BCG,
                                r -> r.map("moderators", "ablat").set("test", "hc")),
                        "test-of-pooling"))
                .contains("--test hc is for a pooled effect; with moderators take z, t, hksj or hksj-plain.");
        assertThat(text(
                        run("leave-one-out", "study,effect,se,x\nA,1,1,1\nB,2,1,2\n", r -> r.map("moderators", "x")),
                        "too-few-studies"))
                .contains(
                        "2 usable studies with all moderators for 2 coefficients (intercept, x); at least 3 are needed");
    }

    @Test
    void effectsThatAgreeExactlyAreSaidToLeaveNoStandardError() {
        String csv = "study,effect,se\na,0.3,0.2\nb,0.3,0.2\nc,0.3,0.2\nd,0.5,0.2\n";
        assertThat(text(run("leave-one-out", csv, r -> r.set("test", "hksj-plain")), "degenerate"))
                .isEqualTo(
                        "Without d the others agree exactly, and the Hartung-Knapp test takes their standard error for 0;"
                                + " there is no P value, and the interval has no width. Use --test hksj or z.");
    }
}
