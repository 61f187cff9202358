package org.lozenge.analyses.checkreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class CheckReportAnalysisTest {

    /** 18/231 and 6/229: Fisher 0.0188, chi-squared 0.0128, Yates 0.0222. */
    @ParameterizedTest(name = "P {0} by {1}: {2}")
    @CsvSource({
        "0.02, '', ok, fisher",
        "0.019, fisher, ok, fisher",
        "0.013, '', ok, chi-square",
        "0.022, '', ok, chi-square-yates",
        "0.012, chi-square, ok-within-rounding, chi-square",
        "0.010, '', warn, fisher",
        "0.2, '', warn, chi-square-yates",
        "0.2, fisher, error, fisher",
        "<0.05, '', ok, fisher",
        "<0.001, fisher, error, fisher",
        ">0.05, fisher, error, fisher",
        "NS, '', warn, chi-square-yates"
    })
    void judgesPrintedP(String p, String test, String state, String nearest) {
        Outcome outcome = run(
                "check-report", "trial,events_t,n_t,events_c,n_c,p,test\nCALGB,18,231,6,229," + p + "," + test + "\n");
        Tabular checks = table(outcome, "checks");
        assertThat(checks.text("state", 0)).as(checks.text("text", 0)).isEqualTo(state);
        assertThat(checks.text("test", 0)).isEqualTo(nearest);
    }

    @Test
    void percentagesNameWhatWouldFit() {
        String csv = "item,events,n,percent\na,44,90,48.9\nb,25,92,28%\nc,1,3,33.4\nd,2,3,66.6\n";
        Outcome outcome = run("check-report", csv);
        Tabular checks = table(outcome, "checks");
        assertThat(states(checks)).containsExactly("ok", "error", "error", "ok-within-rounding");
        assertThat(checks.text("text", 1))
                .isEqualTo("25 of 92 is 27.2%, not 28%. A denominator of 88 to 90 would fit. A count of 26 would fit.");
        assertThat(text(
                        outcome.messages().size() == 2 ? run("check-report", "events,n,percent\n25,92,28\n") : outcome,
                        "check-error"))
                .contains("row 1");
    }

    @Test
    void readsCountsAsPrinted() {
        Outcome outcome = run("check-report", "study,events_t,events_c\nX,79/307 (26%),23/302 (9%)\n");
        assertThat(states(table(outcome, "checks"))).containsExactly("ok", "error");
        assertThat(table(outcome, "recomputed").rows()).isEqualTo(3);
    }

    @Test
    void pairsAndRates() {
        Outcome outcome = run(
                "check-report",
                "item,discordant_t,discordant_c,events_t,events_c,time_t,time_c,p\n"
                        + "pairs,10,3,,,,,0.09\nrates,,,18,6,700,650,0.024\n");
        Tabular checks = table(outcome, "checks");
        assertThat(states(checks)).containsExactly("ok", "ok-within-rounding");
        assertThat(checks.text("test", 0)).isEqualTo("mcnemar-exact");
        assertThat(checks.text("test", 1)).isEqualTo("rates");
    }

    @Test
    void interimBoundaries() {
        Outcome outcome = run("check-report", "trial,information,boundary_p\nA,0.6,0.0076\nA,1,0.0476\nB,0.5,0.01\n");
        Tabular boundaries = table(outcome, "boundaries");
        assertThat(boundaries.number("z", 0)).isCloseTo(2.668630142908972, within(1e-3));
        assertThat(boundaries.number("alpha_spent", 1)).isCloseTo(0.05, within(1e-12));
        assertThat(states(table(outcome, "checks"))).containsExactly("ok", "ok", "warn");
    }

    @Test
    void keepsGoingAfterBadCells() {
        Outcome outcome = run(
                "check-report",
                "events_t,n_t,events_c,n_c,p,test\n12,10,3,20,0.03,\n1,20,9,20,\"0,03\",\n1,20,9,20,0.008,fischer\n1,20,9,20,0,\n");
        assertThat(outcome.status()).isEqualTo("ok");
        Tabular checks = table(outcome, "checks");
        assertThat(checks.text("text", 0)).contains("12 events cannot come from 10 participants");
        List<String> unreadable = outcome.messages().stream()
                .filter(m -> m.code().equals("unreadable-cell"))
                .map(m -> m.text())
                .toList();
        assertThat(unreadable).hasSize(3);
        assertThat(unreadable.get(0)).contains("row 2, column 'p'").contains("decimal point");
        assertThat(unreadable.get(1))
                .contains("row 3, column 'test'")
                .contains("'fischer'")
                .contains("mcnemar");
        assertThat(unreadable.get(2)).contains("row 4").contains("cannot be 0");
    }

    @Test
    void rejectsATableWithNothingToCheck() {
        assertThat(text(run("check-report", "study,x\nA,1\n"), "nothing-to-check"))
                .contains("events_t");
    }

    private static List<String> states(Tabular checks) {
        return java.util.stream.IntStream.range(0, checks.rows())
                .mapToObj(i -> checks.text("state", i))
                .toList();
    }
}
