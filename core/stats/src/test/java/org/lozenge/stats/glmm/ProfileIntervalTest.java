package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lozenge.stats.Interval;
import org.lozenge.stats.numeric.ChiSquared;

class ProfileIntervalTest {

    private final MixedModel model = new MixedModel();

    static Stream<String> limits() {
        return GlmmSets.lines("profile.csv").stream();
    }

    /**
     * Limits of the effect differ by 2.5e-7 at worst, those of τ² by 1.4e-6: in {@code sparse-6}, where τ is 6.5 at the limit and
     * 300 points do not settle it; in all others by less than 1e-8.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void matchesSumsOnAGrid(String row) {
        String[] cells = row.split(",");
        GlmmData data = GlmmData.oddsRatio(
                GlmmModel.valueOf(cells[1].replace('.', '_')),
                GlmmCoding.valueOf(cells[2]),
                GlmmSets.numbers(cells[3]),
                GlmmSets.numbers(cells[4]),
                GlmmSets.numbers(cells[5]),
                GlmmSets.numbers(cells[6]));
        GlmmFit fit = model.random(data);
        Interval effect = fit.profileInterval(0, 0.95);
        relative(cells[7], effect.lower(), cells[0].equals("sparse-6") ? 4e-7 : 1e-8);
        relative(cells[8], effect.upper(), 1e-8);
        relative(cells[9], fit.tau2Interval(0.95).upper(), cells[0].equals("sparse-6") ? 2e-6 : 1e-8);
    }

    private static void relative(String expected, double actual, double tolerance) {
        double number = GlmmSets.number(expected);
        assertEquals(number, actual, tolerance * Math.abs(number));
    }

    @Test
    void theReferenceHasEveryModel() {
        assertThat(limits().map(row -> row.split(",")[1]).distinct())
                .containsExactlyInAnyOrder("CM.EL", "CM.AL", "UM.FS", "UM.RS");
    }

    /** The limit of a model without random effects is a root of a function of one variable. */
    @ParameterizedTest
    @CsvSource({"7, 50, 0.95", "1, 40, 0.9", "19, 30, 0.99"})
    void limitsOfACommonProportionAreRootsOfItsLikelihood(double events, double n, double level) {
        GlmmFit fit = model.common(GlmmData.proportion(new double[] {events}, new double[] {n}));
        Interval interval = fit.profileInterval(0, level);
        double quantile = ChiSquared.upperQuantile(1 - level, 1);
        double top = logLikelihood(events, n, StrictMath.log(events / (n - events)));
        for (double limit : List.of(interval.lower(), interval.upper())) {
            assertThat(2 * (top - logLikelihood(events, n, limit))).isCloseTo(quantile, within(1e-10));
        }
    }

    private static double logLikelihood(double events, double n, double eta) {
        return events * eta - n * StrictMath.log1p(StrictMath.exp(eta));
    }

    @Test
    void turnedEffectsHaveTurnedLimits() {
        GlmmData data = GlmmSets.data("nielweise2007", "CM.EL");
        GlmmData turned = GlmmData.oddsRatio(
                GlmmModel.CM_EL,
                GlmmCoding.HALF,
                GlmmSets.column("nielweise2007", "x2"),
                GlmmSets.column("nielweise2007", "n2"),
                GlmmSets.column("nielweise2007", "x1"),
                GlmmSets.column("nielweise2007", "n1"));
        Interval one = model.random(data).profileInterval(0, 0.95);
        Interval other = model.random(turned).profileInterval(0, 0.95);
        assertEquals(one.lower(), -other.upper(), 1e-8);
        assertEquals(one.upper(), -other.lower(), 1e-8);
    }

    /** Whoever asks for a stop does not wait for the end of a fit, nor of an interval. */
    @Test
    void whatACheckThrowsEndsFitsAndIntervals() {
        int[] calls = new int[2];
        MixedModel stopping = model.withCheck(() -> {
            if (++calls[0] == calls[1]) {
                throw new CancellationException("stop " + calls[0]);
            }
        });
        GlmmData data = GlmmSets.data("nielweise2007", "UM.RS");
        GlmmFit fit = stopping.random(data);
        assertThat(calls[0]).as("calls of a fit").isGreaterThan(20);
        calls[1] = calls[0] + 10;
        assertThatThrownBy(() -> fit.profileInterval(0, 0.95)).hasMessage("stop " + calls[1]);
        calls[1] = calls[0] + 10;
        assertThatThrownBy(() -> fit.tau2Interval(0.95)).hasMessage("stop " + calls[1]);
        calls[1] = calls[0] + 10;
        assertThatThrownBy(() -> stopping.random(data)).hasMessage("stop " + calls[1]);
    }
}
