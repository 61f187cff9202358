package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Reports made up to be tricky: sound ones pass without a complaint, each fault is found by the rule for it. */
class InventedReportsTest {

    /** The rows of one trial, and the rule that must complain: {@code ok} for none. */
    record Trial(String name, String expected, String what, List<String> rows) {
        @Override
        public String toString() {
            return name + ": " + what + " (" + expected + ")";
        }
    }

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static List<String> lines() {
        try (InputStream in =
                Objects.requireNonNull(InventedReportsTest.class.getResourceAsStream("invented-reports.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Trial> trials() {
        List<String> lines = lines();
        Map<String, Trial> trials = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", 4);
            trials.computeIfAbsent(cells[0], name -> new Trial(name, cells[1], cells[2], new ArrayList<>()))
                    .rows()
                    .add(line);
        }
        return trials.values().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trials")
    void findsTheFaultAndNothingElse(Trial trial) {
        String csv = lines().get(0) + "\n" + String.join("\n", trial.rows);
        Outcome outcome = workbench
                .run("hazard-ratio", Dataset.parse("t.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV))
                .set("invalid", "skip")
                .get();
        Tabular audit = outcome.get().item("audit", Tabular.class);
        List<String> complaints = IntStream.range(0, audit.rows())
                .filter(row -> List.of("warn", "error").contains(audit.text("state", row)))
                .mapToObj(row -> audit.text("rule", row) + " " + audit.text("text", row))
                .toList();

        if (trial.expected.equals("ok")) {
            assertThat(complaints).isEmpty();
        } else {
            assertThat(complaints).anyMatch(text -> text.startsWith(trial.expected + " "));
        }
    }

    @Test
    void areTwentySoundAndTwentyFaulty() {
        assertEquals(20, trials().filter(trial -> trial.expected.equals("ok")).count());
        assertEquals(20, trials().filter(trial -> !trial.expected.equals("ok")).count());
    }
}
