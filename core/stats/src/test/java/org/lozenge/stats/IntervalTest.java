package org.lozenge.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @Test
    void containsItsLimits() {
        Interval interval = new Interval(-1, 3, 0.95);
        assertTrue(interval.contains(-1) && interval.contains(3));
        assertFalse(interval.contains(3.1) || interval.contains(-1.1) || interval.contains(Double.NaN));
        assertEquals(4, interval.width());
    }

    @Test
    void refusesReversedOrUndefinedLimits() {
        assertThrows(IllegalArgumentException.class, () -> new Interval(2, 1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 1, 0.95));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 95, -0.5, Double.NaN})
    void refusesALevelThatIsNoFraction(double level) {
        assertThrows(IllegalArgumentException.class, () -> new Interval(1, 2, level));
    }
}
