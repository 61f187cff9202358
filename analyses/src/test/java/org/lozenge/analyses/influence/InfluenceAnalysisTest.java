package org.lozenge.analyses.influence;

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

class InfluenceAnalysisTest {

    @Test
    void agreesWithMetafor() {
        Outcome outcome = run("influence", Samples.get("bcg-risk-ratios").csv(), r -> r.set("test", "z"));
        Tabular table = table(outcome, "influence");
        // metafor 3.8.1 influence(), REML, eighth trial
        assertThat(table.number("rstudent", 7)).isCloseTo(1.4501, within(5e-5));
        assertThat(table.number("dffits", 7)).isCloseTo(0.4775, within(5e-5));
        assertThat(table.number("cooks_distance", 7)).isCloseTo(0.1992, within(5e-5));
        assertThat(table.number("cov_ratio", 7)).isCloseTo(1.0011, within(5e-5));
        assertThat(table.number("dfbetas", 7)).isCloseTo(0.4714, within(5e-5));
        assertThat(table.number("weight", 7)).isCloseTo(0.101894, within(5e-7));
        assertThat(table.text("flagged", 7)).isEmpty();
        assertThat(codes(outcome)).doesNotContain("influential");
        assertThat(outcome.get().item("baujat", XYPlot.class).layers()).hasSize(1);
        assertThat(outcome.get()
                        .item("influence-plot", XYPlot.class)
                        .layers()
                        .get(3)
                        .labels())
                .contains("TPT Madras 1980");
    }

    @Test
    void namesWhatStandsOut() {
        StringBuilder csv = new StringBuilder("study,effect,se\n");
        for (int i = 0; i < 9; i++) {
            csv.append("S").append(i).append(",0.1").append(i).append(",0.1\n");
        }
        csv.append("Odd,3,0.1\n");
        assertThat(text(run("influence", csv.toString()), "influential"))
                .startsWith("Influential by the usual limits: Odd (")
                .contains("no reason to leave a study out");
    }

    @Test
    void refusesTwoStudies() {
        assertThat(text(run("influence", "study,effect,se\nA,-0.1,0.2\nB,0.2,0.2\n"), "too-few-studies"))
                .isEqualTo("data.csv has 2 usable studies; the influence of one on the others needs at least 3.");
    }

    @Test
    void measuresTheInfluenceOnCoefficients() {
        Outcome outcome = run(
                "influence",
                Samples.get("bcg-risk-ratios").csv(),
                r -> r.map("moderators", "ablat").set("test", "z"));
        Tabular influence = table(outcome, "influence");
        // metafor 3.8.1, influence(rma(yi, vi, mods = ~ ablat)), REML at tight control
        assertThat(influence.number("rstudent", 12)).isCloseTo(2.072979050, within(5e-7));
        assertThat(influence.number("cooks_distance", 12)).isCloseTo(0.143356984, within(5e-7));
        assertThat(influence.number("cov_ratio", 12)).isCloseTo(0.519171577, within(5e-7));
        assertThat(influence.number("hat", 12)).isCloseTo(0.077810306, within(5e-7));
        Tabular dfbetas = table(outcome, "dfbetas");
        assertThat(dfbetas.rows()).isEqualTo(26);
        assertThat(dfbetas.text("term", 25)).isEqualTo("ablat");
        assertThat(dfbetas.number("dfbetas", 25)).isCloseTo(0.134425302, within(5e-7));
        assertThat(outcome.get().items())
                .extracting(ResultItem::id)
                .containsExactly("influence", "dfbetas", "influence-plot");
    }

    @Test
    void saysWhichStudyAloneTellsAModerator() {
        String csv = "study,effect,se,late\nA,0.1,0.2,0\nB,0.3,0.2,0\nC,0.2,0.3,0\nD,0.9,0.2,1\nE,0.4,0.2,0\n";
        Outcome outcome = run("influence", csv, r -> r.map("moderators", "late"));
        assertThat(text(outcome, "no-fit"))
                .isEqualTo(
                        "Without D there is no fit: moderator 'late' has the same value in all studies that are left.");
        assertThat(table(outcome, "influence").number("rstudent", 3)).isNaN();
        assertThat(table(outcome, "influence").number("rstudent", 0)).isNotNaN();
        assertThat(table(outcome, "influence").number("hat", 3)).isCloseTo(1, within(1e-12));
    }

    @Test
    void effectsThatAgreeExactlyAreSaidToLeaveNoStandardError() {
        String csv = "study,effect,se\na,0.3,0.2\nb,0.3,0.2\nc,0.3,0.2\nd,0.5,0.2\n";
        Outcome outcome = run("influence", csv, r -> r.set("test", "hksj-plain"));
        assertThat(text(outcome, "no-fit")).startsWith("Without d there is no fit: the others agree exactly");
        assertThat(table(outcome, "influence").number("rstudent", 3)).isNaN();
        assertThat(table(outcome, "influence").number("rstudent", 0)).isFinite();
        String line = "study,effect,se,x\na,0.1,0.2,1\nb,0.2,0.2,2\nc,0.3,0.4,3\nd,0.4,0.2,4\n";
        Outcome perfect = run("influence", line, r -> r.map("moderators", "x").set("test", "hksj-plain"));
        assertThat(codes(perfect)).contains("no-fit");
    }
}
