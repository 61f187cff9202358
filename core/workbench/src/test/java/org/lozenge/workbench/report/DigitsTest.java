package org.lozenge.workbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lozenge.plugin.Format;

class DigitsTest {

    @ParameterizedTest
    @CsvSource({
        "0.414976, FIXED2, 0.41",
        "0.4151, FIXED2, 0.42",
        "-0.0001, FIXED2, -0.00010",
        "0.768, PERCENT, 76.8%",
        "0.0000001, PERCENT, < 0.1%",
        "0.0004, P_VALUE, < 0.001",
        "0.0049, P_VALUE, 0.005",
        "0.0501, P_VALUE, 0.0501",
        "0.05, P_VALUE, 0.05",
        "0.997, P_VALUE, > 0.99",
        "1, P_VALUE, 1.00",
        "12.0, INTEGER, 12",
        "NaN, FIXED2, –",
        "Infinity, FIXED2, ∞",
        "1234567890, GENERAL, 1.235e+09"
    })
    void roundsOnceFromFullPrecision(double value, Format format, String expected) {
        assertThat(Digits.one(value, format)).isEqualTo(expected);
    }

    @Test
    void aColumnSharesItsDecimals() {
        assertThat(Digits.column(new double[] {1.23456, 0.1, 3}, Format.GENERAL))
                .containsExactly("1.235", "0.100", "3.000");
        assertThat(Digits.column(new double[] {1, 2, 30}, Format.GENERAL)).containsExactly("1", "2", "30");
    }

    @Test
    void smallNumbersBesideLargeOnesKeepTwoDigits() {
        assertThat(Digits.column(new double[] {0.078, 1.235, 201.74, 0.00049, 0}, Format.GENERAL))
                .containsExactly("0.078", "1.2", "201.7", "0.00049", "0.0");
    }
}
