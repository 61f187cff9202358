package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionsTest {

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private static double tail(String distribution, double df, double x) {
        return switch (distribution) {
            case "normal" -> Normal.upperTail(x);
            case "t" -> StudentT.upperTail(x, df);
            case "chi-upper" -> ChiSquared.upperTail(x, df);
            case "chi-lower" -> ChiSquared.lowerTail(x, df);
            default -> throw new IllegalArgumentException(distribution);
        };
    }

    private static double quantile(String distribution, double df, double p) {
        return switch (distribution) {
            case "normal" -> Normal.upperQuantile(p);
            case "t" -> StudentT.upperQuantile(p, df);
            case "chi-upper" -> ChiSquared.upperQuantile(p, df);
            case "chi-lower" -> ChiSquared.lowerQuantile(p, df);
            default -> throw new IllegalArgumentException(distribution);
        };
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvFileSource(resources = "distributions.csv", numLinesToSkip = 1)
    void tailMatchesFortyDigits(String distribution, double df, double p, double x) {
        assertEquals(p, tail(distribution, df, x), 1e-12 * p);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvFileSource(resources = "distributions.csv", numLinesToSkip = 1)
    void quantileMatchesFortyDigits(String distribution, double df, double p, double x) {
        // A probability near a half has lost digits of its distance from it before it arrives.
        double lost = distribution.startsWith("chi") ? 0 : 1e-16 / (0.5 - p);
        assertEquals(x, quantile(distribution, df, p), (1e-13 + lost) * x);
    }

    @Test
    void referenceCoversEveryDistribution() throws Exception {
        try (var in = getClass().getResourceAsStream("distributions.csv")) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertEquals(2 + 12 + 11 * 12 + 2 * 5 + 8 * (11 + 10), text.lines().count());
        }
    }

    @Test
    void knowsPrintedTables() {
        assertEquals(1.959963984540054, Normal.criticalValue(0.95), 1e-15);
        assertEquals(12.706204736174694, StudentT.criticalValue(0.95, 1), 2e-14);
        assertEquals(2.178812829667229, StudentT.criticalValue(0.95, 12), 3e-15);
        assertEquals(3.841458820694124, ChiSquared.upperQuantile(0.05, 1), 4e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3, 7.5, 100, INFINITE})
    void tIsSymmetric(double df) {
        assertEquals(0.5, StudentT.upperTail(0, df), 2e-16);
        assertEquals(1, StudentT.upperTail(-1.3, df) + StudentT.upperTail(1.3, df), 1e-15);
        assertEquals(-StudentT.upperQuantile(0.2, df), StudentT.upperQuantile(0.8, df), 1e-14);
        assertEquals(0, StudentT.upperQuantile(0.5, df));
        assertEquals(2 * StudentT.upperTail(1.3, df), StudentT.twoSided(-1.3, df));
    }

    @Test
    void tWithInfiniteDegreesOfFreedomIsNormal() {
        assertEquals(Normal.upperTail(2.5), StudentT.upperTail(2.5, INFINITE));
        assertEquals(Normal.upperQuantile(1e-20), StudentT.upperQuantile(1e-20, INFINITE));
        assertEquals(Normal.twoSided(-2.5), StudentT.twoSided(2.5, INFINITE));
        assertEquals(Normal.criticalValue(0.99), StudentT.criticalValue(0.99, INFINITE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.7, 1, 1.5, 2, 2.5, 3, 4.5, 1e4, 1e7})
    void quantileInvertsTail(double df) {
        for (double p : new double[] {0.49, 0.3, 0.1, 1e-3, 1e-8}) {
            double x = StudentT.upperQuantile(p, df);
            assertEquals(p, StudentT.upperTail(x, df), 1e-12 * p, "t " + df + " " + p);
            double upper = ChiSquared.upperQuantile(p, df);
            assertEquals(p, ChiSquared.upperTail(upper, df), 1e-11 * p, "chi " + df + " " + p);
            double lower = ChiSquared.lowerQuantile(p, df);
            assertEquals(p, ChiSquared.lowerTail(lower, df), 1e-11 * p, "chi " + df + " " + p);
        }
    }

    @Test
    void extremesAreExact() {
        assertAll(Stream.of(1.0, 2.0, 5.0, INFINITE).map(df -> () -> {
            assertEquals(INFINITE, StudentT.upperQuantile(0, df));
            assertEquals(-INFINITE, StudentT.upperQuantile(1, df));
            assertEquals(0, StudentT.upperTail(INFINITE, df));
            assertEquals(1, StudentT.upperTail(-INFINITE, df));
            assertTrue(Double.isNaN(StudentT.upperTail(Double.NaN, df)));
        }));
        assertEquals(1 / Math.PI / 1e200, StudentT.upperTail(1e200, 1), 1e-215);
        assertEquals(0, StudentT.upperTail(1e200, 3));
        assertEquals(1, ChiSquared.upperTail(0, 3));
        assertEquals(0, ChiSquared.lowerTail(-1, 3));
        assertEquals(0, ChiSquared.upperTail(INFINITE, 3));
        assertEquals(1, ChiSquared.lowerTail(INFINITE, 3));
        assertEquals(1, ChiSquared.upperTail(-INFINITE, 3));
        assertEquals(0, ChiSquared.lowerTail(-INFINITE, 3));
        assertEquals(INFINITE, ChiSquared.upperQuantile(0, 3));
        assertEquals(0, ChiSquared.upperQuantile(1, 3));
        assertEquals(0, ChiSquared.lowerQuantile(0, 3));
        assertEquals(INFINITE, ChiSquared.lowerQuantile(1, 3));
        assertTrue(Double.isNaN(ChiSquared.upperTail(Double.NaN, 3)));
    }

    @Test
    void refusesWhatIsNoProbabilityOrDegreeOfFreedom() {
        assertThrows(IllegalArgumentException.class, () -> Normal.upperQuantile(1.1));
        assertThrows(IllegalArgumentException.class, () -> Normal.criticalValue(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> StudentT.upperQuantile(-0.1, 3));
        assertThrows(IllegalArgumentException.class, () -> StudentT.upperTail(1, 0));
        assertThrows(IllegalArgumentException.class, () -> ChiSquared.upperTail(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> ChiSquared.lowerQuantile(2, 1));
    }
}
