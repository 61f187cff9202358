package org.lozenge.analyses.effectsize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.analyses.shared.Runs;
import org.lozenge.plugin.Message;
import org.lozenge.plugin.Message.Severity;
import org.lozenge.plugin.Tabular;
import org.lozenge.workbench.Outcome;

/** Tables as reviewers have them: with gaps, with impossible cells, in every design. */
class MessyTablesTest {

    /** @param used names of the studies of which an effect is expected, the others being left out with a word */
    record Messy(String design, String measure, String csv, List<String> used) {
        @Override
        public String toString() {
            return design + " " + measure;
        }
    }

    static Stream<Messy> messy() {
        return Stream.of(
                new Messy("wide counts", "or", """
                        Trial,Events_T,N_T,Events_C,N_C,Country
                        A,12,50,18,52,UK
                        B,0,40,3,41,US
                        C,,30,5,30,US
                        D,35,30,5,30,
                        E,-1,30,5,30,FR
                        F,"5,5",29,7,29,FR
                        G,15%,60,20,61,DE
                        H,0,20,0,20,DE
                        I,3,0,2,10,DE
                        """, List.of("A", "B")),
                new Messy("four cells", "rr", """
                        study,a,b,c,d
                        A,4,119,11,128
                        B,6,-300,29,274
                        C,x,228,11,209
                        D,62,13536,248,12619
                        """, List.of("A", "D")),
                new Messy("three arms in rows", "or", """
                        study,arm,events,n
                        A,control,10,100
                        A,low,5,98
                        A,high,3,101
                        B,control,8,80
                        B,low,90,82
                        C,control,1,20
                        C,high,0,22
                        D,low,3,30
                        """, List.of("A: low", "A: high", "C")),
                new Messy("means with standard errors", "md", """
                        study,m1i,se_t,n1i,m2i,se_c,n2i
                        A,5.1,0.3,40,4.2,0.28,42
                        B,6,0,20,5,.3,22
                        C,abc,.2,20,5,.3,22
                        D,6,.2,-20,5,.3,22
                        """, List.of("A")),
                new Messy("medians and quartiles", "md", """
                        study,median_t,q1_t,q3_t,n_t,median_c,q1_c,q3_c,n_c
                        A,5,4,6.2,40,4,3,5,38
                        B,5,6,4,40,4,3,5,38
                        C,5,4,,40,4,3,5,38
                        """, List.of("A")),
                new Messy("before and after", "smcr", """
                        study,pre_mean,pre_sd,post_mean,post_sd,r,n
                        A,10,2,12,2.2,.5,30
                        B,11,2,12,2.2,1,30
                        C,11,2,12,2.2,-1.2,30
                        D,11,2,12,2.2,,30
                        E,11,2,12,2.2,.4,1
                        F,11,0,12,2.2,.4,20
                        """, List.of("A")),
                new Messy("correlations", "zcor", """
                        author,correlation,sample_size
                        A,0.3,50
                        B,1,50
                        C,-0.2,3
                        D,30%,40
                        E,.1,
                        """, List.of("A")),
                new Messy("one group", "plo", """
                        study,cases,n
                        A,3,40
                        B,0,20
                        C,25,20
                        D,4,0
                        E,five,10
                        """, List.of("A", "B")),
                new Messy("person-time", "irr", """
                        study,x1i,t1i,x2i,t2i
                        A,5,100,8,120
                        B,0,50,3,60
                        C,2,0,3,50
                        D,-2,10,4,20
                        E,0,10,0,20
                        F,3,"1,200",4,1100
                        """, List.of("A", "B")),
                new Messy("reliability", "abt", """
                        study,alpha,items,n
                        A,.8,10,100
                        B,1.1,10,100
                        C,.7,1,50
                        D,.9,10,2
                        """, List.of("A")),
                new Messy("matched pairs", "mporc", """
                        study,a,b,c,d
                        A,20,5,10,30
                        B,20,0,4,30
                        C,20,-5,10,30
                        D,20,,10,30
                        """, List.of("A", "B")),
                new Messy("counts and stated effects", "or", """
                        study,events_t,n_t,events_c,n_c,or,ci_low,ci_high
                        A,12,50,18,52,,,
                        B,,,,,0.5,0.25,1
                        C,,,,,0.5,1.25,1
                        D,,,,,-0.5,0.25,1
                        E,,,,,,,
                        """, List.of("A", "B")),
                new Messy("means with P values", "md", """
                        study,mean_t,n_t,mean_c,n_c,p
                        A,5,20,4,22,0.03
                        B,5,20,4,22,<0.001
                        C,5,20,4,22,1.3
                        D,5,20,5,22,0.5
                        """, List.of("A")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messy")
    void goesOnWithTheRestAndSaysWhoIsMissing(Messy table) {
        Outcome outcome = Runs.run(
                "effect-size",
                table.csv,
                run -> run.set("measure", table.measure).set("invalid", "skip"));
        assertThat(outcome.status()).isEqualTo("ok");
        assertThat(Runs.texts(Runs.table(outcome, "effects"), "study")).isEqualTo(table.used);
        Tabular summary = Runs.table(outcome, "summary");
        Tabular excluded = Runs.table(outcome, "excluded");
        assertEquals(table.used.size(), summary.number("k_used", 0));
        assertEquals(table.used.size() + excluded.rows(), summary.number("k", 0));
        List<Integer> told = outcome.messages().stream()
                .filter(m -> m.severity() == Severity.WARNING)
                .flatMap(m -> m.rows().stream())
                .toList();
        for (int i = 0; i < excluded.rows(); i++) {
            assertThat(told).contains((int) excluded.number("row", i));
            assertThat(excluded.text("reason", i)).isNotBlank();
            assertThat(Runs.text(outcome, "studies-used")).contains(excluded.text("study", i));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messy")
    void rejectsWithAllErrorsAtOnce(Messy table) {
        Outcome outcome = Runs.run("effect-size", table.csv, run -> run.set("measure", table.measure));
        List<Message> errors = outcome.messages().stream()
                .filter(m -> m.severity() == Severity.ERROR)
                .toList();
        assertThat(outcome.status()).isEqualTo("rejected");
        assertThat(errors)
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.text())
                        .contains("data.csv, row " + error.rows().get(0), "column '"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "or | events_t,n_t,events_c,n_c | -3,20,4,20 | events_t | -3 | correct the cell",
                "or | events_t,n_t,events_c,n_c | 21,20,4,20 | events_t | 21 | check whether",
                "or | events_t,n_t,events_c,n_c | 2,20,24,20 | events_c | 24 | check whether",
                "or | events_t,n_t,events_c,n_c | 0,0,4,20 | n_t | 0 | correct the cell",
                "or | events_t,n_t,events_c,n_c | 3,20,4,-20 | n_c | -20 | correct the cell",
                "or | events_t,n_t,events_c,n_c | three,20,4,20 | events_t | three | decimal point",
                "or | events_t,n_t,events_c,n_c | 15%,20,4,20 | events_t | 15% | without the percent sign",
                "or | events_t,n_t,events_c,n_c | '\"2,5\"',20,4,20 | events_t | 2,5 | Write 2.5",
                "or | events_t,n_t,events_c,n_c | 3,'\"1,200\"',4,20 | n_t | 1,200 | Write 1200",
                "or | events_t,n_t,events_c,n_c | NaN,20,4,20 | events_t | NaN | decimal point",
                "or | a,b,c,d | 3,4,-1,5 | c | -1 | correct the cell",
                "md | mean_t,sd_t,n_t,mean_c,sd_c,n_c | 1,0,20,2,1,20 | sd_t | 0 | correct the cell",
                "md | mean_t,sd_t,n_t,mean_c,sd_c,n_c | 1,1,20,2,-1,20 | sd_c | -1 | correct the cell",
                "md | mean_t,sd_t,n_t,mean_c,sd_c,n_c | 1,1,0,2,1,20 | n_t | 0 | correct the cell",
                "smd | mean_t,se_t,n_t,mean_c,se_c,n_c | 1,0,20,2,1,20 | se_t | 0 | correct the cell",
                "smd | mean_t,se_t,n_t,mean_c,se_c,n_c | 1,1,20,2,-2,20 | se_c | -2 | correct the cell",
                "md | mean_t,n_t,mean_c,n_c,p | 1,20,2,20,1.5 | p | 1.5 | correct the cell",
                "md | mean_t,n_t,mean_c,n_c,f | 1,20,2,20,-2 | f | -2 | correct the cell",
                "smcr | mean_pre,sd_pre,mean_post,r,n | 1,2,2,1.5,20 | r | 1.5 | correct the cell",
                "smcc | mean_pre,sd_pre,mean_post,sd_post,r,n | 1,2,2,2,-1,20 | r | -1 | correct the cell",
                "mc | mean_pre,sd_pre,mean_post,sd_post,r,n | 1,2,2,0,.5,20 | sd_post | 0 | correct the cell",
                "cor | ri,ni | 1,20 | ri | 1 | correct the cell",
                "zcor | ri,ni | -1.01,20 | ri | -1.01 | correct the cell",
                "zcor | ri,ni | .5,-20 | ni | -20 | correct the cell",
                "plo | xi,ni | 12,10 | xi | 12 | check whether",
                "pr | xi,ni | -1,10 | xi | -1 | correct the cell",
                "irln | xi,time | 3,0 | time | 0 | correct the cell",
                "irr | x1i,t1i,x2i,t2i | 3,-5,3,5 | t1i | -5 | correct the cell",
                "abt | alpha,mi,ni | 1,5,40 | alpha | 1 | correct the cell",
                "abt | alpha,mi,ni | .5,1,40 | mi | 1 | correct the cell",
                "mporc | a,b,c,d | 3,-4,1,5 | b | -4 | correct the cell"
            },
            quoteCharacter = '\'')
    void namesRowColumnValueAndRemedy(
            String measure, String header, String row, String column, String value, String remedy) {
        String csv = "study," + header + "\nA," + row.replace("'", "") + "\n";
        Outcome outcome = Runs.run("effect-size", csv, run -> run.set("measure", measure));
        assertThat(outcome.status()).isEqualTo("rejected");
        String error = outcome.messages().stream()
                .filter(m -> m.severity() == Severity.ERROR)
                .map(Message::text)
                .findFirst()
                .orElseThrow();
        assertThat(error).contains("row 1 (A)", "'" + column + "'", value, remedy);
    }

    /** R: t = qt(0.03 / 2, 40, lower.tail = FALSE) is 2.25027138882863. */
    @Test
    void takesStandardDeviationsFromTests() {
        String head = "study,mean_t,n_t,mean_c,n_c,";
        Outcome p = Runs.run("effect-size", head + "p\nA,5,20,4,22,0.03");
        double t = 2.25027138882863;
        assertThat(Runs.text(p, "sd-from-test")).contains("row 1", "Student");
        assertThat(Runs.text(p, "measure-chosen")).contains("'md'");
        Tabular md = Runs.table(p, "effects");
        assertEquals(1, md.number("y", 0));
        // The standard error of a difference of 1 is 1/t.
        assertThat(1 / md.number("se", 0)).isCloseTo(t, offset(1e-13));
        Tabular f = Runs.table(Runs.run("effect-size", head + "f\nA,4,20,5,22,4"), "effects");
        assertEquals(-1, f.number("y", 0));
        assertEquals(0.5, f.number("se", 0), 1e-15);
        Tabular smd = Runs.table(
                Runs.run("effect-size", head + "f\nA,4,20,5,22,4", run -> run.set("measure", "smd")), "effects");
        Tabular ofT = Runs.table(
                Runs.run("effect-size", "study,t,n_t,n_c\nA,-2,20,22", run -> run.set("measure", "smd")), "effects");
        assertEquals(ofT.number("y", 0), smd.number("y", 0), 1e-15);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "smd, smd",
        "md, md",
        "mean_diff, md",
        "Mean difference, md",
        "hedges_g, smd",
        "rd, rd",
        "fisher_z, zcor"
    })
    void tellsTheMeasureFromTheNameOfTheEffect(String column, String measure) {
        Outcome outcome = Runs.run("effect-size", "study," + column + ",se\nA,0.2,0.1\nB,0.4,0.2\n");
        assertThat(Runs.texts(Runs.table(outcome, "summary"), "measure")).containsExactly(measure);
        assertEquals(0.4, Runs.table(outcome, "effects").number("y", 1));
    }
}
