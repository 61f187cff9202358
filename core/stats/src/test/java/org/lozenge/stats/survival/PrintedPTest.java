package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lozenge.stats.survival.PrintedP.Kind;

class PrintedPTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.03, EXACT, 0.03, 0.025, 0.035",
        ".0005, EXACT, 0.0005, 0.00045, 0.00055",
        "P = 0.03, EXACT, 0.03, 0.025, 0.035",
        "p=.70, EXACT, 0.70, 0.695, 0.705",
        "P value 0.03, EXACT, 0.03, 0.025, 0.035",
        "1.0, EXACT, 1, 0.95, 1",
        "<0.001, BELOW, 0.001, 0, 0.001",
        "P<.001, BELOW, 0.001, 0, 0.001",
        "P < 0.0001, BELOW, 0.0001, 0, 0.0001",
        "<=0.05, BELOW, 0.05, 0, 0.05",
        "\u22640.05, BELOW, 0.05, 0, 0.05",
        ">0.05, ABOVE, 0.05, 0.05, 1",
        "P\u2265.1, ABOVE, 0.1, 0.1, 1",
        "NS, NOT_SIGNIFICANT, 0.05, 0.05, 1",
        "P = n.s., NOT_SIGNIFICANT, 0.05, 0.05, 1",
        "not significant, NOT_SIGNIFICANT, 0.05, 0.05, 1",
    })
    void readsExactValuesBoundsAndWords(String text, Kind kind, double value, double low, double high) {
        PrintedP p = PrintedP.parse(text);

        assertThat(p.kind()).isEqualTo(kind);
        assertThat(p.value()).isEqualTo(value);
        assertThat(p.low()).isCloseTo(low, org.assertj.core.data.Offset.offset(1e-16));
        assertThat(p.high()).isCloseTo(high, org.assertj.core.data.Offset.offset(1e-16));
        assertThat(p.sides()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.003 (one-sided), ONE, 0.003",
        "one-sided P = 0.003, ONE, 0.003",
        "P=0.003 1-sided, ONE, 0.003",
        "<0.001 (two-tailed), TWO, 0.001",
        "2-sided 0.04, TWO, 0.04",
    })
    void readsTheSidednessBesideTheValue(String text, Sides sides, double value) {
        PrintedP p = PrintedP.parse(text);

        assertThat(p.sides()).contains(sides);
        assertThat(p.value()).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "0.0", "0.000", "<0"})
    void refusesZeroAndSaysWhatToWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintedP.parse(text))
                .withMessageContaining("P cannot be 0")
                .withMessageContaining("such as <");
    }

    @Test
    void aPrintedZeroStandsForLessThanHalfItsLastDigit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintedP.parse("0.000"))
                .withMessageContaining("<0.0005");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2 | between 0 and 1",
                "-0.1 | between 0 and 1",
                "3% | percentage",
                "0,03 | comma",
                "abc | not a P value",
                "<< 0.01 | not a P value",
                "0.03 0.04 | not a P value",
            })
    void refusesEverythingElseAndSaysWhy(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintedP.parse(text))
                .withMessageContaining(reason);
    }
}
