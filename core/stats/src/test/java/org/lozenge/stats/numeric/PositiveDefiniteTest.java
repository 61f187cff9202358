package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PositiveDefiniteTest {

    /** Inverse of [4 2; 2 3] is [3 −2; −2 4] / 8. */
    @Test
    void invertsByHand() {
        PositiveDefinite a = PositiveDefinite.of(new double[][] {{4, 2}, {2, 3}}, 1e-12);
        assertEquals(2, a.rank());
        assertArrayEquals(new double[] {0.375, -0.25}, a.inverse()[0], 1e-15);
        assertArrayEquals(new double[] {-0.25, 0.5}, a.inverse()[1], 1e-15);
        assertArrayEquals(new double[] {1, 2}, a.solve(new double[] {8, 8}), 1e-15);
        assertEquals(24, a.inverseForm(new double[] {8, 8}), 1e-13);
    }

    @Test
    void dependentVariablesGetZero() {
        PositiveDefinite a = PositiveDefinite.of(new double[][] {{1, 1, 0}, {1, 1, 0}, {0, 0, 0}}, 1e-12);
        assertEquals(1, a.rank());
        assertArrayEquals(new double[] {5, 0, 0}, a.solve(new double[] {5, 5, 0}));
        assertEquals(0, PositiveDefinite.of(new double[2][2], 1e-12).rank());
    }

    @RepeatedTest(50)
    void solvesWhatItFactorised(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int n = 1 + random.nextInt(8);
        double[][] root = new double[n][n];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            unit[i] = Math.pow(10, random.nextInt(13) - 6);
            for (int j = 0; j < n; j++) {
                root[i][j] = random.nextGaussian() + (i == j ? n : 0);
            }
        }
        double[][] a = new double[n][n];
        double[] x = random.doubles(n).toArray();
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    a[i][j] += root[i][k] * root[j][k] * unit[i] * unit[j];
                }
                right[i] += a[i][j] * x[j] / unit[j];
            }
        }
        double[] solved = PositiveDefinite.of(a, 1e-12).solve(right);
        for (int i = 0; i < n; i++) {
            assertEquals(x[i], solved[i] * unit[i], 1e-8);
        }
    }
}
