package org.lozenge.analyses.logrank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.patients;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class LogRankAnalysisTest {

    /** R survival 3.5.3: survdiff(Surv(time, status) ~ sex, lung), complete cases. */
    @Test
    void lungBySex() {
        Outcome outcome = run("log-rank", patients("lung"), r -> r.map("group", "sex"));
        Tabular test = table(outcome, "test");
        assertThat(test.rows()).isEqualTo(1);
        assertThat(test.text("test", 0)).isEqualTo("log-rank");
        assertThat(test.number("statistic", 0)).isCloseTo(9.886390844255363, within(1e-11));
        Tabular effects = table(outcome, "effects");
        double v = effects.number("v", 0);
        assertThat(effects.number("y", 0)).isCloseTo(effects.number("o_minus_e", 0) / v, within(1e-15));
        assertThat(effects.number("se", 0)).isCloseTo(1 / Math.sqrt(v), within(1e-15));
        assertThat(effects.text("group", 0)).isEqualTo("2");
        assertThat(effects.text("reference", 0)).isEqualTo("1");
        assertThat(effects.number("effect", 0)).isLessThan(1);
    }

    /** Patients of several centres become studies, whose table pools as it is. */
    @Test
    void itsTableOfEffectsGoesIntoAPool() {
        Tabular effects = table(
                run("log-rank", patients("lung"), r -> r.map("group", "sex").map("study", "ph_ecog")), "effects");
        StringBuilder csv =
                new StringBuilder("study,group,reference,o_minus_e,v,y,se,effect,effect_lower,effect_upper\n");
        double observedMinusExpected = 0;
        double variance = 0;
        for (int i = 0; i < effects.rows(); i++) {
            observedMinusExpected += effects.number("o_minus_e", i);
            variance += effects.number("v", i);
            csv.append(effects.text("study", i)).append(",2,1");
            for (String column : List.of("o_minus_e", "v", "y", "se", "effect", "effect_lower", "effect_upper")) {
                csv.append(',').append(effects.number(column, i));
            }
            csv.append('\n');
        }
        Tabular model = table(run("pool", csv.toString(), r -> r.set("measure", "hr")), "model");
        assertThat(model.number("k", 0)).isEqualTo(effects.rows()).isGreaterThan(2);
        assertThat(model.number("estimate", 0)).isCloseTo(observedMinusExpected / variance, within(1e-12));
        assertThat(model.number("se", 0)).isCloseTo(1 / Math.sqrt(variance), within(1e-12));
    }

    @Test
    void theReferenceTurnsTheContrast() {
        Outcome plain = run("log-rank", patients("lung"), r -> r.map("group", "sex"));
        Outcome turned =
                run("log-rank", patients("lung"), r -> r.map("group", "sex").set("reference", "2"));
        assertThat(table(turned, "effects").number("o_minus_e", 0))
                .isCloseTo(-table(plain, "effects").number("o_minus_e", 0), within(1e-12));
    }

    @Test
    void severalGroupsHaveATrend() {
        Outcome outcome =
                run("log-rank", patients("colon"), r -> r.map("group", "differ").map("strata", "rx", "sex"));
        Tabular test = table(outcome, "test");
        assertThat(test.number("df", 0)).isEqualTo(2);
        assertThat(test.text("test", 1)).isEqualTo("trend");
        assertThat(test.number("df", 1)).isEqualTo(1);
        assertThat(table(outcome, "effects").rows()).isEqualTo(2);
        Outcome scored = run(
                "log-rank",
                patients("colon"),
                r -> r.map("group", "differ").map("strata", "rx", "sex").set("scores", "10 20 30"));
        assertThat(table(scored, "test").number("statistic", 1)).isCloseTo(test.number("statistic", 1), within(1e-9));
    }

    @Test
    void weightsShiftTheEmphasis() {
        double plain = statistic("log-rank");
        double early = statistic("peto-peto");
        double late = statistic("fleming-harrington");
        assertThat(plain).isNotEqualTo(early);
        assertThat(early).isGreaterThan(late);
    }

    private static double statistic(String weights) {
        return table(
                        run(
                                "log-rank",
                                patients("lung"),
                                r -> r.map("group", "sex").set("weights", weights)),
                        "test")
                .number("statistic", 0);
    }

    /** A row a study, with the columns that pool reads. */
    @Test
    void everyStudyHasItsOMinusE() {
        String csv = "trial,arm,time,status\nA,x,1,1\nA,y,2,1\nA,x,3,0\nA,y,4,1\nB,x,1,1\nB,y,5,1\nB,x,2,1\nB,y,6,0\n";
        Outcome outcome = run("log-rank", csv);
        Tabular effects = table(outcome, "effects");
        assertThat(effects.rows()).isEqualTo(2);
        assertThat(effects.text("study", 1)).isEqualTo("B");
        double sum = effects.number("o_minus_e", 0) + effects.number("o_minus_e", 1);
        assertThat(table(outcome, "groups").number("o_minus_e", 1)).isCloseTo(sum, within(1e-14));
    }

    @Test
    void saysWhatCannotBeCompared() {
        assertThat(text(run("log-rank", "time,status,arm\n1,1,x\n2,1,x\n"), "one-group"))
                .contains("'x'");
        assertThat(text(run("log-rank", "time,status,arm\n1,0,x\n2,0,y\n"), "no-events"))
                .contains("no participant");
        assertThat(text(run("log-rank", "time,status,arm,stratum\n1,1,x,a\n2,1,y,b\n"), "nothing-compared"))
                .contains("same stratum");
        assertThat(text(
                        run("log-rank", "time,status,arm\n1,1,x\n2,1,y\n", r -> r.set("reference", "z")),
                        "no-such-group"))
                .contains("'z'")
                .contains("'x', 'y'");
        assertThat(text(run("log-rank", "time,status,arm\n1,1,x\n2,1,y\n", r -> r.set("scores", "1")), "param-value"))
                .contains("2 groups");
    }
}
