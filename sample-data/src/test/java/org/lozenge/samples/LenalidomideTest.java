package org.lozenge.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of the five source documents, typed from them a second time. */
class LenalidomideTest {

    private final CsvTable table = CsvTable.parse(Samples.get("lenalidomide").csv());

    @ParameterizedTest(name = "document {0}: {1} {2} {3}")
    @CsvSource({
        "1, QuiRedex, TTP, median follow-up 40 months, 0.18, 0.09, 0.32, 0.95, <0.001, 40",
        "1, QuiRedex, OS, median follow-up 40 months, 0.31, 0.10, 0.91, 0.95, 0.03, 40",
        "2, QuiRedex, TTP, median follow-up 40 months, 0.18, '', '', '', '', 40",
        "2, QuiRedex, OS, median follow-up 40 months, 0.31, '', '', '', '', 40",
        "3, E3A06, PFS, median follow-up 28 months, 0.28, '', '', '', 0.0005, 28",
        "4, E3A06, OS, not stated, 0.46, 0.08, 2.53, 0.95, '', ''",
        "5, IFM 2005-02, PFS, 2010-07-07, 0.50, '', '', '', <0.001, 30",
        "5, IFM 2005-02, OS, 2010-07-07, 1.25, '', '', '', 0.29, 30",
        "5, IFM 2005-02, PFS, 2011-10-01, 0.50, '', '', '', <0.001, 45",
        "5, IFM 2005-02, OS, 2011-10-01, 1.06, '', '', '', 0.70, 45"
    })
    void hazardRatiosStandAsPrinted(
            String document,
            String trial,
            String endpoint,
            String cutoff,
            String hr,
            String low,
            String high,
            String level,
            String p,
            String followUp) {
        Map<String, String> row = table.rows().stream()
                .filter(r ->
                        r.get("document").equals(document) && r.get("trial").equals(trial))
                .filter(r ->
                        r.get("endpoint").equals(endpoint) && r.get("cutoff").equals(cutoff))
                .filter(r -> !r.get("hr").isEmpty())
                .collect(Collectors.collectingAndThen(Collectors.toList(), LenalidomideTest::single));
        assertThat(List.of("hr", "ci_low", "ci_high", "ci_level", "p", "p_sided", "follow_up"))
                .extracting(row::get)
                .containsExactly(hr, low, high, level, p, "", followUp);
    }

    @Test
    void holdsTenHazardRatios() {
        assertThat(table.rows().stream().filter(row -> !row.get("hr").isEmpty()))
                .hasSize(10);
    }

    @ParameterizedTest(name = "document {0} {1}: {2} {3} at {4}")
    @CsvSource({
        "1, 'Abstract, results', OS, 36, 0.94, 0.80",
        "2, News text, OS, 36, 0.94, 0.80",
        "3, News text, PFS, 12, 0.98, 0.89",
        "3, News text, PFS, 24, 0.93, 0.76",
        "3, News text, PFS, 36, 0.91, 0.66",
        "3, Table, PFS, 60, 0.91, 0.66",
        "4, News text, PFS, 12, 0.98, 0.89",
        "4, News text, PFS, 24, 0.93, 0.76",
        "4, News text, PFS, 36, 0.91, 0.66",
        "4, News text, PFS, 60, 0.78, ''",
        "5, 'Results, at unblinding; also Abstract and Discussion', PFS, 36, 0.59, 0.35",
        "5, 'Results, at unblinding', OS, 36, 0.80, 0.84",
        "5, 'Results, as of October 2011', PFS, 48, 0.43, 0.22",
        "5, 'Results, as of October 2011', OS, 48, 0.73, 0.75",
        "5, 'Results, second primary cancers; medians from the Abstract', EFS, 48, 0.39, 0.20"
    })
    void survivalStandsAsPrinted(
            String document, String place, String endpoint, String time, String treated, String control) {
        Map<String, String> row =
                single(table.where("document", document, "place", place, "endpoint", endpoint, "time", time).stream()
                        .filter(r -> !r.get("trial").equals("E3A06 phase II"))
                        .toList());
        assertThat(List.of(row.get("survival_t"), row.get("survival_c"))).containsExactly(treated, control);
    }

    @Test
    void eventsGroupSizesAndMediansStandAsPrinted() {
        Map<String, String> pfs = table.only("trial", "IFM 2005-02", "endpoint", "PFS", "cutoff", "2010-07-07");
        assertThat(List.of("events_t", "events_c", "events", "n_t", "n_c", "median_t", "median_c"))
                .extracting(pfs::get)
                .containsExactly("104", "160", "264", "307", "307", "41", "23");
        Map<String, String> os = table.only("trial", "IFM 2005-02", "endpoint", "OS", "cutoff", "2011-10-01");
        assertThat(List.of(os.get("events_t"), os.get("events_c"))).containsExactly("79", "73");
        Map<String, String> deaths = table.only("trial", "E3A06", "endpoint", "OS");
        assertThat(List.of(deaths.get("events_t"), deaths.get("events_c"))).containsExactly("2", "4");
        assertThat(table.where("trial", "QuiRedex", "median_c", "21")).hasSize(2);
    }

    @Test
    void conflictsBetweenDocumentsAreKept() {
        assertThat(table.where("trial", "E3A06", "document", "3", "n_t", "90", "n_c", "92"))
                .hasSize(6);
        assertThat(table.where("trial", "E3A06", "document", "4", "n_t", "92", "n_c", "90"))
                .hasSize(4);
        assertThat(table.where("survival_t", "0.93", "survival_c", "0.76"))
                .extracting(row -> row.get("document") + " " + row.get("place") + " " + row.get("time"))
                .containsExactly("3 News text 24", "3 Table 36", "4 News text 24");
        assertThat(table.where("trial", "QuiRedex"))
                .extracting(row -> row.get("document") + " " + row.get("year") + " " + row.get("endpoint"))
                .containsExactlyInAnyOrder(
                        "1 2013 TTP", "1 2013 OS", "2 2013 TTP", "2 2013 OS", "3 2015 TTP", "4 2015 PFS");
        assertThat(table.rows())
                .filteredOn(row -> row.get("note").contains("contradict"))
                .hasSizeGreaterThanOrEqualTo(12);
    }

    /** The common-effect model on the log scale, worked out here with plain arithmetic. */
    @Test
    void maintenanceTrialsReproduceThePublishedPooledResult() {
        CsvTable trials = CsvTable.parse(Samples.get("lenalidomide-maintenance").csv());
        double z = 1.959963984540054;
        double weights = 0;
        double sum = 0;
        for (Map<String, String> row : trials.rows()) {
            double se = (log(row, "ci_high") - log(row, "ci_low")) / (2 * z);
            weights += 1 / (se * se);
            sum += log(row, "hr") / (se * se);
        }
        double mean = sum / weights;
        double half = z / Math.sqrt(weights);
        assertThat(Math.exp(mean)).isEqualTo(0.478637, within(5e-7));
        assertThat(Math.exp(mean - half)).isEqualTo(0.414976, within(5e-7));
        assertThat(Math.exp(mean + half)).isEqualTo(0.552063, within(5e-7));
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static double log(Map<String, String> row, String column) {
        return Math.log(Double.parseDouble(row.get(column)));
    }

    private static Map<String, String> single(List<Map<String, String>> rows) {
        assertThat(rows).hasSize(1);
        return new HashMap<>(rows.get(0));
    }
}
