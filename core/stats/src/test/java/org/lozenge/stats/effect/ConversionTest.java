package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ConversionTest {

    @RepeatedTest(20)
    void conversionsComeBack(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Effect d = new Effect(random.nextGaussian(), Math.exp(random.nextGaussian()));
        double h = EffectConversion.shape(10 + random.nextInt(50), 10 + random.nextInt(50));
        same(EffectConversion.logOddsRatioToD(EffectConversion.dToLogOddsRatio(d)), d);
        Effect r = EffectConversion.dToCorrelation(d, h);
        same(EffectConversion.correlationToD(r, h), d);
        same(EffectConversion.fisherZToCorrelation(EffectConversion.correlationToFisherZ(r)), r);
        same(EffectConversion.dToFisherZ(d, h), EffectConversion.correlationToFisherZ(r));
        same(EffectConversion.fisherZToD(EffectConversion.dToFisherZ(d, h), h), d);
    }

    private static void same(Effect actual, Effect expected) {
        assertThat(actual.y()).isCloseTo(expected.y(), withPercentage(1e-9));
        assertThat(actual.v()).isCloseTo(expected.v(), withPercentage(1e-9));
    }

    @Test
    void refusesACorrelationOfOne() {
        assertThatThrownBy(() -> EffectConversion.correlationToD(new Effect(1, 0.1), 4))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("but is 1");
    }

    /** asinh(1e12/2) is ln 1e12 to the last digit; the correlation would be 1. */
    @Test
    void goesFromLargeDifferencesToFishersZ() {
        Effect z = EffectConversion.dToFisherZ(new Effect(-1e12, 1), 4);
        assertThat(z.y()).isCloseTo(-Math.log(1e12), offset(1e-14));
        assertThat(z.v()).isCloseTo(1e-24, withPercentage(1e-12));
        same(EffectConversion.fisherZToD(z, 4), new Effect(-1e12, 1));
        assertThat(EffectConversion.dToFisherZ(new Effect(1e-9, 1), 4).y()).isCloseTo(5e-10, offset(1e-25));
    }

    @Test
    void refusesWhatHasNoVarianceLeft() {
        assertThatThrownBy(() -> EffectConversion.dToCommonLanguage(new Effect(60, 1)))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("would be 1 with variance 0");
        assertThatThrownBy(() -> EffectConversion.fisherZToD(new Effect(800, 1), 4))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("cannot be converted");
    }

    @Test
    void findsTheStandardErrorBehindStatistics() {
        double z = 1.959963984540054;
        assertThat(WaldStatistics.fromInterval(-1, 3, 0.95, Double.POSITIVE_INFINITY))
                .isCloseTo(4 / (2 * z), withPercentage(1e-10));
        assertThat(WaldStatistics.fromInterval(-1, 3, 0.95, 10))
                .isCloseTo(4 / (2 * 2.2281388519649385), withPercentage(1e-9));
        assertThat(WaldStatistics.fromP(-0.5, 0.05, Double.POSITIVE_INFINITY))
                .isCloseTo(0.5 / z, withPercentage(1e-10));
        assertThat(WaldStatistics.fromStatistic(-0.5, 2)).isEqualTo(0.25);
        assertThatThrownBy(() -> WaldStatistics.fromInterval(3, 1, 0.95, 10)).hasMessageContaining("must lie below");
        assertThatThrownBy(() -> WaldStatistics.fromP(0.5, 0, 10)).isInstanceOf(InvalidRawDataException.class);
        assertThatThrownBy(() -> WaldStatistics.fromP(0, 0.5, 10)).isInstanceOf(NotEstimableException.class);
    }

    @RepeatedTest(30)
    void findsTheTableBehindAnOddsRatio(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        TwoByTwo table = new TwoByTwo(
                1 + random.nextInt(50), 1 + random.nextInt(500), 1 + random.nextInt(50), 1 + random.nextInt(500));
        double events = table.a() + table.c();
        double or = Math.exp(table.logOddsRatio());
        TwoByTwo found = TableFromOddsRatio.of(or, table.n1(), table.n2(), events);
        assertThat(found.a()).isCloseTo(table.a(), withPercentage(1e-8));
        assertThat(found.d()).isCloseTo(table.d(), withPercentage(1e-8));
        assertThat(TableFromOddsRatio.rounded(found)).isEqualTo(table);
        TwoByTwo byPhi = TableFromOddsRatio.ofPhi(PhiTerms.phi(table), table.n1(), table.n2(), events);
        assertThat(TableFromOddsRatio.rounded(byPhi)).isEqualTo(table);
    }

    @Test
    void anOddsRatioOfOneIsIndependence() {
        assertThat(TableFromOddsRatio.of(1, 40, 60, 20)).isEqualTo(new TwoByTwo(8, 32, 12, 48));
        assertThatThrownBy(() -> TableFromOddsRatio.ofPhi(0.99, 10, 90, 50)).hasMessageContaining("do not allow it");
        assertThatThrownBy(() -> TableFromOddsRatio.of(2, 10, 10, 20)).isInstanceOf(InvalidRawDataException.class);
    }

    @Test
    void estimatesMomentsFromQuantiles() {
        double nan = Double.NaN;
        // By hand from the formulas of Luo and others (2018) and Wan and others (2014).
        FiveNumberSummary quartiles = FiveNumberSummary.of(nan, 8, 10, 13, nan, 40);
        double w = 0.7 + 0.39 / 40;
        assertThat(quartiles.known()).isEqualTo(FiveNumberSummary.Known.QUARTILES);
        assertThat(quartiles.normal().mean()).isCloseTo(w * 10.5 + (1 - w) * 10, withPercentage(1e-10));
        assertThat(quartiles.normal().sd()).isCloseTo(5 / (2 * 0.6532736744), withPercentage(0.5));
        assertThat(quartiles.isSkewed()).isFalse();
        FiveNumberSummary range = FiveNumberSummary.of(1, nan, 2, nan, 40, 100);
        assertThat(range.isSkewed()).isTrue();
        assertThat(range.skewness()).isCloseTo(37.0 / 39, withPercentage(1e-10));
        assertThat(FiveNumberSummary.of(1, 2, 3, 4, 5, 50).known()).isEqualTo(FiveNumberSummary.Known.ALL);
    }

    @Test
    void recoversNormalMomentsFromLargeSamples() {
        // Quantiles of a normal distribution with mean 50 and SD 10 at the expected places of 1000 values.
        double extreme = 10 * 3.2414;
        FiveNumberSummary all = FiveNumberSummary.of(50 - extreme, 50 - 6.745, 50, 50 + 6.745, 50 + extreme, 1000);
        assertThat(all.normal().mean()).isCloseTo(50, offset(1e-9));
        assertThat(all.normal().sd()).isCloseTo(10, offset(0.05));
        assertThat(all.quantileEstimation().mean()).isCloseTo(50, offset(0.2));
        assertThat(all.quantileEstimation().sd()).isCloseTo(10, offset(0.6));
    }

    @Test
    void refusesQuantilesOutOfOrder() {
        double nan = Double.NaN;
        assertThatThrownBy(() -> FiveNumberSummary.of(nan, 12, 10, 13, nan, 40))
                .hasMessageContaining("must not exceed median (10)");
        assertThatThrownBy(() -> FiveNumberSummary.of(nan, 10, 10, 10, nan, 40)).hasMessageContaining("no spread");
        assertThatThrownBy(() -> FiveNumberSummary.of(nan, 8, 10, 13, nan, 4))
                .isInstanceOf(NotEstimableException.class)
                .hasMessageContaining("at least 5");
        assertThatThrownBy(() -> FiveNumberSummary.of(nan, 8, nan, 13, nan, 40))
                .isInstanceOf(NotEstimableException.class);
    }
}
