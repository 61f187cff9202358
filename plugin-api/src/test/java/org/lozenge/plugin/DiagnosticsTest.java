package org.lozenge.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

    @Test
    void rowsOfAMessageAreSortedAndDistinct() {
        Message message = Message.warning("a", "text").at(3, 1, 3);
        assertEquals(List.of(1, 3), message.rows());
        assertThat(message.at().rows()).isEmpty();
    }

    @Test
    void rowsCountFromOne() {
        assertThatThrownBy(() -> Message.info("a", "text").at(0)).hasMessageContaining("count from 1");
    }

    @Test
    void factsAreInAlphabeticalOrder() {
        Message message = Message.info("a", "t").with("z", "1").with("b", "2").with("m", "3");
        assertThat(message.data().keySet()).containsExactly("b", "m", "z");
        assertThatThrownBy(() -> message.data().put("c", "4")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anExceptionCarriesItsMessages() {
        AnalysisException one = new AnalysisException("ci-order", "row 2: reversed", 2);
        assertEquals("ci-order", one.code());
        assertEquals("row 2: reversed", one.getMessage());
        assertArrayEquals(new int[] {2}, one.rows());

        AnalysisException several = new AnalysisException(List.of(
                Message.info("note", "n").at(9),
                Message.error("b", "second").at(5, 2),
                Message.error("c", "third").at(2)));
        assertEquals("b", several.code());
        assertEquals("n\nsecond\nthird", several.getMessage());
        assertArrayEquals(new int[] {2, 5, 9}, several.rows());
    }

    @Test
    void anExceptionNeedsAnError() {
        assertThatThrownBy(() -> new AnalysisException(List.of(Message.warning("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnalysisException(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
