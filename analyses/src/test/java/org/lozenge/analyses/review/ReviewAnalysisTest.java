package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lozenge.analyses.review.Reviews.codes;
import static org.lozenge.analyses.review.Reviews.integers;
import static org.lozenge.analyses.review.Reviews.number;
import static org.lozenge.analyses.review.Reviews.rows;
import static org.lozenge.analyses.review.Reviews.section;
import static org.lozenge.analyses.review.Reviews.table;
import static org.lozenge.analyses.review.Reviews.text;
import static org.lozenge.analyses.review.Reviews.texts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;

class ReviewAnalysisTest {

    private static Reviews reviews;
    private static Outcome lenalidomide;

    @BeforeAll
    static void open() {
        reviews = new Reviews();
        lenalidomide = reviews.sample("lenalidomide").get();
    }

    @AfterAll
    static void close() {
        reviews.close();
    }

    private static void assertRatio(double expected, double actual) {
        assertEquals(expected, actual, 1e-9 * expected);
    }

    // ---- the bundled reports: numbers of metafor 3.8.1 with tight control

    @Test
    void showsSummaryFamiliesAndMethods() {
        assertThat(lenalidomide.get().items())
                .extracting(ResultItem::id)
                .containsExactly("summary", "progression", "death", "methods");
        assertThat(lenalidomide.messages()).isEmpty();
    }

    @Test
    void choosesOneReportOfEachTrial() {
        Tabular progression = table(lenalidomide, "progression", "reports_used");
        assertThat(texts(progression, "study")).containsExactly("QuiRedex", "E3A06", "IFM 2005-02");
        assertThat(texts(progression, "endpoint")).containsExactly("TTP", "PFS", "PFS");
        assertThat(integers(progression, "row")).containsExactly(1, 6, 21);
        assertThat(texts(progression, "cutoff"))
                .containsExactly("median follow-up 40 months", "median follow-up 28 months", "2010-07-07");
        Tabular death = table(lenalidomide, "death", "reports_used");
        assertThat(texts(death, "study")).containsExactly("QuiRedex", "E3A06", "IFM 2005-02");
        assertThat(integers(death, "row")).containsExactly(2, 19, 24);
        assertThat(texts(death, "cutoff").get(2)).isEqualTo("2011-10-01");
    }

    @Test
    void saysThatTheLaterAnalysisHasNoStandardError() {
        String expected =
                "a later analysis (2011-10-01) cannot be pooled: only P < 0.001 and no number of events, which "
                        + "bounds the standard error from above but does not give it";
        assertThat(texts(table(lenalidomide, "progression", "reports_used"), "why")
                        .get(2))
                .contains(expected);
        assertThat(text(lenalidomide, "progression", "reports"))
                .contains("IFM 2005-02 enters with row 21 (2010-07-07); " + expected);
    }

    @Test
    void derivesTheEffects() {
        Tabular effects = table(lenalidomide, "progression", "effects");
        assertThat(texts(effects, "route")).containsExactly("T4", "T7", "T10");
        assertRatio(0.18, effects.number("effect", 0));
        assertRatio(0.32360577425640535, effects.number("se", 0));
        assertRatio(0.36571524345208734, effects.number("se", 1));
        assertRatio(0.12595786841394474, effects.number("se", 2));
        assertThat(texts(table(lenalidomide, "death", "effects"), "route")).containsExactly("T4", "T4", "T10");
    }

    @Test
    void poolsProgression() {
        Tabular model = table(lenalidomide, "progression", "model");
        assertRatio(0.41930257247983316, number(model, "model", "common", "effect"));
        assertRatio(0.33681681078588821, number(model, "model", "common", "effect_lower"));
        assertRatio(0.52198893184096362, number(model, "model", "common", "effect_upper"));
        assertRatio(0.31116181408543764, number(model, "model", "random", "effect"));
        assertRatio(0.078424597521023279, number(model, "model", "random", "effect_lower"));
        assertRatio(1.2345829957110777, number(model, "model", "random", "effect_upper"));
        assertRatio(0.025853153860726785, number(model, "model", "random", "effect_pi_lower"));
        assertRatio(3.7450624038570819, number(model, "model", "random", "effect_pi_upper"));
        Tabular heterogeneity = table(lenalidomide, "progression", "heterogeneity");
        assertRatio(0.23174111621020682, heterogeneity.number("tau2", 0));
        assertRatio(0.76815140985333985, heterogeneity.number("i2", 0));
        assertRatio(10.000547613913003, heterogeneity.number("q", 0));
    }

