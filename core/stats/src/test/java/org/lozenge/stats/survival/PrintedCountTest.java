package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedCountTest {

    @Test
    void readsACountWithWhatStandsBesideIt() {
        PrintedCount count = PrintedCount.parse("79/307 (25.7%)");

        assertThat(count.count()).isEqualTo(79);
        assertThat(count.denominator()).hasValue(307);
        assertThat(count.percent().orElseThrow().value()).isEqualTo(25.7);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"79, 79", "79.0, 79", "79 (26), 79", "79 of 307, 79", "0, 0"})
    void readsTheCount(String text, long count) {
        assertThat(PrintedCount.parse(text).count()).isEqualTo(count);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "26% | is a percentage",
                "26.5 | not a count",
                "-5 | negative",
                "1,137 | comma",
                "many | not a number",
            })
    void refusesEverythingElseAndSaysWhy(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrintedCount.parse(text))
                .withMessageContaining(reason);
    }
}
