package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.review.Reviews.section;
import static org.lozenge.analyses.review.Reviews.table;
import static org.lozenge.analyses.review.Reviews.text;
import static org.lozenge.analyses.review.Reviews.texts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

/** Trials overview, sensitivity, conversions and absolute effects of a review. */
class SensitivityTest {

    /** C prints a symmetric interval; A by P value, B with a ratio far outside the middle of its interval. */
    private static final String TRIALS = """
            study,endpoint,treatment,control,hr,ci_low,ci_high,p,p_sided,n_t,n_c,time,survival_t,survival_c
            A,OS,drug,placebo,0.60,,,0.0100,2,100,100,24,0.80,0.70
            B,OS,drug,placebo,0.70,0.45,0.80,,,200,200,24,0.75,0.60
            C,OS,drug,placebo,0.80,0.64,1.00,,,150,150,12,0.90,0.85
            """;

    private static Reviews reviews;
    private static Outcome lenalidomide;
    private static Outcome three;

    @BeforeAll
    static void open() {
        reviews = new Reviews();
        lenalidomide = reviews.sample("lenalidomide").get();
        three = reviews.on(TRIALS).get();
    }

    @AfterAll
    static void close() {
        reviews.close();
    }

    @Test
    void leavesOutEachQuestionedTrialAndAllOfThem() {
        Tabular table = table(three, "death", "sensitivity");

        assertThat(texts(table, "left_out")).containsExactly("", "A", "B", "A, B");
        assertThat(table.text("what", 1)).isEqualTo("indirect route (T7)");
        assertThat(table.text("what", 2)).startsWith("audit finding (A2");
        assertThat(table.text("what", 3)).isEqualTo("all of these");
        assertThat(table.number("k", 0)).isEqualTo(3);
        assertThat(table.number("effect", 0))
                .isEqualTo(table(three, "death", "model").number("effect", 1));
        assertThat(table.number("k", 3)).isEqualTo(1);
        assertThat(table.number("effect", 3)).isCloseTo(0.80, within(1e-12));
        // 0.80 with SE ln(1.00/0.64) / 2z: symmetric, so the printed limits come back
        assertThat(table.number("effect_lower", 3)).isCloseTo(0.64, within(1e-12));
        assertThat(table.number("i2", 3)).isNaN();
        assertThat(texts(table, "changes_conclusion")).allMatch(cell -> cell.matches("|yes|no"));
        assertThat(text(three, "death", "sensitivity_result"))
                .startsWith("Two trials of 3 have figures that the audit questions");
    }

    @Test
    void questionsTwoTrialsOfTheSample() {
        Tabular table = table(lenalidomide, "progression", "sensitivity");

        assertThat(texts(table, "left_out")).containsExactly("", "E3A06", "IFM 2005-02", "E3A06, IFM 2005-02");
        assertThat(texts(table, "changes_conclusion")).containsExactly("", "no", "no", "yes");
        assertThat(table.number("effect", 3)).isCloseTo(0.18, within(1e-12));
        assertThat(table.number("effect_lower", 3)).isCloseTo(0.0955, within(5e-5));
        assertThat(table.number("effect_upper", 3)).isCloseTo(0.3394, within(5e-5));
    }

    /** The pool without a trial is the review of a table without it. */
    @Test
    void agreesWithAReviewOfTheOtherTrials() {
        Tabular all = table(three, "death", "sensitivity");
        Outcome withoutA = reviews.on(TRIALS.replaceFirst("(?m)^A,.*\\R", "")).get();
        Tabular model = table(withoutA, "death", "model");

        assertThat(all.number("effect", 1)).isEqualTo(model.number("effect", 1));
        assertThat(all.number("effect_lower", 1)).isEqualTo(model.number("effect_lower", 1));
        assertThat(all.number("effect_upper", 1)).isEqualTo(model.number("effect_upper", 1));
    }

    @Test
    void saysWhenTheConclusionHangsOnATrial() {
        Outcome outcome = reviews.on("""
                        study,hr,ci_low,ci_high,events_t,events_c
                        A,0.50,0.40,0.625,,
                        B,0.50,,,150,290
                        C,0.95,,,20,21
                        """).set("tau2", "0").set("test", "z").get();

        Tabular table = table(outcome, "all", "sensitivity");
        assertThat(texts(table, "left_out")).containsExactly("", "B", "C", "B, C");
        assertThat(text(outcome, "all", "sensitivity_result"))
                .contains("The conclusion is that the interval lies below 1.")
                .contains("It stays the same without any of them, and without all.");
        Outcome hinges = reviews.on("""
                        study,hr,ci_low,ci_high,events_t,events_c
                        A,0.90,0.75,1.08,,
                        B,0.50,,,300,580
                        """).set("tau2", "0").set("test", "z").get();
        assertThat(table(hinges, "all", "sensitivity").text("changes_conclusion", 1))
                .isEqualTo("yes");
        assertThat(text(hinges, "all", "sensitivity_result")).contains("It changes without B (0.90, 0.75 to 1.08).");
    }

