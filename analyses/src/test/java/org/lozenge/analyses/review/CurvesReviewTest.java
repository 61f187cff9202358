package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.review.Reviews.codes;
import static org.lozenge.analyses.review.Reviews.section;
import static org.lozenge.analyses.review.Reviews.table;
import static org.lozenge.analyses.review.Reviews.text;
import static org.lozenge.analyses.review.Reviews.texts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

/** Tables in which some trials print hazard ratios and others survival curves. */
class CurvesReviewTest {

    private static final String HEADER =
            "study,endpoint,report,hr,ci_low,ci_high,p,arm,time,survival,n_risk,survival_t,survival_c,follow_up\n";

    /** The curves of Delta are those of core/stats/validation/survival/curves.py; its paper prints a bound only. */
    private static final String TRIALS = HEADER + """
            Alpha,PFS,paper,0.70,0.55,0.89,0.004,,,,,,,30
            Beta,PFS,paper,0.65,0.50,0.845,0.0013,,,,,,,28
            Gamma,PFS,paper,0.75,0.60,0.9375,0.012,,12,,,0.80,0.742,26
            Delta,PFS,paper,0.58,,,<0.001,,,,,,,25
            Delta,PFS,news,0.58,,,<0.001,,,,,,,
            """
            + curve(
                    "Delta",
                    "paper",
                    "treatment",
                    150,
                    1,
                    0.92,
                    136,
                    0.83,
                    118,
                    0.75,
                    100,
                    0.69,
                    76,
                    0.64,
                    49,
                    0.60,
                    22)
            + curve("Delta", "paper", "control", 148, 1, 0.86, 126, 0.72, 101, 0.60, 79, 0.52, 56, 0.46, 35, 0.41, 15);

    private static Reviews reviews;
    private static Outcome outcome;

    @BeforeAll
    static void open() {
        reviews = new Reviews();
        outcome = reviews.on(TRIALS).get();
    }

    @AfterAll
    static void close() {
        reviews.close();
    }

    /** Points every six months: number at risk at 0, then survival and number at risk in turn. */
    private static String curve(String study, String report, String arm, double... pairs) {
        StringBuilder rows = new StringBuilder();
        rows.append(String.join(",", study, "PFS", report, "", "", "", "", arm, "0", "1", n(pairs[0]), "", "", ""))
                .append('\n');
        for (int i = 2; i + 1 < pairs.length; i += 2) {
            rows.append(String.join(
                            ",",
                            study,
                            "PFS",
                            report,
                            "",
                            "",
                            "",
                            "",
                            arm,
                            n(6.0 * (i / 2)),
                            String.valueOf(pairs[i]),
                            n(pairs[i + 1]),
                            "",
                            "",
                            ""))
                    .append('\n');
        }
        return rows.toString();
    }

    private static String n(double value) {
        return String.valueOf((int) value);
    }

    @Test
    void poolsTheCurvesOfATrialWhoseReportPrintsABoundOnly() {
        Tabular effects = table(outcome, "progression", "effects");

        assertThat(texts(effects, "study")).containsExactly("Alpha", "Beta", "Gamma", "Delta");
        assertThat(texts(effects, "route")).containsExactly("T4", "T4", "T4", "T24");
        Tabular trials = table(outcome, "progression", "trials");
        assertThat(trials.text("printed", 3)).isEqualTo("HR 0.58, P < 0.001, survival curves");
        assertThat(trials.text("chosen", 3)).startsWith("T24, HR 0.5");
        assertThat(trials.text("agree", 3)).contains("T18").contains("T9 (bound)");
        assertThat(texts(table(outcome, "progression", "reports_not_used"), "study"))
                .containsExactly("Delta");
    }

    @Test
    void saysWhatRestsOnCurvesAndLeavesItOut() {
        assertThat(codes(section(outcome, "progression").messages()))
                .contains("curve-route")
                .doesNotContain("non-proportional", "crude-route");
        Tabular sensitivity = table(outcome, "progression", "sensitivity");
        assertThat(texts(sensitivity, "what")).containsExactly("nothing", "survival curves (T24)");
        assertThat(texts(sensitivity, "left_out")).containsExactly("", "Delta");
        assertThat(text(outcome, "methods", "methods"))
                .contains("Of published survival curves patients were reconstructed")
                .contains("Guyot and others 2012")
                .contains("Proportional hazards.");
        assertThat(text(outcome, "methods", "references")).contains("10.1186/1471-2288-12-9");
    }

    @Test
    void comparesPeriodsAndRestrictedMeans() {
        assertThat(text(outcome, "progression", "over_time_result"))
                .contains("Nothing shows that the hazard ratio changes in Delta")
                .contains("up to time 36");
        Tabular rmst = table(outcome, "progression", "rmst");
        assertThat(rmst.rows()).isEqualTo(1);
        assertThat(rmst.number("difference", 0))
                .isCloseTo(rmst.number("rmst_t", 0) - rmst.number("rmst_c", 0), within(1e-12));
        assertThat(table(outcome, "progression", "over_time").rows()).isEqualTo(6);
    }

    @Test
    void namesATrialWhoseCurvesCross() {
        Outcome crossing = reviews.on(HEADER
                        + "Alpha,PFS,paper,0.70,0.55,0.89,0.004,,,,,,,30\n"
                        + curve(
                                "Cross",
                                "p",
                                "treatment",
                                300,
                                1,
                                0.78,
                                232,
                                0.62,
                                183,
                                0.56,
                                164,
                                0.52,
                                150,
                                0.49,
                                140)
                        + curve("Cross", "p", "control", 300, 1, 0.92, 274, 0.78, 231, 0.60, 176, 0.42, 122, 0.27, 78))
                .get();

        assertThat(section(crossing, "progression").messages())
                .filteredOn(message -> message.code().equals("non-proportional"))
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .startsWith("Cross: The hazard ratio is not the same throughout")
                        .contains("The curves cross."));
    }

    @Test
    void warnsOfABaselineBeyondTheFollowUpOfMostTrials() {
        Outcome late = reviews.on(TRIALS)
                .set("baseline", "0.3@60")
                .set("baseline-is", "event-free")
                .get();
        Outcome early = reviews.on(TRIALS)
                .set("baseline", "0.7@24")
                .set("baseline-is", "event-free")
                .get();

        assertThat(section(late, "progression").messages())
                .filteredOn(message -> message.code().equals("beyond-follow-up"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("4 of the 4 pooled trials"));
        assertThat(codes(section(early, "progression").messages())).doesNotContain("beyond-follow-up");
    }
}
