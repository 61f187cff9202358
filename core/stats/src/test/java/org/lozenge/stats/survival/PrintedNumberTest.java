package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedNumberTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.18, 0.18, 0.005",
        "0.180, 0.18, 0.0005",
        ".5, 0.5, 0.05",
        "5., 5, 0.5",
        "12, 12, 0.5",
        "+1.5, 1.5, 0.05",
        "-1.5, -1.5, 0.05",
        "\u22121.5, -1.5, 0.05",
        "\u20131.5, -1.5, 0.05",
        "0\u00b750, 0.5, 0.005",
        "1.2e-5, 0.000012, 5e-7",
        "1.2E+3, 1200, 50",
        "1.2 \u00d7 10\u22125, 0.000012, 5e-7",
        "3x10^-4, 0.0003, 0.00005",
        "0, 0, 0.5",
    })
    void readsPrintedNumbersWithTheirRounding(String text, double value, double halfUnit) {
        PrintedNumber number = PrintedNumber.parse(text);

        assertThat(number.value()).isEqualTo(value);
        assertThat(number.halfUnit()).isEqualTo(halfUnit);
        assertThat(number.percent()).isFalse();
    }

    @Test
    void keepsAPercentSignApart() {
        PrintedNumber number = PrintedNumber.parse(" 95.4 % ");

        assertThat(number.text()).isEqualTo("95.4 %");
        assertThat(number.value()).isEqualTo(95.4);
        assertThat(number.fraction()).isEqualTo(0.954);
        assertThat(number.percent()).isTrue();
    }

    @ParameterizedTest(name = "''{0}''")
    @CsvSource(
            delimiter = '|',
            value = {
                "0,50 | has a comma",
                "1,137 | has a comma",
                "1,137.5 | has a comma",
                "NaN | not a finite number",
                "Infinity | not a finite number",
                "-inf | not a finite number",
                "1d | not a number",
                "1f | not a number",
                "0x1p3 | not a number",
                "abc | not a number",
                "- | not a number",
                ". | not a number",
                "1.2.3 | not a number",
                "1e400 | too large",
                "1e-400 | too small",
                "0.50 (0.37 | more than one number",
                "0.37-0.69 | more than one number",
                "0.37 to 0.69 | more than one number",
                "'' | empty",
            })
    void refusesEverythingElseAndSaysWhy(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintedNumber.parse(text))
                .withMessageContaining(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0.0005, 1", "0.03, 1", "0.030, 2", "0.0408, 3", "12, 2", "1.50, 3", "0, 0"})
    void countsSignificantDigits(String text, int digits) {
        assertThat(PrintedNumber.parse(text).significantDigits()).isEqualTo(digits);
    }
}
