package org.lozenge.stats.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {

    /** The curvature of a likelihood near a covariance of zero, on which the QL method gives up. */
    private static final double[][] NEARLY_ZERO = {
        {
            0.22862662545985896,
            -9.778059166741888E-8,
            -0.0015155332298601278,
            -8.693890223974572E-8,
            -5.407409464842497E-164
        },
        {-9.778059166741888E-8, -0.9999999999956881, 8.265103268230929E-8, 0.21895177868051194, 3.7519260761805796E-169
        },
        {
            -0.0015155332298601278,
            8.265103268230929E-8,
            0.5496761989674614,
            -1.2599984342217025E-7,
            8.426482370617435E-163
        },
        {
            -8.693890223974572E-8,
            0.21895177868051194,
            -1.2599984342217025E-7,
            0.9999999999987755,
            -5.2221342583721563E-169
        },
        {
            -5.407409464842497E-164,
            3.7519260761805796E-169,
            8.426482370617435E-163,
            -5.2221342583721563E-169,
            0.9999999999999999
        }
    };

    @Test
    void decomposesWhereCellsAreNearlyZero() {
        assertSame(NEARLY_ZERO, SymmetricEigen.of(NEARLY_ZERO).power(1, -1e300), 1e-14);
    }

    @RepeatedTest(30)
    void squaresOfRootsAreTheMatrix(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int n = 2 + random.nextInt(6);
        double[][] factor = new double[n][n + 2];
        for (double[] row : factor) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextGaussian();
            }
        }
        double[][] matrix = product(factor);
        double[][] root = SymmetricEigen.of(matrix).power(0.5, 0);
        assertSame(matrix, product(root), 1e-12 * n);
    }

    /** A matrix times its own transpose. */
    private static double[][] product(double[][] factor) {
        double[][] out = new double[factor.length][factor.length];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out.length; j++) {
                for (int k = 0; k < factor[0].length; k++) {
                    out[i][j] += factor[i][k] * factor[j][k];
                }
            }
        }
        return out;
    }

    private static void assertSame(double[][] expected, double[][] actual, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected.length; j++) {
                assertEquals(expected[i][j], actual[i][j], tolerance, i + ", " + j);
            }
        }
    }
}
