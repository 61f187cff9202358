package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Scale;

class AxisFitTest {

    private static AxisFit fit(Scale scale, double length) {
        return new AxisFit(scale, 0, length, label -> Typeface.of(false).width(label, 8) + 4.5);
    }

    private static String labels(Axis axis) {
        return axis.ticks().stream()
                .map(Tick::label)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "0.09, 2.1, 0.1 0.2 0.5 1 2",
        "0.11, 1.9, 0.1 0.2 0.5 1 2",
        "0.003, 2.5, 0.01 0.1 1",
        "0.0005, 1560, 0.0001 0.01 1 100 10000",
        "0.95, 1.05, 0.94 0.96 0.98 1 1.02 1.04 1.06",
        "0.4, 1, 0.4 0.5 0.6 0.7 0.8 0.9 1",
        "1e-30, 1e30, 1e−30 1e−20 1e−10 1 1e10 1e20 1e30",
    })
    void logAxesTickAtOneTwoFive(double low, double high, String expected) {
        assertEquals(expected, labels(fit(Scale.LOG, 200).around(low, high)));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.53, 0.21, −0.6 −0.4 −0.2 0 0.2",
        "-12.5, 4, −15 −10 −5 0 5",
        "0, 0.73, 0 0.2 0.4 0.6 0.8",
        "1000, 1001.3, 1000.0 1000.5 1001.0 1001.5",
        "-0.003, 0.003, −0.002 0 0.002",
        "0, 3e9, 0 5e8 1e9 1.5e9 2e9 2.5e9 3e9",
    })
    void linearAxesTickAtRoundNumbers(double low, double high, String expected) {
        assertEquals(expected, labels(fit(Scale.LINEAR, 150).around(low, high)));
    }

    @Test
    void endsMoveToATickThatIsNear() {
        Axis axis = fit(Scale.LOG, 200).around(0.11, 1.9);
        assertEquals(0.1, axis.low());
        assertEquals(2, axis.high());
    }

    @Test
    void exactEndsStay() {
        Axis axis = fit(Scale.LOG, 200).exactly(0.11, 1.9);
        assertEquals(0.11, axis.low());
        assertEquals(1.9, axis.high());
        assertEquals("0.2 0.5 1", labels(axis));
    }

    @Test
    void crowdedTicksKeepTheLabelsOfPowersOfTen() {
        Axis axis = fit(Scale.LOG, 90).exactly(0.02, 20);
        assertEquals("0.1 1 10", labels(axis));
        assertThat(axis.ticks()).hasSize(10);
    }

    @Test
    void twoPowersOfTenAreNotEnough() {
        assertEquals("0.1 1 5", labels(fit(Scale.LOG, 60).exactly(0.02, 5)));
    }

    @RepeatedTest(500)
    void labelsNeverTouchAndTicksLieOnTheAxis(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Scale scale = random.nextBoolean() ? Scale.LOG : Scale.LINEAR;
        double a = random.nextGaussian() * Math.exp(5 * random.nextGaussian());
        double b = a + Math.exp(8 * random.nextGaussian());
        double low = scale == Scale.LOG ? Math.exp(Math.max(-600, a)) : a;
        double high = scale == Scale.LOG ? Math.exp(Math.min(600, b)) : b;
        if (!(low < high)) {
            return;
        }
        double length = 50 + 300 * random.nextDouble();

        Axis axis = fit(scale, length).around(low, high);

        assertThat(axis.low()).isLessThanOrEqualTo(low);
        assertThat(axis.high()).isGreaterThanOrEqualTo(high);
        assertThat(axis.ticks()).isNotEmpty().allMatch(tick -> axis.holds(tick.value()));
        List<Tick> labelled =
                axis.ticks().stream().filter(t -> !t.label().isEmpty()).toList();
        assertThat(labelled).isNotEmpty();
        for (int i = 1; i < labelled.size(); i++) {
            double room = axis.at(labelled.get(i).value())
                    - axis.at(labelled.get(i - 1).value());
            double needed = Typeface.of(false)
                            .width(labelled.get(i).label() + labelled.get(i - 1).label(), 8)
                    / 2;
            assertThat(room).isGreaterThan(needed);
        }
    }

    @Test
    void logAxesHaveNoPlaceForZero() {
        FigureOptions.Limits limits = new FigureOptions.Limits(0, 2);
        String message = assertThrows(IllegalArgumentException.class, () -> AxisFit.check(Scale.LOG, limits, "forest"))
                .getMessage();
        assertThat(message).contains("'forest'").contains("0.0").contains("above 0");
    }

    @Test
    void placesAreProportional() {
        Axis linear = new Axis(Scale.LINEAR, 0, 10, 100, 200, List.of());
        assertEquals(150, linear.at(5));
        assertEquals(1e5, linear.at(Double.POSITIVE_INFINITY));
        Axis log = new Axis(Scale.LOG, 0.1, 10, 100, 200, List.of());
        assertEquals(150, log.at(1), 1e-12);
        assertEquals(-1e5, log.at(0));
        assertThat(log.at(Double.NaN)).isNaN();
        assertThat(log.holds(Double.NaN)).isFalse();
    }

    @Test
    void axesMayRunDownwards() {
        assertEquals(20, new Axis(Scale.LINEAR, 0, 1, 100, 0, List.of()).at(0.8), 1e-12);
    }
}
