package org.lozenge.stats.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClusterBlocksTest {

    /** Largest relative deviation seen: 4e-14. */
    private static final double CLOSE = 1e-11;

    private static double[][] covariance(Random random, int n) {
        double[][] factor = new double[n][n];
        for (double[] row : factor) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] = SymmetricMatrix.dot(factor[i], factor[j]) + (i == j ? 0.1 : 0);
            }
        }
        return v;
    }

    @RepeatedTest(20)
    void sumsAreThoseOfMatrices(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        boolean rowLevel = random.nextBoolean();
        int p = 1 + random.nextInt(3);
        int clusters = 2 + random.nextInt(4);
        int[] start = new int[clusters + 1];
        for (int c = 0; c < clusters; c++) {
            start[c + 1] = start[c] + 1 + random.nextInt(5);
        }
        int n = start[clusters];
        double[][] columns = new double[p + 1][n];
        for (double[] column : columns) {
            Arrays.setAll(column, i -> random.nextGaussian());
        }
        Arrays.fill(columns[0], 0.5);
        double[] variance = new double[n];
        Map<Integer, PrincipalAxes> axes = new HashMap<>();
        double[] theta = {random.nextDouble(), rowLevel ? random.nextDouble() : 0};
        Jets expected = new Jets(rowLevel ? 2 : 1, p + 1);
        for (int c = 0; c < clusters; c++) {
            int from = start[c];
            int size = start[c + 1] - from;
            double[][] v = covariance(random, size);
            if (random.nextBoolean()) {
                v = diagonal(v);
            } else {
                axes.put(c, PrincipalAxes.of(v));
            }
            double[][] z = new double[size][p + 1];
            for (int i = 0; i < size; i++) {
                variance[from + i] = v[i][i];
                for (int j = 0; j <= p; j++) {
                    z[i][j] = columns[j][from + i];
                }
            }
            dense(v, z, rowLevel).evaluate(theta, expected);
        }
        ClusterBlocks blocks = new ClusterBlocks(start, columns, variance, axes, rowLevel);
        Jets actual = new Jets(expected.parameters, p + 1);
        blocks.evaluate(theta, actual);
        close(expected, actual);
        Jets values = new Jets(0, p + 1);
        blocks.evaluate(theta, values);
        assertEquals(actual.logDet, values.logDet, CLOSE * Math.abs(actual.logDet));
        close(actual.q, values.q);
    }

    private static double[][] diagonal(double[][] v) {
        double[][] out = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            out[i][i] = v[i][i];
        }
        return out;
    }

    private static DenseBlock dense(double[][] v, double[][] z, boolean rowLevel) {
        double[][] ones = new double[v.length][v.length];
        double[][] unit = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            Arrays.fill(ones[i], 1);
            unit[i][i] = 1;
        }
        double[][][] b = rowLevel ? new double[][][] {ones, unit} : new double[][][] {ones};
        return new DenseBlock(v, z, IntStream.range(0, v.length).toArray(), b);
    }

    private static void close(Jets expected, Jets actual) {
        assertEquals(expected.logDet, actual.logDet, CLOSE * Math.abs(expected.logDet));
        close(new double[][] {expected.logDet1}, new double[][] {actual.logDet1});
        close(expected.logDet2, actual.logDet2);
        close(expected.q, actual.q);
        for (int k = 0; k < expected.parameters; k++) {
            close(expected.q1[k], actual.q1[k]);
        }
        Random random = new Random(expected.columns);
        double[] contrast = random.doubles(expected.columns).toArray();
        double[][] covariance = covariance(random, expected.columns - 1);
        close(contracted(expected, contrast, covariance), contracted(actual, contrast, covariance));
    }

    /** The contractions of the second derivatives, below one another. */
    private static double[][] contracted(Jets jets, double[] contrast, double[][] covariance) {
        double[][] residual = new double[jets.parameters][jets.parameters];
        double[][] trace = new double[jets.parameters][jets.parameters];
        jets.contract(contrast, covariance, residual, trace);
        return new double[][] {
            Arrays.stream(residual).flatMapToDouble(Arrays::stream).toArray(),
            Arrays.stream(trace).flatMapToDouble(Arrays::stream).toArray()
        };
    }

    private static void close(double[][] expected, double[][] actual) {
        double largest = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                assertEquals(expected[i][j], actual[i][j], CLOSE * largest);
            }
        }
    }

    /** The variances of two rows, 1 and 1e-20, with correlation 0.5: the smaller axis has 0.75e-20, but for 1e-20 of it. */
    @Test
    void smallAxesAreAsExactAsLargeOnes() {
        PrincipalAxes axes = PrincipalAxes.of(new double[][] {{1, 0.5e-10}, {0.5e-10, 1e-20}});
        double[] variances = {axes.variance(0), axes.variance(1)};
        Arrays.sort(variances);
        assertEquals(0.75e-20, variances[0], 1e-14 * 0.75e-20);
        assertEquals(1, variances[1], 1e-14);
    }

    @Test
    void axesOfEqualCorrelationsAreKnown() {
        PrincipalAxes axes = PrincipalAxes.of(new double[][] {{1, 0.5, 0.5}, {0.5, 1, 0.5}, {0.5, 0.5, 1}});
        double[] variances = {axes.variance(0), axes.variance(1), axes.variance(2)};
        Arrays.sort(variances);
        List<Double> expected = List.of(0.5, 0.5, 2.0);
        for (int k = 0; k < 3; k++) {
            assertEquals(expected.get(k), variances[k], 1e-14);
        }
    }
}
