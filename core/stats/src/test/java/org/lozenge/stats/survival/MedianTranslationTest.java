package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.DoubleSeq;

class MedianTranslationTest {

    /** 86.0 months and hazard ratio 0.75 (0.63 to 0.90). */
    @ParameterizedTest
    @CsvSource({"0.75, 114.7", "0.90, 95.6", "0.63, 136.5", "1, 86.0"})
    void dividesByTheHazardRatioUnderConstantHazards(double hr, double median) {
        assertThat(MedianTranslation.exponential(86.0, Math.log(hr))).isCloseTo(median, within(0.05));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "median-translation.csv", numLinesToSkip = 1)
    void matchesFiftyDigitArithmetic(String times, String curve, double y, double median) {
        double actual = MedianTranslation.onCurve(parse(times), parse(curve), y);
        assertEquals(median, actual, Double.isNaN(median) ? 0 : 1e-12 * median);
    }

    private static DoubleSeq parse(String text) {
        return DoubleSeq.of(
                Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray());
    }

    /** On an exponential curve both ways agree. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 1, 1.7})
    void agreesWithConstantHazardsOnAnExponentialCurve(double hr) {
        DoubleSeq times = DoubleSeq.of(10, 20, 60);
        DoubleSeq curve = DoubleSeq.of(Math.exp(-0.5), Math.exp(-1), Math.exp(-3));
        double median = Math.log(2) / 0.05;

        assertThat(MedianTranslation.onCurve(times, curve, Math.log(hr)))
                .isCloseTo(MedianTranslation.exponential(median, Math.log(hr)), within(1e-12));
    }

    @Test
    void isNotReachedWhereTheCurveStaysAbove() {
        assertThat(MedianTranslation.onCurve(DoubleSeq.of(12), DoubleSeq.of(0.6), 0))
                .isNaN();
    }

    @ParameterizedTest
    @CsvSource({"12 6, 0.8 0.5", "6 12, 0.5 0.8", "0 12, 0.9 0.8", "6 12, 0.5 0", "6, 0.5 0.4"})
    void refusesPointsOutOfOrder(String times, String curve) {
        DoubleSeq t = parse(times);
        DoubleSeq s = parse(curve);
        assertThatIllegalArgumentException().isThrownBy(() -> MedianTranslation.onCurve(t, s, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MedianTranslation.exponential(0, 0))
                .withMessageContaining("above 0");
    }
}
