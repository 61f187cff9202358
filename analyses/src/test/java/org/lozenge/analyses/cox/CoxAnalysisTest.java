package org.lozenge.analyses.cox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.patients;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class CoxAnalysisTest {

    /** R survival 3.5.3: coxph(Surv(time, status) ~ factor(sex) + age + ph_ecog, lung), complete cases. */
    @Test
    void lung() {
        Outcome outcome =
                run("cox", patients("lung"), r -> r.map("group", "sex").map("covariates", "age", "ph_ecog"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.text("term", 0)).isEqualTo("sex 2");
        assertThat(coefficients.number("estimate", 0)).isCloseTo(-0.556593413985, within(1e-10));
        assertThat(coefficients.number("effect", 0)).isCloseTo(Math.exp(-0.556593413985), within(1e-10));
        Tabular ph = table(outcome, "proportional_hazards");
        assertThat(ph.rows()).isEqualTo(4);
        assertThat(ph.text("term", 3)).isEqualTo("GLOBAL");
        assertThat(table(outcome, "tests").text("test", 0)).isEqualTo("likelihood-ratio");
        assertThat(table(outcome, "fit").number("n", 0)).isEqualTo(226);
    }

    /** A factor of three levels is one term with two degrees of freedom; R's cox.zph tests it as one. */
    @Test
    void categoriesInteractionsStrataAndClusters() {
        Outcome outcome = run(
                "cox",
                patients("colon"),
                r -> r.map("covariates", "differ", "age", "nodes")
                        .map("strata", "rx")
                        .map("cluster", "sex")
                        .set("categories", "differ")
                        .set("base-levels", "differ=2")
                        .set("formula", "~ differ * age + nodes"));
        Tabular coefficients = table(outcome, "coefficients");
        assertThat(coefficients.rows()).isEqualTo(6);
        assertThat(List.of(
                        coefficients.text("term", 0),
                        coefficients.text("term", 1),
                        coefficients.text("term", 2),
                        coefficients.text("term", 4)))
                .containsExactly("differ 1", "differ 3", "age", "differ 1:age");
        assertThat(coefficients.columns().stream().map(Tabular.Series::name)).contains("se_model");
        Tabular ph = table(outcome, "proportional_hazards");
        assertThat(ph.text("term", 3)).isEqualTo("differ:age");
        assertThat(ph.number("df", 0)).isEqualTo(2);
        assertThat(ph.number("df", 4)).isEqualTo(6);
    }

    @Test
    void warnsOfInfiniteAndRedundantCovariates() {
        String csv = "time,status,arm,x,twice,same\n1,1,a,3,6,1\n2,1,a,1,2,1\n3,1,a,4,8,1\n4,1,a,2,4,1\n"
                + "5,0,b,2,4,1\n6,0,b,5,10,1\n7,0,b,1,2,1\n8,0,a,3,6,1\n";
        Outcome outcome = run("cox", csv, r -> r.map("covariates", "x", "twice", "same"));
        assertThat(text(outcome, "infinite-coefficient")).contains("'arm b'").contains("to 0");
        assertThat(codes(outcome)).filteredOn("redundant-covariate"::equals).hasSize(2);
        assertThat(codes(outcome)).contains("no-ph-test");
        assertThat(table(outcome, "coefficients").number("estimate", 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(table(outcome, "coefficients").number("effect", 0)).isZero();
        assertThat(table(outcome, "coefficients").number("estimate", 2)).isNaN();
    }

    @Test
    void namesWhatCannotBeUsed() {
        assertThat(text(run("cox", "time,status\n1,1\n2,1\n"), "unmapped-role")).contains("group or a covariate");
        assertThat(text(run("cox", "time,status,arm\n1,1,a\n2,1,a\n"), "no-variation"))
                .contains("arm a");
        assertThat(text(run("cox", "time,status,arm\n1,0,a\n2,0,b\n"), "no-events"))
                .contains("no participant");
        Outcome mixed = run("cox", "time,status,age\n1,1,50\n2,1,6o\n3,1,55\n", r -> r.map("covariates", "age"));
        assertThat(text(mixed, "mixed-column"))
                .contains("row 2")
                .contains("'6o'")
                .contains("'age'");
        assertThat(text(
                        run("cox", "time,status,arm\n0,1,a\n2,1,b\n3,1,a\n", r -> r.set("transform", "log")),
                        "param-range"))
                .contains("row 1");
        assertThat(text(run("cox", "time,status,arm\n1,1,a\n2,1,b\n", r -> r.set("formula", "~ age")), "formula"))
                .contains("'age' is not a mapped covariate");
        assertThat(text(run("cox", "time,status,arm\n1,1,a\n2,1,b\n", r -> r.set("base-levels", "x")), "param-value"))
                .contains("sex=F");
    }

    @Test
    void doubtsProportionalHazards() {
        StringBuilder csv = new StringBuilder("time,status,arm\n");
        // One arm dies early, the other late: the hazard ratio turns round.
        for (int i = 0; i < 30; i++) {
            csv.append(1 + i * 0.1).append(",1,a\n").append(2 + i * 0.01).append(",1,b\n");
        }
        Outcome outcome = run("cox", csv.toString());
        assertThat(text(outcome, "non-proportional")).contains("arm");
    }

    /** R survival 3.5.3: coxph(Surv(time, status) ~ poly(age, 2) + factor(sex) * I(ph_ecog^2), lung), eps = 1e-14. */
    @Test
    void polynomialsAndArithmetic() {
        Tabular coefficients = table(
                run(
                        "cox",
                        patients("lung"),
                        r -> r.map("group", "sex")
                                .map("covariates", "age", "ph_ecog")
                                .set("formula", "~ poly(age, 2) + sex * I(ph_ecog^2)")),
                "coefficients");
        double[] estimate = {
            1.361812242001466, 0.429039441607492, -0.5899030760105641, 0.1979301774503928, 0.02955161468612189
        };
        double[] se = {1.300197479806191, 1.334037665434163, 0.2482652647928664, 0.05722978227236902, 0.1099860959171876
        };
        for (int j = 0; j < estimate.length; j++) {
            assertThat(coefficients.number("estimate", j)).isCloseTo(estimate[j], within(1e-9 * se[j]));
            assertThat(coefficients.number("se", j)).isCloseTo(se[j], within(1e-9 * se[j]));
        }
    }

    private static Outcome formula(String formula) {
        String csv =
                "time,status,arm,a b,c\n1,1,x,3,1\n2,1,y,1,2\n3,1,x,4,5\n4,1,y,2,2\n5,0,y,2,1\n6,1,x,5,7\n7,0,y,1,3\n";
        return run("cox", csv, r -> r.map("covariates", "a b", "c").set("formula", formula));
    }

    @Test
    void formulas() {
        assertThat(table(formula("~ c * arm"), "coefficients").rows()).isEqualTo(3);
        Tabular product = table(formula("c:`a b` + arm"), "coefficients");
        assertThat(List.of(product.text("term", 0), product.text("term", 1))).containsExactly("arm y", "c:a b");
        // The baseline hazard stands for an intercept: without one in the formula nothing changes.
        assertThat(table(formula("~ arm - 1"), "coefficients").number("estimate", 0))
                .isEqualTo(table(formula("~ arm"), "coefficients").number("estimate", 0));
        for (String bad : List.of("~ a +", "`a", "a b", "arm:", "z", "~ 1", "~ log(z)")) {
            assertThat(text(formula(bad), "formula")).contains("Option 'formula' is '" + bad + "'");
        }
        assertThat(text(formula("~ log(arm)"), "not-numeric")).contains("column 'arm' holds texts");
        assertThat(text(formula("~ log(c - 1)"), "formula-value")).contains("row 1", "c = 1");
    }
}