    @Test
    void showsWaldAndBothHksjIntervals() {
        Tabular intervals = table(lenalidomide, "progression", "intervals");
        assertThat(texts(intervals, "test")).containsExactly("z", "hksj-plain", "hksj");
        assertRatio(0.16608842260343984, number(intervals, "test", "z", "effect_lower"));
        assertRatio(0.58295258048248311, number(intervals, "test", "z", "effect_upper"));
        assertRatio(0.083280710993788185, number(intervals, "test", "hksj-plain", "effect_lower"));
        assertRatio(1.1625942356827654, number(intervals, "test", "hksj-plain", "effect_upper"));
        assertRatio(0.062474075834385502, number(intervals, "test", "hksj-plain", "p_value"));
    }

    @Test
    void poolsWithoutTheOddEndpoint() {
        Tabular without = table(lenalidomide, "progression", "without_odd");
        assertThat(without.number("k", 0)).isEqualTo(2);
        assertRatio(0.47018325322874294, number(without, "model", "common", "effect"));
        assertRatio(0.41420180046497124, number(without, "model", "random", "effect"));
        assertRatio(0.013152129851700734, number(without, "model", "random", "effect_lower"));
        assertThat(section(lenalidomide, "death").items())
                .extracting(ResultItem::id)
                .doesNotContain("without_odd", "mixture", "two_intervals");
    }

    @Test
    void poolsDeath() {
        Tabular model = table(lenalidomide, "death", "model");
        assertRatio(0.94316460170949512, number(model, "model", "common", "effect"));
        assertRatio(0.63362322660795523, number(model, "model", "random", "effect"));
        assertRatio(0.092073268452711021, number(model, "model", "random", "effect_lower"));
        assertRatio(4.3604229549348092, number(model, "model", "random", "effect_upper"));
    }

    @Test
    void poolsEachSetting() {
        Tabular groups = table(lenalidomide, "progression", "groups");
        assertThat(texts(groups, "group"))
                .containsExactly("smoldering", "smoldering", "after transplantation", "after transplantation");
        assertRatio(0.21854299134043104, groups.number("effect", 0));
        assertRatio(0.13590885160420657, groups.number("effect_lower", 0));
        assertRatio(0.5, groups.number("effect", 2));
    }

    @Test
    void reproducesThePublishedPooledResult() {
        Outcome outcome = reviews.sample("lenalidomide-maintenance").get();
        Tabular model = table(outcome, "progression", "model");
        assertRatio(0.47863678620192629, model.number("effect", 0));
        assertRatio(0.41497629437934086, model.number("effect_lower", 0));
        assertRatio(0.55206327736949801, model.number("effect_upper", 0));
        assertThat(text(outcome, "progression", "result")).contains("0.48 (95% confidence interval 0.41 to 0.55)");
        assertThat(text(outcome, "summary", "summary")).contains("Every row entered.");
    }

    // ---- words

    @Test
    void summarisesEachFamilyInASentence() {
        assertThat(text(lenalidomide, "summary", "summary"))
                .contains("lenalidomide.csv: 25 rows on 4 trials.")
                .contains("Progression: 3 trials, pooled hazard ratio 0.31 (95% confidence interval 0.08 to 1.23); the "
                        + "estimate favours lenalidomide, but the interval includes 1, and that hangs on the method: the "
                        + "Wald interval is 0.17 to 0.58 and excludes it. Endpoints are mixed: QuiRedex reports TTP; "
                        + "E3A06 and IFM 2005-02 report PFS. Seven audit findings to look up.")
                .contains(
                        "Death: 3 trials, pooled hazard ratio 0.63 (95% confidence interval 0.09 to 4.36); the estimate "
                                + "favours lenalidomide, but the interval includes 1. The audit has no complaint.")
                .contains("19 rows did not enter a pool");
    }

