package org.lozenge.stats.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SeparationTest {

    private static double[][] withIntercept(double... x) {
        double[][] rows = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            rows[i] = new double[] {1, x[i]};
        }
        return rows;
    }

    @Test
    void aLevelWithoutEventsIsNamed() {
        GlmmData data = GlmmData.proportion(new double[] {0, 3, 0, 5}, new double[] {9, 8, 7, 6})
                .withDesign(withIntercept(1, 0, 1, 0));
        Separation separation = data.separation().orElseThrow();
        assertArrayEquals(new double[] {0, -1}, separation.direction());
        assertArrayEquals(new int[] {0, 2}, separation.studies());
        assertThatThrownBy(() -> new MixedModel().common(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("as coefficients 2 go to infinity");
    }

    @Test
    void anInterceptMovesWithTheLevelsThatBalanceIt() {
        GlmmData data = GlmmData.rate(new double[] {0, 3, 0, 5}, new double[] {9, 8, 7, 6})
                .withDesign(withIntercept(0, 1, 0, 1));
        assertArrayEquals(new double[] {-1, 1}, data.separation().orElseThrow().direction(), 1e-12);
    }

    /** Events only above 2.5, none below: a steeper slope is always better. */
    @Test
    void aThresholdSeparates() {
        GlmmData data = GlmmData.proportion(new double[] {0, 0, 6, 5}, new double[] {9, 8, 6, 5})
                .withDesign(withIntercept(1, 2, 3, 4));
        Separation separation = data.separation().orElseThrow();
        double[] direction = separation.direction();
        assertThat(direction[0] + 2 * direction[1]).isNegative();
        assertThat(direction[0] + 3 * direction[1]).isPositive();
        assertEquals(4, separation.studies().length);
        GlmmData mixed = GlmmData.proportion(new double[] {0, 8, 0, 5}, new double[] {9, 8, 6, 5})
                .withDesign(withIntercept(1, 2, 3, 4));
        assertThat(mixed.separation()).isEmpty();
    }

    /** Baselines that the studies share: each arm counts for itself. */
    @Test
    void randomBaselinesDoNotMakeUpForAnArm() {
        double[] none = {0, 0, 4};
        double[] n = {9, 8, 7};
        double[] some = {2, 3, 0};
        GlmmData shared = GlmmData.oddsRatio(GlmmModel.UM_RS, GlmmCoding.HALF, none, n, some, n);
        GlmmData own = GlmmData.oddsRatio(GlmmModel.UM_FS, GlmmCoding.HALF, none, n, some, n);
        assertThat(shared.separation()).isEmpty();
        assertThat(own.separation()).isEmpty();
        double[] all = {9, 0, 7};
        // Below in the first study by its first arm, in the others by their second: only own baselines allow for both.
        double[] full = {9, 8, 7};
        GlmmData mixed = GlmmData.oddsRatio(GlmmModel.UM_FS, GlmmCoding.HALF, new double[] {0, 3, 5}, n, full, n);
        assertThat(mixed.separation()).isPresent();
        assertThat(GlmmData.oddsRatio(GlmmModel.UM_RS, GlmmCoding.HALF, all, n, some, n)
                        .separation())
                .isEmpty();
    }

    /** In a plane every direction that could do is at right angles to a row, or between two of those. */
    @RepeatedTest(200)
    void findsADirectionExactlyWhereThereIsOne(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int k = 2 + random.nextInt(5);
        double[] events = new double[k];
        double[] n = new double[k];
        double[] x = new double[k];
        for (int i = 0; i < k; i++) {
            n[i] = 4;
            events[i] = random.nextInt(8) == 0 ? 2 : 4 * random.nextInt(2);
            x[i] = random.nextInt(5) - 1;
        }
        x[0] = -2;
        GlmmData data = GlmmData.proportion(events, n).withDesign(withIntercept(x));
        Optional<Separation> found = data.separation();
        assertEquals(exists(events, x), found.isPresent());
        found.ifPresent(separation -> {
            double[] d = separation.direction();
            boolean moves = false;
            for (int i = 0; i < k; i++) {
                double along = (d[0] + d[1] * x[i]) * (events[i] == 0 ? -1 : 1);
                assertThat(along).isGreaterThan(-1e-9);
                moves |= along > 1e-9;
                if (events[i] == 2) {
                    assertEquals(0, along, 1e-9);
                }
            }
            assertThat(moves).isTrue();
        });
    }

    private static boolean exists(double[] events, double[] x) {
        for (int steps = 0; steps < 4000; steps++) {
            double angle = steps * Math.PI / 2000;
            if (separates(events, x, Math.cos(angle), Math.sin(angle))) {
                return true;
            }
        }
        for (double at : x) {
            if (separates(events, x, -at, 1) || separates(events, x, at, -1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean separates(double[] events, double[] x, double a, double b) {
        boolean moves = false;
        for (int i = 0; i < x.length; i++) {
            double along = (a + b * x[i]) * (events[i] == 0 ? -1 : 1);
            if (along < -1e-12 || (events[i] == 2 && Math.abs(along) > 1e-12)) {
                return false;
            }
            moves |= along > 1e-12;
        }
        return moves;
    }

    @Test
    void columnsThatDependOnOthersAreRefused() {
        GlmmData data = GlmmData.proportion(new double[] {1, 2, 3}, new double[] {9, 9, 9});
        double[][] rows = {{1, 2, 4}, {1, 3, 6}, {1, 5, 10}};
        assertThatThrownBy(() -> data.withDesign(rows)).hasMessageContaining("Column 3 of the moderators");
        double[][] same = {{1, 2000.1}, {1, 2000.1}, {1, 2000.1}};
        assertThatThrownBy(() -> data.withDesign(same)).hasMessageContaining("Column 2 of the moderators");
        double[][] text = {{1, Double.NaN}, {1, 2}, {1, 3}};
        assertThatThrownBy(() -> data.withDesign(text)).hasMessageContaining("must be finite");
        assertThatThrownBy(() -> data.withDesign(new double[][] {{1}, {1, 2}, {1}}))
                .hasMessageContaining("same length");
    }
}
