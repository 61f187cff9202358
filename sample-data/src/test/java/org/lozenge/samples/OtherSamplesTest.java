package org.lozenge.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sets must say, checked by sums and formulas that a slip of the pen would break. */
class OtherSamplesTest {

    @Test
    void percentagesFollowFromCountsAndGroupSizes() {
        CsvTable table = table("lenalidomide-adverse-events");
        assertThat(table.where("place", "Table 3", "n_t", "306", "n_c", "302")).hasSize(70);
        assertThat(table.where("place", "Table 4", "n_t", "306", "n_c", "302")).hasSize(16);
        assertThat(table.rows())
                .filteredOn(row -> row.get("place").startsWith("Table "))
                .filteredOn(row -> !follows(row.get("percent_t"), 100 * number(row, "events_t") / 306)
                        || !follows(row.get("percent_c"), 100 * number(row, "events_c") / 302))
                // The four percentages of the document that its counts contradict.
                .extracting(row -> row.get("event") + " " + row.get("grade") + ": " + row.get("note"))
                .containsExactly(
                        "Hematologic events 3 or 4: 68 of 302 is 22.5 %, not 22."
                                + " The Results of the same document print 23.",
                        "Gastrointestinal disorders all: 222 of 306 is 72.5 %, not 72.",
                        "Skin disorders all: 176 of 306 is 57.5 %, not 57.",
                        "Dyspnea all: 20 of 306 is 6.5 %, not 6.");
    }

    private static boolean follows(String printed, double percent) {
        return switch (printed) {
            case "" -> percent < 2;
            case "<1" -> percent > 0 && percent < 1;
            case ">99" -> percent > 99 && percent < 100;
            default -> Math.abs(percent - Double.parseDouble(printed)) <= 0.5;
        };
    }

    @Test
    void solidAndOtherCancersAddUpToTheTotal() {
        CsvTable table = table("lenalidomide-adverse-events");
        for (String column : List.of("events_t", "events_c")) {
            double parts = 0;
            for (String event : List.of("Hematologic cancers", "Solid tumors", "Nonmelanoma skin cancers")) {
                parts += number(table.only("event", event), column);
            }
            Map<String, String> total = table.only("event", "Any second primary cancer");
            // Patients with cancers of two kinds count once in the total.
            assertThat(parts - number(total, column)).isBetween(0.0, 2.0);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "Any event, 3 or 4, 225, 130",
        "'Hematologic events', 3 or 4, 179, 68",
        "Neutropenia, 3 or 4, 157, 53",
        "Herpes zoster, all, 51, 53",
        "Peripheral neuropathy, 3 or 4, 4, 3",
        "Muscle spasms, all, 119, 70"
    })
    void adverseEventsStandAsPrinted(String event, String grade, String treated, String control) {
        Map<String, String> row =
                table("lenalidomide-adverse-events").only("place", "Table 3", "event", event, "grade", grade);
        assertThat(List.of(row.get("events_t"), row.get("events_c"))).containsExactly(treated, control);
    }

