package org.lozenge.analyses.hazardratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Routes T29 (strata are summed), T30 (a contrast is inverted) and T31 (treatments that share a control arm). */
class StrataAndSharedArmsTest {

    private static final double TIGHT = 1e-12;

    private static final String STRATA = """
            study,endpoint,stratum,o_minus_e,v,hr,events_t,events_c
            A,OS,men,-8.5,20.25,,,
            A,OS,women,-3.25,11.5,,,
            A,OS,unknown,,,0.80,12,15
            B,OS,,-2,16,,,
            """;

    private static final String SHARED = """
            study,endpoint,treatment,control,hr,ci_low,ci_high,events_t,events_c,n_t,n_c
            MM-X,PFS,drug until progression,drug-free,0.55,0.44,0.6875,120,160,200,205
            MM-X,PFS,drug for a year,drug-free,0.80,0.65,0.98,140,160,201,205
            Y,PFS,drug until progression,placebo,0.70,0.55,0.89,110,140,190,190
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

    private static Run run(String analysis, String csv) {
        return workbench.run(
                analysis, Dataset.parse("trials.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV));
    }

    private static Tabular table(Outcome outcome, String id) {
        return outcome.get().item(id, Tabular.class);
    }

    private static List<String> texts(Tabular table, String column) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> table.text(column, row))
                .toList();
    }

    private static List<Message> messages(Outcome outcome, String code) {
        return outcome.messages().stream()
                .filter(message -> message.code().equals(code))
                .toList();
    }

    // ---- T29

    /** V of the third stratum is 12 · 15/27 (T10), its O − E is V ln 0.80. */
    @Test
    void sumsStrata() {
        Outcome outcome = run("hazard-ratio", STRATA).get();
        Tabular effects = table(outcome, "effects");
        double v3 = 12.0 * 15 / 27;
        double v = 20.25 + 11.5 + v3;

        assertThat(texts(effects, "route")).containsExactly("T29", "T2");
        assertThat(effects.number("y", 0)).isCloseTo((-8.5 - 3.25 + v3 * Math.log(0.80)) / v, within(TIGHT));
        assertThat(effects.number("se", 0)).isCloseTo(1 / Math.sqrt(v), within(TIGHT));
        assertThat(messages(outcome, "no-route")).isEmpty();
        Tabular routes = table(outcome, "routes");
        assertThat(texts(routes, "route").get(0)).isEqualTo("T29");
        assertThat(routes.text("note", 0)).contains("men (T2)").contains("unknown (T10)");
        assertThat(texts(routes, "chosen").stream().filter("true"::equals)).hasSize(2);
    }

    @Test
    void poolsTheSumAsOneStudy() {
        Outcome outcome = run("pool", STRATA).set("measure", "hr").get();
        Tabular studies = table(outcome, "studies");
        Tabular effects = table(run("hazard-ratio", STRATA).get(), "effects");

        assertThat(texts(studies, "study")).containsExactly("A", "B");
        assertThat(studies.number("y", 0)).isCloseTo(effects.number("y", 0), within(TIGHT));
        assertThat(studies.number("se", 0)).isCloseTo(effects.number("se", 0), within(TIGHT));
    }

    @Test
    void entersAReviewAsTheWholeTrial() {
        Outcome outcome = run("review", STRATA).get();
        Section death = outcome.get().item("death", Section.class);

        assertThat(texts(death.item("effects", Tabular.class), "route")).containsExactly("T29", "T2");
        assertThat(texts(death.item("reports_not_used", Tabular.class), "reason"))
                .containsOnly("a stratum of the trial, part of the sum over its strata in row 1");
        assertThat(death.item("audit_result", org.lozenge.plugin.Text.class).body())
                .contains("all agree");
    }

    /** What the whole trial prints comes before a sum. */
    @Test
    void prefersThePrintedResultOfTheWholeTrialInAReview() {
        Outcome outcome = run(
                        "review",
                        "study,endpoint,stratum,hr,ci_low,ci_high\nA,OS,men,0.70,0.50,0.98\nA,OS,women,0.80,0.60,1.07\n"
                                + "A,OS,,0.76,0.61,0.95\nB,OS,,0.90,0.70,1.157\n")
                .get();

        Tabular effects = outcome.get().item("death", Section.class).item("effects", Tabular.class);
        assertThat(texts(effects, "route")).containsExactly("T4", "T4");
        assertThat(effects.number("effect", 0)).isCloseTo(0.76, within(TIGHT));
    }

    @Test
    void doesNotSumStrataOfWhichOneHasNoEffect() {
        Outcome outcome =
                run("hazard-ratio", STRATA.replace("0.80,12,15", "0.80,,")).get();

        assertThat(messages(outcome, "strata-not-summed")).singleElement().satisfies(message -> {
            assertThat(message.rows()).containsExactly(1, 2, 3);
            assertThat(message.text()).contains("'unknown' has no usable effect");
        });
        assertThat(texts(table(outcome, "effects"), "route")).containsExactly("T2", "T2", "T2");
    }

    @Test
    void doesNotSumOneStratumOrOneNameTwice() {
        Outcome outcome = run("hazard-ratio", "study,stratum,o_minus_e,v\nA,men,-1,10\nB,men,-1,10\nB,Men,-2,10\n")
                .get();

        assertThat(messages(outcome, "strata-not-summed")).hasSize(2);
        assertThat(table(outcome, "effects").rows()).isEqualTo(3);
    }

    // ---- T30

    /** 1/HR, 1/U and 1/L, and −(O − E), whatever the route; the standard error stays. */
    @Test
    void invertsARowAndATable() {
        String header = "study,hr,ci_low,ci_high,p,p_sided,events_t,events_c,o_minus_e,v,direction\n";
        String straight = "T4,0.625,0.5,0.78125,,,,,,,%s\nT8,0.625,,,0.01,1,,,,,%s\nT10,0.625,,,,,40,60,,,%s\n"
                + "T2,,,,,,,,-6,12,%s\n";
        String inverse =
                "T4,1.6,1.28,2,,,,,,,%s\nT8,1.6,,,0.01,1,,,,,%s\nT10,1.6,,,,,40,60,,,%s\n" + "T2,,,,,,,,6,12,%s\n";
        Tabular expected =
                table(run("hazard-ratio", header + straight.replace("%s", "")).get(), "effects");
        String turned = inverse.replace("%s", "control/treatment");
        Tabular byRow = table(run("hazard-ratio", header + turned).get(), "effects");
        Tabular byOption = table(
                run("hazard-ratio", header + inverse.replace("%s", ""))
                        .set("direction", "control-treatment")
                        .get(),
                "effects");

        assertThat(texts(expected, "route")).containsExactly("T4", "T8", "T10", "T2");
        for (int i = 0; i < 4; i++) {
            assertThat(texts(byRow, "route").get(i))
                    .isEqualTo(texts(expected, "route").get(i));
            assertThat(byRow.number("y", i)).isCloseTo(expected.number("y", i), within(TIGHT));
            assertThat(byRow.number("se", i)).isCloseTo(expected.number("se", i), within(TIGHT));
            assertThat(byOption.number("y", i)).isCloseTo(expected.number("y", i), within(TIGHT));
        }
    }

    // ---- T31

    @Test
    void tellsTheCovarianceOfASharedControlAndTheContrastThroughIt() {
        Outcome outcome = run("hazard-ratio", SHARED).get();
        Tabular shared = table(outcome, "shared_control");
        double z = 1.959963984540054;
        double v1 = Math.pow(Math.log(0.6875 / 0.44) / (2 * z), 2);
        double v2 = Math.pow(Math.log(0.98 / 0.65) / (2 * z), 2);

        assertThat(shared.rows()).isEqualTo(1);
        assertThat(shared.text("first", 0)).isEqualTo("drug until progression");
        assertThat(shared.number("covariance", 0)).isCloseTo(1.0 / 160, within(TIGHT));
        assertThat(shared.number("y", 0)).isCloseTo(Math.log(0.55 / 0.80), within(TIGHT));
        assertThat(shared.number("se", 0)).isCloseTo(Math.sqrt(v1 + v2 - 2.0 / 160), within(TIGHT));
        assertThat(messages(outcome, "shared-control")).singleElement().satisfies(message -> {
            assertThat(message.rows()).containsExactly(1, 2);
            assertThat(message.text())
                    .contains("160 events")
                    .contains("0.00625")
                    .contains("(T31)");
        });
    }

    @Test
    void warnsInPoolAndSplitsTheControlOnDemand() {
        Outcome kept = run("pool", SHARED).set("measure", "hr").get();
        Outcome split = run("pool", SHARED)
                .set("measure", "hr")
                .set("shared-control", "split")
                .get();

        assertThat(messages(kept, "shared-control")).hasSize(1);
        Tabular before = table(kept, "studies");
        Tabular after = table(split, "studies");
        for (int i = 0; i < 2; i++) {
            assertThat(after.number("v", i)).isCloseTo(before.number("v", i) + 1.0 / 160, within(TIGHT));
        }
        assertThat(after.number("v", 2)).isEqualTo(before.number("v", 2));
    }

    /** A paper and its update may print one control arm twice; only another treatment makes it a shared one. */
    @Test
    void doesNotTakeTwoReportsOfOneComparisonForASharedControl() {
        String twice = SHARED.replace("drug for a year", "drug until progression");
        String other = SHARED.replace("0.65,0.98,140,160,201,205", "0.65,0.98,140,150,201,205");

        assertThat(messages(run("hazard-ratio", twice).get(), "shared-control")).isEmpty();
        assertThat(messages(run("hazard-ratio", other).get(), "shared-control")).isEmpty();
    }
}
