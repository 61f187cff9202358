package org.lozenge.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DoubleSeqTest {

    @Test
    void copiesOnTheWayInAndOut() {
        double[] values = {1, 2};
        DoubleSeq seq = DoubleSeq.of(values);
        values[0] = 9;
        seq.toArray()[1] = 9;
        assertArrayEquals(new double[] {1, 2}, seq.toArray());
        assertEquals(2, seq.size());
        assertEquals(2, seq.get(1));
    }

    @Test
    void comparesByValue() {
        assertEquals(DoubleSeq.of(1, Double.NaN), DoubleSeq.of(1, Double.NaN));
        assertEquals(DoubleSeq.of(1, 2).hashCode(), DoubleSeq.of(1, 2).hashCode());
        assertNotEquals(DoubleSeq.of(0.0), DoubleSeq.of(-0.0));
        assertNotEquals(DoubleSeq.of(1), DoubleSeq.of(1, 1));
        assertNotEquals(DoubleSeq.of(1), "[1.0]");
        assertEquals("[1.0, 2.5]", DoubleSeq.of(1, 2.5).toString());
    }

    @Test
    void refusesAPositionOutside() {
        assertThrows(IndexOutOfBoundsException.class, () -> DoubleSeq.of(1).get(1));
    }
}