    @Test
    void conflictingPercentagesAreKept() {
        assertThat(table("lenalidomide-adverse-events").where("event", "Hematologic events", "grade", "3 or 4"))
                .extracting(row -> row.get("place") + " " + row.get("percent_c"))
                .containsExactly("Table 3 22", "Results, adverse events 23", "Discussion 22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at randomization", "best during maintenance"})
    void kindsOfResponseAddUpToHundredPercent(String when) {
        CsvTable table = table("lenalidomide-responses");
        for (String column : List.of("percent_t", "percent_c")) {
            double sum = 0;
            for (String kind :
                    List.of("complete response", "very good partial response", "partial response", "stable disease")) {
                sum += number(table.only("trial", "IFM 2005-02", "outcome", kind + ", " + when), column);
            }
            assertThat(sum).isEqualTo(100);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "SWOG S0777, PFS, '2020, median follow-up 84 months', 0.742, 0.594, 0.928, 0.96, 0.003, 1",
        "ELOQUENT-2, OS, final, 0.82, 0.68, 1.00, 0.954, 0.0408, 2",
        "E3A06, PFS, 'JCO 2020, median follow-up 35 months', 0.28, 0.12, 0.62, 0.95, 0.002, 2",
        "QuiRedex, TTP, '2022, median follow-up 12.5 years', 0.28, 0.18, 0.44, 0.95, <0.0001, 2",
        "REMARC, OS, median follow-up 52 months, 1.218, 0.861, 1.721, 0.95, 0.26, 2"
    })
    void publishedTrialsStandAsFound(
            String trial,
            String endpoint,
            String cutoff,
            String hr,
            String low,
            String high,
            String level,
            String p,
            String sides) {
        Map<String, String> row =
                table("lenalidomide-published").only("trial", trial, "endpoint", endpoint, "cutoff", cutoff);
        assertThat(List.of("hr", "ci_low", "ci_high", "ci_level", "p", "p_sided"))
                .extracting(row::get)
                .containsExactly(hr, low, high, level, p, sides);
    }

    @Test
    void everyPublishedRowNamesItsPlace() {
        assertThat(table("lenalidomide-published").rows())
                .allMatch(row -> row.get("source").length() > 8);
    }

    @Test
    void maintenanceRowsAgreeWithThePublishedSet() {
        CsvTable published = table("lenalidomide-published");
        for (Map<String, String> row : table("lenalidomide-maintenance").rows()) {
            Map<String, String> same =
                    published.only("trial", row.get("trial"), "endpoint", "PFS", "hr", row.get("hr"));
            for (String column :
                    List.of("ci_low", "ci_high", "p", "events_t", "events_c", "n_t", "median_t", "median_c")) {
                assertThat(row.get(column))
                        .as("%s %s", row.get("trial"), column)
                        .isEqualTo(same.get(column));
            }
        }
    }

    @Test
    void subgroupsArePairsWithTreatmentAhead() {
        assertThat(table("lenalidomide-subgroups").rows())
                .extracting(row -> row.get("survival_t") + " " + row.get("survival_c") + " " + row.get("p"))
                .containsExactly(
                        "0.64 0.49 0.006",
                        "0.51 0.18 <0.001",
                        "0.71 0.41 <0.001",
                        "0.50 0.29 <0.001",
                        "0.53 0.24 <0.001",
                        "0.67 0.44 <0.001");
    }

    @Test
    void patientYearsGiveThePrintedRates() {
        Map<String, String> row = table("lenalidomide-second-cancers").only("counted", "cancers");
        for (String arm : List.of("_t", "_c")) {
            double events = number(row, "events" + arm);
            double rate = number(row, "rate" + arm);
            assertThat(number(row, "time" + arm)).isEqualTo(100 * events / rate, offset(0.05));
            assertThat(number(row, "time" + arm + "_low")).isEqualTo(100 * events / (rate + 0.05), offset(0.05));
            assertThat(number(row, "time" + arm + "_high")).isEqualTo(100 * events / (rate - 0.05), offset(0.05));
        }
    }

    @Test
    void kindsOfCancerAddUpAndAgreeWithTheAdverseEvents() {
        CsvTable events = table("lenalidomide-adverse-events");
        for (Map<String, String> row : table("lenalidomide-second-cancers").where("place", "Table 4")) {
            Map<String, String> same = events.rows().stream()
                    .filter(r ->
                            r.get("place").equals("Table 4") && r.get("event").equalsIgnoreCase(row.get("event")))
                    .findAny()
                    .orElseThrow();
            for (String column : List.of("events_t", "n_t", "percent_t", "events_c", "n_c", "percent_c")) {
                assertThat(row.get(column)).isEqualTo(same.get(column));
            }
            if (!row.get("events").isEmpty()) {
                assertThat(number(row, "events_t") + number(row, "events_c")).isEqualTo(number(row, "events"));
            }
        }
    }

