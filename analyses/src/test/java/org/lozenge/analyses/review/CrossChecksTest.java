package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lozenge.analyses.review.Reviews.section;
import static org.lozenge.analyses.review.Reviews.table;
import static org.lozenge.analyses.review.Reviews.texts;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ResultItem;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

class CrossChecksTest {

    private static final String HEAD =
            "study,report,publication,year,endpoint,cutoff,follow_up,hr,ci_low,ci_high,n_t,n_c,time,survival_t,survival_c\n";
    private static final String SOUND = "Z,Z 2010,paper,2010,OS,,,0.9,0.7,1.16,,,,,\n";

    private static Reviews reviews;

    @BeforeAll
    static void open() {
        reviews = new Reviews();
    }

    @AfterAll
    static void close() {
        reviews.close();
    }

    /** Returns rule and rows of the complaints between reports. */
    private static List<String> complaints(String rows) {
        Outcome outcome = reviews.on(HEAD + SOUND + rows).get();
        List<String> ids =
                section(outcome, "death").items().stream().map(ResultItem::id).toList();
        if (!ids.contains("audit")) {
            return List.of();
        }
        Tabular audit = table(outcome, "death", "audit");
        return IntStream.range(0, audit.rows())
                .filter(row -> audit.text("state", row).equals("warn"))
                .mapToObj(row -> audit.text("rule", row) + " " + audit.text("rows", row))
                .toList();
    }

    @Test
    void findsDifferentRatiosOfOneAnalysis() {
        assertThat(
                        complaints(
                                "A,A 2010,paper,2010,OS,final,30,0.8,0.6,1.07,,,,,\nA,B 2011,abstract,2011,OS,final,30,0.7,0.6,1.07,,,,,\n"))
                .contains("A8 2, 3");
    }

    @Test
    void acceptsWhatRoundingExplains() {
        assertThat(
                        complaints(
                                "A,A 2010,paper,2010,OS,final,30,0.80,0.60,1.07,,,,,\nA,B 2011,abstract,2011,OS,final,30,0.8,0.6,1.1,,,,,\n"))
                .isEmpty();
    }

    @Test
    void acceptsDifferentRatiosOfDifferentAnalyses() {
        assertThat(
                        complaints(
                                "A,A 2010,paper,2010,OS,interim,20,0.7,0.5,0.98,,,,,\nA,A 2010,paper,2010,OS,final,30,0.8,0.6,1.07,,,,,\n"))
                .isEmpty();
    }

    @Test
    void findsExchangedArmsOnceAndAcrossAnalyses() {
        assertThat(
                        complaints(
                                "A,A 2010,paper,2010,OS,interim,20,0.7,0.5,0.98,90,92,,,\nA,B 2012,abstract,2012,OS,final,30,0.8,0.6,1.07,92,90,,,\n"))
                .containsExactly("A8 2, 3");
        assertThat(
                        complaints(
                                "A,A 2010,paper,2010,OS,final,30,0.8,0.6,1.07,90,92,,,\nA,B 2010,news,2010,OS,final,30,,,,92,90,,,\n"))
                .containsExactly("A8 2, 3");
    }

    @Test
    void findsDifferentCurvesAtOneTimeButNotAtTwo() {
        String first = "A,A 2010,paper,2010,OS,final,60,0.8,0.6,1.07,100,100,24,0.80,0.75\n";
        assertThat(complaints(first + "A,A 2010,paper,2010,OS,final,60,,,,100,100,24,0.70,0.65\n"))
                .containsExactly("A8 2, 3");
        assertThat(complaints(first + "A,A 2010,paper,2010,OS,final,60,,,,100,100,36,0.70,0.65\n"))
                .isEmpty();
    }

    @Test
    void findsACurveReadFarBeyondFollowUp() {
        String row = "A,A 2010,paper,2010,OS,final,28,0.8,0.6,1.07,100,100,%s,0.80,0.75\n";
        assertThat(complaints(String.format(row, "60"))).containsExactly("A6 2");
        assertThat(complaints(String.format(row, "48"))).isEmpty();
    }

    @Test
    void findsCitationsThatDiffer() {
        String paper = "A,A 2010,paper,2010,OS,final,30,0.8,0.6,1.07,,,,,\n";
        assertThat(complaints(paper + "A,C 2019,citation,2012,OS,,,,,,,,,,\n")).containsExactly("A8 3");
        assertThat(complaints(paper + "A,C 2019,citation,2010,OS,,,,,,,,,,\n")).isEmpty();
    }

    @Test
    void namesBothDocumentsAndFigures() {
        Outcome outcome = reviews.on(
                        HEAD + SOUND
                                + "A,A 2010,paper,2010,OS,final,30,0.8,0.6,1.07,,,,,\nA,B 2011,abstract,2011,OS,final,30,0.7,0.5,0.98,,,,,\n")
                .get();
        assertThat(texts(table(outcome, "death", "audit"), "text"))
                .contains(
                        "For the same analysis, A 2010 (row 2) prints hazard ratio: 0.8, B 2011 (row 3) 0.7. Look up which "
                                + "is right.");
    }
}