    @Test
    void saysTheResultInPlainWords() {
        assertThat(text(lenalidomide, "progression", "result"))
                .contains(
                        "Three trials enter, one analysis of each. By the random-effects model the pooled hazard ratio is "
                                + "0.31 (95% confidence interval 0.08 to 1.23, Hartung-Knapp-Sidik-Jonkman).")
                .contains(
                        "A hazard ratio below 1 favours lenalidomide: at any moment, progression is less frequent with "
                                + "lenalidomide than with control among the patients still at risk.")
                .contains(
                        "The interval includes 1: so few trials do not settle whether the hazard of progression is lower "
                                + "or higher with lenalidomide.")
                .contains("gives 0.42 (95% confidence interval 0.34 to 0.52).")
                .contains(
                        "The trials differ by more than chance easily explains (Q = 10.0 on 2 df, P = 0.007; τ² = 0.23; "
                                + "I² = 77%).")
                .contains("expected to lie between 0.03 and 3.75 with 95% probability (prediction interval).")
                .contains("All 3 trials have a hazard ratio below 1, and the interval of each excludes 1.");
    }

    @Test
    void neverCallsAnIntervalThatIncludesOneNoEffect() {
        for (String family : List.of("progression", "death")) {
            for (ResultItem item : section(lenalidomide, family).items()) {
                if (item instanceof org.lozenge.plugin.Text text) {
                    assertThat(text.body()).doesNotContain("no effect", "not significant", "risk of");
                }
            }
        }
    }

    @Test
    void explainsTheTwoIntervals() {
        assertThat(text(lenalidomide, "progression", "two_intervals"))
                .contains(
                        "the Wald interval is 0.17 to 0.58 and excludes 1; the Hartung-Knapp-Sidik-Jonkman (HKSJ) interval "
                                + "is 0.08 to 1.23 and includes 1.")
                .contains("without the guard it is 0.08 to 1.16 and includes 1.")
                .contains("it spans 4.30 standard errors to either side instead of 1.96.")
                .contains(
                        "3 trials are too few to rule out 1. That is not evidence that lenalidomide makes no difference.")
                .contains(
                        "each of the 3 trials by itself excludes 1 on the same side and their average, the common effect, "
                                + "excludes 1 (0.34 to 0.52)");
    }

    @Test
    void namesTheMixture() {
        assertThat(text(lenalidomide, "progression", "mixture"))
                .contains("QuiRedex reports TTP; E3A06 and IFM 2005-02 report PFS.")
                .contains("TTP (time to progression) counts progression, but not death without it; "
                        + "PFS (progression-free survival) counts progression or death.")
                .contains("With PFS alone (2 trials: E3A06 and IFM 2005-02)")
                .contains("the common-effect model gives 0.47 (95% confidence interval 0.37 to 0.59), against 0.42");
    }

    @Test
    void writesTheMethodsFromWhatWasDone() {
        assertThat(text(lenalidomide, "methods", "methods"))
                .contains("lenalidomide.csv: 25 rows from 5 documents on 4 trials")
                .contains(
                        "Progression: T4, from hazard ratio and confidence interval (QuiRedex); T7, from hazard ratio and "
                                + "exact two-sided P value (E3A06); T10, from hazard ratio and events per arm (IFM 2005-02).")
                .contains("P values without stated sides were read as two-sided (E3A06).")
                .contains(
                        "between-trial variance (τ²) by REML; Hartung-Knapp-Sidik-Jonkman (HKSJ) with ad hoc guard, t with "
                                + "k − 1 degrees of freedom")
                .contains("the latest analysis with a usable standard error")
                .contains("cutoff latest")
                .contains(
                        "item 12", "item 13a", "item 13b", "item 13c", "item 13d", "item 13e", "item 13f", "Item 20a");
        Outcome other = reviews.sample("lenalidomide")
                .set("tau2", "dl")
                .set("test", "z")
                .set("pi", "hts")
                .set("cutoff", "earliest")
                .get();
        assertThat(text(other, "methods", "methods"))
                .contains(
                        "(τ²) by DL; Wald interval (normal distribution); prediction intervals (three trials or more) with "
                                + "the classic standard error and t with k − 2 degrees of freedom")
                .contains("the earliest analysis with a usable standard error")
                .contains("cutoff earliest");
    }

    // ---- figures

