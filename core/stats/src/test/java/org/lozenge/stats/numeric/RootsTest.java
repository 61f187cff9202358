package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootsTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-100, 1e-8, 1, 1e8, 1e100})
    void findsARootOnAnyScale(double scale) {
        double root = Roots.between(x -> (x / scale) * (x / scale) - 2, 0, 5 * scale, "x");
        assertEquals(Math.sqrt(2) * scale, root, 1e-14 * scale);
    }

    @Test
    void returnsAnEndThatIsARoot() {
        assertEquals(1, Roots.between(x -> x - 1, 1, 2, "x"));
        assertEquals(2, Roots.between(x -> x - 2, 1, 2, "x"));
    }

    @Test
    void namesWhatHasNoChangeOfSign() {
        String message = assertThrows(IllegalArgumentException.class, () -> Roots.between(x -> x, 1, 2, "Lower limit"))
                .getMessage();
        assertTrue(message.startsWith("Lower limit has no change of sign between 1.0 (1.0) and 2.0 (2.0)"), message);
        assertThrows(IllegalArgumentException.class, () -> Roots.between(x -> Double.NaN, 1, 2, "x"));
    }
}
