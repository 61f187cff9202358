package org.lozenge.analyses.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "0.478637, 0.48",
        "0.414976, 0.41",
        "1, 1.00",
        "0.998, 0.998",
        "1.0004, 1.0004",
        "0.995, 0.995",
        "0.0021, 0.002",
        "0.00014, 0.0001",
        "0.00004, less than 0.0001",
        "12.34, 12.3",
        "1234.5, 1235",
        "Infinity, 'more than 10,000'",
        "1.0000001, 1.00"
    })
    void printsRatiosThatCanBeToldFromZeroAndOne(double value, String text) {
        assertThat(Words.ratio(value)).isEqualTo(text);
    }

    @Test
    void joinsLists() {
        assertThat(Words.list(List.of())).isEmpty();
        assertThat(Words.list(List.of("a"))).isEqualTo("a");
        assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
        assertThat(Words.shortList(List.of("a", "b", "c", "c", "d"), 3)).isEqualTo("a, b and 2 more");
        assertThat(Words.rows(List.of(7))).isEqualTo("row 7");
        assertThat(Words.rows(List.of(1, 2, 4, 7, 8, 9))).isEqualTo("rows 1, 2, 4, 7\u20139");
    }
}
