package org.lozenge.analyses.absoluteeffect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.Text;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;

class AbsoluteEffectAnalysisTest {

    private static final String POOLED = "study,hr,ci_low,ci_high\nPooled,0.48,0.41,0.55\n";

    private static final String TRIALS = """
            study,hr,ci_low,ci_high,survival_c,time,n_t,n_c
            CALGB 100104,0.38,0.28,0.50,0.40,36,231,229
            IFM 2005-02,0.53,0.44,0.64,0.33,36,307,307
            RV-MM-PI-209,0.47,0.33,0.65,35%,36,67,68
            """;

    private static Outcome single(String hr, String low, String high, UnaryOperator<Run> settings) {
        return run(
                "absolute-effect", "study,hr,ci_low,ci_high\nPooled," + hr + "," + low + "," + high + "\n", settings);
    }

    /** The printed limits are mapped, not limits made symmetric about the ratio. */
    @ParameterizedTest
    @CsvSource({
        "0.72, 0.55, 0.92, 0.67, 749.5, 691.8, 802.3, 12.578, 7.558, 45.844",
        "0.75, 0.63, 0.90, 0.50, 594.6, 535.9, 646.2, 10.570, 6.841, 27.865",
        "0.48, 0.41, 0.55, 0.35, 604.2, 561.4, 650.2,  3.935, 3.331,  4.731"
    })
    void appliesAPrintedHazardRatioToSurvival(
            String hr,
            String low,
            String high,
            String s,
            double free,
            double freeLow,
            double freeHigh,
            double nnt,
            double nntLow,
            double nntHigh) {
        Tabular table = table(
                single(hr, low, high, r -> r.set("baseline", s + "@36").set("baseline-is", "event-free")), "absolute");

        assertThat(table.number("time", 0)).isEqualTo(36);
        assertThat(table.number("baseline_survival", 0)).isEqualTo(Double.parseDouble(s));
        assertThat(table.number("event_free_treated", 0)).isCloseTo(free, within(0.05));
        assertThat(table.number("event_free_treated_lower", 0)).isCloseTo(freeLow, within(0.05));
        assertThat(table.number("event_free_treated_upper", 0)).isCloseTo(freeHigh, within(0.05));
        assertThat(table.number("difference", 0)).isCloseTo(free - 1000 * Double.parseDouble(s), within(0.06));
        assertThat(table.number("nnt", 0)).isCloseTo(nnt, within(5.1e-4));
        assertThat(table.number("nnt_lower", 0)).isCloseTo(nntLow, within(5.1e-4));
        assertThat(table.number("nnt_upper", 0)).isCloseTo(nntHigh, within(5.1e-4));
    }

    /** 500 events per 1000 become 405.4 (353.8 to 464.1), not 375. */
    @Test
    void countsEventsOnRequestAndSaysThatAHazardRatioIsNoRiskRatio() {
        Outcome outcome = single(
                "0.75",
                "0.63",
                "0.90",
                r -> r.set("baseline", "50%@60").set("baseline-is", "event").set("outcome", "death"));

        Tabular table = table(outcome, "absolute");
        assertThat(table.number("events_control", 0)).isEqualTo(500);
        assertThat(table.number("events_treated", 0)).isCloseTo(405.4, within(0.05));
        assertThat(table.number("events_treated_lower", 0)).isCloseTo(353.8, within(0.05));
        assertThat(table.number("events_treated_upper", 0)).isCloseTo(464.1, within(0.05));
        assertThat(text(outcome, "hazard-not-risk"))
                .contains("405.4 events per 1000")
                .contains("wrongly give 375.0");
        assertThat(table(outcome, "summary_of_findings").text("difference", 0)).isEqualTo("95 fewer (36 to 146 fewer)");
        assertThat(table(outcome, "summary_of_findings").text("finding", 0))
                .isEqualTo("With treatment, 95 fewer (36 to 146 fewer) per 1000 have the event.");
    }

