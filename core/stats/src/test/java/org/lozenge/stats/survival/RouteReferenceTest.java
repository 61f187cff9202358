package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class RouteReferenceTest {

    /** Their reference is in {@link CurveRouteTest}. */
    private static final List<String> FROM_CURVES = List.of("T17", "T18", "T19", "T24");

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "routes.csv", numLinesToSkip = 1)
    void matchesFiftyDigitArithmetic(String name, String route, double y, double se, String cells) {
        RouteEstimate estimate = Reports.estimate(route, cells);

        // y near 0 is a difference of logs: its error is one of the larger log, at most about 10 here
        assertEquals(y, estimate.y(), Math.max(1e-12 * Math.abs(y), 4e-15), name);
        assertEquals(se, estimate.standardError(), 1e-12 * se, name);
        assertEquals(route.equals("T9"), estimate.bound(), name);
    }

    /** The numbers that the sources print, to all their digits. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "T4 | hr=0.31;ci_low=0.1;ci_high=0.91 | -1.17118 | 0.563346 | 3.15101 | -3.69041",
                "T4 | hr=0.18;ci_low=0.09;ci_high=0.32 | -1.7148 | 0.323606 | 9.54921 | -16.375",
                "T4 | hr=0.742;ci_low=0.594;ci_high=0.928;ci_level=96 | -0.298406 | 0.108619 | 84.7595 | -25.2927",
                "T4 | hr=0.82;ci_low=0.68;ci_high=1.0;ci_level=0.954 | -0.198451 | 0.0966382 | 107.078 | -21.2498",
                "T7 | hr=0.28;p=0.0005 | -1.27297 | 0.365715 | 7.4768 | -9.51767",
                "T10 | hr=1.06;events_t=79;events_c=73 | 0.0582689 | 0.162348 | 37.9408 | 2.21077",
                "T10 | hr=0.50;events_t=104;events_c=160 | -0.693147 | 0.125958 | 63.0303 | -43.6893",
                "T13 | p=.075;events_t=229;events_c=256;favours=t | -0.161945 | 0.0909564 | 120.874 | -19.5749",
                "T14 | p=.075;events=485;favours=t | -0.161693 | 0.0908153 | 121.25 | -19.6053",
                "T20 | survival_t=.73;survival_c=.75;n_t=307;n_c=307 | 0.089798 | 0.159008 | 39.5515 | 3.55164",
            })
    void reproducesWorkedExamplesToAllPrintedDigits(
            String route, String cells, String y, String se, String v, String observedMinusExpected) {
        RouteEstimate estimate = Reports.estimate(route, cells);

        assertThat(rounded(estimate.y(), y)).isEqualTo(y);
        assertThat(rounded(estimate.standardError(), se)).isEqualTo(se);
        assertThat(rounded(estimate.information(), v)).isEqualTo(v);
        assertThat(rounded(estimate.observedMinusExpected(), observedMinusExpected))
                .isEqualTo(observedMinusExpected);
    }

    /** z of P/2, not half the z of P: P = 0.075 means 1.78. */
    @Test
    void takesTheZValueOfHalfPAndNotHalfTheZValue() {
        RouteEstimate estimate = Reports.estimate("T13", "p=0.075;events_t=229;events_c=256;favours=treatment");

        assertThat(Math.abs(estimate.y()) / estimate.standardError()).isBetween(1.780, 1.781);
        assertThat(Math.exp(estimate.y())).isBetween(0.8504, 0.8506);
    }

    @Test
    void referenceCoversEveryRoute() {
        List<String> rows = lines("routes.csv").stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("name,"))
                .toList();

        assertThat(rows).hasSize(112);
        assertThat(rows.stream().map(row -> row.split(",", -1)[1]))
                .containsAll(Route.all().stream()
                        .map(Route::code)
                        .filter(code -> !FROM_CURVES.contains(code))
                        .toList());
    }

    private static String rounded(double value, String like) {
        int decimals = like.length() - like.indexOf('.') - 1;
        return new java.math.BigDecimal(value)
                .setScale(decimals, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(RouteReferenceTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
