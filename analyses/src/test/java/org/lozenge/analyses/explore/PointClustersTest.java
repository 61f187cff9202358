package org.lozenge.analyses.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointClustersTest {

    /** Groups of 40 points about (0, 0), (10, 5), (20, 0) and so on. */
    private static double[][] groups(int number) {
        Random random = new Random(number);
        double[] x = new double[40 * number];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 10 * (i / 40) + random.nextGaussian();
            y[i] = 5 * (i / 40 % 2) + 0.3 * random.nextGaussian();
        }
        return new double[][] {x, y};
    }

    @ParameterizedTest
    @CsvSource({"KMEANS, 2", "KMEANS, 3", "KMEANS, 4", "GAUSSIAN, 2", "GAUSSIAN, 3", "GAUSSIAN, 4"})
    void choosesTheNumberOfGroups(PointClusters.Method method, int number) {
        double[][] points = groups(number);
        int[] found = PointClusters.find(method, points[0], points[1], 0, 0.15, 7);
        assertThat(Arrays.stream(found).max()).hasValue(number);
        assertThat(found)
                .isEqualTo(IntStream.range(0, found.length).map(i -> 1 + i / 40).toArray());
    }

    @ParameterizedTest
    @CsvSource({"KMEANS", "DBSCAN", "GAUSSIAN"})
    void numbersClustersFromTheSmallestMeanAndRepeatsItself(PointClusters.Method method) {
        double[][] points = groups(3);
        int[] found = PointClusters.find(method, points[0], points[1], 3, 0.3, 7);
        assertThat(found[0]).isEqualTo(1);
        assertThat(found[119]).isEqualTo(3);
        assertThat(PointClusters.find(method, points[0], points[1], 3, 0.3, 7)).isEqualTo(found);
    }

    @Test
    void isFoundAlsoWhenTheRunIsInterrupted() {
        double[][] points = groups(2);
        Thread.currentThread().interrupt();
        int[] found = PointClusters.find(PointClusters.Method.KMEANS, points[0], points[1], 2, 0.15, 7);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(found[79]).isEqualTo(2);
    }

    @Test
    void silhouettesAreThoseOfTheFormula() {
        double[][] points = {{0, 0}, {0, 2}, {3, 0}, {9, 9}};
        int[] labels = {0, 0, 1, 2};
        // Of the first point a = 2, b = 3; of the second a = 2, b = √13; the others are alone.
        double expected = (1 / 3.0 + (Math.sqrt(13) - 2) / Math.sqrt(13)) / 4;
        assertThat(Silhouette.mean(points, labels, new int[] {0, 1, 2, 3})).isCloseTo(expected, within(1e-15));
    }

    @Test
    void onePlaceHasNoSilhouette() {
        assertThat(Silhouette.mean(new double[][] {{1, 1}, {1, 1}}, new int[] {0, 0}, new int[] {0, 1}))
                .isZero();
    }
}
