package org.lozenge.analyses.subgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;
import static org.lozenge.analyses.shared.Runs.texts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;

class SubgroupAnalysisTest {

    private static final String BCG = Samples.get("bcg").csv();

    private static Outcome bcg(UnaryOperator<Run> more) {
        return run("subgroup", BCG, r -> more.apply(r.set("measure", "rr").map("group", "alloc")));
    }

    private static double sum(Tabular table, String column) {
        return table.column(column).size() == 0
                ? 0
                : java.util.stream.IntStream.range(0, table.rows())
                        .mapToDouble(i -> table.number(column, i))
                        .sum();
    }

    /** metafor 3.8.1, rma(yi, vi, data = dat.bcg[alloc == …]) with log risk ratios. */
    @Test
    void poolsEachGroup() {
        Outcome outcome = bcg(r -> r.set("test", "z"));
        Tabular groups = table(outcome, "groups");
        assertThat(texts(groups, "group")).containsExactly("random", "alternate", "systematic");
        double[] estimate = {-0.9709647042631, -0.540792961849346, -0.424207391510877};
        double[] se = {0.275956102972791, 0.281601613103888, 0.359745232433111};
        double[] tau2 = {0.39252800690085, 0.132577039878093, 0.400345880175081};
        double[] i2 = {0.899343157012642, 0.820225155666642, 0.864221195900665};
        double[] q = {110.213261175188, 5.56251350798385, 16.5918635795358};
        double between = 0;
        double weights = 0;
        double mean = 0;
        for (int g = 0; g < 3; g++) {
            assertThat(groups.number("estimate", g)).isCloseTo(estimate[g], within(1e-9));
            assertThat(groups.number("se", g)).isCloseTo(se[g], within(1e-9));
            assertThat(groups.number("tau2", g)).isCloseTo(tau2[g], within(1e-9));
            assertThat(groups.number("i2", g)).isCloseTo(i2[g], within(1e-9));
            assertThat(groups.number("q", g)).isCloseTo(q[g], within(1e-9));
            weights += 1 / (se[g] * se[g]);
            mean += estimate[g] / (se[g] * se[g]);
        }
        mean /= weights;
        for (int g = 0; g < 3; g++) {
            between += Math.pow((estimate[g] - mean) / se[g], 2);
        }
        assertThat(table(outcome, "between").number("q", 1)).isCloseTo(between, within(1e-9));
        // Without heterogeneity, what is between and what is within add to the whole.
        assertThat(table(outcome, "between").number("q", 0) + sum(groups, "q"))
                .isCloseTo(table(outcome, "heterogeneity").number("q", 0), within(1e-10));
        assertThat(table(outcome, "residual").number("qe", 0)).isCloseTo(sum(groups, "q"), within(1e-10));
    }

    /** metafor 3.8.1, rma(yi, vi, mods = ~ alloc − 1), QM of rma(mods = ~ alloc). */
    @Test
    void takesOneVarianceForAllGroups() {
        Outcome outcome = bcg(r -> r.set("test", "z").set("tau2-within", "common"));
        Tabular groups = table(outcome, "groups");
        double[] estimate = {-0.965774178545846, -0.517955777155294, -0.428917560923576};
        double[] se = {0.267244094065264, 0.441194460386852, 0.3449453676253};
        for (int g = 0; g < 3; g++) {
            assertThat(groups.number("estimate", g)).isCloseTo(estimate[g], within(1e-9));
            assertThat(groups.number("se", g)).isCloseTo(se[g], within(1e-9));
            assertThat(groups.number("tau2", g)).isCloseTo(0.361503664324021, within(1e-9));
        }
        Tabular between = table(outcome, "between");
        assertThat(between.rows()).isEqualTo(2);
        assertThat(between.number("q", 1)).isCloseTo(1.7675114019317, within(1e-9));
        assertThat(between.number("p_value", 1)).isCloseTo(0.413228032757368, within(1e-9));
        assertThat(table(outcome, "residual").number("qe", 0)).isCloseTo(132.367638262708, within(1e-9));
        // confint(type = "QP") of it
        for (Tabular of : List.of(groups, table(outcome, "residual"))) {
            assertThat(of.number("tau2_lower", 0)).isCloseTo(0.12433539263481118, within(1e-9));
            assertThat(of.number("tau2_upper", 0)).isCloseTo(1.1948262167134589, within(1e-8));
        }
    }

