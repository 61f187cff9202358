package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LargestCountTest {

    @Test
    void countsThatNobodyCanHaveCountedAreRefusedBeforeSumsOverflow() {
        assertThat(new TwoByTwo(1, 1e15, 2, 3).n1()).isEqualTo(1e15 + 1);
        assertThatThrownBy(() -> new TwoByTwo(1, 1e308, 2, 3))
                .isInstanceOf(InvalidRawDataException.class)
                .hasMessageContaining("is a count and cannot exceed 1e15, but is 1.0E308");
    }
}
