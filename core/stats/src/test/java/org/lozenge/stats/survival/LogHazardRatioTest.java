package org.lozenge.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LogHazardRatioTest {

    @Test
    void logRankStatisticsGoThereAndBack() {
        LogHazardRatio result = LogHazardRatio.ofLogRank(-19.5749, 120.874);

        assertEquals(0.8505, Math.exp(result.y()), 5e-5);
        assertEquals(-19.5749, result.observedMinusExpected(), 1e-12);
        assertEquals(120.874, result.information(), 1e-12);
    }

    /** The design hazard ratio of IFM 2005-02 is printed as placebo over lenalidomide: 1/1.42 = 0.704225. */
    @Test
    void invertsAContrast() {
        LogHazardRatio inverted = new LogHazardRatio(Math.log(1.42), 0.1).inverted();

        assertEquals(0.704225, Math.exp(inverted.y()), 5e-7);
        assertEquals(0.1, inverted.standardError());
    }

    @RepeatedTest(20)
    void strataSumToTheirInverseVarianceMean(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        LogHazardRatio a = new LogHazardRatio(random.nextGaussian(), 0.1 + random.nextDouble());
        LogHazardRatio b = new LogHazardRatio(random.nextGaussian(), 0.1 + random.nextDouble());
        double wa = 1 / Math.pow(a.standardError(), 2);
        double wb = 1 / Math.pow(b.standardError(), 2);

        LogHazardRatio sum = LogHazardRatio.overStrata(List.of(a, b));

        assertThat(sum.y()).isCloseTo((wa * a.y() + wb * b.y()) / (wa + wb), within(1e-13));
        assertThat(sum.standardError()).isCloseTo(1 / Math.sqrt(wa + wb), within(1e-13));
        assertThat(LogHazardRatio.overStrata(List.of(a)).y()).isCloseTo(a.y(), within(1e-14));
    }

    /** With V = 1/(1/d_A + 1/d_X) for each contrast, the third one has V = 1/(1/d_B + 1/d_C) exactly. */
    @Test
    void throughASharedArmTheSharedEventsDropOut() {
        double dA = 80;
        double dB = 100;
        double dC = 120;
        LogHazardRatio ac = new LogHazardRatio(Math.log(0.5), Math.sqrt(1 / dA + 1 / dC));
        LogHazardRatio ab = new LogHazardRatio(Math.log(0.8), Math.sqrt(1 / dA + 1 / dB));

        LogHazardRatio bc = ac.throughSharedArm(ab, dA);

        assertEquals(Math.log(0.625), bc.y(), 1e-15);
        assertEquals(Math.sqrt(1 / dB + 1 / dC), bc.standardError(), 1e-15);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogHazardRatio(0, 0))
                .withMessageContaining("standard error above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogHazardRatio.overStrata(List.of()))
                .withMessageContaining("no strata");
        LogHazardRatio narrow = new LogHazardRatio(0, 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> narrow.throughSharedArm(narrow, 0))
                .withMessageContaining("needs events");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> narrow.throughSharedArm(narrow, 50))
                .withMessageContaining("no variance is left");
    }
}
