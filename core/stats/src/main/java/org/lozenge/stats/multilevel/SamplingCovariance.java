package org.lozenge.stats.multilevel;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.lozenge.stats.DoubleSeq;

/**
 * The sampling covariance of effects: variances, and covariances of effects that come from the same people.
 *
 * <p>Covariances are computed when they are asked for; only those within clusters are ever used. Whether they are those of
 * any set of estimates is checked by the models, cluster by cluster.
 */
public final class SamplingCovariance {

    /** The covariance of two different effects. */
    @FunctionalInterface
    private interface Pairs {
        double at(int i, int j);
    }

    /**
     * The covariance of two effects.
     *
     * @param first 0-based position of the one
     * @param second 0-based position of the other
     * @param covariance their covariance, finite
     */
    public record Pair(int first, int second, double covariance) {}

    private final DoubleSeq v;
    private final boolean independent;
    private final Pairs pairs;
    private final List<Pair> given;

    private SamplingCovariance(DoubleSeq v, boolean independent, Pairs pairs, List<Pair> given) {
        this.v = Objects.requireNonNull(v, "v");
        this.independent = independent;
        this.pairs = pairs;
        this.given = given;
        for (int i = 0; i < v.size(); i++) {
            if (!(v.get(i) > 0) || Double.isInfinite(v.get(i))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "Sampling variance %d must be finite and > 0, but is %s", i + 1, v.get(i)));
            }
        }
    }

    /**
     * Returns the covariance of independent effects.
     *
     * @param v sampling variances, all above 0
     * @return the covariance
     */
    public static SamplingCovariance independent(DoubleSeq v) {
        return new SamplingCovariance(v, true, (i, j) -> 0, List.of());
    }

    /**
     * Returns the covariance of effects with the same correlation in each cluster.
     *
     * @param v sampling variances, all above 0
     * @param clusters the cluster of each effect
     * @param rho correlation of two effects of a cluster, between −1 and 1
     * @return the covariance
     * @throws IllegalArgumentException if the correlation is outside [−1, 1]
     */
    public static SamplingCovariance constant(DoubleSeq v, int[] clusters, double rho) {
        return grouped(v, clusters, clusters, rho, rho);
    }

    /**
     * Returns the covariance of effects whose correlation is higher, or lower, within groups of a cluster than between them.
     *
     * @param v sampling variances, all above 0
     * @param clusters the cluster of each effect
     * @param groups the group of each effect
     * @param within correlation of two effects of one group in one cluster, between −1 and 1
     * @param between correlation of two effects of different groups of a cluster, between −1 and 1
     * @return the covariance
     * @throws IllegalArgumentException if a correlation is outside [−1, 1]
     */
    public static SamplingCovariance grouped(DoubleSeq v, int[] clusters, int[] groups, double within, double between) {
        requireCorrelation(within);
        requireCorrelation(between);
        int[] cluster = clusters.clone();
        int[] group = groups.clone();
        double[] se = v.toArray();
        for (int i = 0; i < se.length; i++) {
            se[i] = Math.sqrt(se[i]);
        }
        Pairs pairs =
                (i, j) -> cluster[i] == cluster[j] ? se[i] * se[j] * (group[i] == group[j] ? within : between) : 0;
        return new SamplingCovariance(v, within == 0 && between == 0, pairs, List.of());
    }

    /**
     * Returns the covariance of effects with a correlation of its own in each cluster.
     *
     * @param v sampling variances, all above 0
     * @param clusters the cluster of each effect
     * @param rho for each effect the correlation in its cluster, between −1 and 1; the same for all effects of a cluster
     * @return the covariance
     * @throws IllegalArgumentException if a correlation is outside [−1, 1]
     */
    public static SamplingCovariance perCluster(DoubleSeq v, int[] clusters, DoubleSeq rho) {
        for (int i = 0; i < rho.size(); i++) {
            requireCorrelation(rho.get(i));
        }
        int[] cluster = clusters.clone();
        Pairs pairs = (i, j) ->
                cluster[i] == cluster[j] ? Math.sqrt(v.get(i)) * Math.sqrt(v.get(j)) * rho.get(Math.min(i, j)) : 0;
        return new SamplingCovariance(v, false, pairs, List.of());
    }

    /**
     * Returns the covariance of effects of which some pairs are correlated.
     *
     * @param v sampling variances, all above 0
     * @param given covariances of pairs; those of all others are 0
     * @return the covariance
     * @throws IllegalArgumentException if a covariance is not finite, or exceeds what the variances allow
     */
    public static SamplingCovariance of(DoubleSeq v, List<Pair> given) {
        Map<Long, Double> cells = new HashMap<>();
        for (Pair pair : given) {
            double largest = Math.sqrt(v.get(pair.first())) * Math.sqrt(v.get(pair.second()));
            if (!(Math.abs(pair.covariance()) <= largest * (1 + 1e-9))) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "Covariance %s of effects %d and %d is outside ±%s, which their variances allow",
                        pair.covariance(),
                        pair.first() + 1,
                        pair.second() + 1,
                        largest));
            }
            cells.put(key(pair.first(), pair.second()), pair.covariance());
        }
        List<Pair> copy = List.copyOf(given);
        return new SamplingCovariance(v, copy.isEmpty(), (i, j) -> cells.getOrDefault(key(i, j), 0.0), copy);
    }

    private static long key(int i, int j) {
        return ((long) Math.min(i, j) << 32) | Math.max(i, j);
    }

    private static void requireCorrelation(double rho) {
        if (!(rho >= -1 && rho <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "A correlation must lie between -1 and 1, but is %s", rho));
        }
    }

    /**
     * Returns the number of effects.
     *
     * @return at least 0
     */
    public int size() {
        return v.size();
    }

    /**
     * Returns the sampling variances.
     *
     * @return one per effect
     */
    public DoubleSeq variances() {
        return v;
    }

    /**
     * Returns the covariance of two effects of one cluster.
     *
     * @param i 0-based position of the one
     * @param j 0-based position of the other
     * @return their covariance; the variance if they are the same
     */
    public double at(int i, int j) {
        return i == j ? v.get(i) : pairs.at(i, j);
    }

    /** The pairs that were given one by one; empty if covariances follow from a rule. */
    List<Pair> given() {
        return given;
    }

    /** Whether no two of these effects are correlated. */
    boolean isIndependent(int[] rows) {
        if (independent) {
            return true;
        }
        for (int a = 0; a < rows.length; a++) {
            for (int b = 0; b < a; b++) {
                if (pairs.at(rows[a], rows[b]) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The covariance of some effects, divided by a number. */
    double[][] of(int[] rows, double divisor) {
        double[][] out = new double[rows.length][rows.length];
        for (int a = 0; a < rows.length; a++) {
            for (int b = 0; b <= a; b++) {
                out[a][b] = at(rows[a], rows[b]) / divisor;
                out[b][a] = out[a][b];
            }
        }
        return out;
    }
}