    /** The three trials of maintenance give 0.4786 (0.4150 to 0.5521) by the common-effect model. */
    @Test
    void poolsTrialsAndTakesTheBaselineFromTheirControlArms() {
        Outcome outcome =
                run("absolute-effect", TRIALS, r -> r.set("model", "common").set("time-unit", "months"));

        Tabular table = table(outcome, "absolute");
        assertThat(table.number("baseline_survival", 0)).isEqualTo(0.35);
        assertThat(table.number("event_free_treated", 0)).isCloseTo(1000 * Math.pow(0.35, 0.478637), within(1e-3));
        assertThat(table.number("event_free_treated_lower", 0))
                .isCloseTo(1000 * Math.pow(0.35, 0.552063), within(1e-3));
        assertThat(table.text("baseline_source", 0))
                .isEqualTo("median of the control arms of CALGB 100104, IFM 2005-02, RV-MM-PI-209");
        assertThat(text(outcome, "baseline-from-columns")).contains("0.350 event-free at 36 months");
        Tabular findings = table(outcome, "summary_of_findings");
        assertThat(findings.number("studies", 0)).isEqualTo(3);
        assertThat(findings.number("participants", 0)).isEqualTo(1209);
        assertThat(findings.text("relative_effect", 0)).isEqualTo("HR 0.48 (95% CI 0.41 to 0.55)");
        assertThat(findings.text("control", 0)).isEqualTo("350 per 1000");
        assertThat(findings.text("treatment", 0)).isEqualTo("605 (560 to 647) per 1000");
    }

    @Test
    void mapsThePredictionIntervalToo() {
        Outcome outcome = run("absolute-effect", TRIALS);

        Tabular model = table(outcome, "model");
        Tabular prediction = table(outcome, "prediction");
        assertThat(prediction.number("event_free_treated_lower", 0))
                .isCloseTo(1000 * Math.pow(0.35, model.number("effect_pi_upper", 1)), within(1e-9));
        assertThat(prediction.number("event_free_treated_upper", 0))
                .isCloseTo(1000 * Math.pow(0.35, model.number("effect_pi_lower", 1)), within(1e-9));
        assertThat(prediction.text("nnt_text", 0)).contains("NNT");
        assertThat(run("absolute-effect", POOLED, AbsoluteEffectAnalysisTest::at36)
                        .get()
                        .items())
                .noneMatch(item -> item.id().equals("prediction"));
    }

    private static Run at36(Run run) {
        return run.set("baseline", "0.35@36").set("baseline-is", "event-free");
    }

    @Test
    void takesThePredictionIntervalOfAPooledEffect() {
        Outcome outcome = run(
                "absolute-effect",
                "study,hr,ci_low,ci_high,pi_low,pi_high\nPooled,0.48,0.41,0.55,0.2,1.1\n",
                AbsoluteEffectAnalysisTest::at36);

        Tabular prediction = table(outcome, "prediction");
        assertThat(prediction.number("event_free_treated_lower", 0))
                .isCloseTo(1000 * Math.pow(0.35, 1.1), within(1e-9));
        // Altman 1998: benefit, through infinity, to harm
        assertThat(prediction.number("nnt_lower", 0)).isPositive();
        assertThat(prediction.number("nnt_upper", 0)).isNegative();
        assertThat(prediction.text("nnt_text", 0)).isEqualTo("NNTB 3.9 (NNTB 2.2 to ∞ to NNTH 28.7)");
    }

    @Test
    void anIntervalWithBothSidesIsNeverCalledNoEffect() {
        Outcome outcome = single(
                "0.90",
                "0.70",
                "1.16",
                r -> at36(r).set("certainty", "moderate").set("treatment", "lenalidomide"));

        Tabular findings = table(outcome, "summary_of_findings");
        assertThat(findings.text("finding", 0))
                .isEqualTo(
                        "Lenalidomide may raise or lower the number free of the event, which is probably not settled:"
                                + " 39 more (54 fewer to 130 more) per 1000.");
        assertThat(findings.text("nnt", 0)).startsWith("NNTB ").contains(" to ∞ to NNTH ");
    }

