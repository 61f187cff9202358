package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lozenge.analyses.shared.Rscript;
import org.lozenge.plugin.Attachment;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class RobustnessTest {

    private final Reviews reviews = new Reviews();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        reviews.close();
    }

    private static String trials(int k) {
        StringBuilder csv = new StringBuilder("study,endpoint,hr,ci_low,ci_high,year\n");
        for (int i = 0; i < k; i++) {
            // Widths differ, so that small trials can be told from large ones.
            double hr = 0.70 + 0.02 * (i % 4);
            double factor = 1.2 + 0.05 * i;
            csv.append(String.format(
                    Locale.ROOT, "Trial %c,OS,%.3f,%.3f,%.3f,%d%n", 'A' + i, hr, hr / factor, hr * factor, 2001 + i));
        }
        return csv.toString();
    }

    private Tabular checks(int k) {
        return Reviews.table(reviews.on(trials(k)).get(), "death", "robustness");
    }

    @Test
    void makesTheChecksThatTheNumberOfTrialsAllows() {
        assertThat(Reviews.texts(checks(1), "done")).hasSize(9).containsOnly("left out");
        assertThat(Reviews.texts(checks(2), "done")).containsOnly("left out");
        assertThat(Reviews.texts(checks(3), "done"))
                .containsExactly(
                        "yes", "yes", "left out", "left out", "left out", "yes", "left out", "left out", "left out");
        assertThat(Reviews.texts(checks(5), "done"))
                .containsExactly("yes", "yes", "yes", "yes", "left out", "yes", "left out", "left out", "left out");
        Tabular all = checks(12);
        assertThat(Reviews.texts(all, "check"))
                .containsExactly(
                        "leave-one-out",
                        "multiverse",
                        "influence",
                        "gosh",
                        "permutation",
                        "cumulative",
                        "small-study",
                        "trim-and-fill",
                        "selection-model");
        assertThat(Reviews.texts(all, "done").subList(0, 8)).containsOnly("yes");
        assertThat(all.text("finding", 3))
                .isEqualTo("in 0 of 4083 subsets of two trials and more the hazard ratio lies on the other side of 1");
        // All effects have one sign: only all or no signs changed are as extreme.
        assertThat(all.text("finding", 4)).isEqualTo("P of the pooled effect by changing signs, exact: P < 0.001");
    }

    @Test
    void saysWhyChecksAreLeftOut() {
        Outcome outcome = reviews.on(trials(3)).get();
        Tabular checks = Reviews.table(outcome, "death", "robustness");
        assertThat(checks.text("finding", 6)).isEqualTo("needs at least 10 trials to say anything; there are 3");
        assertThat(Reviews.text(outcome, "death", "robustness_result"))
                .startsWith("The interval of the pooled hazard ratio ")
                .endsWith("Left out, with the reason in the table: influence, gosh, permutation, small-study,"
                        + " trim-and-fill and selection-model.");
        Outcome single = reviews.on(trials(1)).get();
        assertThat(Reviews.text(single, "death", "robustness_result"))
                .startsWith("There is one trial, so nothing is pooled");
        assertThat(Reviews.table(single, "death", "robustness").text("finding", 1))
                .isEqualTo("needs at least 3 trials to say anything; there is 1");
    }

    @Test
    void namesTheTrialOnWhichTheResultHangs() {
        String csv = "study,endpoint,hr,ci_low,ci_high\nA,OS,0.95,0.80,1.13\nB,OS,0.90,0.75,1.08\n"
                + "C,OS,0.92,0.78,1.09\nD,OS,0.60,0.55,0.65\n";
        Tabular checks = Reviews.table(reviews.on(csv).set("test", "z").get(), "death", "robustness");
        assertThat(checks.text("finding", 0)).contains("without each trial in turn");
        assertThat(checks.text("finding", 5)).isEqualTo("not all trials have a year");
    }

    @Test
    void writesAScriptThatStopsIfANumberChanges() {
        Outcome outcome = reviews.sample("lenalidomide").get();
        String script = Reviews.section(outcome, "methods")
                .item("analysis", Attachment.class)
                .body();
        Rscript.Run run = Rscript.run(folder, script);
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("numbers agree with metafor");
        Tabular model = Reviews.table(outcome, "progression", "model");
        double estimate = model.number("estimate", 1);
        String changed = script.replace(", " + estimate + ", ", ", " + (estimate + 1e-4) + ", ");
        assertThat(changed).isNotEqualTo(script);
        Rscript.Run stopped = Rscript.run(folder, changed);
        assertThat(stopped.status()).isNotZero();
        assertThat(stopped.output()).contains("Lozenge says");
    }
}