    @Test
    void isSilentWhereNothingIsDoubtful() {
        Outcome outcome = reviews.on("study,hr,ci_low,ci_high\nA,0.80,0.64,1.00\nB,0.50,0.40,0.625\n")
                .get();

        assertThat(section(outcome, "all").items()).noneMatch(item -> item.id().equals("sensitivity"));
    }

    @Test
    void showsForEachTrialWhatWasPrintedChosenAndQuestioned() {
        Tabular trials = table(three, "death", "trials");

        assertThat(texts(trials, "study")).containsExactly("A", "B", "C");
        assertThat(trials.text("printed", 0)).isEqualTo("HR 0.60, P = 0.0100");
        assertThat(trials.text("chosen", 0)).startsWith("T7, HR 0.60, SE 0.198");
        assertThat(trials.text("questions", 1)).startsWith("A2: ");
        assertThat(trials.text("questions", 2)).isEqualTo("nothing");
        // curves at one time: ln(ln 0.8 / ln 0.7) against ln 0.6, in standard errors of the chosen route
        double curves = Math.log(Math.log(0.8) / Math.log(0.7));
        double se = -Math.log(0.6) / 2.5758293035489004;
        assertThat(trials.number("largest_difference", 0))
                .isCloseTo(Math.abs(curves - Math.log(0.6)) / se, within(1e-9));
        assertThat(trials.text("agree", 0) + trials.text("differ", 0)).contains("T20 (crude)");
    }

    @Test
    void listsTheConversionsForPrisma() {
        Tabular table = table(three, "methods", "conversions");

        assertThat(texts(table, "route")).containsExactly("T7", "T4", "T4");
        assertThat(table.text("inputs", 0)).isEqualTo("hr 0.60, p 0.0100, p_sided 2");
        assertThat(table.text("level", 1)).isEqualTo("95% (assumed)");
        assertThat(table.text("sides", 0)).doesNotContain("assumed");
        assertThat(table.text("family", 0)).isEqualTo("Death");
        Tabular both = table(lenalidomide, "methods", "conversions");
        assertThat(texts(both, "study"))
                .containsExactly("QuiRedex", "E3A06", "IFM 2005-02", "QuiRedex", "E3A06", "IFM 2005-02");
        assertThat(both.number("se", 1)).isCloseTo(0.36572, within(5e-6));
    }

    @Test
    void turnsTheRatioIntoAbsoluteNumbersWhereControlArmsPrintSurvival() {
        Tabular absolute = table(three, "death", "absolute");
        Tabular model = table(three, "death", "model");

        assertThat(absolute.number("time", 0)).isEqualTo(12);
        assertThat(absolute.number("baseline_survival", 0)).isEqualTo(0.85);
        assertThat(absolute.number("baseline_survival", 1)).isCloseTo(0.65, within(1e-15));
        assertThat(absolute.text("baseline_source", 1)).isEqualTo("median of the control arms of A, B");
        assertThat(absolute.number("event_free_treated", 1))
                .isCloseTo(1000 * Math.pow(0.65, model.number("effect", 1)), within(1e-9));
        assertThat(text(three, "death", "absolute_result"))
                .contains("At 12 months, 850 per 1000 are free of the event (overall survival) with placebo")
                .contains("do not form one curve");
        Tabular findings = table(three, "summary", "summary_of_findings");
        assertThat(findings.number("participants", 0)).isEqualTo(900);
        assertThat(findings.text("time", 1)).isEqualTo("24 months");
    }

    @Test
    void takesAStatedBaselineForTheFamilyItIsAbout() {
        Outcome outcome = reviews.sample("lenalidomide")
                .set("baseline", "0.30@36")
                .set("baseline-is", "event")
                .set("baseline-for", "progression")
                .get();

        Tabular absolute = table(outcome, "progression", "absolute");
        assertThat(absolute.number("events_control", 0)).isEqualTo(300);
        assertThat(absolute.text("baseline_source", 0)).isEqualTo("option 'baseline'");
        assertThat(text(outcome, "progression", "absolute_result"))
                .contains("300 per 1000 have the event (progression)");
        Outcome open = reviews.sample("lenalidomide")
                .set("baseline", "0.30@36")
                .set("baseline-is", "event")
                .get();
        assertThat(open.messages())
                .anyMatch(message -> message.text()
                        .contains("must name the one family that 'baseline' is about:" + " progression and death."));
    }
}
