package org.lozenge.analyses.hazardratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Run;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** Rows that are points of survival curves, and hazard ratios that change over time. */
class HazardRatioCurvesTest {

    private static final String HEADER = "study,endpoint,arm,time,survival,n_risk\n";

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Run run(String analysis, String csv) {
        return workbench.run(
                analysis, Dataset.parse("curves.csv", csv.getBytes(StandardCharsets.UTF_8), FileFormat.CSV));
    }

    private static Run on(String csv) {
        return run("hazard-ratio", csv);
    }

    private static String example() {
        try (InputStream in = Objects.requireNonNull(HazardRatioCurvesTest.class.getResourceAsStream("curves.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String arms(String study, String treatment, String control) {
        return HEADER
                + String.format(
                        "%1$s,OS,%2$s,0,1,100%n%1$s,OS,%2$s,12,0.8,75%n%1$s,OS,%2$s,24,0.6,50%n", study, treatment)
                + String.format(
                        "%1$s,OS,%2$s,0,1,100%n%1$s,OS,%2$s,12,0.7,65%n%1$s,OS,%2$s,24,0.4,30%n", study, control);
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
    void attachesTheCurvesToThePrintedResult() {
        Outcome outcome = on(example()).get();
        Tabular routes = table(outcome, "routes");

        assertThat(table(outcome, "effects").rows()).isEqualTo(1);
        assertThat(texts(routes, "route")).containsExactly("T24", "T18", "T17", "T9", "T19");
        // the references of core/stats/validation/survival/curves.py
        assertThat(routes.number("y", 1)).isCloseTo(-0.53886750249384714, within(1e-12));
        assertThat(routes.number("se", 1)).isCloseTo(0.17134553688249075, within(1e-12));
        assertThat(routes.number("y", 2)).isCloseTo(-0.53880760453042395, within(1e-12));
        assertThat(routes.number("se", 2)).isCloseTo(0.17356328487015504, within(1e-12));
        assertThat(messages(outcome, "curve-route")).hasSize(1);
        assertThat(messages(outcome, "non-proportional")).isEmpty();
    }

    @Test
    void hasTheTablesOfCurves() {
        Outcome outcome = on(example()).get();

        assertThat(table(outcome, "intervals").columns())
                .extracting(Tabular.Series::name)
                .containsExactly(
                        "study",
                        "endpoint",
                        "route",
                        "start",
                        "end",
                        "at_risk_t",
                        "events_t",
                        "censored_t",
                        "at_risk_c",
                        "events_c",
                        "censored_c",
                        "y",
                        "se",
                        "effect");
        assertThat(texts(table(outcome, "intervals"), "route"))
                .containsExactly("T18", "T18", "T18", "T18", "T18", "T18", "T17", "T17", "T17", "T17", "T17", "T17");
        assertThat(table(outcome, "rmst").columns())
                .extracting(Tabular.Series::name)
                .containsExactly(
                        "study",
                        "endpoint",
                        "horizon",
                        "rmst_t",
                        "rmst_c",
                        "difference",
                        "se",
                        "ci_lower",
                        "ci_upper",
                        "p_value",
                        "route");
        assertThat(table(outcome, "rmst").number("horizon", 0)).isEqualTo(36);
        assertThat(table(on(example()).set("horizon", "24").get(), "rmst").number("horizon", 0))
                .isEqualTo(24);
        assertThat(table(outcome, "over_time").rows()).isEqualTo(6);
        assertThat(table(outcome, "periods").number("p_value", 0)).isBetween(0.05, 1.0);
    }

    /** The page shows what the run gives. */
    @Test
    void thePageShowsTheExample() throws IOException {
        Outcome outcome = on(example()).get();
        String page = Files.readString(Path.of("docs", "hazard-ratio.md"));
        Tabular routes = table(outcome, "routes");
        for (int row = 0; row < routes.rows(); row++) {
            assertThat(page)
                    .contains(String.format(
                            Locale.ROOT,
                            "| %s | %.4f | %.4f | %.4f | %s |",
                            routes.text("route", row),
                            routes.number("y", row),
                            routes.number("se", row),
                            Math.exp(routes.number("y", row)),
                            routes.text("chosen", row)));
        }
        Tabular intervals = table(outcome, "intervals");
        assertThat(page)
                .contains(String.format(
                        Locale.ROOT,
                        "| T18 | 0 | 6 | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.4f |",
                        intervals.number("at_risk_t", 0),
                        intervals.number("events_t", 0),
                        intervals.number("censored_t", 0),
                        intervals.number("at_risk_c", 0),
                        intervals.number("events_c", 0),
                        intervals.number("censored_c", 0),
                        intervals.number("y", 0)));
        Tabular rmst = table(outcome, "rmst");
        assertThat(page)
                .contains(String.format(
                        Locale.ROOT,
                        "%.2f against %.2f of 36 months, %.2f months more (95 %% interval %.2f to %.2f)",
                        rmst.number("rmst_t", 0),
                        rmst.number("rmst_c", 0),
                        rmst.number("difference", 0),
                        rmst.number("ci_lower", 0),
                        rmst.number("ci_upper", 0)));
        example().lines().limit(4).forEach(line -> assertThat(page).contains(line));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"treatment, control, ''", "t, c, ''", "Lenalidomide, Placebo, ''", "A, B, B", "A, B, 'x, b'"})
    void knowsTheArms(String treatment, String control, String option) {
        Outcome outcome =
                on(arms("S", treatment, control)).set("control-arm", option).get();

        assertThat(table(outcome, "effects").number("y", 0)).isNegative();
        assertThat(messages(outcome, "coarse-curve")).singleElement().satisfies(message -> {
            assertThat(message.text()).contains("row 1 (S, OS): Coarse intervals:");
        });
    }

    @Test
    void takesTheArmsFromColumnsThatNameThem() {
        String csv = "study,endpoint,hr,treatment,control,arm,time,survival,n_risk\nS,OS,0.5,A,B,,,,\n"
                + "S,OS,,,,A,0,,100\nS,OS,,,,A,12,.8,70\nS,OS,,,,B,0,,90\nS,OS,,,,B,12,.6,50\n";

        assertThat(table(on(csv).get(), "effects").number("y", 0)).isNegative();
        assertThat(messages(run("review", csv).get(), "unknown-arm")).isEmpty();
    }

    @Test
    void asksWhichArmIsTheControl() {
        Outcome outcome = on(arms("S", "A", "B")).get();

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(messages(outcome, "unknown-arm")).singleElement().satisfies(message -> {
            assertThat(message.text())
                    .startsWith("curves.csv, row 1 (S, OS), column 'arm': which of the arms 'A' and 'B' is the control")
                    .contains("--control-arm \"B\"");
            assertThat(message.rows()).hasSize(6);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "12,0.8,75 | 12,1.8,75 | bad-curve | row 2 (S, OS), column 'survival' (event-free fraction): the event-free",
                "24,0.6,50 | 24,0.9,50 | bad-curve | row 3 (S, OS), column 'survival' (event-free fraction): the curve rises",
                "24,0.6,50 | 24,0.6,90 | bad-curve | row 3 (S, OS), column 'n_risk' (number at risk): the number at risk rises",
                "12,0.8,75 | -12,0.8,75 | bad-curve | row 2 (S, OS), column 'time' (time): the time must be at least 0",
            })
    void leavesAnImpossibleCurveOutAndGoesOn(String good, String bad, String code, String text) {
        String csv = arms("S", "t", "c").replaceFirst(good, bad)
                + arms("Other", "t", "c").replace(HEADER, "");
        Outcome outcome = on(csv).get();

        assertThat(texts(table(outcome, "effects"), "study")).containsExactly("Other");
        assertThat(messages(outcome, code))
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .startsWith("curves.csv, " + text)
                        .endsWith("The curves of both arms are left out."));
    }

    @Test
    void rejectsACellThatCannotBeRead() {
        Outcome outcome = on(arms("S", "t", "c").replaceFirst("12,0.8", "12,x")).get();

        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(messages(outcome, "bad-cell").get(0).text())
                .startsWith("curves.csv, row 2 (S, OS), column 'survival' (event-free fraction): 'x' is not a number");
        assertThat(table(
                                on(arms("S", "t", "c").replaceFirst("12,0.8", "12,x"))
                                        .set("invalid", "skip")
                                        .get(),
                                "effects")
                        .rows())
                .isZero();
    }

    @Test
    void saysSoWhenAnArmIsMissingOrNotNamed() {
        Outcome outcome =
                on(HEADER + "S,OS,t,0,1,90\nS,OS,t,12,.8,70\nS,OS,,12,.7,60\n").get();

        assertThat(messages(outcome, "curve-left-out"))
                .extracting(Message::text)
                .anySatisfy(text -> assertThat(text).contains("row 3 (S, OS), column 'arm'"))
                .anySatisfy(text -> assertThat(text).contains("row 1 (S, OS): a curve for the treatment arm only"));
    }

    @Test
    void curvesThatFitSeveralResultsStandAlone() {
        String csv = "study,endpoint,report,arm,time,survival,n_risk,hr,ci_low,ci_high\nS,OS,X,,,,,0.5,0.4,0.62\n"
                + "S,OS,Y,,,,,0.6,0.5,0.72\n"
                + arms("S", "t", "c")
                        .replace(HEADER, "")
                        .replace("S,OS,", "S,OS,Z,")
                        .strip()
                        .replaceAll("(?m)$", ",,,")
                        .strip();
        String ambiguous = csv.replace("OS,Z,", "OS,,");

        assertThat(table(on(ambiguous).get(), "effects").rows()).isEqualTo(3);
        assertThat(messages(on(ambiguous).get(), "curve-alone")).hasSize(1);
        assertThat(messages(on(csv).get(), "curve-alone")).isEmpty();
        assertThat(table(on(csv.replace("OS,Z,", "OS,Y,")).get(), "effects").rows())
                .isEqualTo(2);
    }

    @Test
    void poolReadsCurves() {
        String csv = arms("A", "t", "c") + arms("B", "t", "c").replace(HEADER, "");
        Tabular studies = table(run("pool", csv).get(), "studies");

        assertThat(texts(studies, "study")).containsExactly("A", "B");
        assertThat(studies.number("y", 0))
                .isEqualTo(table(on(csv).get(), "effects").number("y", 0));
    }

    @Test
    void warnsWhenFractionsAtSeveralTimesDrift() {
        Outcome outcome = on("study,endpoint,hr,ci_low,ci_high,time,survival_t,survival_c,n_t,n_c,events_t,events_c\n"
                        + "S,OS,0.9,0.75,1.08,,,,400,400,240,180\nS,OS,,,,12,90%,81%,,,,\nS,OS,,,,24,40%,54%,,,,\n")
                .get();

        assertThat(messages(outcome, "non-proportional")).singleElement().satisfies(message -> {
            assertThat(message.text()).startsWith("curves.csv, rows 1, 2, 3 (S, OS): The hazard ratio is not the same");
            assertThat(message.data()).containsKeys("q", "df", "p_value");
        });
        assertThat(texts(table(outcome, "over_time"), "source"))
                .containsExactly("survival at times", "survival at times");
    }
}
