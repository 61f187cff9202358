package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Effects of extreme numbers against 60 digits: {@code extremes.csv}. Nothing may cancel in counts up to 1e9. */
class ExtremesTest {

    /** Relative to the value; an effect relative to the larger of itself and its standard error. */
    private static final double TOLERANCE = 1e-13;

    /** The derivative of a gamma quantile by its shape is numerical. */
    private static final double GAMMA = 1e-10;

    private static final List<String[]> LINES = ReferenceTest.rows("extremes.csv").stream()
            .map(line -> line.split(",", -1))
            .toList();

    static Set<String> measures() {
        return LINES.stream().map(line -> line[0]).collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("measures")
    void keepsItsDigits(String measure) {
        for (String[] line : LINES) {
            if (line[0].equals(measure)) {
                check(line);
            }
        }
    }

    private static void check(String[] line) {
        double[] raw = ReferenceTest.numbers(line[1]);
        double value = Double.parseDouble(line[2]);
        String where = line[0] + " " + line[1];
        switch (line[0]) {
            // Below this the count behind the proportion is less than one in a thousand.
            case "back" ->
                close(where, BackTransform.freemanTukeyProportion(raw[1]).apply(raw[0]), value, 1e-3 / raw[1]);
            case "range", "quartiles", "all" -> {
                FiveNumberSummary.Moments moments = summary(line[0], raw).normal();
                close(where + " mean", moments.mean(), value, 0);
                close(where + " sd", moments.sd(), Double.parseDouble(line[3]), 0);
            }
            case "fit-log-normal", "fit-weibull", "fit-gamma" -> {
                FiveNumberSummary.Moments moments = quantiles(raw).quantileEstimation();
                assertThat("fit-" + moments.distribution()).as(where).isEqualTo(line[0]);
                double tolerance = line[0].equals("fit-gamma") ? GAMMA : TOLERANCE;
                close(where + " mean", moments.mean(), value, 0, tolerance);
                close(where + " sd", moments.sd(), Double.parseDouble(line[3]), 0, tolerance);
            }
            default -> {
                double variance = Double.parseDouble(line[3]);
                Effect effect = effect(line[0], raw);
                close(where + " y", effect.y(), value, Math.sqrt(variance));
                close(where + " v", effect.v(), variance, 0);
            }
        }
    }

    private static FiveNumberSummary summary(String known, double[] raw) {
        double[] r = raw.clone();
        if (known.equals("range")) {
            r[1] = Double.NaN;
            r[3] = Double.NaN;
        } else if (known.equals("quartiles")) {
            r[0] = Double.NaN;
            r[4] = Double.NaN;
        }
        return FiveNumberSummary.of(r[0], r[1], r[2], r[3], r[4], r[5]);
    }

    private static Effect effect(String code, double[] raw) {
        return compute(EffectMeasures.of(code), raw);
    }

    private static <R extends RawData> Effect compute(EffectMeasure<R> measure, double[] raw) {
        Class<R> type = measure.description().rawType();
        return measure.compute(type.cast(ReferenceTest.raw(measure.code(), type, raw)));
    }

    /** Five numbers; or three: minimum, median and maximum in the set that begins with 2, else quartiles and median. */
    private static FiveNumberSummary quantiles(double[] r) {
        double none = Double.NaN;
        if (r.length == 6) {
            return FiveNumberSummary.of(r[0], r[1], r[2], r[3], r[4], r[5]);
        }
        return r[0] == 2
                ? FiveNumberSummary.of(r[0], none, r[1], none, r[2], r[3])
                : FiveNumberSummary.of(none, r[0], r[1], r[2], none, r[3]);
    }

    private static void close(String what, double actual, double expected, double scale) {
        close(what, actual, expected, scale, TOLERANCE);
    }

    private static void close(String what, double actual, double expected, double scale, double tolerance) {
        assertThat(Math.abs(actual - expected))
                .as("%s: %s, not %s", what, actual, expected)
                .isLessThanOrEqualTo(tolerance * Math.max(Math.abs(expected), scale));
    }

    @Test
    void coversTheMeasuresOfCountsAndMeans() {
        assertThat(measures())
                .containsExactlyInAnyOrder(
                        "or",
                        "rr",
                        "rd",
                        "as",
                        "yuq",
                        "yuy",
                        "phi",
                        "zphi",
                        "pbit",
                        "peto",
                        "pr",
                        "pln",
                        "plo",
                        "pas",
                        "prz",
                        "pft",
                        "md",
                        "smd",
                        "rpb",
                        "rom",
                        "back",
                        "range",
                        "quartiles",
                        "all",
                        "fit-log-normal",
                        "fit-weibull",
                        "fit-gamma");
        assertThat(LINES).hasSizeGreaterThan(900);
        assertThat(Arrays.asList(LINES.get(0))).hasSize(4);
    }
}
