package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lozenge.stats.Interval;

class AbsoluteEffectTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvFileSource(resources = "absolute.csv", numLinesToSkip = 1)
    void matchesFiftyDigitArithmetic(ArgumentsAccessor row) {
        double fraction = row.getDouble(3);
        BaselineRisk baseline = row.getString(2).equals("event-free")
                ? BaselineRisk.ofEventFree(fraction)
                : BaselineRisk.ofEvent(fraction);
        RelativeMeasure measure = RelativeMeasure.valueOf(row.getString(1));
        AbsoluteEffect effect = AbsoluteEffect.of(
                measure, baseline, row.getDouble(4), new Interval(row.getDouble(5), row.getDouble(6), 0.95));

        assertLimited(row, 7, effect.eventFree());
        assertLimited(row, 10, effect.difference());
        NumberNeededToTreat nnt = effect.numberNeededToTreat();
        assertClose(row, 13, nnt.value());
        assertClose(row, 14, nnt.lower());
        assertClose(row, 15, nnt.upper());
    }

    private static void assertLimited(ArgumentsAccessor row, int first, AbsoluteEffect.Limited actual) {
        assertClose(row, first, actual.value());
        assertClose(row, first + 1, actual.lower());
        assertClose(row, first + 2, actual.upper());
    }

    private static void assertClose(ArgumentsAccessor row, int column, double actual) {
        double expected = row.getDouble(column);
        assertEquals(
                expected,
                actual,
                Double.isInfinite(expected) ? 0 : 1e-12 * Math.abs(expected),
                row.getString(0) + ", column " + column);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "absolute-uncertain.csv", numLinesToSkip = 1)
    void addsTheVarianceOfTheBaselineOnTheScaleOfTheLogHazard(
            double s, double se, double y, double low, double high, double level, double lower, double upper) {
        AbsoluteEffect effect = AbsoluteEffect.of(
                RelativeMeasure.HAZARD_RATIO,
                BaselineRisk.ofEventFree(s).withStandardError(se),
                y,
                new Interval(low, high, level));

        assertEquals(lower, effect.eventFree().lower(), 1e-12 * lower);
        assertEquals(upper, effect.eventFree().upper(), 1e-12 * upper);
    }

    /** Altman and Andersen (1999), BMJ 319, 1492: hazard ratio 0.72 (0.55 to 0.92); and 594.6 per 1000 at a half. */
    @ParameterizedTest
    @CsvSource({
        "0.72, 0.55, 0.92, 0.67, 12.578, 7.558, 45.844",
        "0.72, 0.55, 0.92, 0.51,  9.450, 5.540, 35.429",
        "0.75, 0.63, 0.90, 0.50, 10.570, 6.841, 27.865",
        "0.48, 0.41, 0.55, 0.35,  3.935, 3.331,  4.731"
    })
    void givesThePublishedNumbersNeededToTreat(
            double hr, double low, double high, double s, double nnt, double lower, double upper) {
        NumberNeededToTreat actual =
                hazard(BaselineRisk.ofEventFree(s), hr, low, high).numberNeededToTreat();

        assertThat(actual.value()).isCloseTo(nnt, within(5.1e-4));
        assertThat(actual.lower()).isCloseTo(lower, within(5.1e-4));
        assertThat(actual.upper()).isCloseTo(upper, within(5.1e-4));
        assertThat(actual.passesThroughInfinity()).isFalse();
    }

    private static AbsoluteEffect hazard(BaselineRisk baseline, double hr, double low, double high) {
        return AbsoluteEffect.of(
                RelativeMeasure.HAZARD_RATIO,
                baseline,
                Math.log(hr),
                new Interval(Math.log(low), Math.log(high), 0.95));
    }

    /** 500 events per 1000 become 405.4 by the hazard ratio; read as a risk ratio it would say 375. */
    @Test
    void doesNotTakeAHazardRatioForARiskRatio() {
        BaselineRisk half = BaselineRisk.ofEvent(0.5);
        Interval interval = new Interval(Math.log(0.63), Math.log(0.90), 0.95);

        AbsoluteEffect hr = AbsoluteEffect.of(RelativeMeasure.HAZARD_RATIO, half, Math.log(0.75), interval);
        AbsoluteEffect rr = AbsoluteEffect.of(RelativeMeasure.RISK_RATIO, half, Math.log(0.75), interval);

        assertEquals(405.4, 1000 * hr.eventFree().complement().value(), 0.05);
        assertEquals(353.8, 1000 * hr.eventFree().complement().lower(), 0.05);
        assertEquals(464.1, 1000 * hr.eventFree().complement().upper(), 0.05);
        assertEquals(375, 1000 * rr.eventFree().complement().value(), 1e-10);
    }

    @ParameterizedTest
    @EnumSource
    void noEffectIsExactlyNoDifference(RelativeMeasure measure) {
        AbsoluteEffect effect =
                AbsoluteEffect.of(measure, BaselineRisk.ofEventFree(0.37), 0, new Interval(-0.1, 0.1, 0.95));

        assertEquals(0, effect.difference().value());
        assertEquals(0.37, effect.eventFree().value(), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, effect.numberNeededToTreat().value());
        assertThat(effect.numberNeededToTreat().passesThroughInfinity()).isTrue();
    }

    @Test
    void anIntervalThatOnlyTouchesNoEffectEndsAtInfinity() {
        assertEquals(
                new NumberNeededToTreat(10, 5, Double.POSITIVE_INFINITY),
                NumberNeededToTreat.ofDifference(0.1, 0, 0.2));
        assertEquals(
                new NumberNeededToTreat(-10, Double.NEGATIVE_INFINITY, -5),
                NumberNeededToTreat.ofDifference(-0.1, -0.2, 0));
        assertEquals(
                new NumberNeededToTreat(-10, Double.NEGATIVE_INFINITY, -5),
                NumberNeededToTreat.ofDifference(-0.1, -0.2, -0.0));
        assertThat(NumberNeededToTreat.ofDifference(0.1, 0, 0.2).passesThroughInfinity())
                .isFalse();
    }

    /** Altman (1998): a difference of 0.04 with limits -0.02 and 0.1: NNTB 25, from NNTB 10 to infinity to NNTH 50. */
    @Test
    void passesThroughInfinityWhenTheIntervalHoldsBenefitAndHarm() {
        NumberNeededToTreat nnt = NumberNeededToTreat.ofDifference(0.04, -0.02, 0.1);

        assertEquals(new NumberNeededToTreat(25, 10, -50), nnt);
        assertThat(nnt.passesThroughInfinity()).isTrue();
    }

    @RepeatedTest(40)
    void everyMeasureFallsWithTheEffectAndStaysAFraction(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        BaselineRisk baseline = BaselineRisk.ofEventFree(0.01 + 0.98 * random.nextDouble());
        double a = random.nextGaussian();
        double b = a + 0.01 + random.nextDouble();
        for (RelativeMeasure measure : RelativeMeasure.values()) {
            double atA = measure.eventFree(baseline, a);
            double atB = measure.eventFree(baseline, b);
            assertThat(atA).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(atB);
            assertThat(measure.gain(baseline, a)).isCloseTo(atA - baseline.eventFree(), within(1e-14));
            assertThat(measure.isCut(baseline, a)).isEqualTo((atA == 0 || atA == 1));
        }
    }

    /** Without uncertainty of the effect only that of the baseline is left, and the other way round. */
    @RepeatedTest(40)
    void uncertaintiesAddByTheirSquares(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        RelativeMeasure measure = RelativeMeasure.values()[run.getCurrentRepetition() % 5];
        double scale = measure == RelativeMeasure.RISK_DIFFERENCE ? 0.05 : 0.5;
        double y = scale * random.nextGaussian();
        BaselineRisk known = BaselineRisk.ofEventFree(0.3 + 0.4 * random.nextDouble());
        BaselineRisk uncertain = known.withStandardError(0.01 + 0.05 * random.nextDouble());
        Interval wide = new Interval(y - scale, y + scale, 0.95);
        Interval point = new Interval(y, y, 0.95);

        AbsoluteEffect both = AbsoluteEffect.of(measure, uncertain, y, wide);
        AbsoluteEffect effectOnly = AbsoluteEffect.of(measure, known, y, wide);
        AbsoluteEffect baselineOnly = AbsoluteEffect.of(measure, uncertain, y, point);

        double d = both.difference().value();
        assertThat(d - both.difference().lower())
                .isCloseTo(
                        Math.hypot(
                                d - effectOnly.difference().lower(),
                                d - baselineOnly.difference().lower()),
                        within(1e-14));
        assertThat(both.eventFree().lower())
                .isLessThanOrEqualTo(Math.min(
                        effectOnly.eventFree().lower(), baselineOnly.eventFree().lower()));
        assertThat(both.eventFree().upper()).isLessThanOrEqualTo(1);
        assertThat(AbsoluteEffect.of(measure, known.withStandardError(1e-300), y, wide)
                        .eventFree()
                        .lower())
                .isCloseTo(effectOnly.eventFree().lower(), within(1e-14));
    }

    /** At HR 0.5 the gain is largest at S0 = 0.25, where it is exactly a quarter: more is never within the limits. */
    @Test
    void seesThatTheGainTurnsBetweenTheLimitsOfTheBaseline() {
        AbsoluteEffect effect = AbsoluteEffect.of(
                RelativeMeasure.HAZARD_RATIO,
                BaselineRisk.ofEventFree(0.27).withStandardError(0.1),
                Math.log(0.5),
                new Interval(Math.log(0.5), Math.log(0.5), 0.95));

        assertThat(effect.difference().upper()).isCloseTo(0.25, within(1e-14));
        AbsoluteEffect odds = AbsoluteEffect.of(
                RelativeMeasure.ODDS_RATIO,
                BaselineRisk.ofEvent(0.6).withStandardError(0.1),
                Math.log(0.25),
                new Interval(Math.log(0.25), Math.log(0.25), 0.95));
        // r (1 − r)(1 − OR)/(1 − r + OR r) at r = 1/(1 + √OR) = 2/3
        assertThat(odds.difference().upper()).isCloseTo(1 / 3.0, within(1e-14));
    }

    @Test
    void eventsMirrorEventFree() {
        AbsoluteEffect effect = hazard(BaselineRisk.ofEventFree(0.4), 0.8, 0.7, 1.1);

        assertEquals(
                -effect.numberNeededToTreat().value(),
                effect.numberNeededToTreatForEvent().value());
        assertEquals(
                -effect.numberNeededToTreat().upper(),
                effect.numberNeededToTreatForEvent().lower());
        assertEquals(
                1 - effect.eventFree().upper(), effect.eventFree().complement().lower());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-0.1", "35", "NaN"})
    void refusesABaselineThatIsNoFraction(double fraction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BaselineRisk.ofEventFree(fraction))
                .withMessageContaining("between 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> BaselineRisk.ofEvent(fraction));
    }

    @Test
    void refusesWhatContradictsItself() {
        BaselineRisk baseline = BaselineRisk.ofEvent(0.2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> baseline.withStandardError(-0.1))
                .withMessageContaining("-0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hazard(baseline, 0.5, 0.6, 0.8))
                .withMessageContaining("must be finite and lie in its interval");
        assertThatIllegalArgumentException().isThrownBy(() -> NumberNeededToTreat.ofDifference(0.1, 0.2, 0.3));
    }
}
