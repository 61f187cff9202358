package org.lozenge.analyses.cumulative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lozenge.analyses.shared.Runs.run;
import static org.lozenge.analyses.shared.Runs.table;
import static org.lozenge.analyses.shared.Runs.text;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.Tabular;
import org.lozenge.samples.Samples;

class CumulativeAnalysisTest {

    private static final String THREE = "study,effect,se,year\nA,-0.1,0.2,1999\nB,0.3,0.1,1998\nC,0.1,0.3,\n";

    private static List<String> studies(Tabular fits) {
        return IntStream.range(0, fits.rows())
                .mapToObj(i -> fits.text("study", i))
                .toList();
    }

    @Test
    void addsByYear() {
        Tabular fits = table(run("cumulative", Samples.get("bcg-risk-ratios").csv(), r -> r.set("test", "z")), "fits");
        assertThat(fits.text("study", 0)).isEqualTo("Aronson 1948");
        assertThat(fits.text("study", 12)).isEqualTo("TPT Madras 1980");
        // metafor 3.8.1 cumul() on all studies
        assertThat(fits.number("estimate", 12)).isCloseTo(-0.7145, within(5e-5));
        assertThat(fits.number("tau2", 12)).isCloseTo(0.3132, within(5e-5));
        assertThat(fits.number("estimate", 1)).isCloseTo(-1.3250, within(5e-5));
        assertThat(fits.number("q", 0)).isNaN();
    }

    @Test
    void putsStudiesWithoutAYearLast() {
        var outcome = run("cumulative", THREE);
        assertThat(studies(table(outcome, "fits"))).containsExactly("B", "A", "C");
        assertThat(text(outcome, "no-order"))
                .isEqualTo("data.csv, column 'year': 1 study has nothing to order by and comes last.");
    }

    @Test
    void ordersAsAsked() {
        assertThat(studies(table(run("cumulative", THREE, r -> r.set("order-by", "precision")), "fits")))
                .containsExactly("B", "A", "C");
        assertThat(studies(table(run("cumulative", THREE, r -> r.set("order-by", "effect")), "fits")))
                .containsExactly("A", "C", "B");
        assertThat(studies(table(
                        run(
                                "cumulative",
                                THREE,
                                r -> r.set("order-by", "effect").set("descending", true)),
                        "fits")))
                .containsExactly("B", "C", "A");
        assertThat(studies(table(run("cumulative", THREE, r -> r.set("order-by", "table")), "fits")))
                .containsExactly("A", "B", "C");
        assertThat(studies(table(
                        run("cumulative", THREE, r -> r.set("order-by", "table").set("descending", true)), "fits")))
                .containsExactly("C", "B", "A");
    }

    @Test
    void ordersDatesAsText() {
        String csv = "study,effect,se,date\nA,-0.1,0.2,2011-10-01\nB,0.3,0.1,2010-12-31\n";
        assertThat(studies(table(run("cumulative", csv), "fits"))).containsExactly("B", "A");
    }

    @Test
    void refusesToOrderTextsAmongNumbers() {
        assertThat(text(
                        run("cumulative", "study,effect,se,year\nA,0.3,0.1,2001\nB,0.2,0.1,soon\nC,0.2,0.2,\n"),
                        "mixed-column"))
                .isEqualTo("data.csv, row 2, column 'year': 'soon' is not a number, but 1 of 2 cells are, so there is"
                        + " no order. Correct or empty the cell, or map another column.");
    }
}
