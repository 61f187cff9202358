package org.lozenge.analyses.hazardratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

class HazardRatioAnalysisTest {

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Run on(String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return workbench.run("hazard-ratio", Dataset.parse("trials.csv", bytes, FileFormat.CSV));
    }

    private static String trials() {
        try (InputStream in = Objects.requireNonNull(HazardRatioAnalysisTest.class.getResourceAsStream("trials.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tabular table(Outcome outcome, String id) {
        return outcome.get().item(id, Tabular.class);
    }

    private static List<String> texts(Tabular table, String column) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> table.text(column, row))
                .toList();
    }

    private static List<Message> messages(Outcome outcome, String code) {
        return outcome.messages().stream()
                .filter(message -> message.code().equals(code))
                .toList();
    }

    @Test
    void hasTheTablesAndColumnsOfTheContract() {
        Outcome outcome = on(trials()).get();

        assertThat(table(outcome, "effects").columns())
                .extracting(Tabular.Series::name)
                .containsExactly(
                        "study", "endpoint", "y", "v", "se", "route", "effect", "effect_lower", "effect_upper");
        assertThat(table(outcome, "routes").columns())
                .extracting(Tabular.Series::name)
                .containsExactly("study", "endpoint", "route", "y", "se", "chosen", "bound", "note");
        assertThat(table(outcome, "audit").columns())
                .extracting(Tabular.Series::name)
                .containsExactly("study", "endpoint", "rule", "state", "observed", "expected", "text", "rows");
    }

    /** The numbers of the example in hazard-ratio.md. */
    @Test
    void derivesTheEffectsOfTheExample() {
        Outcome outcome = on(trials()).get();
        Tabular effects = table(outcome, "effects");

        assertThat(texts(effects, "study"))
                .containsExactly(
                        "QuiRedex", "QuiRedex", "E3A06", "IFM 2005-02", "IFM 2005-02", "SWOG S0777", "ELOQUENT-2");
        assertThat(texts(effects, "route")).containsExactly("T4", "T4", "T7", "T10", "T10", "T4", "T4");
        double[] se = {
            0.32360577425640535,
            0.56334566118086637,
            0.36571524345208734,
            0.12595786841394474,
            0.16234795343670819,
            0.10861902619008564,
            0.096638211335776228
        };
        for (int row = 0; row < se.length; row++) {
            assertEquals(se[row], effects.number("se", row), 1e-12 * se[row]);
            assertEquals(se[row] * se[row], effects.number("v", row), 1e-12);
        }
        assertEquals(-1.7147984280919266, effects.number("y", 0), 1e-12);
        assertEquals(0.5, effects.number("effect", 3), 1e-15);
        assertEquals(0.3906, effects.number("effect_lower", 3), 5e-5);
        assertEquals(0.6400, effects.number("effect_upper", 3), 5e-5);
    }

    @Test
    void theDocumentationShowsWhatTheExampleGives() throws IOException {
        String page = Files.readString(Path.of("docs", "hazard-ratio.md"));
        Outcome outcome = on(trials()).get();
        Tabular effects = table(outcome, "effects");

        assertThat(trials().lines().map(line -> "|" + line.replace(",", "|") + "|"))
                .allSatisfy(line -> assertThat(page.replace(" ", "")).contains(line.replace(" ", "")));
        for (int row = 0; row < effects.rows(); row++) {
            assertThat(page)
                    .contains(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.4f | %.5f | %s | ",
                            effects.text("study", row),
                            effects.text("endpoint", row),
                            effects.number("y", row),
                            effects.number("se", row),
                            effects.text("route", row)))
                    .contains(String.format(
                            Locale.ROOT,
                            " | %.4f | %.4f |\n",
                            effects.number("effect_lower", row),
                            effects.number("effect_upper", row)));
        }
        assertThat(page.replaceAll("\n> ", " ").replaceAll("\n", " "))
                .contains(messages(outcome, "no-route").get(0).text());
    }

