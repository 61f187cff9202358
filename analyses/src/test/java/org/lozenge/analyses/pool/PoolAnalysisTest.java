package org.lozenge.analyses.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;
import org.lozenge.plugin.Scale;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class PoolAnalysisTest {

    /** The progression endpoints of three trials: an interval, a P value, and events per arm. */
    private static final String REPORTS = """
            study,hr,ci_low,ci_high,p,events_t,events_c
            QuiRedex,0.18,0.09,0.32,,,
            E3A06,0.28,,,0.0005,,
            IFM 2005-02,0.50,,,,104,160
            """;

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Run on(String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return workbench.run("pool", Dataset.parse("trials.csv", bytes, FileFormat.CSV));
    }

    private static Run onSample(String name) {
        byte[] bytes = Samples.get(name).csv().getBytes(StandardCharsets.UTF_8);
        return workbench.run("pool", Dataset.parse(name + ".csv", bytes, FileFormat.CSV));
    }

    private static Tabular table(Outcome outcome, String id) {
        return outcome.get().item(id, Tabular.class);
    }

    private static double common(Outcome outcome, String column) {
        return table(outcome, "model").number(column, 0);
    }

    private static double random(Outcome outcome, String column) {
        return table(outcome, "model").number(column, 1);
    }

    private static List<String> names(Tabular table) {
        return table.columns().stream().map(Tabular.Series::name).toList();
    }

    private static Message message(Outcome outcome, String code) {
        List<Message> found = outcome.messages().stream()
                .filter(message -> message.code().equals(code))
                .toList();
        assertThat(found).as("%s among %s", code, outcome.messages()).hasSize(1);
        return found.get(0);
    }

    private static List<String> codes(Outcome outcome) {
        return outcome.messages().stream().map(Message::code).toList();
    }

    // ---- the contract

    @Test
    void hasTheTablesAndColumnsOfTheContract() {
        Outcome outcome = on(REPORTS).get();
        assertThat(outcome.get().items())
                .extracting(item -> item.id())
                .containsExactly("model", "heterogeneity", "studies", "forest", "funnel");
        assertThat(names(table(outcome, "model")))
                .containsExactly(
                        "model",
                        "tau2_method",
                        "test",
                        "k",
                        "estimate",
                        "se",
                        "statistic",
                        "df",
                        "p_value",
                        "ci_lower",
                        "ci_upper",
                        "pi_lower",
                        "pi_upper",
                        "effect",
                        "effect_lower",
                        "effect_upper",
                        "effect_pi_lower",
                        "effect_pi_upper");
        assertThat(names(table(outcome, "heterogeneity")))
                .containsExactly(
                        "k",
                        "q",
                        "q_df",
                        "q_p",
                        "tau2",
                        "tau2_se",
                        "tau2_lower",
                        "tau2_upper",
                        "tau",
                        "i2",
                        "i2_lower",
                        "i2_upper",
                        "h2",
                        "h2_lower",
                        "h2_upper");
        assertThat(names(table(outcome, "studies")))
                .containsExactly(
                        "study",
                        "y",
                        "v",
                        "se",
                        "ci_lower",
                        "ci_upper",
                        "weight_common",
                        "weight_random",
                        "effect",
                        "effect_lower",
                        "effect_upper",
                        "blup",
                        "blup_se");
        Tabular model = table(outcome, "model");
        assertEquals(List.of("common", "random"), List.of(model.text("model", 0), model.text("model", 1)));
        assertEquals(List.of("", "reml"), List.of(model.text("tau2_method", 0), model.text("tau2_method", 1)));
        assertEquals(List.of("z", "hksj"), List.of(model.text("test", 0), model.text("test", 1)));
    }

    // ---- reference values

    /** The numbers of the example in pool.md. */
    @Test
    void poolsTheThreeTrials() {
        Outcome wald = on(REPORTS).set("test", "z").get();
        assertEquals(0.41930257247983344, common(wald, "effect"), 1e-12);
        assertEquals(0.3368168107858883, common(wald, "effect_lower"), 1e-12);
        assertEquals(0.5219889318409641, common(wald, "effect_upper"), 1e-12);
        assertEquals(0.311, random(wald, "effect"), 5e-4);
        assertEquals(0.166, random(wald, "effect_lower"), 5e-4);
        assertEquals(0.583, random(wald, "effect_upper"), 5e-4);
        Outcome plain = on(REPORTS).set("test", "hksj-plain").get();
        assertEquals(0.083, random(plain, "effect_lower"), 5e-4);
        assertEquals(1.163, random(plain, "effect_upper"), 5e-4);
        Outcome guarded = on(REPORTS).get();
        assertEquals(0.0784, random(guarded, "effect_lower"), 5e-5);
        assertEquals(1.2346, random(guarded, "effect_upper"), 5e-5);
        assertThat(message(guarded, "ad-hoc-guard").severity()).isEqualTo(Severity.INFO);
        assertThat(message(guarded, "tests-disagree").text()).contains("0.08 to 1.23", "0.17 to 0.58");
        assertThat(message(guarded, "audit-a11").rows()).containsExactly(2);
    }

    @Test
    void reproducesThePublishedMaintenanceResult() {
        Outcome outcome =
                onSample("lenalidomide-maintenance").where("endpoint", "PFS").get();
        assertEquals(0.478637, common(outcome, "effect"), 5e-7);
        assertEquals(0.414976, common(outcome, "effect_lower"), 5e-7);
        assertEquals(0.552063, common(outcome, "effect_upper"), 5e-7);
    }

    @Test
    void poolsObservedMinusExpected() {
        Outcome outcome = onSample("head-and-neck").get();
        // metafor 3.8.1 on (O − E)/V and 1/V; see core/stats/validation.
        assertEquals(65, common(outcome, "k"));
        assertEquals(-0.1107981749563454, common(outcome, "estimate"), 1e-13);
        assertEquals(0.032559170914044472, table(outcome, "heterogeneity").number("tau2", 0), 1e-13);
        assertEquals(Math.exp(-0.1107981749563454), common(outcome, "effect"), 1e-13);
    }

    @Test
    void everyFormOfAnEffectGivesTheSame() {
        double se = (Math.log(0.98) - Math.log(0.5)) / 2 / 1.959963984540054;
        String y = String.valueOf(Math.log(0.7));
        List<String> forms = List.of(
                "study,lnhr,se\nA," + y + "," + se + "\nB," + y + "," + se,
                "study,lnhr,variance\nA," + y + "," + se * se + "\nB," + y + "," + se * se,
                "study,lnhr,ci_low,ci_high\nA," + y + "," + Math.log(0.5) + "," + Math.log(0.98) + "\nB," + y + ","
                        + Math.log(0.5) + "," + Math.log(0.98),
                "study,hr,ci_low,ci_high\nA,0.7,0.5,0.98\nB,0.7,0.5,0.98",
                "study,or,ci_low,ci_high,ci_level\nA,0.7,0.5,0.98,95\nB,0.7,0.5,0.98,0.95",
                "study,o_minus_e,v\nA," + Math.log(0.7) / se / se + "," + 1 / se / se + "\nB," + Math.log(0.7) / se / se
                        + "," + 1 / se / se);
        for (String form : forms) {
            Outcome outcome = on(form).get();
            assertEquals(Math.log(0.7), common(outcome, "estimate"), 1e-14, form);
            assertEquals(se / Math.sqrt(2), common(outcome, "se"), 1e-14, form);
            assertEquals(0.7, common(outcome, "effect"), 1e-14, form);
        }
    }

    @Test
    void rowsMayDifferInTheirForm() {
        Outcome outcome = on("""
                study,hr,ci_low,ci_high,ci_level,o_minus_e,v,lnhr,se
                A,0.5,0.3,0.8333,95%,,,,
                B,,,,,-10,20,,
                C,,,,,,,-0.5,0.2
                D,0.6,0.4,0.9,90,,,,
                """).get();
        Tabular studies = table(outcome, "studies");
        assertEquals(4, studies.rows());
        assertEquals(-0.5, studies.number("y", 1), 1e-15);
        assertEquals(0.05, studies.number("v", 1), 1e-15);
        assertEquals(0.2, studies.number("se", 2), 1e-15);
        assertEquals(Math.log(0.9 / 0.4) / 2 / 1.6448536269514722, studies.number("se", 3), 1e-12);
    }

    // ---- options

    @ParameterizedTest
    @CsvSource({
        "reml, 0.313243258136",
        "dl, 0.308760262862",
        "pm, 0.318068452205",
        "ml, 0.280028137269",
        "he, 0.328563857996",
        "sj, 0.345515701599",
        "0.25, 0.25"
    })
    void takesEveryEstimator(String token, double tau2) {
        Outcome outcome = onSample("bcg-risk-ratios").set("tau2", token).get();
        assertEquals(tau2, table(outcome, "heterogeneity").number("tau2", 0), 5e-13);
        assertEquals(token, table(outcome, "model").text("tau2_method", 1));
    }

    @Test
    void saysWhenKenwardAndRogerHaveNoDegreesOfFreedom() {
        Run uneven = on("study,yi,vi\na,0.1,1e-5\nb,0.2,0.19\nc,-0.1,0.07\nd,-0.09,0.11\n");
        Outcome test = uneven.set("test", "kr").get();
        assertThat(message(test, "kr-df").text()).contains("below 1");
        assertTrue(random(test, "df") < 1);
        assertEquals(Double.POSITIVE_INFINITY, random(test, "ci_upper"));
        assertThat(codes(uneven.set("pi", "kr").get())).contains("kr-df");
        assertThat(codes(uneven.get())).doesNotContain("kr-df");
    }

    @Test
    void conventionsSetTheRest() {
        Run bcg = onSample("bcg-risk-ratios");
        Outcome revman = bcg.set("convention", "revman5").get();
        assertEquals("dl", table(revman, "model").text("tau2_method", 1));
        assertEquals("z", table(revman, "model").text("test", 1));
        assertTrue(Double.isNaN(random(revman, "pi_lower")));
        assertTrue(Double.isNaN(table(revman, "heterogeneity").number("tau2_lower", 0)));
        assertEquals(0.9211734685, table(revman, "heterogeneity").number("i2", 0), 5e-10);
        Outcome stata = bcg.set("convention", "stata").get();
        double spread = Math.sqrt(0.31324325813648 + Math.pow(random(stata, "se"), 2));
        assertEquals(random(stata, "estimate") - 2.200985160091639 * spread, random(stata, "pi_lower"), 1e-12);
        Outcome meta = bcg.set("convention", "meta").get();
        assertEquals(random(meta, "estimate") - 2.178812829667229 * spread, random(meta, "pi_lower"), 1e-12);
        Outcome metafor = bcg.set("convention", "metafor").set("test", "t").get();
        assertEquals("t", table(metafor, "model").text("test", 1));
        assertEquals(12, random(metafor, "df"));
    }

    @ParameterizedTest
    @CsvSource({
        "tau2, foo, 'must be one of reml, dl'", "tau2, -1, 'a number from 0'", "level, 95, 'write 0.95 for 95%'",
        "level, 1, 'between 0 and 1'", "test, wald, 'one of hksj, z, t, hksj-plain'",
                "pi, x, 'one of auto, hts, t, s, hk, hk-pr, kr, kr-pr, nnf, none'"
    })
    void refusesOptionsThatMeanNothing(String option, String value, String expected) {
        Outcome outcome = on(REPORTS).set(option, value).get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.messages().get(0).text()).contains("'" + option + "'", expected);
    }

    @ParameterizedTest
    @CsvSource({
        "hr, 0.3, LOG, 1.3498588075760032", "or, 0.3, LOG, 1.3498588075760032",
                "zcor, 0.3, LINEAR, 0.29131261245159090",
        "plo, 0.3, LINEAR, 0.57444251681165904", "md, 0.3, LINEAR, 0.3", "generic, 0.3, LINEAR, 0.3"
    })
    void showsEffectsOnTheReadersScale(String measure, double y, Scale scale, double shown) {
        Outcome outcome = on("study,effect,se\nA," + y + ",0.1\nB," + y + ",0.1")
                .set("measure", measure)
                .get();
        assertEquals(shown, common(outcome, "effect"), 1e-15);
        assertEquals(scale, outcome.get().item("forest", ForestPlot.class).scale());
        assertEquals(scale, outcome.get().item("funnel", XYPlot.class).xScale());
    }

    @Test
    void tellsTheMeasureFromTheColumns() {
        assertThat(on(REPORTS).get().get().item("forest", ForestPlot.class).measure())
                .isEqualTo("Hazard ratio");
        assertThat(on("study,or,lower,upper\nA,2,1,4\nB,3,1,9")
                        .get()
                        .get()
                        .item("forest", ForestPlot.class)
                        .measure())
                .isEqualTo("Odds ratio");
        assertThat(on("study,lnrr,se\nA,2,1\nB,3,1")
                        .map("effect", "lnrr")
                        .get()
                        .get()
                        .item("forest", ForestPlot.class)
                        .measure())
                .isEqualTo("Risk ratio");
        assertThat(on("study,yi,sei\nA,2,1\nB,3,1")
                        .get()
                        .get()
                        .item("forest", ForestPlot.class)
                        .measure())
                .isEqualTo("Effect");
        assertThat(on("study,ratio,lower,upper\nA,2,1,4\nB,3,1,9")
                        .get()
                        .get()
                        .item("forest", ForestPlot.class)
                        .measure())
                .isEqualTo("Ratio");
    }

    // ---- what is wrong with rows

    @Test
    void collectsEveryFault() {
        Outcome outcome = on("""
                study,or,lower,upper,ci_level
                A,0.7,0.9,0.5,95
                B,2,0.3,0.9,95
                C,0,0.1,0.9,95
                D,abc,0.1,1,95
                E,0.8,0.6,1.1,95
                F,,,,
                G,0.9,0.5,,95
                H,1.2,1.2,1.2,95
                I,0.5,0.4,0.7,5
                """).get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.messages())
                .filteredOn(m -> m.severity() == Severity.ERROR)
                .extracting(Message::code, Message::rows)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ci-order", List.of(1)),
                        org.assertj.core.groups.Tuple.tuple("ci-order", List.of(2)),
                        org.assertj.core.groups.Tuple.tuple("ratio-not-positive", List.of(3)),
                        org.assertj.core.groups.Tuple.tuple("bad-cell", List.of(4)),
                        org.assertj.core.groups.Tuple.tuple("nothing-usable", List.of(6)),
                        org.assertj.core.groups.Tuple.tuple("ci-order", List.of(8)),
                        org.assertj.core.groups.Tuple.tuple("ci-level", List.of(9)));
        assertThat(outcome.messages().get(0).text())
                .isEqualTo(
                        "trials.csv, row 1 (A): column 'lower': the lower limit 0.9 is above the upper limit 0.5; check"
                                + " whether the two are swapped.");
        assertThat(message(outcome, "rows-dropped").text())
                .isEqualTo("trials.csv, row 7 (G): left out, because column 'upper' is empty.");
    }

    @Test
    void collectsEveryFaultOfHazardRatios() {
        Outcome outcome = on("""
                study,hr,ci_low,ci_high,p
                A,0.7,0.9,0.5,
                B,2,0.3,0.9,
                C,-0.3,-0.9,0.1,
                D,,,,
                E,0.8,0.6,1.1,
                """).get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.messages())
                .filteredOn(m -> m.severity() == Severity.ERROR)
                .extracting(Message::code)
                .containsExactlyInAnyOrder("ci-order", "ci-order", "ratio-not-positive", "nothing-usable");
        assertThat(message(outcome, "ratio-not-positive").text())
                .contains("row 3 (C)", "column 'hr'", "-0.3", "--map effect=COLUMN");
        assertThat(message(outcome, "nothing-usable").text())
                .contains("row 4 (D)", "hr, ci_low, ci_high, p", "remove the row");
    }

    @ParameterizedTest
    @CsvSource({
        "'sei', 0, se-not-positive, 'a standard error must be above 0, but this is 0'",
        "'sei', -0.1, se-not-positive, 'but this is -0.1'",
        "'vi', 0, variance-not-positive, 'but this is 0'",
        "'vi', 1e-310, out-of-range, '1.0E-310'",
        "'vi', 1e300, out-of-range, '1e150'",
        "'sei', Infinity, not-numeric, 'Infinity'",
        "'sei', 0x1p3, not-numeric, '0x1p3'"
    })
    void refusesErrorsThatAreNone(String column, String value, String code, String expected) {
        Outcome outcome =
                on("study,yi," + column + "\nA,0.1,0.2\nB,0.3," + value).get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(message(outcome, code).text()).contains("row 2", expected);
        assertThat(message(outcome, code).rows()).containsExactly(2);
    }

    @Test
    void leavesOutWhatLacksSomethingAndSaysSo() {
        Outcome outcome =
                on("study,yi,sei\nA,0.1,0.2\nB,,0.2\nC,0.3,NA\nD,0.4,0.3").get();
        assertEquals(2, common(outcome, "k"));
        assertThat(outcome.messages())
                .filteredOn(m -> m.code().equals("rows-dropped"))
                .extracting(Message::text)
                .containsExactly(
                        "trials.csv, row 2 (B): left out, because column 'yi' is empty.",
                        "trials.csv, row 3 (C): left out, because column 'sei' is empty.");
    }

    @Test
    void refusesATableWithoutUsableRows() {
        Outcome outcome = on("study,hr\nA,0.5\nB,0.7").get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(message(outcome, "no-usable-studies").text()).contains("all 2 rows were left out");
        assertThat(message(outcome, "rows-dropped").text()).contains("rows 1 (A), 2 (B)");
    }

    @Test
    void refusesATableWithoutEffects() {
        Outcome outcome = on("study,events_t,n_t\nA,4,100").get();
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(message(outcome, "unmapped-role").text())
                .contains("trials.csv", "--map effect=COLUMN", "--measure hr");
        Outcome mismatch =
                on("study,or,lower,upper\nA,2,1,4").set("measure", "md").get();
        assertThat(message(mismatch, "measure-mismatch").text()).contains("column 'or'", "md");
    }

    @Test
    void refusesEffectsBeyondArithmetic() {
        Outcome outcome = on("study,yi,vi\nA,1e150,1e-140\nB,0,1").get();
        assertThat(message(outcome, "out-of-range").text()).contains("trials.csv", "'B'");
    }

    @Test
    void warnsOfIntervalsThatRoundingDoesNotExplain() {
        Outcome outcome = on("""
                study,rr,ci_low,ci_high
                rounded,0.7,0.1,8.2
                fine,1.78,0.84,3.76
                crooked,0.9,0.2,1.21
                good,0.9,0.7,1.16
                """).get();
        assertThat(message(outcome, "ci-asymmetric").rows()).containsExactly(3);
        assertThat(message(outcome, "ci-asymmetric").text()).contains("0.2 to 1.21", "0.9", "0.492");
        assertThat(message(outcome, "se-imprecise").rows()).containsExactly(1);
        Outcome hr =
                on("study,hr,ci_low,ci_high\nA,0.9,0.2,1.21\nB,0.9,0.7,1.16").get();
        assertThat(message(hr, "ci-asymmetric").rows()).containsExactly(1);
    }

    @Test
    void readsTablesOfResults() {
        Outcome outcome = on("""
                study,endpoint,y,v,se,route,effect,effect_lower,effect_upper
                A,PFS,-1,0.04,0.2,T4,0.3679,0.2486,0.5444
                B,PFS,-0.5,0.09,0.3,T4,0.6065,0.3369,1.092
                """).set("measure", "hr").get();
        assertEquals(-1, table(outcome, "studies").number("y", 0));
        assertThat(message(outcome, "column-read-as").text()).contains("'y'", "'effect' is left out");
        Outcome bare = on("study,y,v\nA,-1,0.04\nB,-0.5,0.09").get();
        assertEquals(0.3, table(bare, "studies").number("se", 1), 1e-15);
        assertThat(message(bare, "column-read-as").text()).contains("'v' is read as the sampling variance");
    }

    @Test
    void skipsImpossibleReportsIfAsked() {
        Outcome outcome = on("study,hr,ci_low,ci_high\nA,0.7,0.9,0.5\nB,0.8,0.6,1.07\nC,0.9,0.7,1.16")
                .set("invalid", "skip")
                .get();
        assertEquals(2, common(outcome, "k"));
        assertThat(message(outcome, "ci-order").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void splitsByEndpointAndWarnsOfMixtures() {
        String csv = "study,endpoint,hr,ci_low,ci_high\nA,PFS,0.5,0.3,0.83\nA,OS,0.8,0.5,1.28\nB,PFS,0.6,0.4,0.9";
        Outcome mixed = on(csv).get();
        assertThat(message(mixed, "mixed-endpoints").text()).contains("PFS, OS", "--by endpoint");
        assertThat(message(mixed, "duplicate-study").rows()).containsExactly(1, 2);
        Outcome split = on(csv).by("endpoint").get();
        assertThat(split.get().items()).extracting(item -> item.title()).containsExactly("PFS", "OS");
        assertEquals(
                2,
                ((Section) split.get().items().get(0))
                        .item("model", Tabular.class)
                        .number("k", 0));
    }

    // ---- warnings about the result

    @ParameterizedTest
    @ValueSource(strings = {"reml", "dl"})
    void oneStudyIsReportedAsItIs(String tau2) {
        Outcome outcome =
                on("study,hr,ci_low,ci_high\nA,0.5,0.3,0.83").set("tau2", tau2).get();
        assertEquals(0.5, random(outcome, "effect"), 1e-15);
        assertEquals("z", table(outcome, "model").text("test", 1));
        Tabular heterogeneity = table(outcome, "heterogeneity");
        assertTrue(Double.isNaN(heterogeneity.number("tau2", 0)) && Double.isNaN(heterogeneity.number("q", 0)));
        assertThat(codes(outcome)).contains("single-study");
        assertThat(outcome.get().item("forest", ForestPlot.class).rows())
                .extracting(ForestPlot.Row::kind)
                .containsExactly(RowKind.STUDY, RowKind.NOTE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "few-studies | yi,vi;.1,.04;.9,.09 | tau2=reml",
                "few-studies | yi,vi;.1,.04;.9,.09;.3,.1 | tau2=reml",
                "several-modes | yi,vi;.79,.12;0,.0029;-.08,.0023 | tau2=reml",
                "tau2-outside-interval | yi,vi;-.02,.054;-.59,.087;.57,.0025;-1.16,.96;.57,.0023;.43,.004;0,.55 | tau2=dl",
                "hksj-narrower | yi,vi;.1,.04;.12,.05;.11,.03;.09,.04;.1,.06 | test=hksj-plain",
                "ad-hoc-guard | yi,vi;.1,.04;.12,.05;.11,.03;.09,.04;.1,.06 | test=hksj",
                "tau2-interval-empty | yi,vi;.1,.04;.12,.05;.11,.03;.09,.04;.1,.06 | test=hksj",
                "identical-effects | yi,vi;.3,.04;.3,.05;.3,.06 | test=hksj-plain",
                "variance-ratio | yi,vi;.3,1e-10;.3,.05;.3,.06 | test=hksj",
                "se-outlier | yi,sei;.3,.1;.2,.12;.4,.11;.1,.09;.3,.13;.2,4.5 | test=hksj",
                "duplicate-numbers | yi,sei;.3,.1;.2,.12;.3,.1;.1,.09;.3,.13;.2,.14 | test=hksj",
                "reversed-study | yi,sei;.5,.1;.6,.1;-.5,.1;.4,.1;.55,.1;.45,.12 | test=hksj",
                "looks-like-ratio | lnhr,sei;.72,.1;.85,.1;1.1,.1 | test=hksj"
            })
    void warnsOfWhatTheReaderShouldKnow(String code, String rows, String option) {
        StringBuilder csv = new StringBuilder();
        String[] lines = rows.split(";");
        for (int i = 0; i < lines.length; i++) {
            csv.append(i == 0 ? "study" : "s" + i).append(',').append(lines[i]).append('\n');
        }
        Outcome outcome = on(csv.toString())
                .set(option.split("=")[0], option.split("=")[1])
                .get();
        assertThat(outcome).as(outcome.messages().toString()).isInstanceOf(Outcome.Ok.class);
        assertThat(message(outcome, code).text()).isNotBlank();
    }

    @Test
    void ordinaryStudiesGetNoWarning() {
        assertThat(onSample("bcg-risk-ratios").get().messages()).isEmpty();
    }

    @Test
    void identicalEffectsHaveNoPValueByPlainHartungKnapp() {
        Outcome outcome = on("study,yi,vi\nA,.3,.04\nB,.3,.05\nC,.3,.06")
                .set("test", "hksj-plain")
                .get();
        assertTrue(Double.isNaN(random(outcome, "p_value")));
        assertEquals(0, random(outcome, "se"));
    }

    // ---- figures

    @Test
    void forestHasAllRows() {
        ForestPlot forest =
                onSample("bcg-risk-ratios").set("measure", "rr").get().get().item("forest", ForestPlot.class);
        List<ForestPlot.Row> below = forest.rows().subList(13, forest.rows().size());
        assertThat(below)
                .extracting(ForestPlot.Row::label)
                .containsExactly(
                        "Common effect",
                        "Random effects (REML, HKSJ)",
                        "95% prediction interval",
                        "Heterogeneity: τ² = 0.31; Q = 152.23, df = 12, P < 0.001; I² = 92% (95% CI 82% to 98%)",
                        "Test for overall effect: common z = −10.62, P < 0.001; random t = −3.95, df = 12, P = 0.002");
        assertThat(below.get(0).value())
                .isEqualTo(Math.exp(-0.43028516365409064), org.assertj.core.data.Offset.offset(1e-12));
        double weights = forest.rows().stream()
                .filter(row -> row.kind() == RowKind.STUDY)
                .mapToDouble(ForestPlot.Row::weight)
                .sum();
        assertEquals(1, weights, 1e-13);
        assertEquals(1, forest.reference());
        assertEquals("Risk ratio, log scale", forest.axis());
        assertEquals(
                "Forest plot of 13 studies. Random effects (REML, HKSJ): risk ratio 0.49, 95% CI 0.33 to 0.73; 95%"
                        + " prediction interval 0.14 to 1.76; I² 92%. Common effect: 0.65, 95% CI 0.60 to 0.70.",
                forest.description());
        assertEquals("Favours treatment", forest.favoursLow());
        ForestPlot named = onSample("bcg-risk-ratios")
                .set("favours-low", "Favours BCG")
                .set("favours-high", "Favours none")
                .get()
                .get()
                .item("forest", ForestPlot.class);
        assertEquals("Favours BCG", named.favoursLow());
        assertEquals("Favours none", named.favoursHigh());
    }

    @Test
    void funnelHasPointsLimitsAndANoteWhenSmall() {
        XYPlot funnel = on(REPORTS).get().get().item("funnel", XYPlot.class);
        assertTrue(funnel.yInverted());
        assertThat(funnel.footnotes()).hasSize(1).first().asString().contains("Fewer than 10 studies");
        XYPlot.Layer points = funnel.layers().get(3);
        assertThat(points.labels()).containsExactly("QuiRedex", "E3A06", "IFM 2005-02");
        assertEquals(0.18, points.x()[0], 1e-15);
        XYPlot.Layer limit = funnel.layers().get(0);
        int last = limit.size() - 1;
        assertEquals(0.41930257247983344, limit.x()[0], 1e-12);
        assertEquals(0, limit.y()[0]);
        assertEquals(
                Math.log(0.41930257247983344) - 1.959963984540054 * limit.y()[last], Math.log(limit.x()[last]), 1e-12);
        assertThat(onSample("bcg-risk-ratios")
                        .get()
                        .get()
                        .item("funnel", XYPlot.class)
                        .footnotes())
                .isEmpty();
    }

    @Test
    void orderOfTheRowsDoesNotMatter() {
        String[] lines = Samples.get("bcg-risk-ratios").csv().split("\n");
        StringBuilder reversed = new StringBuilder(lines[0]).append('\n');
        IntStream.range(1, lines.length)
                .forEach(i -> reversed.append(lines[lines.length - i]).append('\n'));
        Outcome straight = onSample("bcg-risk-ratios").get();
        Outcome turned = on(reversed.toString()).get();
        assertEquals(random(straight, "estimate"), random(turned, "estimate"), 1e-14);
        assertEquals(random(straight, "p_value"), random(turned, "p_value"), 1e-14);
    }
}
