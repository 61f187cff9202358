package org.lozenge.analyses.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 2, 0",
        "0.313, 2, 0.31",
        "-3.972, 2, −3.97",
        "0.00187, 2, 0.00187",
        "12345678, 2, 1.23e7",
        "1e-9, 2, 1e−9",
        "Infinity, 2, ∞",
        "-Infinity, 2, −∞",
        "NaN, 2, not estimable"
    })
    void fixedNeverShowsZeroForWhatIsNotZero(double value, int decimals, String expected) {
        assertEquals(expected, PlotText.fixed(value, decimals));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0409, P = 0.04",
        "0.0048, P = 0.005",
        "0.00099, P < 0.001",
        "0, P < 0.001",
        "1, P = 1.00",
        "NaN, P not defined"
    })
    void pIsNeverZero(double p, String expected) {
        assertEquals(expected, PlotText.p(p));
    }

    @Test
    void percentagesAndLevels() {
        assertEquals("92%", PlotText.percent(0.922));
        assertEquals("not estimable", PlotText.percent(Double.NaN));
        assertEquals("95%", PlotText.level(0.95));
        assertEquals("99.9%", PlotText.level(0.999));
        assertEquals("50%", PlotText.level(0.5));
    }
}
