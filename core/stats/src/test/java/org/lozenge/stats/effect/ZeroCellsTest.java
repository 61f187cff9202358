package org.lozenge.stats.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZeroCellsTest {

    private static final TwoByTwo ZERO = new TwoByTwo(0, 20, 3, 17);
    private static final TwoByTwo FULL = new TwoByTwo(4, 6, 8, 3);
    private static final TwoByTwo DOUBLE = new TwoByTwo(0, 30, 0, 30);

    private static List<RawData> treated(ZeroCells zeros, RawData... studies) {
        return zeros.apply(List.of(studies)).stream()
                .map(ZeroCells.Treated::data)
                .toList();
    }

    @Test
    void addsWhereToSays() {
        TwoByTwo half = new TwoByTwo(0.5, 20.5, 3.5, 17.5);
        TwoByTwo fullHalf = new TwoByTwo(4.5, 6.5, 8.5, 3.5);
        assertThat(treated(zeros(ZeroCells.To.ONLY0), ZERO, FULL)).containsExactly(half, FULL);
        assertThat(treated(zeros(ZeroCells.To.ALL), ZERO, FULL)).containsExactly(half, fullHalf);
        assertThat(treated(zeros(ZeroCells.To.IF0ALL), ZERO, FULL)).containsExactly(half, fullHalf);
        assertThat(treated(zeros(ZeroCells.To.IF0ALL), FULL)).containsExactly(FULL);
        assertThat(treated(zeros(ZeroCells.To.NONE), ZERO, FULL)).containsExactly(ZERO, FULL);
        assertThat(treated(ZeroCells.none(), ZERO)).containsExactly(ZERO);
        assertThat(treated(ZeroCells.usual(), ZERO)).containsExactly(half);
    }

    private static ZeroCells zeros(ZeroCells.To to) {
        return new ZeroCells(0.5, to, ZeroCells.Split.CONSTANT, false);
    }

    @Test
    void oneZeroCellGivesTheKnownOddsRatio() {
        Effect effect = new LogOddsRatio()
                .compute((TwoByTwo) treated(ZeroCells.usual(), ZERO).get(0));
        assertThat(effect.y()).isCloseTo(-2.1041, offset(5e-5));
        assertThat(effect.v()).isCloseTo(2.3916, offset(5e-5));
    }

    @Test
    void dropsDoubleZerosAndDoesNotCorrectForThem() {
        ZeroCells zeros = new ZeroCells(0.5, ZeroCells.To.IF0ALL, ZeroCells.Split.CONSTANT, true);
        List<ZeroCells.Treated> treated = zeros.apply(List.of(DOUBLE, FULL, new TwoByTwo(7, 0, 9, 0)));
        assertThat(treated).extracting(ZeroCells.Treated::dropped).containsExactly(true, false, true);
        // The only zeros are in dropped studies, so nothing calls for a constant.
        assertThat(treated).extracting(ZeroCells.Treated::corrected).containsOnly(false);
    }

    @Test
    void treatmentArmCorrectionFollowsTheSizesOfTheArms() {
        ZeroCells zeros = new ZeroCells(0.5, ZeroCells.To.ONLY0, ZeroCells.Split.TREATMENT_ARM, false);
        TwoByTwo table = (TwoByTwo) treated(zeros, new TwoByTwo(0, 100, 3, 297)).get(0);
        assertThat(table).isEqualTo(new TwoByTwo(0.25, 100.25, 3.75, 297.75));
        // Arms of equal size get one half each.
        assertThat(treated(zeros, ZERO)).containsExactly(new TwoByTwo(0.5, 20.5, 3.5, 17.5));
    }

    @Test
    void leavesOtherDataAlone() {
        Correlation correlation = new Correlation(0.2, 10);
        assertThat(treated(zeros(ZeroCells.To.ALL), correlation)).containsExactly(correlation);
    }

    @Test
    void refusesANegativeConstant() {
        assertThatThrownBy(() -> new ZeroCells(-0.1, ZeroCells.To.ALL, ZeroCells.Split.CONSTANT, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.1");
    }
}