    @Test
    void testsByFWithOneVarianceAndHartungKnapp() {
        Tabular between = table(bcg(r -> r.set("test", "hksj-plain").set("tau2-within", "common")), "between");
        assertThat(between.text("model", 2)).isEqualTo("random, F");
        assertThat(between.number("q", 2)).isCloseTo(0.966220844813431, within(1e-9));
        assertThat(between.number("df2", 2)).isEqualTo(10);
        assertThat(between.number("p_value", 2)).isCloseTo(0.413383745721621, within(1e-9));
    }

    @Test
    void drawsSubtotals() {
        ForestPlot forest = bcg(r -> r).get().item("forest", ForestPlot.class);
        assertThat(forest.rows().stream().filter(row -> row.kind() == RowKind.SUBTOTAL))
                .hasSize(3);
        assertThat(forest.rows().stream().filter(row -> row.kind() == RowKind.STUDY))
                .hasSize(13);
        assertThat(forest.rows().get(forest.rows().size() - 1).label())
                .startsWith("Test for subgroup differences: Q = ");
    }

    @Test
    void looksAtSeveralColumnsOneByOne() {
        String csv = "study,effect,se,a,b\n1,0.1,0.2,x,1\n2,0.3,0.2,x,2\n3,0.2,0.3,y,1\n4,0.5,0.2,y,\n";
        Outcome outcome = run("subgroup", csv, r -> r.map("group", "a", "b"));
        assertThat(outcome.get().item("a-1", Section.class).title()).isEqualTo("By a");
        assertThat(outcome.get().item("b-2", Section.class).items()).hasSize(6);
        assertThat(text(outcome, "one-by-one")).contains("meta-regression");
        assertThat(text(outcome, "missing-group"))
                .contains("1 of 4 studies has no group in column 'b' and is left out: row 4 (4). 3 are used.");
    }

    @Test
    void warnsOfGroupsThatSayLittle() {
        assertThat(text(bcg(r -> r), "small-groups")).contains("'alternate' (k = 2), 'systematic' (k = 4)");
        assertThat(codes(bcg(r -> r.set("tau2-within", "common")))).doesNotContain("small-groups");
        String years =
                "study,effect,se,year\n1,0.1,0.2,1\n2,0.3,0.2,2\n3,0.2,0.3,3\n4,0.5,0.2,4\n5,0.5,0.2,5\n6,0,0.2,5\n";
        Outcome outcome = run("subgroup", years, r -> r.map("group", "year"));
        assertThat(text(outcome, "numeric-group")).contains("--map moderators=year");
        assertThat(text(outcome, "single-study-group")).contains("'1' (k = 1)");
    }

    @Test
    void saysWhatIsWrong() {
        String csv = "study,effect,se,one,own,none\n1,0.1,0.2,x,p,\n2,0.3,0.2,x,q,\n3,0.2,0.3,x,r,\n";
        assertThat(text(run("subgroup", csv, r -> r.map("group", "one")), "one-group"))
                .contains("'x' in all 3");
        assertThat(text(run("subgroup", csv, r -> r.map("group", "own")), "group-per-study"))
                .contains("each of 3");
        assertThat(text(run("subgroup", csv, r -> r.map("group", "none")), "all-missing"))
                .contains("'none' is empty");
        assertThat(text(run("subgroup", csv), "unmapped-role")).contains("--map group=COLUMN");
        assertThat(text(bcg(r -> r.set("tau2-within", "common").set("test", "kr")), "options-conflict"))
                .contains("--tau2-within separate");
    }