    @Test
    void drawsSettingsAsGroups() {
        ForestPlot forest = section(lenalidomide, "progression").item("forest", ForestPlot.class);
        assertThat(forest.rows())
                .extracting(row -> row.kind() + " " + row.label())
                .startsWith(
                        "HEADING Smoldering",
                        "STUDY QuiRedex",
                        "STUDY E3A06",
                        "SUBTOTAL Subtotal, common effect",
                        "NOTE Heterogeneity: τ² = 0; Q = 0.82, df = 1, P = 0.37; I² = 0% (95% CI 0% to 100%)",
                        "HEADING After transplantation",
                        "STUDY IFM 2005-02",
                        "SUMMARY Common effect",
                        "SUMMARY Random effects (REML, HKSJ)",
                        "SUMMARY Random effects, Wald interval",
                        "PREDICTION 95% prediction interval");
        assertThat(forest.favoursLow()).isEqualTo("Favours lenalidomide");
        assertThat(forest.favoursHigh()).isEqualTo("Favours control");
        assertThat(forest.description())
                .isEqualTo(
                        "Forest plot of 3 trials for progression. Random-effects hazard ratio 0.31, 95% interval 0.08 to "
                                + "1.23; 95% prediction interval 0.03 to 3.75.");
    }

    @Test
    void drawsSummaryRowsOfTheModelsAndWeightsThatAddToOne() {
        ForestPlot forest = section(lenalidomide, "progression").item("forest", ForestPlot.class);
        double weight = forest.rows().stream()
                .filter(row -> row.kind() == RowKind.STUDY)
                .mapToDouble(ForestPlot.Row::weight)
                .sum();
        assertEquals(1, weight, 1e-12);
        ForestPlot.Row wald = forest.rows().get(9);
        assertRatio(0.16608842260343984, wald.low());
        assertRatio(0.58295258048248311, wald.high());
    }

    @Test
    void saysNothingAboutFavourWhereTheEventIsNotKnown() {
        Outcome outcome = reviews.on(
                        "study,endpoint,treatment,hr,ci_low,ci_high\nA,time to response,drug,1.5,1.1,2.05\n")
                .get();
        ForestPlot forest = section(outcome, "time-to-response").item("forest", ForestPlot.class);
        assertThat(forest.favoursLow()).isEqualTo("Lower hazard with drug");
        assertThat(text(outcome, "time-to-response", "result")).contains("whether that is good depends on the event");
    }

    // ---- audit

    @Test
    void auditsReportsAndHoldsThemAgainstEachOther() {
        Tabular audit = table(lenalidomide, "progression", "audit");
        assertThat(texts(audit, "state").subList(0, 7)).containsOnly("warn");
        assertThat(texts(audit, "rows")).containsExactly("5", "15", "15", "6", "6, 16", "8, 10", "11", "1");
        assertThat(texts(audit, "rule")).containsExactly("A8", "A9", "A8", "A11", "A8", "A8", "A6", "A2");
        assertThat(texts(audit, "text").get(4)).startsWith("The arms look swapped: E3A06 at ASCO 2019 gives 90");
        assertThat(texts(table(lenalidomide, "death", "audit"), "state")).containsOnly("ok-within-rounding");
        assertThat(text(lenalidomide, "death", "audit_result"))
                .isEqualTo("26 comparisons of printed figures: all agree, allowing for rounding.");
    }

    // ---- nothing is lost

