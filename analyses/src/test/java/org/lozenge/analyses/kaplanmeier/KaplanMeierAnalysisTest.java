package org.lozenge.analyses.kaplanmeier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.codes;
import static org.lozenge.analyses.shared.Runs.patients;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.plugin.XYPlot;
import org.lozenge.workbench.Outcome;

class KaplanMeierAnalysisTest {

    /** R survival 3.5.3: survfit(Surv(time, status) ~ sex, lung, conf.type = "log-log"), complete cases. */
    @Test
    void mediansOfLung() {
        Outcome outcome = run("kaplan-meier", patients("lung"), r -> r.map("group", "sex"));
        Tabular medians = table(outcome, "medians");
        assertThat(medians.text("group", 0)).isEqualTo("1");
        assertThat(medians.number("n", 0)).isEqualTo(136);
        assertThat(medians.number("events", 0)).isEqualTo(110);
        assertThat(medians.number("median", 0)).isEqualTo(270);
        assertThat(medians.number("ci_lower", 0)).isEqualTo(210);
        assertThat(medians.number("ci_upper", 0)).isEqualTo(306);
        assertThat(medians.number("median", 1)).isEqualTo(426);
    }

    @Test
    void theDefaultOfROnRequest() {
        Outcome outcome =
                run("kaplan-meier", patients("ovarian"), r -> r.map("group").set("interval", "log"));
        Tabular curve = table(outcome, "curve");
        assertThat(curve.columns().stream().map(Tabular.Series::name))
                .containsExactly(
                        "group", "time", "n_risk", "n_event", "n_censor", "survival", "se", "ci_lower", "ci_upper");
        assertThat(curve.number("time", 0)).isEqualTo(59);
        assertThat(curve.number("survival", 0)).isCloseTo(25.0 / 26, within(1e-15));
        // R: 0.8904 with conf.type = "log".
        assertThat(curve.number("ci_lower", 0)).isCloseTo(0.8904, within(5e-5));
        assertThat(curve.number("ci_upper", 0)).isEqualTo(1);
    }

    @Test
    void restrictedMeansFollowUpAndNumbersAtRisk() {
        Outcome outcome = run(
                "kaplan-meier",
                patients("ovarian"),
                r -> r.map("group", "rx").set("horizon", "700").set("times", "0, 365,730"));
        Tabular rmst = table(outcome, "rmst");
        Tabular difference = table(outcome, "rmst_difference");
        assertThat(difference.number("difference", 0))
                .isCloseTo(rmst.number("rmst", 1) - rmst.number("rmst", 0), within(1e-12));
        assertThat(difference.text("reference", 0)).isEqualTo("1");
        Tabular risk = table(outcome, "number_at_risk");
        assertThat(risk.rows()).isEqualTo(6);
        assertThat(risk.number("n_risk", 0)).isEqualTo(13);
        assertThat(risk.number("survival", 0)).isEqualTo(1);
        assertThat(table(outcome, "follow_up").number("median", 0)).isGreaterThan(700);
    }

    @Test
    void theFigureHasBandStepAndCensorMarksForEachGroup() {
        XYPlot plot = run("kaplan-meier", patients("ovarian"), r -> r.map("group", "rx"))
                .get()
                .item("survival", XYPlot.class);
        assertThat(plot.layers().stream().map(XYPlot.Layer::mark))
                .containsExactly(
                        XYPlot.Mark.LINE,
                        XYPlot.Mark.REGION,
                        XYPlot.Mark.BAND,
                        XYPlot.Mark.BAND,
                        XYPlot.Mark.STEP,
                        XYPlot.Mark.LINE,
                        XYPlot.Mark.STEP,
                        XYPlot.Mark.LINE);
        for (XYPlot.Layer layer : plot.layers()) {
            assertThat(Arrays.stream(layer.y())).allMatch(y -> Double.isNaN(y) || (y >= 0 && y <= 1));
        }
        assertThat(plot.footnotes()).hasSize(2);
        assertThat(plot.footnotes().get(0)).startsWith("At risk, 1: 13 at 0, ");
        assertThat(plot.description()).contains("13 participants, 7 events, median 638");
    }

