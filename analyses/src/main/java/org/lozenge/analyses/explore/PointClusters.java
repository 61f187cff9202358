package org.lozenge.analyses.explore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import smile.clustering.DBSCAN;
import smile.clustering.KMeans;
import smile.clustering.PartitionClustering;
import smile.math.MathEx;
import smile.stat.distribution.ExponentialFamilyMixture;
import smile.stat.distribution.GaussianDistribution;
import smile.stat.distribution.Mixture;

/**
 * Clusters of points in the plane, found by Smile. Clusters are numbered from 1 in the order of their mean first
 * coordinate; 0 is noise. Coordinates are standardised first.
 */
public final class PointClusters {

    private static final int MAX_ITERATIONS = 100;
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_CHOSEN = 6;
    private static final int STARTS = 5;

    /** Of equal values, in standard deviations of all. */
    private static final double LEAST_SD = 1e-3;

    private static final int MOST_JUDGED = 500;

    /** How clusters are found. */
    public enum Method {
        /** k-means with a given number of clusters. */
        KMEANS,
        /** Density-based clusters; points in thin places are noise. */
        DBSCAN,
        /** A mixture of normal distributions of the first coordinate. */
        GAUSSIAN,
        /** No clusters are looked for. */
        NONE
    }

    private PointClusters() {}

    /**
     * Finds clusters.
     *
     * @param method how; not {@link Method#NONE}
     * @param x first coordinates, finite
     * @param y second coordinates, finite
     * @param clusters how many, for k-means and mixtures; 0 chooses 2 to 6, k-means by the mean silhouette of up to 500 points,
     *     mixtures by BIC
     * @param radius the neighbourhood of DBSCAN in standard deviations
     * @param seed of k-means' start
     * @return the cluster of each point
     */
    public static int[] find(Method method, double[] x, double[] y, int clusters, double radius, long seed) {
        double[][] points = new double[x.length][];
        double[] first = standardise(x);
        double[] second = standardise(y);
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {first[i], second[i]};
        }
        // Smile keeps its random numbers per thread: a fresh thread starts the same each time.
        FutureTask<int[]> task = new FutureTask<>(() -> labels(method, points, first, clusters, radius, seed));
        Thread thread = new Thread(task, "lozenge-clusters");
        thread.start();
        return ordered(await(task), x);
    }

    /** Waits on when interrupted: whoever stops a run still wants the clusters of what is done, and they are quick. */
    private static int[] await(FutureTask<int[]> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The search for clusters failed: " + e.getCause(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int[] labels(
            Method method, double[][] points, double[] first, int clusters, double radius, long seed) {
        MathEx.setSeed(seed);
        return switch (method) {
            case KMEANS -> clusters > 0 ? means(points, clusters) : best(points, seed);
            case DBSCAN -> DBSCAN.fit(points, Math.max(5, points.length / 100), radius).y;
            case GAUSSIAN -> mostLikely(clusters > 0 ? mixture(clusters, first) : best(first), first);
            case NONE -> new int[points.length];
        };
    }

    private static int[] means(double[][] points, int clusters) {
        return PartitionClustering.run(STARTS, () -> KMeans.fit(points, clusters, MAX_ITERATIONS, TOLERANCE)).y;
    }

    /** The number of clusters with the largest mean silhouette; of equal ones the smallest. */
    private static int[] best(double[][] points, long seed) {
        int[] judged = new SplittableRandom(seed)
                .ints(0, points.length)
                .distinct()
                .limit(Math.min(MOST_JUDGED, points.length))
                .toArray();
        int different = (int) Arrays.stream(points)
                .map(Arrays::toString)
                .distinct()
                .limit(MOST_CHOSEN + 1)
                .count();
        int[] best = means(points, 2);
        double most = Silhouette.mean(points, best, judged);
        for (int clusters = 3; clusters <= Math.min(MOST_CHOSEN, different - 1); clusters++) {
            int[] labels = means(points, clusters);
            double silhouette = Silhouette.mean(points, labels, judged);
            if (silhouette > most) {
                most = silhouette;
                best = labels;
            }
        }
        return best;
    }

    /** The mixture with the largest BIC, in which a component has a share, a mean and a variance. */
    private static ExponentialFamilyMixture best(double[] values) {
        ExponentialFamilyMixture best = mixture(2, values);
        double most = bic(best, values);
        for (int components = 3; components <= MOST_CHOSEN; components++) {
            ExponentialFamilyMixture mixture = mixture(components, values);
            double bic = bic(mixture, values);
            if (bic > most) {
                most = bic;
                best = mixture;
            }
        }
        return best;
    }

    /** Starts from clusters by k-means, as a start at random often ends far from the largest likelihood. */
    private static ExponentialFamilyMixture mixture(int components, double[] values) {
        double[][] points =
                Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        int[] labels =
                PartitionClustering.run(STARTS, () -> KMeans.fit(points, components, MAX_ITERATIONS, TOLERANCE)).y;
        Mixture.Component[] start = new Mixture.Component[components];
        for (int c = 0; c < components; c++) {
            int own = c;
            double[] members = IntStream.range(0, values.length)
                    .filter(i -> labels[i] == own)
                    .mapToDouble(i -> values[i])
                    .toArray();
            double mean = Arrays.stream(members).average().orElse(0);
            double squares =
                    Arrays.stream(members).map(v -> (v - mean) * (v - mean)).sum();
            double sd = Math.max(LEAST_SD, Math.sqrt(squares / Math.max(1, members.length)));
            start[c] = new Mixture.Component(
                    Math.max(1, members.length) / (double) values.length, new GaussianDistribution(mean, sd));
        }
        return ExponentialFamilyMixture.fit(values, start);
    }

    private static double bic(ExponentialFamilyMixture mixture, double[] values) {
        double parameters = 3 * mixture.components.length - 1;
        return mixture.logLikelihood(values) - parameters / 2 * StrictMath.log(values.length);
    }

    private static int[] mostLikely(ExponentialFamilyMixture mixture, double[] values) {
        int[] labels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < mixture.components.length; j++) {
                Mixture.Component component = mixture.components[j];
                double density = StrictMath.log(component.priori) + component.distribution.logp(values[i]);
                if (density > best) {
                    best = density;
                    labels[i] = j;
                }
            }
        }
        return labels;
    }

    private static double[] standardise(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double sd = Math.sqrt(squares / values.length);
        return Arrays.stream(values)
                .map(value -> sd > 0 ? (value - mean) / sd : 0)
                .toArray();
    }

    /** Numbers clusters by their mean; whatever is not in a cluster becomes 0. */
    private static int[] ordered(int[] labels, double[] x) {
        int[] names = Arrays.stream(labels)
                .distinct()
                .filter(label -> isCluster(label))
                .toArray();
        double[] means = new double[names.length];
        for (int i = 0; i < names.length; i++) {
            int name = names[i];
            means[i] = IntStream.range(0, x.length)
                    .filter(j -> labels[j] == name)
                    .mapToDouble(j -> x[j])
                    .average()
                    .orElse(0);
        }
        int[] order = IntStream.range(0, names.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> means[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] result = new int[labels.length];
        for (int rank = 0; rank < order.length; rank++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[j] == names[order[rank]]) {
                    result[j] = rank + 1;
                }
            }
        }
        return result;
    }

    /** Smile marks noise by the largest integer. */
    private static boolean isCluster(int label) {
        return label != Integer.MAX_VALUE;
    }
}
