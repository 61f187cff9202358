package org.lozenge.analyses.explore;

import java.util.Arrays;

/**
 * How well points lie in their clusters: with a the mean distance to the others of the own cluster and b that to the nearest
 * other cluster, {@code (b − a)/max(a, b)}; 0 for a point alone in its cluster.
 *
 * @see <a href="https://doi.org/10.1016/0377-0427(87)90125-7">Rousseeuw (1987), J. Comput. Appl. Math. 20, 53–65</a>
 */
final class Silhouette {

    private Silhouette() {}

    /**
     * Returns the mean over some of the points, judged by these alone.
     *
     * @param points all points
     * @param labels their clusters, from 0
     * @param judged which points
     */
    static double mean(double[][] points, int[] labels, int[] judged) {
        int clusters = Arrays.stream(labels).max().orElse(0) + 1;
        double sum = 0;
        for (int i : judged) {
            double[] distance = new double[clusters];
            int[] count = new int[clusters];
            for (int j : judged) {
                if (j != i) {
                    distance[labels[j]] +=
                            Math.sqrt(square(points[i][0] - points[j][0]) + square(points[i][1] - points[j][1]));
                    count[labels[j]]++;
                }
            }
            sum += of(distance, count, labels[i]);
        }
        return sum / judged.length;
    }

    private static double of(double[] distance, int[] count, int own) {
        if (count[own] == 0) {
            return 0;
        }
        double a = distance[own] / count[own];
        double b = Double.POSITIVE_INFINITY;
        for (int c = 0; c < count.length; c++) {
            if (c != own && count[c] > 0) {
                b = Math.min(b, distance[c] / count[c]);
            }
        }
        double larger = Math.max(a, b);
        return Double.isInfinite(b) || larger == 0 ? 0 : (b - a) / larger;
    }

    private static double square(double x) {
        return x * x;
    }
}
