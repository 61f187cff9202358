package org.lozenge.analyses.hazardratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** A hazard ratio with its interval in one cell, as papers print it. */
class IntervalInOneCellTest {

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Outcome run(String csv) {
        return workbench
                .run("hazard-ratio", Dataset.parse("t.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV))
                .get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.71 (0.58\u20130.87)",
                "0.71 (0.58-0.87)",
                "0.71 (0.58 to 0.87)",
                "0.71 [0.58, 0.87]",
                "0.71 (95% CI 0.58 to 0.87)",
                "0.71 (95% CI: 0.58; 0.87)",
                "0.71(0.58\u20140.87)"
            })
    void isReadAsRatioAndLimits(String cell) {
        Tabular effects = run("study,HR (95% CI)\nA,\"" + cell + "\"\n").get().item("effects", Tabular.class);

        assertThat(effects.text("route", 0)).isEqualTo("T4");
        assertThat(effects.number("effect", 0)).isCloseTo(0.71, within(1e-12));
        assertThat(effects.number("se", 0)).isCloseTo(Math.log(0.87 / 0.58) / (2 * 1.959963984540054), within(1e-12));
    }

    @Test
    void takesTheLevelFromTheCell() {
        Tabular effects =
                run("study,hr\nA,0.742 (96% CI 0.594 to 0.928)\n").get().item("effects", Tabular.class);

        assertThat(effects.number("se", 0))
                .isCloseTo(Math.log(0.928 / 0.594) / (2 * 2.0537489106318225), within(1e-12));
    }

    @Test
    void namesDecimalCommas() {
        Outcome outcome = run("study,hr\nA,\"0,71 (0,58\u20130,87)\"\n");

        assertThat(outcome.status()).isNotEqualTo("ok");
        assertThat(outcome.messages())
                .hasSize(3)
                .allMatch(message -> message.text().contains("has a comma"));
    }
}