    @Test
    void readsOneAndTwoWithAWarning() {
        Outcome outcome = run("kaplan-meier", "time,status\n5,1\n6,2\n7,2\n");
        assertThat(text(outcome, "status-coding")).contains("2 was read as the event");
        assertThat(table(outcome, "medians").number("events", 0)).isEqualTo(2);
        Outcome other = run("kaplan-meier", "time,status\n5,1\n6,2\n7,2\n", r -> r.set("event", "1"));
        assertThat(table(other, "medians").number("events", 0)).isEqualTo(1);
        assertThat(codes(other)).isEmpty();
    }

    @Test
    void readsWords() {
        Outcome outcome = run("kaplan-meier", "time,event\n5,TRUE\n6,false\n7,True\n");
        assertThat(table(outcome, "medians").number("events", 0)).isEqualTo(2);
        Outcome named = run("kaplan-meier", "time,status\n5,relapse\n6,no\n7,death\n", r -> r.set("event", "Relapse"));
        assertThat(table(named, "medians").number("events", 0)).isEqualTo(1);
        assertThat(text(named, "status-censored")).contains("'no', 'death' count as censored");
    }

    @Test
    void namesWhatCannotBeRead() {
        Outcome status = run("kaplan-meier", "time,status\n5,1\n6,3\n");
        assertThat(status.status()).isEqualTo("rejected");
        assertThat(text(status, "status-values"))
                .contains("row 2")
                .contains("'3'")
                .contains("option event");
        assertThat(text(run("kaplan-meier", "time,status\n5,1\n6,0\n", r -> r.set("event", "9")), "status-values"))
                .contains("'9'");
        assertThat(text(run("kaplan-meier", "time,status\n5,1\n-6,0\n"), "out-of-range"))
                .contains("row 2")
                .contains("-6");
        assertThat(text(run("kaplan-meier", "time,status\n5,1\nsix,0\n"), "not-numeric"))
                .contains("six");
        assertThat(text(run("kaplan-meier", "time,status\n5,1\n6,0\n", r -> r.set("times", "1,x")), "param-value"))
                .contains("'x'");
        assertThat(text(run("kaplan-meier", "time,status\n5,1\n6,0\n", r -> r.set("horizon", "9")), "param-range"))
                .contains("ends at 6");
    }

    @Test
    void degenerateDataStillGiveCurves() {
        Outcome none = run("kaplan-meier", "time,status\n5,0\n6,0\n");
        assertThat(text(none, "no-events")).contains("no event among 2 participants");
        assertThat(table(none, "medians").number("median", 0)).isNaN();
        Outcome one = run("kaplan-meier", "time,status\n5,1\n5,1\n");
        assertThat(table(one, "curve").number("survival", 0)).isZero();
        assertThat(table(one, "curve").number("ci_lower", 0)).isNaN();
        Outcome zero = run("kaplan-meier", "time,status\n0,1\n0,0\n");
        assertThat(codes(zero)).contains("zero-time", "no-horizon");
        assertThat(zero.status()).isEqualTo("ok");
    }

    @Test
    void roundTimesAreFewAndRound() {
        assertThat(RoundTimes.upTo(47)).containsExactly(0, 6, 12, 18, 24, 30, 36, 42);
        assertThat(RoundTimes.upTo(1022)).containsExactly(0, 200, 400, 600, 800, 1000);
        assertThat(RoundTimes.upTo(0)).containsExactly(0);
        for (double end : List.of(0.003, 0.9, 1.0, 7.0, 59.9, 61.0, 1e6)) {
            double[] times = RoundTimes.upTo(end);
            assertThat(times.length).as(end + " " + Arrays.toString(times)).isBetween(6, 11);
            assertThat(times[times.length - 1]).isLessThanOrEqualTo(end * (1 + 1e-9));
        }
    }
}
