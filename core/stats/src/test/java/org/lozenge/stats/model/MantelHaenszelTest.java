package org.lozenge.stats.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.lozenge.stats.EffectSizes;

/** Edge values, invariants and errors of the Mantel–Haenszel and Peto methods. */
class MantelHaenszelTest {

    private static MantelHaenszelTables tables(double... cells) {
        int k = cells.length / 4;
        double[][] x = new double[4][k];
        for (int i = 0; i < cells.length; i++) {
            x[i % 4][i / 4] = cells[i];
        }
        return MantelHaenszelTables.of(x[0], x[1], x[2], x[3]);
    }

    @Test
    void oneStudyIsItsOwnEstimate() {
        MantelHaenszelTables one = tables(4, 6, 8, 3);
        StratifiedFit or = new MantelHaenszelOddsRatio().fit(one).orElseThrow();
        assertThat(or.estimate()).isCloseTo(Math.log(12.0 / 48), withPercentage(1e-10));
        assertThat(or.standardError())
                .isCloseTo(Math.sqrt(1 / 4.0 + 1 / 6.0 + 1 / 8.0 + 1 / 3.0), withPercentage(1e-10));
        StratifiedFit rr = new MantelHaenszelRiskRatio().fit(one).orElseThrow();
        assertThat(rr.estimate()).isCloseTo(Math.log(0.4 / (8.0 / 11)), withPercentage(1e-10));
        StratifiedFit rd = new MantelHaenszelRiskDifference(MantelHaenszelRiskDifference.Variance.GREENLAND_ROBINS)
                .fit(one)
                .orElseThrow();
        assertThat(rd.standardError())
                .isCloseTo(Math.sqrt(0.4 * 0.6 / 10 + 8.0 / 11 * 3 / 11 / 11), withPercentage(1e-10));
        assertThat(or.heterogeneity(EffectSizes.of(new double[] {1}, new double[] {1}))
                        .statistic())
                .isNaN();
        assertThat(MantelHaenszelTests.tarone(one, 0)).isEmpty();
    }

    @Test
    void isEmptyWithoutInformation() {
        MantelHaenszelTables none = tables(0, 20, 0, 20, 0, 30, 0, 31);
        assertThat(new MantelHaenszelOddsRatio().fit(none)).isEmpty();
        assertThat(new MantelHaenszelRiskRatio().fit(none)).isEmpty();
        assertThat(new MantelHaenszelRiskDifference().fit(none)).isEmpty();
        assertThat(new PetoMethod().fit(none)).isEmpty();
        assertThat(MantelHaenszelTests.cochranMantelHaenszel(none, true)).isEmpty();
        // One arm never has events: the ratio would be 0, but Peto's method has an answer.
        MantelHaenszelTables oneArm = tables(0, 20, 3, 17, 0, 20, 1, 19);
        assertThat(new MantelHaenszelOddsRatio().fit(oneArm)).isEmpty();
        assertThat(new MantelHaenszelRiskRatio().fit(oneArm)).isEmpty();
        assertThat(new PetoMethod().fit(oneArm).orElseThrow().fit().estimate()).isCloseTo(-2.08, offset(1e-12));
        MantelHaenszelRates rates =
                MantelHaenszelRates.of(new double[] {0}, new double[] {10}, new double[] {0}, new double[] {12});
        assertThat(new MantelHaenszelRateRatio().fit(rates)).isEmpty();
        assertThat(new MantelHaenszelRateDifference().fit(rates)).isEmpty();
        assertThat(MantelHaenszelTests.personTime(rates, true)).isEmpty();
    }

    @Test
    void doubleZerosDoNotChangeARatio() {
        MantelHaenszelTables with = tables(4, 16, 9, 11, 0, 30, 0, 30, 2, 18, 5, 15);
        MantelHaenszelTables without = tables(4, 16, 9, 11, 2, 18, 5, 15);
        assertThat(new MantelHaenszelOddsRatio().fit(with).orElseThrow().estimate())
                .isEqualTo(
                        new MantelHaenszelOddsRatio().fit(without).orElseThrow().estimate());
        assertThat(MantelHaenszelTests.tarone(with, -0.8).orElseThrow())
                .isEqualTo(MantelHaenszelTests.tarone(without, -0.8).orElseThrow());
        assertThat(new PetoMethod().fit(with).orElseThrow().heterogeneity().df())
                .isEqualTo(1);
    }

    @Test
    void swappingArmsMirrorsTheInterval() {
        StratifiedFit fit = new MantelHaenszelOddsRatio()
                .fit(tables(4, 16, 9, 11, 2, 18, 5, 15))
                .orElseThrow();
        StratifiedFit mirrored = new MantelHaenszelOddsRatio()
                .fit(tables(9, 11, 4, 16, 5, 15, 2, 18))
                .orElseThrow();
        assertThat(mirrored.estimate()).isCloseTo(-fit.estimate(), withPercentage(1e-12));
        assertThat(mirrored.confidenceInterval(0.9).upper())
                .isCloseTo(-fit.confidenceInterval(0.9).lower(), withPercentage(1e-10));
    }

    @Test
    void equalOddsRatiosAreHomogeneous() {
        // Odds ratio 4 in both strata.
        MantelHaenszelTables equal = tables(20, 10, 10, 20, 40, 20, 30, 60);
        double estimate = new MantelHaenszelOddsRatio().fit(equal).orElseThrow().estimate();
        assertThat(estimate).isCloseTo(Math.log(4), withPercentage(1e-12));
        assertThat(MantelHaenszelTests.breslowDay(equal, estimate).orElseThrow().statistic())
                .isCloseTo(0, offset(1e-20));
        assertThat(MantelHaenszelTests.tarone(equal, estimate).orElseThrow().pValue())
                .isCloseTo(1, offset(1e-9));
    }

    @Test
    void namesTheStudyThatIsRefused() {
        assertThatThrownBy(() -> tables(4, 16, 9, 11, 2, 18, -5, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Study 2");
        assertThatThrownBy(() -> tables(0, 0, 9, 11)).hasMessageContaining("no group empty");
        assertThatThrownBy(() ->
                        MantelHaenszelRates.of(new double[] {1}, new double[] {0}, new double[] {1}, new double[] {1}))
                .hasMessageContaining("Study 1");
        assertThatThrownBy(() -> new PetoMethod().fit(new double[] {1}, new double[] {-1}))
                .hasMessageContaining("Study 1");
    }
}
