package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Section;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Cells that cannot be right are named by row and column, in both analyses of reports, and the other rows still work. */
class BadInputTest {

    private static final String HEAD =
            "study,endpoint,hr,ci_low,ci_high,ci_level,p,p_sided,events_t,events_c,n_t,n_c,time,survival_t,survival_c";
    private static final String SOUND = "Sound,PFS,0.60,0.40,0.90,95,0.013,2,,,,,,,";

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Outcome run(String id, String rows, boolean skip) {
        String csv = HEAD + "\n" + SOUND + "\n" + rows.replace('|', '\n') + "\n";
        var run = workbench.run(id, Dataset.parse("t.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV));
        return (skip ? run.set("invalid", "skip") : run).get();
    }

    /** Everything a reader is told: messages, and the text of complaints in audit tables. */
    private static List<String> told(Outcome outcome) {
        List<String> told = new ArrayList<>();
        outcome.messages().forEach(message -> told.add(text(message)));
        if (outcome.status().equals("ok")) {
            outcome.get().items().forEach(item -> {
                if (item instanceof Tabular table) {
                    told.addAll(complaints(table));
                }
                if (item instanceof Section section) {
                    section.messages().forEach(message -> told.add(text(message)));
                    section.items().forEach(inner -> {
                        if (inner instanceof Tabular table) {
                            told.addAll(complaints(table));
                        }
                    });
                }
            });
        }
        return told;
    }

    private static String text(Message message) {
        return message.code() + " rows " + message.rows() + " " + message.text();
    }

    private static List<String> complaints(Tabular table) {
        List<String> texts = new ArrayList<>();
        if (table.id().equals("audit")) {
            for (int row = 0; row < table.rows(); row++) {
                if (List.of("warn", "error").contains(table.text("state", row))) {
                    texts.add(table.text("rule", row) + " rows [" + table.text("rows", row) + "] "
                            + table.text("text", row));
                }
            }
        }
        if (table.id().equals("not_used")) {
            for (int row = 0; row < table.rows(); row++) {
                texts.add("not-used rows [" + table.text("rows", row) + "] " + table.text("reason", row));
            }
        }
        return texts;
    }

    /** Cells that spoil nothing else: the run goes on and says where. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "P of zero; A,PFS,0.5,,,,0,,,,,,,,; column 'p'; P cannot be 0",
                "P of zero with decimals; A,PFS,0.5,,,,0.000,,,,,,,,; column 'p'; such as <0.0005",
                "P above 1; A,PFS,0.5,,,,1.2,,,,,,,,; column 'p'; between 0 and 1",
                "P as a percentage; A,PFS,0.5,,,,3%,,,,,,,,; column 'p'; as a fraction",
                "P below 0; A,PFS,0.5,,,,-0.02,,,,,,,,; column 'p'; between 0 and 1",
                "percentage for count; A,PFS,0.5,0.3,0.83,,,,26%,,100,100,,,; column 'events_t'; is a percentage",
                "fraction for count; A,PFS,0.5,0.3,0.83,,,,25.7,,100,100,,,; column 'events_t'; not a count",
                "survival above 1; A,PFS,0.5,0.3,0.83,,,,,,,,24,91,76; column 'survival_t'; between 0 and 1",
                "survival below 0; A,PFS,0.5,0.3,0.83,,,,,,,,24,-0.1,0.7; column 'survival_t'; between 0 and 1",
            })
    void impossibleCellsAreIgnoredAndNamed(String name, String row, String where, String what) {
        for (String id : List.of("hazard-ratio", "review")) {
            Outcome outcome = run(id, row, false);
            assertThat(outcome.status()).as(id).isEqualTo("ok");
            assertThat(told(outcome))
                    .as(id)
                    .anyMatch(text -> text.contains("row 2") && text.contains(where) && text.contains(what));
            assertThat(worksForTheRest(outcome)).as(id).isTrue();
        }
    }

    /** Cells that nobody can read reject the table, naming all of them; with invalid=skip the rest works. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "decimal comma; A,PFS,\"0,5\",0.3,0.83,,,,,,,,,,; column 'hr'; write a decimal point",
                "decimal comma in P; A,PFS,0.5,,,,\"0,03\",,,,,,,,; column 'p'; write a decimal point",
                "level above 100; A,PFS,0.5,0.3,0.83,195,,,,,,,,,; column 'ci_level'; between 50 and 100 percent",
                "level as alpha; A,PFS,0.5,0.3,0.83,0.05,,,,,,,,,; column 'ci_level'; between 50 and 100 percent",
                "level of 100; A,PFS,0.5,0.3,0.83,100,,,,,,,,,; column 'ci_level'; between 50 and 100 percent",
                "negative ratio; A,PFS,-0.5,0.3,0.83,,,,,,,,,,; column 'hr'; above 0",
                "limits swapped; A,PFS,0.5,0.83,0.3,,,,,,,,,,; row 2; swapped",
                "ratio outside; A,PFS,0.95,0.3,0.83,,,,,,,,,,; row 2; outside its interval",
                "three sides; A,PFS,0.5,,,,0.03,3,,,,,,,; column 'p_sided'; write 1 or 2",
            })
    void unreadableCellsAreNamedAndSkipped(String name, String row, String where, String what) {
        for (String id : List.of("hazard-ratio", "review")) {
            Outcome rejected = run(id, row, false);
            assertThat(rejected.status()).as(id).isEqualTo("rejected");
            assertThat(told(rejected))
                    .as(id)
                    .anyMatch(text -> text.contains("row 2") && text.contains(where) && text.contains(what));
            Outcome skipped = run(id, row, true);
            assertThat(skipped.status()).as(id).isEqualTo("ok");
            assertThat(worksForTheRest(skipped)).as(id).isTrue();
        }
    }

    /** Cells that are possible one by one and not together, and cells from which nothing follows. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "bound without a rule; A,PFS,0.5,,,,<0.001,,,,,,,,; bound",
                "ratio of 1 with P; A,PFS,1.00,,,,0.97,,,,,,,,; no",
                "more events than people; A,PFS,0.5,0.3,0.83,,,,120,60,100,100,,,; cannot be among 100",
                "rising survival; A,PFS,0.5,0.3,0.83,,,,,,,,12,0.70,0.60|A,PFS,,,,,,,,,,,24,0.80,0.50; rises from 0.70",
                "times out of order; A,PFS,0.5,0.3,0.83,,,,,,,,24,0.80,0.50|A,PFS,,,,,,,,,,,12,0.70,0.60; rises from 0.70",
            })
    void contradictionsAreNamed(String name, String row, String what) {
        for (String id : List.of("hazard-ratio", "review")) {
            Outcome outcome = run(id, row, false);
            assertThat(outcome.status()).as(id).isEqualTo("ok");
            assertThat(told(outcome)).as(id).anyMatch(text -> text.matches("(?s).*\\b2\\b.*") && text.contains(what));
            assertThat(worksForTheRest(outcome)).as(id).isTrue();
        }
    }

    private static boolean worksForTheRest(Outcome outcome) {
        Tabular effects =
                outcome.get().items().stream().anyMatch(item -> item.id().equals("effects"))
                        ? outcome.get().item("effects", Tabular.class)
                        : outcome.get().item("progression", Section.class).item("effects", Tabular.class);
        return effects.rows() > 0 && effects.text("study", 0).equals("Sound");
    }
}
