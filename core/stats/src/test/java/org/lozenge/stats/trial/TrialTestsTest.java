package org.lozenge.stats.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.lozenge.stats.DoubleSeq;

class TrialTestsTest {

    @ParameterizedTest(name = "{0}/{1} {2}/{3}")
    @CsvFileSource(resources = "trial-two-by-two.csv", numLinesToSkip = 1)
    void tablesMatchR(
            long a,
            long n1,
            long b,
            long n2,
            double p,
            double less,
            double greater,
            String or,
            String lower,
            String upper,
            String chi,
            String yates) {
        TwoByTwo table = new TwoByTwo(a, n1, b, n2);
        ExactResult fisher = new FisherExact(0.95).test(table);
        // fisher.test itself is good to 1e-11 where counts are in the hundreds: it sums logarithms of gamma functions.
        // Below
        // 2e-308 a double has few digits left.
        assertClose(p, fisher.twoSided(), p < Double.MIN_NORMAL ? 0.05 : 1e-10);
        assertClose(less, fisher.less(), 1e-10);
        assertClose(greater, fisher.greater(), greater < Double.MIN_NORMAL ? 0.05 : 1e-10);
        assertClose(number(or), fisher.estimate(), 1e-10);
        assertClose(number(lower), fisher.interval().lower(), 1e-9);
        assertClose(number(upper), fisher.interval().upper(), 1e-9);
        assertClose(number(chi), new ChiSquaredTwoByTwo(false).test(table).pValue(), 1e-10);
        assertClose(number(yates), new ChiSquaredTwoByTwo(true).test(table).pValue(), 1e-10);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvFileSource(resources = "trial-mcnemar.csv", numLinesToSkip = 1)
    void pairsMatchR(long b, long c, double plain, double corrected, double exact) {
        McNemar test = new McNemar(b, c);
        assertClose(plain, test.asymptotic(false).pValue(), 1e-12);
        assertClose(corrected, test.asymptotic(true).pValue(), 1e-12);
        assertClose(exact, test.exact(), 1e-12);
        assertEquals(test.exact(), new McNemar(c, b).exact());
    }

    @ParameterizedTest(name = "{0}/{1} {2}/{3}")
    @CsvFileSource(resources = "trial-rates.csv", numLinesToSkip = 1)
    void ratesMatchR(
            long e1,
            double t1,
            long e2,
            double t2,
            double p,
            double less,
            double greater,
            String ratio,
            String lower,
            String upper) {
        ExactResult rates = new PersonTimeRates(0.95).compare(e1, t1, e2, t2);
        assertClose(p, rates.twoSided(), 1e-11);
        assertClose(less, rates.less(), 1e-11);
        assertClose(greater, rates.greater(), 1e-11);
        assertClose(number(ratio), rates.estimate(), 1e-14);
        assertClose(number(lower), rates.interval().lower(), 1e-10);
        assertClose(number(upper), rates.interval().upper(), 1e-10);
    }

    @ParameterizedTest(name = "{0} {1}-sided at {2}")
    @CsvFileSource(resources = "trial-lan-demets.csv", numLinesToSkip = 1)
    void boundariesMatchTheMultivariateNormal(double alpha, int sides, String information, String z) {
        LanDeMets.Boundaries boundaries = new LanDeMets(alpha, sides == 2).boundaries(numbers(information));
        double[] expected = numbers(z);
        assertEquals(expected.length, boundaries.z().size());
        for (int i = 0; i < expected.length; i++) {
            // The reference integrates on a grid: the largest difference seen is 3e-8.
            assertClose(expected[i], boundaries.z().get(i), i == 0 ? 1e-12 : 1e-7);
        }
    }

    @Test
    void referencesCoverEveryCase() {
        assertEquals(13, rows("trial-two-by-two.csv"));
        assertEquals(6, rows("trial-mcnemar.csv"));
        assertEquals(6, rows("trial-rates.csv"));
        assertEquals(7, rows("trial-lan-demets.csv"));
    }

    /** A single look spends everything: the boundary is the plain critical value. */
    @Test
    void oneLookAtTheEnd() {
        assertClose(
                1.959963984540054, new LanDeMets(0.05, true).boundaries(1).z().get(0), 1e-14);
        assertClose(0.05, new LanDeMets(0.05, false).boundaries(1).nominal().get(0), 1e-14);
    }

    @Test
    void aVeryEarlyLookNeverStops() {
        LanDeMets.Boundaries boundaries = new LanDeMets(0.05, true).boundaries(0.001, 1);
        assertEquals(Double.POSITIVE_INFINITY, boundaries.z().get(0));
        assertClose(1.959963984540054, boundaries.z().get(1), 1e-9);
    }

    @Test
    void hugeCountsKeepTheirTails() {
        double p = new FisherExact(0.95)
                .test(new TwoByTwo(100, 1_000_000, 1000, 1_000_000))
                .twoSided();
        // Nearly binomial: 1100 events, at most 100 on one side: 2 · P(Bin(1100, ½) ≤ 100) = 1.0e-186 within a few per
        // cent.
        assertTrue(p > 1e-190 && p < 1e-180, "P = " + p);
        assertClose(
                1,
                new FisherExact(0.95)
                        .test(new TwoByTwo(500_000, 1_000_000, 500_000, 1_000_000))
                        .twoSided(),
                1e-12);
    }

    @Test
    void emptyMarginsCompareNothing() {
        ExactResult none = new FisherExact(0.95).test(new TwoByTwo(0, 10, 0, 12));
        assertEquals(1, none.twoSided());
        assertTrue(Double.isNaN(none.estimate()));
        assertEquals(0, none.interval().lower());
        assertEquals(Double.POSITIVE_INFINITY, none.interval().upper());
        assertTrue(Double.isNaN(
                new ChiSquaredTwoByTwo(false).test(new TwoByTwo(3, 3, 4, 4)).pValue()));
        assertEquals(1, new McNemar(0, 0).exact());
        assertTrue(Double.isNaN(new McNemar(0, 0).asymptotic(true).pValue()));
        assertEquals(1, new PersonTimeRates(0.95).compare(0, 3, 0, 5).twoSided());
    }

    @Test
    void namesWhatIsImpossible() {
        assertEquals(
                "12 events cannot come from 10 participants",
                assertThrows(IllegalArgumentException.class, () -> new TwoByTwo(12, 10, 1, 10))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new TwoByTwo(0, 0, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> new McNemar(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> new PersonTimeRates(0.95).compare(1, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LanDeMets(0, true));
        assertThrows(IllegalArgumentException.class, () -> new LanDeMets(0.05, true).boundaries(0.5, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new LanDeMets(0.05, true).boundaries(0.5, 1.1));
        assertThrows(IllegalArgumentException.class, () -> new LanDeMets(0.05, true).boundaries());
    }

    private static int rows(String resource) {
        try (var in = TrialTestsTest.class.getResourceAsStream(resource)) {
            return (int) new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .count()
                    - 1;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double[] numbers(String text) {
        return DoubleSeq.of(Arrays.stream(text.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray();
    }

    /** R writes Inf, NaN and NA. */
    private static double number(String text) {
        return switch (text) {
            case "Inf" -> Double.POSITIVE_INFINITY;
            case "NaN", "NA" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static void assertClose(double expected, double actual, double relative) {
        assertEquals(expected, actual, Double.isFinite(expected) ? relative * Math.abs(expected) : 0);
    }
}
