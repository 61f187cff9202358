package org.lozenge.analyses.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Message;
import org.lozenge.workbench.Outcome;
import org.lozenge.workbench.Workbench;
import org.lozenge.workbench.table.Dataset;
import org.lozenge.workbench.table.FileFormat;

/** What rows of one table say about each other: each fault beside its harmless neighbour. Invented trials. */
class BetweenRowsTest {

    private static Workbench workbench;

    @BeforeAll
    static void open() {
        workbench = Workbench.openLazily();
    }

    @AfterAll
    static void close() {
        workbench.close();
    }

    private static Outcome ratios(String... lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return workbench
                .run("hazard-ratio", Dataset.parse("t.csv", bytes, FileFormat.CSV))
                .get();
    }

    private static List<String> complaints(Outcome outcome) {
        assertThat(outcome.status()).isEqualTo("ok");
        return outcome.messages().stream()
                .filter(message -> message.code().startsWith("audit-"))
                .map(Message::text)
                .toList();
    }

    private static void quiet(String... lines) {
        assertThat(complaints(ratios(lines))).isEmpty();
    }

    private static String one(String code, String... lines) {
        Outcome outcome = ratios(lines);
        assertThat(complaints(outcome)).hasSize(1);
        assertThat(outcome.messages()).anyMatch(message -> message.code().equals(code));
        return complaints(outcome).get(0);
    }

    // ---- A7, the ratio in one row and other figures in another