    @Test
    void auditsTheExample() {
        Outcome outcome = on(trials()).get();
        Tabular audit = table(outcome, "audit");

        assertThat(IntStream.range(0, audit.rows())
                        .filter(row -> !audit.text("state", row).equals("ok"))
                        .mapToObj(row -> audit.text("study", row) + " " + audit.text("endpoint", row) + " "
                                + audit.text("rule", row) + " " + audit.text("state", row)))
                .containsExactly(
                        "QuiRedex TTP A2 ok-within-rounding",
                        "QuiRedex OS A2 ok-within-rounding",
                        "QuiRedex OS A3 ok-within-rounding",
                        "E3A06 PFS A11 warn",
                        "ELOQUENT-2 OS A3 ok-within-rounding",
                        "ELOQUENT-2 OS A4 ok-within-rounding",
                        "QuiRedex TTP A9 warn");
        assertThat(messages(outcome, "audit-a11"))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).startsWith("trials.csv, row 3 (E3A06, PFS): "));
    }

    @Test
    void warnsOfARowWithoutARouteAndSaysWhatWouldHelp() {
        Outcome outcome = on(trials()).get();

        assertThat(messages(outcome, "no-route")).singleElement().satisfies(message -> {
            assertThat(message.severity()).isEqualTo(Severity.WARNING);
            assertThat(message.rows()).containsExactly(8);
            assertThat(message.text())
                    .isEqualTo(
                            "trials.csv, row 8 (Myeloma XI, PFS): Only a bound is available (T9, SE at most 0.1996): "
                                    + "accept bounds to use it, or add a confidence limit, an exact P value or events.");
        });
    }

    @Test
    void showsAllRoutesAndMarksTheChosenOneAndBounds() {
        Tabular routes = table(on(trials()).get(), "routes");

        List<String> ifm = IntStream.range(0, routes.rows())
                .filter(row -> routes.text("study", row).equals("IFM 2005-02")
                        && routes.text("endpoint", row).equals("PFS"))
                .mapToObj(row ->
                        routes.text("route", row) + " " + routes.text("chosen", row) + " " + routes.text("bound", row))
                .toList();

        assertThat(ifm)
                .containsExactly(
                        "T10 true false", "T12 false false", "T11 false false", "T9 false true", "T21 false false");
        assertThat(texts(routes, "note").get(0))
                .isEqualTo("From hr 0.18, ci_low 0.09, ci_high 0.32, ci_level 95. T4, from hazard ratio and confidence "
                        + "interval, precedes T9 (SE 0.3236; others 0.5211).");
    }

    @Test
    void drawsTheEffectsByEndpoint() {
        ForestPlot forest = on(trials()).get().get().item("forest", ForestPlot.class);

        assertThat(forest.rows())
                .extracting(ForestPlot.Row::label)
                .containsExactly(
                        "TTP",
                        "QuiRedex",
                        "OS",
                        "QuiRedex",
                        "IFM 2005-02",
                        "ELOQUENT-2",
                        "PFS",
                        "E3A06",
                        "IFM 2005-02",
                        "SWOG S0777");
        assertThat(forest.rows().stream()
                        .filter(row -> row.kind() == ForestPlot.RowKind.STUDY)
                        .mapToDouble(ForestPlot.Row::weight)
                        .sum())
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void optionsChangeReadingAndChoice() {
        String csv = "study,hr,ci_low,ci_high,p\nA,1.42,1.15,1.76,0.001\nB,2.0,,,<0.001\n";
        Outcome outcome = on(csv).set("direction", "control-treatment")
                .set("accept-bounds", true)
                .set("precedence", "t7, T4")
                .set("ci-level", 0.99)
                .set("level", 0.9)
                .get();
        Tabular effects = table(outcome, "effects");

        assertThat(texts(effects, "route")).containsExactly("T7", "T9");
        assertThat(effects.number("effect", 0)).isCloseTo(1 / 1.42, org.assertj.core.data.Offset.offset(1e-15));
        assertThat(effects.number("effect", 1)).isEqualTo(0.5);
        assertThat(effects.number("effect_upper", 1) / effects.number("effect", 1))
                .isCloseTo(
                        Math.exp(1.6448536269514722 * effects.number("se", 1)),
                        org.assertj.core.data.Offset.offset(1e-12));
        assertThat(messages(outcome, "bound-used"))
                .singleElement()
                .satisfies(message -> assertThat(message.rows()).containsExactly(2));
        assertThat(table(outcome, "routes").number("se", 1))
                .isCloseTo(0.0826, org.assertj.core.data.Offset.offset(5e-5));
    }

    @Test
    void aRowMayStateItsOwnDirectionAndFavouredArm() {
        Tabular effects = table(
                on("study,hr,direction,p,events,favours\nA,1.42,control/treatment,0.01,,\nB,,,0.03,88,treatment\n")
                        .get(),
                "effects");

        assertThat(effects.number("y", 0)).isNegative();
        assertThat(effects.number("y", 1)).isNegative();
        assertThat(texts(effects, "route")).containsExactly("T7", "T14");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hr,ci_low,ci_high | 0.5,0.9,0.4 | ci-order | row 1: The lower limit 0.9 is above the upper limit 0.4",
                "hr,ci_low,ci_high | 0.3,0.4,0.9 | ci-order | row 1: The hazard ratio 0.3 lies outside its interval",
                "hr,p | 0,0.03 | bad-cell | row 1, column 'hr' (hazard ratio): the hazard ratio must be above 0, but is 0",
                "hr,p | -0.5,0.03 | bad-cell | must be above 0, but is -0.5",
                "hr,p | abc,0.03 | bad-cell | column 'hr' (hazard ratio): 'abc' is not a number",
                "hr,p | Infinity,0.03 | bad-cell | 'Infinity' is not a finite number",
                "hr,p | '\"0,50\"',0.03 | bad-cell | '0,50' has a comma; write a decimal point",
                "hr,ci_low,ci_high,ci_level | 0.5,0.4,0.6,195 | bad-cell | between 50 and 100 percent, but is '195'",
                "hr,ci_low,ci_high,ci_level | 0.5,0.4,0.6,0 | bad-cell | between 50 and 100 percent, but is '0'",
                "hr,events_t,events_c | 0.5,-3,4 | bad-cell | '-3' is negative",
                "o_minus_e,v | -3,0 | bad-cell | must be above 0, but is 0",
            })
    void rejectsNumbersThatCannotBe(String header, String row, String code, String text) {
        Outcome outcome = on(header + "\n" + row.replace("'", "") + "\n").get();

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.messages()).anySatisfy(message -> {
            assertThat(message.severity()).isEqualTo(Severity.ERROR);
            assertThat(message.code()).isEqualTo(code);
            assertThat(message.text()).startsWith("trials.csv, row 1").contains(text);
            assertThat(message.rows()).containsExactly(1);
        });
    }

    @Test
    void collectsAllErrorsBeforeItStops() {
        Outcome outcome = on("study,hr,ci_low,ci_high\nA,x,0.4,0.6\nB,0.5,0.4,0.6\nC,0.5,0.6,0.4\n")
                .get();

        assertThat(outcome.messages().stream().filter(message -> message.severity() == Severity.ERROR))
                .extracting(Message::rows)
                .containsExactly(List.of(1), List.of(3));
    }

    @Test
    void skipsInvalidRowsOnRequest() {
        Outcome outcome = on("study,hr,ci_low,ci_high\nA,x,0.4,0.6\nB,0.5,0.4,0.6\nC,0.5,0.6,0.4\n")
                .set("invalid", "skip")
                .get();

        assertThat(texts(table(outcome, "effects"), "study")).containsExactly("B");
        assertThat(outcome.messages()).extracting(Message::severity).containsOnly(Severity.WARNING);
        assertThat(messages(outcome, "bad-cell").get(0).text()).endsWith("The row is left out.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "p | 0 | P cannot be 0",
                "p | 1.2 | lies between 0 and 1",
                "events_t | 26% | is a percentage, but this column takes a count",
                "survival_t | 91 | must lie between 0 and 1, but is 91",
            })
    void ignoresImpossibleSideNotesWithAWarningAndGoesOn(String column, String cell, String text) {
        Outcome outcome = on("study,hr,ci_low,ci_high," + column + "\nA,0.5,0.4,0.62,\nB,0.5,0.4,0.62," + cell + "\n")
                .get();

        assertThat(table(outcome, "effects").rows()).isEqualTo(2);
        assertThat(messages(outcome, "cell-ignored")).singleElement().satisfies(message -> {
            assertThat(message.text())
                    .contains("row 2 (B), column '" + column + "'")
                    .contains(text);
            assertThat(message.rows()).containsExactly(2);
        });
    }

    @Test
    void warnsWhenEventsExceedParticipants() {
        Outcome outcome =
                on("study,hr,events_t,events_c,n_t,n_c\nA,0.5,104,60,90,92\n").get();

        assertThat(messages(outcome, "audit-a6"))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.text()).contains("104 events with treatment cannot be among 90 people"));
    }

    @Test
    void neverTakesAStandardErrorFromARatioOfOne() {
        Outcome outcome = on("study,hr,p\nA,1.00,0.97\nB,0.8,0.13\n").get();

        assertThat(texts(table(outcome, "effects"), "study")).containsExactly("B");
        assertThat(messages(outcome, "no-route").get(0).text()).contains("a hazard ratio printed as 1.00 may be 1");
    }

    @Test
    void saysSoWhenPIsNearOneOrTheRatioIsGuessed() {
        Outcome outcome = on("study,hr,p,survival_t,survival_c,n_t,n_c\nA,1.06,0.70,,,,\nB,,,0.73,0.75,307,307\n")
                .get();

        assertThat(messages(outcome, "p-near-one").get(0).rows()).containsExactly(1);
        assertThat(messages(outcome, "crude-route").get(0).rows()).containsExactly(2);
    }

    @Test
    void worksWithoutAUsableRow() {
        Outcome outcome = on("study,hr\nA,0.5\n").get();

        assertThat(table(outcome, "effects").rows()).isZero();
        assertThat(outcome.get().items()).hasSize(3);
    }

    @Test
    void rejectsATableWithoutAnyColumnOfAReport() {
        Outcome outcome = on("study,colour\nA,red\n").get();

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(outcome.messages().get(0).code()).isEqualTo("unmapped-role");
        assertThat(outcome.messages().get(0).text()).contains("such as --map hr=COLUMN");
    }

    @Test
    void rejectsAnUnknownRoute() {
        Outcome outcome = on(trials()).set("precedence", "T99").get();

        assertThat(outcome.messages().get(0).code()).isEqualTo("param-value");
        assertThat(outcome.messages().get(0).text()).contains("'T99' is not a route");
    }

    @Test
    void keepsTheRowNumbersOfTheTableWhenRowsAreFiltered() {
        Outcome outcome = on(trials()).where("trial", "Myeloma XI").get();

        assertThat(messages(outcome, "no-route").get(0).rows()).containsExactly(8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "lenalidomide, 16, A11 6|A8 5|A9 15|A8 15|A8 6+16|A8 8+10|A6 11|A9 1+6+21+25",
        "lenalidomide-published, 42, A11 34|A11 35|A8 13+15|A9 endpoint|A9 design|A9 design",
        "lenalidomide-maintenance, 3, ''"
    })
    void readsTheBundledReports(String name, int usable, String findings) {
        Dataset data =
                Dataset.parse(name + ".csv", Samples.get(name).csv().getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
        Outcome outcome = workbench.run("hazard-ratio", data).get();
        Tabular audit = table(outcome, "audit");

        assertThat(table(outcome, "effects").rows()).isEqualTo(usable);
        assertThat(messages(outcome, "cell-ignored")).isEmpty();
        assertThat(texts(audit, "state")).doesNotContain("error");
        assertThat(IntStream.range(0, audit.rows())
                        .filter(row -> audit.text("state", row).equals("warn"))
                        .mapToObj(row -> {
                            String rows = audit.text("rows", row).replace(", ", "+");
                            boolean mixture = rows.length() > 20;
                            String what = audit.text("expected", row).replace("one ", "");
                            return audit.text("rule", row) + " " + (mixture ? what : rows);
                        }))
                .as("what is known to be wrong in these reports, and nothing else")
                .containsExactly(findings.isEmpty() ? new String[0] : findings.split("\\|"));
    }
}