    @Test
    void survivalAgreesWithTheTableOfTrials() {
        CsvTable arms = table("lenalidomide-survival");
        for (Map<String, String> row : table("lenalidomide").rows()) {
            for (String arm : List.of("t", "c")) {
                if (!row.get("survival_" + arm).isEmpty()) {
                    String name = row.get(arm.equals("t") ? "treatment" : "control");
                    assertThat(arms.where(
                                    "trial",
                                    row.get("trial"),
                                    "document",
                                    row.get("document"),
                                    "endpoint",
                                    row.get("endpoint"),
                                    "cutoff",
                                    row.get("cutoff"),
                                    "arm",
                                    name,
                                    "statistic",
                                    "survival",
                                    "time",
                                    row.get("time"),
                                    "survival",
                                    row.get("survival_" + arm)))
                            .as("%s %s", row, name)
                            .isNotEmpty();
                }
            }
        }
    }

    /** Every point that a report prints is a row of lenalidomide-survival too; no curve rises. */
    @Test
    void curvesFallThroughPrintedPoints() {
        CsvTable arms = table("lenalidomide-survival");
        Map<String, List<Map<String, String>>> curves = table("lenalidomide-curves").rows().stream()
                .collect(Collectors.groupingBy(row -> row.get("trial") + row.get("arm")));
        assertThat(curves).hasSize(5);
        curves.values().forEach(points -> {
            assertThat(points.get(0)).containsEntry("time", "0").containsEntry("survival", "1");
            for (int i = 1; i < points.size(); i++) {
                Map<String, String> point = points.get(i);
                assertThat(number(point, "time")).isGreaterThan(number(points.get(i - 1), "time"));
                assertThat(number(point, "survival")).isLessThan(number(points.get(i - 1), "survival"));
                boolean median = point.get("kind").equals("median");
                assertThat(arms.where(
                                "report",
                                point.get("report"),
                                "trial",
                                point.get("trial"),
                                "cutoff",
                                point.get("cutoff"),
                                "arm",
                                point.get("arm"),
                                "statistic",
                                point.get("kind"),
                                median ? "median" : "time",
                                point.get("time"),
                                "survival",
                                median ? "" : point.get("survival"),
                                "subgroup",
                                ""))
                        .as("%s", point)
                        .isNotEmpty();
            }
        });
    }

    @Test
    void secondLineTherapiesAddUp() {
        List<Map<String, String>> rows = table("lenalidomide-conduct").where("topic", "Second-line therapy");
        for (String column : List.of("value_t", "value_c")) {
            double kinds = rows.subList(2, rows.size()).stream()
                    .mapToDouble(row -> number(row, column))
                    .sum();
            assertThat(kinds).isEqualTo(number(rows.get(1), column));
        }
    }

    @Test
    void percentagesAtTheStartFollowFromTheirCounts() {
        assertThat(table("lenalidomide-baseline").rows())
                .filteredOn(row ->
                        !row.get("events_t").isEmpty() && !row.get("percent_t").isEmpty())
                .hasSize(13)
                .allMatch(row -> follows(row.get("percent_t"), 100 * number(row, "events_t") / number(row, "n_t"))
                        && follows(row.get("percent_c"), 100 * number(row, "events_c") / number(row, "n_c")));
    }

    @Test
    void bcgAddsUp() {
        CsvTable bcg = table("bcg");
        assertThat(List.of("events_t", "n_t", "events_c", "n_c"))
                .extracting(column -> sum(bcg, column))
                .containsExactly(1065.0, 191064.0, 1510.0, 166283.0);
        assertThat(bcg.rows().stream().collect(Collectors.groupingBy(row -> row.get("alloc"), Collectors.counting())))
                .isEqualTo(Map.of("random", 7L, "alternate", 2L, "systematic", 4L));
    }

