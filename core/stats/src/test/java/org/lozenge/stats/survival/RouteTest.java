package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.survival.RouteEstimate.Precision;

class RouteTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "T2 | v=12 | needs o_minus_e",
                "T4 | hr=0.5;ci_low=0.4 | needs ci_high",
                "T4 | hr=0.5;ci_low=0.6;ci_high=0.7 | outside its confidence interval",
                "T4 | hr=0.5;ci_low=0.7;ci_high=0.3 | outside its confidence interval",
                "T4 | hr=0.5;ci_low=0.5;ci_high=0.5 | no finite standard error",
                "T5 | hr=0.5;ci_low=0.4;ci_high=0.6 | T4 applies",
                "T5 | hr=0.5 | needs ci_low or ci_high",
                "T5 | hr=0.5;ci_high=0.4 | does not lie beyond",
                "T6 | hr=0.5;ci_low=0.4;ci_high=0.6 | a hazard ratio is printed",
                "T6 | ci_low=0.6;ci_high=0.4 | not below",
                "T7 | hr=1.00;p=0.98 | may be 1",
                "T7 | hr=0.998;p=0.9 | leave SE anywhere",
                "T7 | hr=1.02;p=0.95 | leave SE anywhere",
                "T7 | hr=0.5;p=<0.001 | not exact",
                "T7 | hr=0.5;p=0.01;p_sided=1 | T8 applies",
                "T8 | hr=0.5;p=0.01 | T7 applies",
                "T8 | hr=0.5;p=0.9;p_sided=1 | one-sided P above 0.5 means",
                "T9 | hr=0.5;p=0.01 | P is exact",
                "T9 | hr=0.9;p=>0.05 | sets no upper limit",
                "T9 | hr=0.9;p=NS | sets no upper limit",
                "T9 | hr=1.00;p=<0.05 | may be 1",
                "T10 | hr=0.5;events_t=0;events_c=9 | without events",
                "T10 | hr=0.5;events=40 | needs events_t",
                "T11 | hr=0.5;events=40;n_t=60;n_c=29 | not 1:1",
                "T12 | hr=0.5;events=40 | n_t and n_c",
                "T12 | hr=0.5;events=0;n_t=40;n_c=40 | no events",
                "T13 | p=0.03;events_t=35;events_c=53 | direction is not known",
                "T13 | p=<0.001;events_t=35;events_c=53;favours=t | not exact",
                "T13 | p=0.9;p_sided=1;events_t=35;events_c=53;favours=t | contradicts the direction",
                "T16 | logrank_chi2=3 | needs v, event counts or hr",
                "T16 | logrank_chi2=0;hr=0.8 | no finite standard error",
                "T20 | survival_t=1.00;survival_c=0.9;n_t=40;n_c=40 | of 0 or 1",
                "T20 | survival_t=0.9;survival_c=0.8 | needs n_t",
                "T21 | events_t=0;events_c=9;n_t=40;n_c=40 | some people with",
                "T22 | median_t=NR;median_c=21;events_t=3;events_c=9 | not reached",
                "T23 | events_t=0;events_c=9;time_t=3;time_c=4 | no finite standard error",
            })
    void saysWhyItIsNotAvailable(String route, String cells, String reason) {
        assertThat(Reports.unavailable(route, cells).reason()).contains(reason);
    }

    @Test
    void directionComesFromTheStatedArmThenTheRatioThenTheScore() {
        String events = "p=0.03;events_t=35;events_c=53;";

        assertThat(Reports.estimate("T13", events + "favours=control").y()).isPositive();
        assertThat(Reports.estimate("T13", events + "hr=0.62").y()).isNegative();
        assertThat(Reports.estimate("T13", events + "o_minus_e=9.1").y()).isPositive();
        assertThat(Reports.estimate("T13", events + "ci_low=0.4;ci_high=0.9").y())
                .isNegative();
        assertThat(Reports.estimate("T13", events + "hr=0.62;favours=control").y())
                .isPositive();
    }

    @Test
    void aPValueOfOneNeedsNoDirection() {
        RouteEstimate estimate = Reports.estimate("T14", "p=1.00;events=40");

        assertThat(estimate.y()).isZero();
        assertThat(estimate.standardError()).isCloseTo(2 / Math.sqrt(40), within(1e-15));
    }

    @Test
    void aOneSidedPIsNeverHalved() {
        double oneSided = Reports.estimate("T8", "hr=0.742;p=0.003;p_sided=1").standardError();
        double twoSided = Reports.estimate("T7", "hr=0.742;p=0.006;p_sided=2").standardError();

        assertThat(oneSided).isCloseTo(twoSided, within(1e-14));
    }

    @Test
    void marksPrecisionOfPValues() {
        assertThat(Reports.estimate("T7", "hr=0.28;p=0.0005").precision()).isEqualTo(Precision.COARSE);
        assertThat(Reports.estimate("T7", "hr=0.28;p=0.00051").precision()).isEqualTo(Precision.FULL);
        assertThat(Reports.estimate("T7", "hr=1.06;p=0.70").precision()).isEqualTo(Precision.WEAK);
        assertThat(Reports.estimate("T8", "hr=0.94;p=0.35;p_sided=1").precision())
                .isEqualTo(Precision.WEAK);
    }

    @Test
    void quotesItsInputsAsPrinted() {
        RouteEstimate estimate = Reports.estimate("T4", "hr=0.50;ci_low=0.40;ci_high=0.60;p=0.03;ci_level=95%");

        assertThat(estimate.inputs()).containsExactly("hr 0.50", "ci_low 0.40", "ci_high 0.60", "ci_level 95%");
        assertThat(estimate.note()).isEmpty();
    }

    @Test
    void saysWhatItAssumed() {
        assertThat(Reports.estimate("T4", "hr=0.50;ci_low=0.40;ci_high=0.60").note())
                .isEqualTo("Level of the interval not stated: read as 95%.");
        assertThat(Reports.estimate("T7", "hr=0.50;p=0.03").note())
                .isEqualTo("Sidedness of P not stated: read as two-sided.");
        assertThat(Reports.estimate("T11", "hr=0.50;events=40").note()).contains("taken as 1:1");
    }

    @RepeatedTest(50)
    void invertingTheContrastMirrorsEveryRoute(RepetitionInfo run) {
        java.util.Random random = new java.util.Random(run.getCurrentRepetition());
        double hr = Math.exp(random.nextGaussian());
        double se = 0.05 + random.nextDouble();
        String cells = String.format(
                java.util.Locale.ROOT,
                "hr=%.6f;ci_low=%.6f;ci_high=%.6f;p=0.0%d3;o_minus_e=%.4f;v=%.4f;events_t=%d;events_c=%d;logrank_chi2=4.2",
                hr,
                hr * Math.exp(-1.96 * se),
                hr * Math.exp(1.96 * se),
                1 + random.nextInt(8),
                random.nextGaussian() * 9,
                1 + 40 * random.nextDouble(),
                1 + random.nextInt(90),
                1 + random.nextInt(90));
        int mirrored = 0;
        for (Route route : Route.all()) {
            RouteResult straight = route.apply(Reports.read(cells));
            RouteResult inverse = route.apply(Reports.read(cells + ";direction=control/treatment"));
            if (straight instanceof RouteEstimate a && inverse instanceof RouteEstimate b) {
                assertThat(b.y()).as(route.code()).isEqualTo(-a.y());
                assertThat(b.standardError()).as(route.code()).isEqualTo(a.standardError());
                mirrored++;
            }
        }
        assertThat(mirrored).isGreaterThanOrEqualTo(6);
    }

    @RepeatedTest(30)
    void intervalRoutesAgreeOnOneWaldInterval(RepetitionInfo run) {
        java.util.Random random = new java.util.Random(run.getCurrentRepetition());
        double y = random.nextGaussian();
        double se = 0.05 + random.nextDouble();
        double z = Normal.criticalValue(0.95);
        String hr = "hr=" + Math.exp(y);
        String low = "ci_low=" + Math.exp(y - z * se);
        String high = "ci_high=" + Math.exp(y + z * se);

        for (String[] routeAndCells : new String[][] {
            {"T4", hr + ";" + low + ";" + high},
            {"T5", hr + ";" + low},
            {"T5", hr + ";" + high},
            {"T6", low + ";" + high}
        }) {
            RouteEstimate estimate = Reports.estimate(routeAndCells[0], routeAndCells[1]);
            assertThat(estimate.y()).isCloseTo(y, within(1e-12));
            assertThat(estimate.standardError()).isCloseTo(se, within(1e-12));
        }
    }

    @Test
    void codesAreUniqueAndTitled() {
        assertThat(Route.all()).extracting(Route::code).doesNotHaveDuplicates().hasSize(24);
        assertThat(Route.all()).allSatisfy(route -> assertThat(route.title()).isNotBlank());
    }
}