    @ParameterizedTest
    @CsvSource({
        "high,Lenalidomide increases overall survival: 254",
        "moderate,Lenalidomide probably increases overall survival: 254",
        "low,Lenalidomide may increase overall survival: 254",
        "very-low,The evidence is very uncertain about what lenalidomide does to overall survival (254",
        "unstated,'With lenalidomide, 254 more (211 to 300 more) per 1000 are free of the event.'"
    })
    void chosesTheVerbByTheCertainty(String certainty, String finding) {
        Outcome outcome = run(
                "absolute-effect",
                POOLED,
                r -> at36(r).set("outcome", "overall survival")
                        .set("treatment", "lenalidomide")
                        .set("certainty", certainty));

        assertThat(table(outcome, "summary_of_findings").text("finding", 0)).startsWith(finding);
        assertThat(outcome.get().item("result", Text.class).body())
                .contains("350 per 1000 are free of the event (overall survival) with control and 604 (561 to 650)");
    }

    @Test
    void eachMeasureHasItsFormula() {
        String risk = "study,effect,se\nPooled,-0.5,0.1\n";
        double odds = Math.exp(-0.5) * 0.2 / 0.8;
        assertEvents(risk, "or", 1000 * odds / (1 + odds));
        assertEvents(risk, "peto", 1000 * odds / (1 + odds));
        assertEvents(risk, "rr", 200 * Math.exp(-0.5));
        assertEvents(risk, "hr", 1000 * (1 - Math.pow(0.8, Math.exp(-0.5))));
        assertEvents(risk, "irr", 1000 * (1 - Math.pow(0.8, Math.exp(-0.5))));
        assertEvents("study,effect,se\nPooled,-0.05,0.01\n", "rd", 150);
    }

