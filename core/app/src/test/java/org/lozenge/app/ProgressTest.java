package org.lozenge.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void showsABarWithTheTimeLeft() {
        assertThat(Progress.line(0.4, "Subsets", 8)).isEqualTo("[########            ]  40% Subsets, 12 s left");
        assertThat(Progress.line(0.5, "Subsets", 90)).endsWith("1 min 30 s left");
        assertThat(Progress.line(0.5, "Subsets", 7300)).endsWith("2 h 1 min left");
        assertThat(Progress.line(1, "Subsets", 3)).isEqualTo("[####################] 100% Subsets, 0 s left");
    }

    @Test
    void forecastsNothingFromTheFirstSteps() {
        assertThat(Progress.line(0.01, "Subsets", 1)).isEqualTo("[                    ]   1% Subsets");
    }
}