    @ParameterizedTest
    @ValueSource(strings = {"lenalidomide", "lenalidomide-maintenance", "lenalidomide-published"})
    void accountsForEveryRow(String sample) {
        Outcome outcome = reviews.sample(sample).get();
        Set<Integer> all = new TreeSet<>();
        for (ResultItem item : outcome.get().items()) {
            for (ResultItem part : ((Section) item).items()) {
                if (part.id().equals("reports_used")) {
                    for (int row : integers((Tabular) part, "row")) {
                        assertThat(all.add(row)).isTrue();
                    }
                }
                if (part.id().equals("not_used")) {
                    for (int row : rows(texts((Tabular) part, "rows"))) {
                        assertThat(all.add(row)).isTrue();
                    }
                    assertThat(texts((Tabular) part, "reason")).doesNotContain("");
                }
            }
        }
        int rows = Samples.get(sample).csv().split("\n").length - 1;
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, rows).boxed().toList());
    }

    @Test
    void saysWhyRowsDoNotEnter() {
        Tabular notUsed = table(lenalidomide, "summary", "not_used");
        Map<String, String> reasons = new HashMap<>();
        for (int i = 0; i < notUsed.rows(); i++) {
            reasons.put(notUsed.text("rows", i), notUsed.text("reason", i));
        }
        assertThat(reasons)
                .containsEntry("3", "a hazard ratio without interval, exact P value or events")
                .containsEntry("7\u201311", "further figures of row 6, for the audit only")
                .containsEntry("12\u201314", "a single arm, so there is nothing to compare")
                .containsEntry("22", "an earlier analysis (2010-07-07) than the one used (2011-10-01)");
        assertThat(reasons.get("25"))
                .startsWith("no hazard ratio; the printed curves or medians give a crude one only (T20");
    }

    // ---- options

    @Test
    void obeysTheCutOffRule() {
        Outcome earliest =
                reviews.sample("lenalidomide").set("cutoff", "earliest").get();
        assertThat(integers(table(earliest, "death", "reports_used"), "row")).containsExactly(2, 19, 22);
        assertThat(integers(table(earliest, "progression", "reports_used"), "row"))
                .containsExactly(1, 6, 21);
    }

    @Test
    void usesBoundsAndCrudeRoutesOnlyOnRequest() {
        String csv = "study,endpoint,hr,p\nA,OS,0.5,<0.001\nB,OS,0.6,0.02\n";
        Outcome without = reviews.on(csv).get();
        assertThat(table(without, "death", "effects").rows()).isEqualTo(1);
        Outcome with = reviews.on(csv).set("accept-bounds", true).get();
        assertThat(texts(table(with, "death", "effects"), "route")).containsExactly("T9", "T7");
        assertThat(codes(section(with, "death").messages())).contains("bound-used");
        Outcome crude = reviews.sample("lenalidomide").set("precedence", "T20").get();
        assertThat(codes(section(crude, "progression").messages())).contains("crude-route");
    }

    @Test
    void followsTestLevelAndPrediction() {
        Outcome outcome = reviews.sample("lenalidomide")
                .set("test", "z")
                .set("level", 0.9)
                .set("pi", "none")
                .get();
        Tabular model = table(outcome, "progression", "model");
        assertThat(model.text("test", 1)).isEqualTo("z");
        assertThat(model.number("pi_lower", 1)).isNaN();
        assertThat(text(outcome, "progression", "result"))
                .contains("90% confidence interval", "Wald")
                .doesNotContain("prediction interval");
        Outcome wald = reviews.sample("lenalidomide").set("test", "z").get();
        assertThat(text(wald, "progression", "result"))
                .contains("The HKSJ interval around the same estimate, 0.08 to 1.23, includes it");
    }

    @Test
    void turnsRatiosOfControlOverTreatment() {
        Outcome outcome = reviews.on("study,endpoint,hr,ci_low,ci_high\nA,OS,2,1.6,2.5\n")
                .set("direction", "control-treatment")
                .get();
        assertRatio(0.5, table(outcome, "death", "effects").number("effect", 0));
    }

    // ---- other people's tables

    @Test
    void needsNoMoreThanStudyAndHazardRatio() {
        Outcome outcome = reviews.on("Trial,Hazard ratio,lower,upper\nA,0.8,0.6,1.07\nB,0.7,0.5,0.98\nC,0.9,0.7,1.16\n")
                .get();
        assertThat(outcome.get().items()).extracting(ResultItem::id).containsExactly("summary", "all", "methods");
        assertThat(table(outcome, "all", "model").number("k", 0)).isEqualTo(3);
    }

    @Test
    void showsASingleTrialWithoutPooling() {
        Outcome outcome = reviews.on("study,endpoint,hr,ci_low,ci_high\nSmith 2010,OS,0.8,0.6,1.07\n")
                .get();
        assertThat(text(outcome, "death", "result"))
                .startsWith("One trial, Smith 2010: hazard ratio 0.80 (95% confidence interval 0.60 to 1.07)")
                .contains("With a single trial there is nothing to pool");
        assertThat(section(outcome, "death").items())
                .extracting(ResultItem::id)
                .contains("forest", "model")
                .doesNotContain("funnel", "intervals");
    }

    @Test
    void warnsAboutTwoTrialsAndPutsTheCommonEffectFirst() {
        Outcome outcome = reviews.on(
                        "study,endpoint,hr,ci_low,ci_high\nA,OS,0.8,0.6,1.07\nB,overall survival,0.9,0.7,1.16\n")
                .get();
        assertThat(text(outcome, "death", "result")).contains("Two trials cannot show how much trials differ");
        assertThat(text(outcome, "summary", "summary"))
                .contains("Death: 2 trials, hazard ratio 0.86", "by the common-effect model");
        assertThat(codes(section(outcome, "death").messages())).contains("few-studies");
        assertThat(table(outcome, "death", "model").number("pi_lower", 1)).isNaN();
    }

    @Test
    void givesEveryEndpointASectionOfItsOwn() {
        String csv = """
                author,outcome,HR,CI_lower,CI_upper,p
                A,Overall survival,0.8,0.6,1.07,
                A,Progression-free survival,0.7,0.6,0.82,<0.001
                B,OS (months),0.9,0.7,1.16,
                B,PFS by IRC,0.75,0.6,0.94,0.01
                B,Summary,1.5,1.1,2.05,
                C,PFS2,0.6,0.4,0.9,
                C,stroke,2.1,,,<0.05
                D,AE grade 3,,,,
                """;
        Outcome outcome = reviews.on(csv).get();
        assertThat(outcome.get().items())
                .extracting(ResultItem::id)
                .containsExactly(
                        "summary", "progression", "death", "second-progression", "summary-2", "stroke", "methods");
        assertThat(text(outcome, "stroke", "result")).startsWith("Nothing can be pooled");
        assertThat(table(outcome, "progression", "model").number("k", 0)).isEqualTo(2);
    }

    @Test
    void countsOneTrialOnceUnderSpellingsAndRegistrations() {
        String csv = """
                study,nct,endpoint,hr,ci_low,ci_high,year
                IFM 2005-02,NCT00430365,OS,1.06,0.77,1.46,2012
                ifm 2005\u201302,,OS,1.25,0.83,1.89,2010
                Attal 2012,NCT 00430365,OS,1.1,0.8,1.51,2011
                Other,,OS,0.8,0.6,1.07,2011
                """;
        Outcome outcome = reviews.on(csv).get();
        assertThat(table(outcome, "death", "model").number("k", 0)).isEqualTo(2);
        assertThat(integers(table(outcome, "death", "reports_used"), "row")).containsExactly(1, 4);
        assertThat(codes(outcome.messages())).containsExactly("same-registration");
    }

    @Test
    void takesRepeatedRowsOnceAndReportsContradictions() {
        String head = "study,endpoint,hr,ci_low,ci_high\n";
        Outcome repeated = reviews.on(head + "A,OS,0.8,0.6,1.07\nA,OS,0.8,0.6,1.07\nB,OS,0.9,0.7,1.16\n")
                .get();
        assertThat(table(repeated, "death", "model").number("k", 0)).isEqualTo(2);
        assertThat(text(repeated, "summary", "summary")).doesNotContain("question");
        Outcome contradicting = reviews.on(head + "A,OS,0.8,0.6,1.07\nA,OS,0.5,0.4,0.63\nB,OS,0.9,0.7,1.16\n")
                .get();
        assertThat(codes(section(contradicting, "death").messages())).contains("reports-disagree");
        assertThat(text(contradicting, "summary", "to_decide")).contains("Death: A has 2 different results for OS");
    }

    @Test
    void keepsRegistriesOutOfAPoolOfRandomizedTrials() {
        Outcome outcome = reviews.sample("lenalidomide-published").get();
        assertThat(texts(table(outcome, "progression", "reports_used"), "study"))
                .doesNotContain("Connect MM");
        assertThat(texts(table(outcome, "summary", "not_used"), "reason"))
                .contains("not a randomized comparison, and is not pooled with those that are");
    }

    @Test
    void asksAboutTrialsThatTestDifferentThings() {
        String head = "study,endpoint,treatment,control,hr,ci_low,ci_high\n";
        Outcome different = reviews.on(head + "A,OS,drug,placebo,0.8,0.6,1.07\nB,OS,surgery,watching,0.9,0.7,1.16\n")
                .get();
        assertThat(codes(section(different, "death").messages())).contains("mixed-comparisons");
        Outcome same = reviews.on(head + "A,OS,drug + chemo,chemo,0.8,0.6,1.07\nB,OS,Drug,placebo,0.9,0.7,1.16\n")
                .get();
        assertThat(codes(section(same, "death").messages())).doesNotContain("mixed-comparisons");
        assertThat(text(same, "death", "result")).contains("favours drug");
    }

    // ---- invariants

    private static String shuffled(String csv, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(csv.split("\n")));
        String head = lines.remove(0);
        Collections.shuffle(lines, random);
        return head + "\n" + String.join("\n", lines) + "\n";
    }

    @RepeatedTest(10)
    void doesNotDependOnTheOrderOfRows(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        String csv = Samples.get("lenalidomide").csv();
        Outcome outcome = reviews.on(shuffled(csv, random)).get();
        for (String family : List.of("progression", "death")) {
            for (String column : List.of("estimate", "se", "ci_lower", "ci_upper")) {
                for (int row = 0; row < 2; row++) {
                    double expected = table(lenalidomide, family, "model").number(column, row);
                    double actual = table(outcome, family, "model").number(column, row);
                    assertEquals(expected, actual, 1e-12 * Math.abs(expected));
                }
            }
            assertThat(texts(table(outcome, family, "reports_used"), "printed"))
                    .containsExactlyInAnyOrderElementsOf(texts(table(lenalidomide, family, "reports_used"), "printed"));
        }
    }

    @Test
    void doesNotDependOnRowsThatAreNotUsed() {
        List<String> lines = Arrays.asList(Samples.get("lenalidomide").csv().split("\n"));
        List<Integer> used = List.of(1, 2, 6, 19, 21, 24);
        List<String> kept = new ArrayList<>(List.of(lines.get(0)));
        used.forEach(row -> kept.add(lines.get(row)));
        Outcome outcome = reviews.on(String.join("\n", kept) + "\n").get();
        for (String family : List.of("progression", "death")) {
            assertThat(table(outcome, family, "model")).isEqualTo(table(lenalidomide, family, "model"));
            assertThat(table(outcome, family, "studies")).isEqualTo(table(lenalidomide, family, "studies"));
        }
    }

    @Test
    void reviewsFiftyTrials() {
        StringBuilder csv = new StringBuilder("study,endpoint,hr,ci_low,ci_high\n");
        for (int i = 1; i <= 50; i++) {
            csv.append("Trial ").append(i).append(i % 3 == 0 ? ",TTP" : ",PFS").append(",0.8,0.6,1.07\n");
        }
        Outcome outcome = reviews.on(csv.toString()).get();
        assertThat(table(outcome, "progression", "effects").rows()).isEqualTo(50);
        assertThat(text(outcome, "progression", "mixture")).startsWith("34 trials report PFS; 16 trials report TTP.");
    }

    // ---- errors

    @Test
    void refusesATableWithoutAUsableReportAndSaysWhatEachRowLacks() {
        Outcome outcome =
                reviews.on("study,endpoint,hr,p\nA,OS,0.5,\nB,OS,0.6,<0.05\n").get();
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(outcome.messages()).singleElement().satisfies(message -> {
            assertThat(message.code()).isEqualTo("no-usable-report");
            assertThat(message.text())
                    .startsWith(
                            "trials.csv has no row that can be pooled. Row 1: a hazard ratio without interval, exact P "
                                    + "value or events. Row 2: only P < 0.05")
                    .endsWith("Give at least one hazard ratio with its interval, an exact P value or events.");
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A,OS,0.8,1.07,0.6 | ci-order | row 1",
                "A,OS,2,0.6,1.07 | ci-order | row 1",
                "A,OS,abc,0.6,1.07 | bad-cell | 'abc'",
                "A,OS,-1,0.6,1.07 | bad-cell | '-1'",
                "A,OS,0.8,0,1.07 | bad-cell | '0'",
            })
    void refusesImpossibleFigures(String row, String code, String part) {
        Outcome outcome = reviews.on("study,endpoint,hr,ci_low,ci_high\n" + row + "\nB,OS,0.9,0.7,1.16\n")
                .get();
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(codes(outcome.messages())).contains(code);
        assertThat(outcome.messages().get(0).text()).contains(part);
    }

    @Test
    void skipsImpossibleRowsOnRequestAndListsThem() {
        Outcome outcome = reviews.on("study,endpoint,hr,ci_low,ci_high\nA,OS,0.8,1.07,0.6\nB,OS,0.9,0.7,1.16\n")
                .set("invalid", "skip")
                .get();
        assertThat(codes(outcome.messages())).containsExactly("ci-order");
        assertThat(texts(table(outcome, "summary", "not_used"), "reason").get(0))
                .startsWith("its figures cannot be right (The lower limit 1.07 is above the upper limit 0.6");
    }

    @Test
    void warnsWhenRowsNameNoStudy() {
        Outcome outcome =
                reviews.on("hr,ci_low,ci_high\n0.8,0.6,1.07\n0.9,0.7,1.16\n").get();
        assertThat(codes(outcome.messages())).containsExactly("no-study");
    }
}
