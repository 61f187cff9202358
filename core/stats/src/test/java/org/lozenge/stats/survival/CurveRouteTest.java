package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.stats.survival.RouteEstimate.Precision;

class CurveRouteTest {

    private static final String A = "6 0.92/12 0.83/18 0.75/24 0.69/30 0.64/36 0.60";
    private static final String B = "6 0.86/12 0.72/18 0.61/24 0.52/30 0.45/36 0.40";
    private static final String NA = "0 1 150/6 0.92 136/12 0.83 118/18 0.75 100/24 0.69 76/30 0.64 49/36 0.60 22";
    private static final String NB = "0 1 148/6 0.86 126/12 0.72 101/18 0.61 80/24 0.52 57/30 0.45 36/36 0.40 15";

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "curves.csv", numLinesToSkip = 1)
    void matchesFiftyDigitArithmetic(
            String name, String route, double y, double se, String cells, String treatment, String control) {
        RouteEstimate estimate = Curves.estimate(route, cells, treatment, control);

        // y is a sum that can cancel: its error is one of its terms, which are at most about 15
        assertEquals(y, estimate.y(), Math.max(1e-12 * Math.abs(y), 1e-13 * se), name);
        assertEquals(se, estimate.standardError(), 1e-12 * se, name);
    }

    @Test
    void referenceCoversEveryClosedRoute() throws IOException {
        try (InputStream in = Objects.requireNonNull(CurveRouteTest.class.getResourceAsStream("curves.csv"))) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(2)
                    .toList();
            assertThat(rows).hasSize(79);
            assertThat(rows.stream().map(row -> row.split(",", -1)[1]).collect(Collectors.toSet()))
                    .isEqualTo(Set.of("T17", "T18", "T19"));
        }
    }

    /** The interval starts at the smallest follow-up and ends after the largest: half of those left are censored in it. */
    @Test
    void censorsHalfWhereAnIntervalSpansAllFollowUp() {
        CurveStretches found = new CurveFollowUpRoute(true)
                .find(Curves.report("n_t=150;n_c=148;fu_min=30;fu_max=34", A, B))
                .stretches()
                .orElseThrow();
        CurveStretch last = found.stretches().get(5);

        assertThat(found.stretches()).hasSize(6);
        assertThat(last.treatment().censored()).isCloseTo(150 * 0.64 / 2, within(1e-12));
        assertThat(last.treatment().atRisk()).isCloseTo(150 * 0.64 / 2, within(1e-12));
        assertThat(last.treatment().events()).isCloseTo(150 * 0.64 / 2 * (0.04 / 0.64), within(1e-12));
    }

    @Test
    void prefersReconstructionThenNumbersAtRiskThenFollowUp() {
        String fu = "n_t=150;n_c=148;fu_min=10;fu_max=40";

        assertThat(chosen(fu, NA, NB)).isEqualTo("T24");
        assertThat(chosen(fu + ";p=<0.001;hr=0.5", A, B)).isEqualTo("T17");
        assertThat(chosen("n_t=150;n_c=148", A, B)).isEqualTo("T19");
        assertThat(chosen(fu + ";hr=0.6;ci_low=0.4;ci_high=0.9", NA, NB)).isEqualTo("T4");
        assertThat(chosen("n_t=150;n_c=148;hr=0.5", A, B)).isEqualTo("none");
        assertThat(RouteChooser.standard().choose(Curves.report(fu, NA, NB)).estimates())
                .extracting(RouteEstimate::route)
                .containsExactly("T24", "T18", "T17", "T19");
    }

    private static String chosen(String cells, String treatment, String control) {
        return RouteChooser.standard()
                .choose(Curves.report(cells, treatment, control))
                .chosen()
                .map(RouteEstimate::route)
                .orElse("none");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "T17 | n_t=9;n_c=9 | 6 .9 | 6 .8 | needs the smallest and the largest follow-up (fu_min, fu_max)",
                "T17 | fu_min=1;fu_max=9 | 6 .9 | 6 .8 | needs the participants of both arms",
                "T17 | n_t=9;n_c=9;fu_min=9;fu_max=3 | 6 .9 | 6 .8 | smallest follow-up, 9, is above the largest, 3",
                "T17 | n_t=9;n_c=9;fu_min=1;fu_max=9 | 6 .9 | 7 .8 | no time after 0 at which both are known",
                "T18 | n_t=9;n_c=9 | 6 .9 | 6 .8 | needs numbers at risk of both arms",
                "T19 | n_t=9;n_c=9 | 6 1/9 1 | 6 .8/9 .7 | no interval of the curves has events in both arms",
                "T24 | n_t=9;n_c=9 | 6 .9 | 6 .8 | numbers at risk after time 0 (n_risk) or their events",
            })
    void saysWhyItIsNotAvailable(String route, String cells, String treatment, String control, String reason) {
        assertThat(Curves.unavailable(route, cells, treatment, control).reason())
                .contains(reason);
    }

    @Test
    void needsCurves() {
        for (String route : List.of("T17", "T18", "T19", "T24")) {
            assertThat(Reports.unavailable(route, "hr=0.5").reason()).isEqualTo(CurveRoute.NO_CURVES);
        }
    }

    @Test
    void warnsOfCoarseIntervals() {
        assertThat(Curves.estimate("T18", "", NA, NB).note()).doesNotContain("Coarse");
        assertThat(Curves.estimate("T18", "", "0 1 90/12 0.7 60/24 0.5 40", "0 1 90/12 0.6 50/24 0.5 40")
                        .note())
                .contains("Coarse intervals: between 0 and 12, 40% of those at risk in an arm have the event")
                .contains("2 intervals hold all events, so one of them more than a fifth")
                .contains("Read the curves at more times.");
    }

    @Test
    void readsBetweenPointsOnlyWhereTheCurveHardlyFalls() {
        RouteEstimate estimate = Curves.estimate(
                "T19", "n_t=100;n_c=100", "3 .95/6 .94/12 .80/15 .70/18 .60", "3 .9/5 .85/9 .80/12 .65/15 .55/18 .5");

        assertThat(estimate.note())
                .contains("At 1 time one curve was read between its points, where it falls by at most 0.02.")
                .contains("2 times at which only one arm has a point were left out.");
    }

    @Test
    void joinsIntervalsInWhichHardlyAnythingHappens() {
        StringBuilder t = new StringBuilder("0 1 200");
        StringBuilder c = new StringBuilder("0 1 200");
        for (int i = 1; i <= 60; i++) {
            t.append(String.format(java.util.Locale.ROOT, "/%d %.3f %d", i, 1 - 0.01 * (i / 2), 200 - 2 * (i / 2)));
            c.append(String.format(java.util.Locale.ROOT, "/%d %.3f %d", i, 1 - 0.02 * (i / 3), 200 - 4 * (i / 3)));
        }
        RouteEstimate estimate = Curves.estimate("T18", "", t.toString(), c.toString());

        assertThat(estimate.note()).contains("60 intervals between the points were joined to ");
        assertThat(estimate.y()).isBetween(-0.6, 0.0);
        assertThat(estimate.standardError()).isBetween(0.1, 0.3);
    }

    @Test
    void marksTheCurveWithoutCensoringAsCrude() {
        assertThat(Curves.estimate("T19", "n_t=150;n_c=148", A, B).precision()).isEqualTo(Precision.CRUDE);
        assertThat(Curves.estimate("T18", "", NA, NB).precision()).isEqualTo(Precision.FULL);
        assertThat(Curves.estimate("T18", "", NA, NB).inputs())
                .containsExactly("curves with 6 and 6 points", "numbers at risk at 7 times");
        assertThat(Curves.estimate("T17", "n_t=150;n_c=148;fu_min=10;fu_max=40", A, B)
                        .inputs())
                .containsExactly("curves with 6 and 6 points", "n 150 and 148", "follow-up 10 to 40");
    }

    @Test
    void swappingTheArmsMirrorsEveryRoute() {
        for (String route : List.of("T17", "T18", "T19", "T24")) {
            RouteEstimate straight = Curves.estimate(route, "fu_min=10;fu_max=40", NA, NB);
            RouteEstimate inverse = Curves.estimate(route, "fu_min=10;fu_max=40", NB, NA);

            assertThat(inverse.y()).isCloseTo(-straight.y(), within(1e-12));
            assertThat(inverse.standardError()).isCloseTo(straight.standardError(), within(1e-12));
        }
    }

    @Test
    void theUnitOfTimeDoesNotMatter() {
        RouteEstimate months =
                Curves.estimate("T17", "n_t=90;n_c=90;fu_min=12;fu_max=30", "12 .9/24 .7", "12 .8/24 .5");
        RouteEstimate years = Curves.estimate("T17", "n_t=90;n_c=90;fu_min=1;fu_max=2.5", "1 .9/2 .7", "1 .8/2 .5");

        assertThat(years.y()).isCloseTo(months.y(), within(1e-14));
        assertThat(years.standardError()).isCloseTo(months.standardError(), within(1e-14));
    }
}
