package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.stats.Interval;
import org.lozenge.stats.survival.AbsoluteEffect;
import org.lozenge.stats.survival.BaselineRisk;
import org.lozenge.stats.survival.RelativeMeasure;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** The 25 traps of traps.md, each through the host. */
class TrapsTest {

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Outcome run(String id, String csv, UnaryOperator<Run> settings) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return settings.apply(workbench.run(id, Dataset.parse("t.csv", bytes, FileFormat.CSV)))
                .get();
    }

    private static Outcome ratios(String... lines) {
        return run("hazard-ratio", String.join("\n", lines), run -> run);
    }

    private static Outcome review(String... lines) {
        return run("review", String.join("\n", lines), run -> run);
    }

    /** The texts of messages with a code, also those inside sections. */
    private static List<String> texts(Outcome outcome, String code) {
        List<Message> all = new ArrayList<>(outcome.messages());
        if (outcome.status().equals("ok")) {
            outcome.get().items().forEach(item -> {
                if (item instanceof Section section) {
                    all.addAll(section.messages());
                }
            });
        }
        return all.stream()
                .filter(message -> message.code().equals(code))
                .map(Message::text)
                .toList();
    }

    private static double se(Outcome outcome) {
        return outcome.get().item("effects", Tabular.class).number("se", 0);
    }

    private static String route(Outcome outcome) {
        return outcome.get().item("effects", Tabular.class).text("route", 0);
    }

    private static List<String> pooled(Outcome outcome, String section) {
        Tabular effects = outcome.get().item(section, Section.class).item("effects", Tabular.class);
        return IntStream.range(0, effects.rows())
                .mapToObj(row -> effects.text("study", row))
                .toList();
    }

    @Test
    void thePageListsAllTrapsAndThisClassTestsThem() throws IOException {
        String page = Files.readString(Path.of("docs", "traps.md"));
        List<String> tests = Arrays.stream(TrapsTest.class.getDeclaredMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();
        for (int trap = 1; trap <= 25; trap++) {
            assertThat(page).containsPattern("(?m)^\\| E" + trap + " \\| .+ \\| .+ \\|$");
            Pattern name = Pattern.compile("e" + trap + "[A-Z].*");
            assertThat(tests).anyMatch(test -> name.matcher(test).matches());
        }
    }

    @Test
    void e1HalfOfPNotHalfOfZ() {
        assertEquals(Math.log(2) / 1.780464342, se(ratios("study,hr,p", "A,0.5,0.075")), 1e-9);
    }

    @Test
    void e2LevelOfTheInterval() {
        String head = "study,hr,ci_low,ci_high,ci_level,p,p_sided";
        assertThat(texts(ratios(head, "S,0.742,0.594,0.928,95,0.003,1"), "audit-a3"))
                .singleElement()
                .asString()
                .contains("96% interval");
        Outcome stated = ratios(head, "S,0.742,0.594,0.928,96,0.003,1");
        assertThat(texts(stated, "audit-a3")).isEmpty();
        assertEquals(0.10862, se(stated), 5e-6);
        assertThat(texts(ratios(head, "S,0.742,0.594,0.928,96,0.003,1", "T,0.80,0.60,1.07,,,"), "audit-a11"))
                .singleElement()
                .asString()
                .contains("row 2");
    }

    @Test
    void e3SidednessOfP() {
        String head = "study,hr,ci_low,ci_high,ci_level,p,p_sided";
        assertThat(texts(ratios(head, "S,0.742,0.594,0.928,96,0.003,2"), "audit-a3"))
                .singleElement()
                .asString()
                .contains("P were one-sided");
        assertThat(texts(ratios("study,hr,p", "S,0.70,0.0012"), "audit-a11")).hasSize(1);
    }

    @Test
    void e4BoundIsNotExact() {
        assertThat(texts(ratios("study,hr,p", "A,0.46,<0.0001"), "no-route")).hasSize(1);
        Outcome accepted = run("hazard-ratio", "study,hr,p\nA,0.46,<0.0001", run -> run.set("accept-bounds", true));
        assertThat(texts(accepted, "bound-used")).hasSize(1);
    }

    @Test
    void e5InvertedRatio() {
        String head = "study,endpoint,report,hr,ci_low,ci_high,survival_t,survival_c,time";
        assertThat(texts(ratios(head, "A,PFS,x,1.75,1.25,2.45,0.70,0.50,24"), "audit-a7"))
                .hasSize(1);
        assertThat(texts(ratios(head, "A,PFS,x,0.57,0.41,0.80,,,", "A,PFS,y,1.75,1.25,2.45,,,"), "audit-a7"))
                .singleElement()
                .asString()
                .contains("inverse");
        assertEquals(
                Math.log(0.5),
                ratios("study,hr,ci_low,ci_high,direction", "A,2,1,4,control/treatment")
                        .get()
                        .item("effects", Tabular.class)
                        .number("y", 0),
                1e-15);
    }

    @Test
    void e6LogScale() {
        assertEquals(Math.log(4) / 2 / 1.959963984540054, se(ratios("study,hr,ci_low,ci_high", "A,0.5,0.25,1")), 1e-12);
        Outcome pool = run("pool", "study,hr,ci_low,ci_high\nA,0.5,0.25,1\nB,2,1,4", run -> run);
        assertEquals(0, pool.get().item("model", Tabular.class).number("estimate", 0), 1e-12);
        assertThat(texts(ratios("study,hr,ci_low,ci_high", "A,0.60,0.20,1.00"), "audit-a2"))
                .hasSize(1);
    }

    @Test
    void e7OneTrialTwice() {
        String head = "study,nct,endpoint,publication,cutoff,hr,ci_low,ci_high";
        String[] rows = {
            head,
            "Mateos,NCT00480363,OS,abstract,2012-01,0.40,0.20,0.80",
            "Mateos,NCT00480363,OS,paper,2013-01,0.31,0.10,0.91",
            "QuiRedex,NCT00480363,OS,news,2013-01,0.31,,",
            "Other,,OS,paper,2013-01,0.8,0.5,1.28"
        };
        assertThat(pooled(review(rows), "death")).hasSize(2);
        assertThat(texts(review(rows), "same-registration")).hasSize(1);
        assertThat(texts(ratios(rows), "audit-a8")).anyMatch(text -> text.contains("one registration number"));
        Outcome pool = run("pool", "study,hr,ci_low,ci_high\nA,0.5,0.3,0.8\nA,0.6,0.4,0.9", run -> run);
        assertThat(texts(pool, "duplicate-study")).hasSize(1);
    }

    @Test
    void e8Endpoints() {
        String[] rows = {
            "study,endpoint,hr,ci_low,ci_high",
            "A,PFS,0.5,0.3,0.83",
            "B,TTP,0.6,0.4,0.9",
            "C,PFS2,0.7,0.5,0.98",
            "D,OS,0.8,0.6,1.07"
        };
        Outcome review = review(rows);
        assertThat(pooled(review, "progression")).containsExactly("A", "B");
        assertThat(review.get().item("progression", Section.class).items())
                .anyMatch(item -> item.id().equals("mixture"));
        assertThat(pooled(review, "second-progression")).containsExactly("C");
        assertThat(texts(ratios(rows), "audit-a9")).singleElement().asString().contains("endpoint");
    }

    @Test
    void e9HazardRatioIsNoRiskRatio() {
        Interval interval = new Interval(Math.log(0.63), Math.log(0.90), 0.95);
        AbsoluteEffect effect = AbsoluteEffect.of(
                RelativeMeasure.HAZARD_RATIO, BaselineRisk.ofEventFree(0.5), Math.log(0.75), interval);
        assertEquals(594.6, 1000 * effect.eventFree().value(), 0.05);
        Outcome hazard = absolute("hr");
        Outcome risk = absolute("rr");
        // 1 − 0.5^0.75 of 1000, not 0.75 · 500
        assertEquals(405.4, hazard.get().item("absolute", Tabular.class).number("events_treated", 0), 0.05);
        assertEquals(375, risk.get().item("absolute", Tabular.class).number("events_treated", 0), 0.05);
    }

    private static Outcome absolute(String measure) {
        return run(
                "absolute-effect",
                "study,effect,se\nA,-0.2876820724517809,0.09",
                run -> run.set("measure", measure).set("baseline", "0.5").set("baseline-is", "event"));
    }

    @Test
    void e10EventsAndEventFree() {
        String head = "study,endpoint,hr,ci_low,ci_high,survival_t,survival_c,time,events_t,events_c,n_t,n_c";
        assertThat(texts(ratios(head, "A,PFS,0.40,0.25,0.64,0.20,0.45,24,,,,"), "audit-a7"))
                .hasSize(1);
        assertThat(texts(ratios(head, "A,PFS,0.40,0.25,0.64,,,,80,55,100,100"), "audit-a7"))
                .singleElement()
                .asString()
                .contains("events and survivors are swapped");
        assertThat(texts(ratios(head, "A,PFS,,,,0.10,0.20,12,,,,", "A,PFS,,,,0.30,0.40,24,,,,"), "audit-a6"))
                .isNotEmpty();
    }

    @Test
    void e11OddsRatioOfATimeToEventOutcome() {
        assertThat(texts(ratios("study,measure,hr,ci_low,ci_high", "Gao,OR,0.13,0.05,0.34"), "audit-a9"))
                .singleElement()
                .asString()
                .contains("odds ratio");
        assertThat(ratios("study,or,ci_low,ci_high,n_t", "Gao,0.13,0.05,0.34,60")
                        .get()
                        .item("routes", Tabular.class)
                        .text("note", 0))
                .doesNotContain("hr");
    }

    @Test
    void e12SharedControl() {
        String head = "study,report,endpoint,treatment,control,hr,ci_low,ci_high,events_t,events_c,n_t,n_c";
        String[] one = {
            head,
            "MM-015,P,PFS,MPR-R,MP,0.40,0.29,0.56,60,97,152,154",
            "MM-015,P,PFS,MPR,MP,0.80,0.60,1.05,88,97,153,154",
            "Other,Q,PFS,MPR-R,MP,0.50,0.35,0.71,50,70,100,100"
        };
        assertThat(texts(review(one), "several-comparisons")).hasSize(1);
        assertThat(pooled(review(one), "progression")).hasSize(2);
        String[] two = {head, one[1].replaceFirst("MM-015", "Palumbo A"), one[2].replaceFirst("MM-015", "Palumbo B")};
        assertThat(texts(ratios(two), "audit-a8")).singleElement().asString().contains("same control arm");
    }

    @Test
    void e13PercentForACount() {
        String head = "study,hr,ci_low,ci_high,events_t,events_c,n_t,n_c";
        assertThat(texts(ratios(head, "A,0.5,0.39,0.64,34%,52%,307,307"), "cell-ignored"))
                .hasSize(2);
        assertThat(texts(ratios(head, "A,0.5,0.39,0.64,33.9,52.1,307,307"), "cell-ignored"))
                .hasSize(2);
        assertThat(texts(ratios(head, "A,0.5,0.39,0.64,34,52,307,307"), "audit-a5"))
                .hasSize(1);
    }

    @Test
    void e14CrossoverCensoring() {
        String head = "study,endpoint,censoring,hr,ci_low,ci_high";
        assertThat(texts(
                        ratios(head, "CALGB,TTP,censored at crossover,0.38,0.28,0.50", "B,TTP,ITT,0.57,0.46,0.71"),
                        "audit-a9"))
                .singleElement()
                .asString()
                .contains("censoring");
        assertThat(texts(ratios(head, "A,TTP,ITT,0.48,0.38,0.60", "B,TTP,,0.57,0.46,0.71"), "audit-a9"))
                .isEmpty();
    }

    @Test
    void e15MediansAndSingleTimes() {
        String head = "study,endpoint,hr,ci_low,ci_high,median_t,median_c,events_t,events_c";
        String[] rows = {head, "A,PFS,,,,41,22,100,120", "B,PFS,0.6,0.4,0.9,,,,", "C,PFS,0.7,0.5,0.98,,,,"};
        assertThat(texts(ratios(rows), "crude-route")).hasSize(1);
        assertThat(pooled(review(rows), "progression")).containsExactly("B", "C");
    }

    @Test
    void e16CoarseCurves() {
        Outcome outcome = ratios("study,time,survival_t,survival_c,n_t,n_c", "A,24,0.8,0.6,100,100");
        assertThat(route(outcome)).isEqualTo("T20");
        assertThat(texts(outcome, "crude-route")).hasSize(1);
        String curves = "study,arm,time,survival,n_risk\nA,treatment,0,1,100\nA,treatment,24,0.6,50\n"
                + "A,control,0,1,100\nA,control,24,0.4,30";
        assertThat(texts(ratios(curves), "coarse-curve"))
                .singleElement()
                .asString()
                .contains("60% of those at risk");
    }

    @Test
    void e17Registry() {
        String[] rows = {
            "study,endpoint,design,hr,ci_low,ci_high",
            "Connect MM,PFS,registry,0.62,0.46,0.82",
            "A,PFS,randomized,0.5,0.39,0.64",
            "B,PFS,,0.6,0.4,0.9"
        };
        assertThat(pooled(review(rows), "progression")).containsExactly("A", "B");
        assertThat(texts(ratios(rows), "audit-a9")).singleElement().asString().contains("not randomized");
    }

    @Test
    void e18UnequalAllocation() {
        Outcome outcome = ratios("study,hr,events,n_t,n_c", "A,0.6,90,200,100");
        assertThat(route(outcome)).isEqualTo("T12");
        assertEquals(1 / Math.sqrt(90 * 2 / 9.0), se(outcome), 1e-12);
        Outcome elsewhere = ratios("study,endpoint,hr,events,n_t,n_c", "A,PFS,0.6,90,,", "A,OS,,,200,100");
        assertThat(texts(elsewhere, "audit-a5")).hasSize(1);
    }

    @Test
    void e19ArmWithoutEvents() {
        assertThat(texts(ratios("study,hr,events_t,events_c", "A,0.05,0,7"), "audit-a6"))
                .hasSize(1);
        Tabular routes =
                ratios("study,hr,events_t,events_c", "A,0.05,0,7").get().item("routes", Tabular.class);
        assertThat(IntStream.range(0, routes.rows()).mapToObj(row -> routes.text("route", row)))
                .doesNotContain("T10");
    }

    @Test
    void e20PNearOne() {
        Outcome none = ratios("study,hr,p", "A,0.99,0.95");
        assertThat(texts(none, "no-route")).hasSize(1);
        assertThat(texts(ratios("study,hr,p", "A,0.912,0.612"), "p-near-one")).hasSize(1);
    }

    @Test
    void e21ZeroWidth() {
        Outcome pool = run("pool", "study,effect,se\nA,-0.5,0.2\nB,-0.5,0.25\nC,-0.5,0.3", run -> run);
        Tabular model = pool.get().item("model", Tabular.class);
        int random = model.text("model", 0).equals("random") ? 0 : 1;
        assertThat(model.number("ci_upper", random) - model.number("ci_lower", random))
                .isGreaterThan(0.5);
    }

    @Test
    void e22SubgroupBesideTheWhole() {
        String head = "study,endpoint,subgroup,hr,ci_low,ci_high";
        String[] rows = {head, "A,PFS,,0.5,0.39,0.64", "A,PFS,women,0.4,0.25,0.64", "B,PFS,,0.6,0.4,0.9"};
        assertThat(pooled(review(rows), "progression")).containsExactly("A", "B");
        String[] named = {head, "IFM 2005-02,PFS,,0.5,0.39,0.64", "IFM 2005-02 (women),PFS,,0.4,0.25,0.64"};
        assertThat(texts(ratios(named), "audit-a8")).singleElement().asString().contains("looks like a part");
    }

    @Test
    void e23Landmark() {
        String head = "study,endpoint,landmark,hr,ci_low,ci_high";
        assertThat(texts(
                        ratios(head, "MM-015,PFS,from start of maintenance,0.34,0.2,0.58", "B,PFS,,0.6,0.4,0.9"),
                        "audit-a9"))
                .singleElement()
                .asString()
                .contains("start of the clock");
    }

    @Test
    void e24CredibleInterval() {
        assertThat(texts(ratios("study,hr,ci_low,ci_high,ci_level", "A,0.5,0.39,0.64,95% CrI"), "bad-cell"))
                .hasSize(1);
        assertThat(texts(ratios("study,hr,ci_low,ci_high,interval_type", "A,0.5,0.39,0.64,credible"), "audit-a11"))
                .hasSize(1);
    }

    @Test
    void e25AdjustedAndUnadjusted() {
        String head = "study,endpoint,adjusted,hr,ci_low,ci_high";
        assertThat(texts(ratios(head, "A,PFS,yes,0.5,0.39,0.64", "B,PFS,no,0.6,0.4,0.9"), "audit-a9"))
                .singleElement()
                .asString()
                .contains("adjust");
    }
}
