package org.lozenge.workbench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.lozenge.plugin.ForestPlot;
import org.lozenge.plugin.ForestPlot.Row;
import org.lozenge.plugin.ForestPlot.RowKind;
import org.lozenge.plugin.Scale;
import org.lozenge.workbench.figure.FigureOptions.Limits;

class ForestRangeTest {

    private static final double NONE = Double.NaN;

    private static ForestPlot log() {
        return ForestPlot.of("forest", "Plot", Scale.LOG);
    }

    private static ForestPlot linear() {
        return ForestPlot.of("forest", "Plot", Scale.LINEAR);
    }

    @Test
    void coversUsualIntervalsAndTheNullValue() {
        Limits range = ForestRange.of(log().study("A", 0.5, 0.3, 0.8, 1).study("B", 0.6, 0.4, 0.9, 1));
        assertEquals(0.3, range.low(), 1e-12);
        assertThat(range.high()).isBetween(1.0, 1.0 + 1e-9);
    }

    @Test
    void oneEnormousIntervalIsCut() {
        Limits range = ForestRange.of(log().study("Small", 1.8, 0.001, 5000, 0.01)
                .study("A", 0.7, 0.5, 0.98, 0.4)
                .study("B", 0.8, 0.7, 0.91, 0.59));
        assertThat(range.low()).isGreaterThan(0.4);
        assertThat(range.high()).isLessThan(2);
    }

    @Test
    void ofTwoStudiesNothingIsCutButAnEnormousInterval() {
        ForestPlot narrow = log().study("A", 0.5, 0.49, 0.51, 0.9);
        assertEquals(0.05, ForestRange.of(narrow.study("B", 0.5, 0.05, 5, 0.1)).low(), 1e-12);
        assertThat(ForestRange.of(narrow.study("B", 0.5, 0.0001, 5000, 0.1)).low())
                .isGreaterThan(0.1);
    }

    @Test
    void theSummaryIsNeverCut() {
        Limits range = ForestRange.of(log().study("A", 0.7, 0.5, 0.98, 0.4)
                .study("B", 0.8, 0.7, 0.91, 0.59)
                .summary("Random effects (HKSJ)", 0.75, 0.001, 700));
        assertThat(range.low()).isLessThanOrEqualTo(0.001);
        assertThat(range.high()).isGreaterThanOrEqualTo(700);
    }

    @RepeatedTest(100)
    void coversAllEstimatesAndNineEndsInTen(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        ForestPlot plot = linear();
        int k = 20 + random.nextInt(60);
        for (int i = 0; i < k; i++) {
            double y = random.nextGaussian();
            double half = Math.exp(1.5 * random.nextGaussian());
            plot = plot.study("Trial " + i, y, y - half, y + half, 1);
        }

        Limits range = ForestRange.of(plot);

        assertThat(plot.rows()).allMatch(row -> range.low() <= row.value() && row.value() <= range.high());
        long covered = plot.rows().stream()
                .mapToLong(row -> (row.low() >= range.low() ? 1 : 0) + (row.high() <= range.high() ? 1 : 0))
                .sum();
        assertThat(covered).isGreaterThanOrEqualTo((long) Math.ceil(0.9 * 2 * k));
    }

    @Test
    void endlessIntervalsDoNotCount() {
        Limits range = ForestRange.of(
                log().study("A", 0.7, 0, Double.POSITIVE_INFINITY, 1).study("B", 0.8, 0.6, 1.1, 1));
        assertThat(range.low()).isGreaterThan(0.5);
        assertThat(range.high()).isLessThan(1.2);
    }

    @Test
    void equalEstimatesStillHaveARange() {
        Limits range = ForestRange.of(
                log().reference(NONE).study("A", 0.5, NONE, NONE, 1).study("B", 0.5, NONE, NONE, 1));
        assertThat(range.low()).isLessThan(0.4);
        assertThat(range.high()).isGreaterThan(0.6);
        Limits zero = ForestRange.of(linear().study("A", 0, 0, 0, 1));
        assertEquals(-1, zero.low());
        assertEquals(1, zero.high());
    }

    @Test
    void aNullValueFarAwayIsLeftOut() {
        Limits range = ForestRange.of(linear().study("A", 1000, 999, 1001, 1));
        assertThat(range.low()).isGreaterThan(900);
    }

    @Test
    void nothingToShowGivesAUsualRange() {
        assertEquals(new Limits(0.1, 10), ForestRange.of(log()));
        assertEquals(new Limits(-1, 1), ForestRange.of(linear().add(Row.text(RowKind.NOTE, "None"))));
    }

    @Test
    void extremeValuesDoNotOverflow() {
        Limits linear =
                ForestRange.of(linear().study("A", 1e300, -1e300, 1.7e308, 1).study("B", -1e300, -1e308, 1, 1));
        assertThat(linear.high() - linear.low()).isFinite();
        Limits log =
                ForestRange.of(log().study("A", 1e300, 4.9e-324, 1.7e308, 1).study("B", 1e-300, 0, 1, 1));
        assertThat(log.low()).isPositive();
        assertThat(log.high()).isFinite();
    }
}