    @Test
    void leavesOutAColumnThatMakesNoGroups() {
        String csv =
                "study,effect,se,one,two,three\n1,0.1,0.2,x,1,p\n2,0.3,0.2,x,1,q\n3,0.2,0.3,y,1,r\n4,0.5,0.2,y,1,s\n";
        Outcome outcome = run("subgroup", csv, r -> r.map("group", "one", "two", "three", "one"));
        assertThat(outcome.get().items()).hasSize(1);
        assertThat(text(outcome, "one-group")).contains("column 'two'", "The column was left out.");
        assertThat(text(outcome, "group-per-study")).contains("column 'three'", "The column was left out.");
        Outcome none = run("subgroup", csv, r -> r.map("group", "two", "three"));
        assertThat(codes(none)).containsOnly("one-by-one", "one-group");
        assertThat(text(run("subgroup", csv, r -> r.map("group", "one", "one")), "small-groups"))
                .contains("'x' (k = 2), 'y' (k = 2)");
        assertThat(codes(run("subgroup", csv, r -> r.map("group", "one", "one"))))
                .doesNotContain("one-by-one");
    }

    @Test
    void poolsGroupsByTheGeneralisedQ() {
        Outcome outcome = bcg(r -> r.set("tau2", "genq"));
        Outcome random =
                run("pool", BCG, r -> r.set("measure", "rr").set("tau2", "genq").where("alloc", "random"));
        assertThat(table(outcome, "groups").number("tau2", 0))
                .isEqualTo(table(random, "heterogeneity").number("tau2", 0));
        Outcome model = run(
                "meta-regression",
                BCG,
                r -> r.set("measure", "rr").set("tau2", "genq").set("formula", "~ alloc"));
        assertThat(table(outcome, "residual").number("tau2", 0))
                .isCloseTo(table(model, "residual").number("tau2", 0), within(1e-12));
    }

    @RepeatedTest(5)
    void dependsNeitherOnTheOrderOfRowsNorOnNamesOfGroups(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add("s" + i + ',' + random.nextGaussian() + ',' + (0.1 + random.nextDouble()) + ','
                    + List.of("a", "b", "c").get(i % 3));
        }
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, random);
        List<String> renamed = lines.stream()
                .map(line -> line.replaceFirst("a$", "Zürich").replaceFirst("b$", "1"))
                .toList();
        for (String within : List.of("separate", "common")) {
            for (String test : List.of("z", "hksj")) {
                UnaryOperator<Run> options =
                        r -> r.map("group", "g").set("tau2-within", within).set("test", test);
                Outcome expected = run("subgroup", csv(lines), options);
                assertSame(expected, run("subgroup", csv(shuffled), options), Map.of("a", "a", "b", "b", "c", "c"));
                assertSame(expected, run("subgroup", csv(renamed), options), Map.of("a", "Zürich", "b", "1", "c", "c"));
            }
        }
    }

    private static String csv(List<String> lines) {
        return "study,effect,se,g\n" + String.join("\n", lines) + "\n";
    }

    private static void assertSame(Outcome expected, Outcome actual, Map<String, String> names) {
        Tabular groups = table(expected, "groups");
        Tabular others = table(actual, "groups");
        List<String> order = texts(others, "group");
        for (int g = 0; g < groups.rows(); g++) {
            int at = order.indexOf(names.get(groups.text("group", g)));
            for (String column : List.of("k", "estimate", "se", "ci_lower", "pi_upper", "tau2", "i2", "q")) {
                assertThat(others.number(column, at)).as(column).isCloseTo(groups.number(column, g), within(1e-9));
            }
        }
        for (String id : List.of("between", "residual")) {
            for (String column : id.equals("between") ? List.of("q", "df", "p_value") : List.of("qe", "tau2", "i2")) {
                for (int i = 0; i < table(expected, id).rows(); i++) {
                    assertThat(table(actual, id).number(column, i))
                            .as(id + " " + column)
                            .isCloseTo(table(expected, id).number(column, i), within(1e-9));
                }
            }
        }
    }
}