    private static final String SPLIT =
            "study,endpoint,report,hr,ci_low,ci_high,median_t,median_c,survival_t,survival_c,time,events_t,events_c,n_t,n_c";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14.1,9.0,,,,,,,          | 9.0,14.1,,,,,,,",
                ",,0.60,0.40,24,,,,       | ,,0.40,0.60,24,,,,",
                ",,,,,60,85,120,118       | ,,,,,85,60,120,118"
            })
    void figuresOfAnotherRowPointTheSameWay(String right, String wrong) {
        String ratio = "LUNG-1,OS,paper,0.62,0.47,0.82,,,,,,,,,";
        quiet(SPLIT, ratio, "LUNG-1,OS,paper,,,," + right.strip());
        String text = one("audit-a7", SPLIT, ratio, "LUNG-1,OS,paper,,,," + wrong.strip());
        assertThat(text).contains("rows 1, 2").contains("The ratio stands in").contains("1.6");
    }

    /** Curves that cross may have a median against a ratio near 1, and another analysis may have another direction. */
    @Test
    void figuresNearOneOrOfAnotherAnalysisAreNoContradiction() {
        quiet(SPLIT, "LUNG-1,OS,paper,0.90,0.72,1.12,,,,,,,,,", "LUNG-1,OS,paper,,,,9.0,14.1,,,,,,,");
        String dated = "cutoff," + SPLIT;
        quiet(dated, "2019-01,LUNG-1,OS,paper,0.62,0.47,0.82,,,,,,,,,", "2015-01,LUNG-1,OS,paper,,,,9.0,14.1,,,,,,,");
    }

    @Test
    void curvesPointTheSameWayAsTheRatio() {
        String head = "study,endpoint,hr,ci_low,ci_high,arm,time,survival,n_risk";
        String[] curves = {
            "H,OS,,,,treatment,0,1,300", "H,OS,,,,treatment,6,0.90,268", "H,OS,,,,treatment,12,0.80,236",
            "H,OS,,,,treatment,18,0.71,205", "H,OS,,,,treatment,24,0.63,176", "H,OS,,,,control,0,1,300",
            "H,OS,,,,control,6,0.82,244", "H,OS,,,,control,12,0.66,194", "H,OS,,,,control,18,0.53,153",
            "H,OS,,,,control,24,0.43,121"
        };
        String[] right = new String[curves.length + 2];
        right[0] = head;
        right[1] = "H,OS,0.55,0.44,0.69,,,,";
        System.arraycopy(curves, 0, right, 2, curves.length);
        quiet(right);
        right[1] = "H,OS,1.82,1.45,2.27,,,,";
        assertThat(one("audit-a7", right)).contains("survival curves").contains("which curve belongs to which arm");
    }

    // ---- A8, P values

    @Test
    void oneAnalysisHasOneP() {
        String head = "study,endpoint,report,publication,hr,p,p_sided";
        assertThat(one("audit-a8", head, "A,OS,x,paper,0.70,0.0036,2", "A,OS,y,abstract,0.70,0.0018,2"))
                .contains("one is twice the other");
        assertThat(one("audit-a8", head, "A,OS,x,paper,0.70,0.0361,2", "A,OS,y,abstract,0.70,<0.01,2"))
                .contains("P 0.0361");
    }

    @ParameterizedTest
    @CsvSource({"0.0036,0.004", "0.0004,<0.001", "0.0361,0.0402", "NS,0.3012", "0.0361,0.0181 (one-sided)"})
    void roundedPValuesBoundsAndOtherTestsAgree(String p, String q) {
        quiet(
                "study,endpoint,report,publication,hr,p,p_sided",
                "A,OS,x,paper,0.72," + p + ",2",
                "A,OS,y,abstract,0.72," + q + (q.contains("one") ? ",1" : ",2"));
    }

    // ---- A9, mixtures

    @Test
    void populations() {
        String head = "study,endpoint,population,hr,ci_low,ci_high";
        assertThat(one("audit-a9", head, "A,PFS,ITT,0.70,0.55,0.89", "B,PFS,per protocol,0.60,0.46,0.78"))
                .contains("protocol");
        quiet(head, "A,PFS,ITT,0.70,0.55,0.89", "B,PFS,intention to treat,0.60,0.46,0.78");
        quiet(head, "A,PFS,ITT,0.70,0.55,0.89", "B,PFS,,0.60,0.46,0.78");
        quiet(head, "A,PFS,ITT,0.70,0.55,0.89", "A,PFS,per protocol,0.60,0.46,0.78", "B,PFS,ITT,0.65,0.50,0.845");
    }

    @Test
    void assessors() {
        String head = "study,endpoint,assessor,hr,ci_low,ci_high";
        assertThat(one("audit-a9", head, "A,PFS,BICR,0.70,0.55,0.89", "B,PFS,investigator,0.60,0.46,0.78"))
                .containsIgnoringCase("assess");
        quiet(head, "A,PFS,BICR,0.70,0.55,0.89", "B,PFS,independent review,0.60,0.46,0.78");
        quiet(head, "A,PFS,BICR,0.70,0.55,0.89", "A,PFS,INV,0.68,0.53,0.87", "B,PFS,IRC,0.60,0.46,0.78");
    }

    // ---- A8, identity

    @Test
    void oneAuthorAndSizeUnderTwoNames() {
        String head = "study,endpoint,report,hr,ci_low,ci_high,n";
        assertThat(one("audit-a8", head, "Okafor 2018,OS,x,0.80,0.66,0.97,812", "Okafor 2019,OS,y,0.78,0.65,0.94,812"))
                .contains("equally many participants");
        quiet(head, "Okafor 2018,OS,x,0.80,0.66,0.97,812", "Okafor 2019,OS,y,0.90,0.75,1.08,640");
        quiet(head, "Okafor 2018,OS,x,0.80,0.66,0.97,812", "Lindqvist 2019,OS,y,0.90,0.75,1.08,812");
    }

    @Test
    void oneDocumentUnderTwoNames() {
        String head = "study,endpoint,doi,hr,ci_low,ci_high";
        assertThat(one(
                        "audit-a8",
                        head,
                        "HF-1,OS,10.1000/xyz123,0.80,0.66,0.97",
                        "HF-One,OS,https://doi.org/10.1000/XYZ123,0.90,0.75,1.08"))
                .contains("10.1000/xyz123");
        quiet(head, "HF-1,OS,10.1000/xyz123,0.80,0.66,0.97", "HF-2,OS,10.1000/xyz124,0.90,0.75,1.08");
    }

    @Test
    void oneNameWithTwoRegistrations() {
        String head = "study,endpoint,nct,report,hr,ci_low,ci_high";
        assertThat(one(
                        "audit-a8",
                        head,
                        "HF-1,OS,NCT01000001,x,0.80,0.66,0.97",
                        "HF-1,OS,NCT01000002,x,0.80,0.66,0.97",
                        "HF-2,OS,NCT01000003,y,0.90,0.75,1.08"))
                .contains("2 registration numbers");
        quiet(
                head,
                "HF-1,OS,NCT01000001,x,0.80,0.66,0.97",
                "HF-1,OS,,z,0.80,0.66,0.97",
                "HF-2,OS,NCT01000003,y,0.90,0.75,1.08");
    }

    @Test
    void armsNamedTheOtherWayRound() {
        String head = "study,endpoint,report,treatment,control,hr,ci_low,ci_high";
        assertThat(one("audit-a7", head, "A,PFS,x,osimab,chemo,0.60,0.48,0.75", "A,PFS,y,chemo,osimab,0.60,0.48,0.75"))
                .contains("names the arms the wrong way round");
        quiet(head, "A,PFS,x,osimab,chemo,0.60,0.48,0.75", "A,PFS,y,chemo,osimab,1.67,1.33,2.08");
    }
}