    private static void assertEvents(String csv, String measure, double expected) {
        Outcome outcome = run(
                "absolute-effect",
                csv,
                r -> r.set("measure", measure).set("baseline", "0.2").set("baseline-is", "event"));
        assertThat(table(outcome, "absolute").number("events_treated", 0)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void moreOfAGoodEventIsTheBenefit() {
        Outcome outcome = run(
                "absolute-effect",
                "study,or,ci_low,ci_high\nPooled,2,1.5,2.7\n",
                r -> r.set("baseline", "0.3").set("baseline-is", "event").set("good-event", "true"));

        Tabular table = table(outcome, "absolute");
        assertThat(table.number("nnt", 0)).isPositive();
        assertThat(table.number("difference", 0)).isNegative();
        assertThat(outcome.get().item("absolute", Tabular.class).text("nnt_text", 0))
                .startsWith("NNTB");
    }

    @Test
    void translatesMediansAndSaysWhatThatAssumes() {
        Outcome outcome = run(
                "absolute-effect",
                "study,hr,ci_low,ci_high\nPooled,0.75,0.63,0.90\n",
                r -> r.set("control-median", "86")
                        .set("baseline", "0.8@24, 0.5@86, 0.2@150")
                        .set("baseline-is", "event-free"));

        Tabular medians = table(outcome, "medians");
        assertThat(medians.text("method", 0)).isEqualTo("exponential");
        assertThat(medians.number("treated", 0)).isCloseTo(114.7, within(0.05));
        assertThat(medians.number("treated_lower", 0)).isCloseTo(95.6, within(0.05));
        assertThat(medians.number("treated_upper", 0)).isCloseTo(136.5, within(0.05));
        assertThat(medians.text("assumption", 0)).startsWith("Constant hazards");
        assertThat(medians.text("method", 1)).isEqualTo("control-curve");
        assertThat(medians.number("control", 1)).isCloseTo(86, within(1e-9));
        double target = Math.log(0.5) / 0.75;
        assertThat(medians.number("treated", 1))
                .isCloseTo(86 + 64 * (target - Math.log(0.5)) / (Math.log(0.2) - Math.log(0.5)), within(1e-9));
    }

    @Test
    void theUncertaintyOfTheBaselineWidensTheLimits() {
        Tabular known = table(run("absolute-effect", POOLED, AbsoluteEffectAnalysisTest::at36), "absolute");
        Tabular uncertain = table(run("absolute-effect", POOLED, r -> at36(r).set("baseline-se", "0.04")), "absolute");

        assertThat(uncertain.number("event_free_treated_lower", 0))
                .isLessThan(known.number("event_free_treated_lower", 0) - 1);
        assertThat(uncertain.number("nnt_upper", 0)).isGreaterThan(known.number("nnt_upper", 0));
        assertThat(uncertain.number("event_free_treated", 0)).isEqualTo(known.number("event_free_treated", 0));
    }

    @Test
    void theFigureShowsADifferenceForEachBaseline() {
        ForestPlot plot = run(
                        "absolute-effect",
                        POOLED,
                        r -> r.set("baseline", "0.60@24,0.35@36").set("baseline-is", "event-free"))
                .get()
                .item("differences", ForestPlot.class);

        assertThat(plot.rows()).hasSize(2);
        assertThat(plot.rows().get(1).value()).isCloseTo(254.16, within(0.01));
        assertThat(plot.favoursHigh()).isEqualTo("Favours treatment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.35@36|unstated||baseline-is|nothing says what it counts",
                "35@36|event-free||param-value|Write 35% or 0.35, not 35",
                "0.35@0|event-free||param-value|'0.35@0' is no fraction with a time above 0",
                "0,35@36|event-free||param-value|'0' is not between 0 and 1",
                "often|event||param-value|'often' is no fraction",
                "0.35@36@2|event||param-value|'0.35@36@2' is no fraction",
                "0.6@24,0.35@36|event||baseline-order|event and event-free may be exchanged",
                "0.35@24,0.6@36|event-free||baseline-order|event and event-free may be exchanged",
                "0.35,0.6|event-free||param-value|several fractions need a time each",
                "0.35@36|event-free|death|outcome-contradicts|names the event",
                "0.35@36|event|overall survival|outcome-contradicts|names being free of the event",
                "0.35@36|event|PFS|outcome-contradicts|names being free of the event"
            })
    void refusesABaselineThatMayBeMixedUp(String baseline, String is, String outcome, String code, String message) {
        Outcome result = run(
                "absolute-effect",
                POOLED,
                r -> r.set("baseline", baseline).set("baseline-is", is).set("outcome", outcome == null ? "" : outcome));

        assertThat(result).isInstanceOf(Outcome.Rejected.class);
        assertThat(text(result, code)).contains(message);
    }

    @Test
    void namesABaselineThatIsTheOppositeOfWhatTheControlArmsPrint() {
        Outcome outcome =
                run("absolute-effect", TRIALS, r -> r.set("baseline", "0.35@36").set("baseline-is", "event"));

        assertThat(text(outcome, "baseline-swapped")).contains("One is one minus the other");
    }

    @Test
    void needsABaselineAndAMeasureOfRisks() {
        assertThat(text(run("absolute-effect", POOLED), "no-baseline")).contains("--baseline 0.35@36");
        assertThat(text(
                        run("absolute-effect", "study,effect,se\nA,0.2,0.1\n", AbsoluteEffectAnalysisTest::at36),
                        "measure-unsuitable"))
                .contains("--measure hr, or, rr, irr or rd");
        assertThat(text(run("absolute-effect", POOLED, r -> at36(r).set("baseline-se", "0.1,0.2")), "param-value"))
                .contains("one for each of the 1 fractions");
        assertThat(text(run("absolute-effect", POOLED, r -> at36(r).set("control-median", "soon")), "param-value"))
                .contains("control-median");
    }

    @Test
    void warnsWhereARiskRatioDoesNotCarryOver() {
        Outcome outcome = run(
                "absolute-effect",
                "study,rr,ci_low,ci_high\nPooled,1.6,1.2,2.1\n",
                r -> r.set("baseline", "0.6").set("baseline-is", "event"));

        assertThat(codes(outcome)).contains("risk-cut");
        assertThat(table(outcome, "absolute").number("events_treated_upper", 0)).isEqualTo(1000);
    }
}