    @Test
    void bcgRiskRatiosFollowFromTheCounts() {
        CsvTable effects = table("bcg-risk-ratios");
        for (Map<String, String> row : table("bcg").rows()) {
            Map<String, String> effect = effects.only("study", row.get("study"), "ablat", row.get("ablat"));
            double a = number(row, "events_t");
            double n = number(row, "n_t");
            double c = number(row, "events_c");
            double m = number(row, "n_c");
            assertThat(number(effect, "effect")).isEqualTo(Math.log(a * m / (n * c)), offset(1e-14));
            assertThat(number(effect, "variance")).isEqualTo(1 / a - 1 / n + 1 / c - 1 / m, offset(1e-15));
        }
    }

    /** The published pooled hazard ratio of the 65 trials is 0.90 (0.85 to 0.94), by the one-step method. */
    @Test
    void headAndNeckReproducesThePublishedPooledResult() {
        CsvTable trials = table("head-and-neck");
        double v = sum(trials, "v");
        double mean = sum(trials, "o_minus_e") / v;
        double half = 1.959963984540054 / Math.sqrt(v);
        assertThat(Math.exp(mean)).isEqualTo(0.90, offset(0.005));
        assertThat(Math.exp(mean - half)).isEqualTo(0.85, offset(0.005));
        assertThat(Math.exp(mean + half)).isEqualTo(0.94, offset(0.005));
        assertThat(trials.where("timing", "adjuvant")).hasSize(8);
        assertThat(trials.where("timing", "neoadjuvant")).hasSize(31);
        assertThat(trials.where("timing", "concomitant")).hasSize(26);
    }

    @Test
    void hardSetsHaveTheirSizes() {
        CsvTable table = table("reml-hard");
        assertThat(table.rows().stream().collect(Collectors.groupingBy(row -> row.get("set"), Collectors.counting())))
                .isEqualTo(Map.of("1", 10L, "2", 10L, "3", 3L));
        assertThat(table.where("set", "3"))
                .extracting(row -> row.get("effect") + " " + row.get("variance"))
                .containsExactly("0.79 0.12", "0 0.0029", "-0.08 0.0023");
    }

    /** The derivative of the restricted likelihood vanishes at the documented between-study variance. */
    @ParameterizedTest
    @CsvSource({"1, 0.081973114423413272", "2, 0.19878122942332462"})
    void hardSetsHaveTheirDocumentedMaximum(String set, double tau2) {
        List<Map<String, String>> rows = table("reml-hard").where("set", set);
        assertThat(remlScore(rows, tau2)).isEqualTo(0, offset(1e-12));
        assertThat(remlScore(rows, 0.99 * tau2)).isPositive();
        assertThat(remlScore(rows, 1.01 * tau2)).isNegative();
        assertThat(Samples.get("reml-hard").description())
                .contains(Double.toString(tau2).substring(0, 15));
    }

    private static double remlScore(List<Map<String, String>> rows, double tau2) {
        double w1 = 0;
        double w2 = 0;
        double wy = 0;
        for (Map<String, String> row : rows) {
            double w = 1 / (number(row, "variance") + tau2);
            w1 += w;
            w2 += w * w;
            wy += w * number(row, "effect");
        }
        double score = w2 / w1 - w1;
        for (Map<String, String> row : rows) {
            double pull = (number(row, "effect") - wy / w1) / (number(row, "variance") + tau2);
            score += pull * pull;
        }
        return score;
    }

    @Test
    void eightSchoolsPoolToTheKnownMean() {
        double weights = 0;
        double sum = 0;
        for (Map<String, String> row : table("eight-schools").rows()) {
            double w = 1 / (number(row, "se") * number(row, "se"));
            weights += w;
            sum += w * number(row, "effect");
        }
        assertThat(sum / weights).isEqualTo(7.7, offset(0.05));
        assertThat(Math.sqrt(1 / weights)).isEqualTo(4.1, offset(0.05));
    }

    private static CsvTable table(String name) {
        return CsvTable.parse(Samples.get(name).csv());
    }

    private static double sum(CsvTable table, String column) {
        return table.rows().stream().mapToDouble(row -> number(row, column)).sum();
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
