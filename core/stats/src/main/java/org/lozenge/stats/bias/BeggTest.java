package org.lozenge.stats.bias;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.lozenge.stats.EffectSizes;
import org.lozenge.stats.TestResult;
import org.lozenge.stats.numeric.Normal;
import org.lozenge.stats.tau2.WeightedSums;

/**
 * Begg and Mazumdar's rank test: Kendall's τ between standardised effects and variances.
 *
 * <pre>{@code yᵢ* = (yᵢ − μ̂) / √(vᵢ − 1/Σw),   μ̂ the common-effect estimate}</pre>
 *
 * <p>The normal statistic S/√Var S has no continuity correction and a variance corrected for ties; the exact P value
 * comes from the distribution of S over all permutations and exists without ties for up to {@value #MAX_EXACT} studies.
 *
 * <p>Agrees with metafor 3.8.1 {@code ranktest()} to a relative 1e-12.
 *
 * @see <a href="https://doi.org/10.2307/2533446">Begg and Mazumdar (1994), Biometrics 50, 1088–1101</a>
 */
public final class BeggTest {

    /** The distribution of S has k(k − 1)/2 + 1 values. */
    private static final int MAX_EXACT = 400;

    /** Standardised effects that differ less than rounding does are ties. */
    private static final double ROUNDING = 1e-13;

    private final double tau;
    private final TestResult normal;
    private final double exactP;
    private final boolean ties;

    private BeggTest(double tau, TestResult normal, double exactP, boolean ties) {
        this.tau = tau;
        this.normal = normal;
        this.exactP = exactP;
        this.ties = ties;
    }

    /**
     * Performs the test.
     *
     * @param effects at least three studies with variances that differ
     * @return the result
     * @throws IllegalArgumentException for fewer than three studies, or if all variances or all standardised effects
     *     are equal
     */
    public static BeggTest of(EffectSizes effects) {
        int k = effects.k();
        if (k < 3) {
            throw new IllegalArgumentException("the rank test needs at least 3 studies, but there are " + k);
        }
        double[] v = effects.v().toArray();
        double[] z = standardised(effects);
        double size = Arrays.stream(z).map(Math::abs).max().orElse(0);
        int[] ranksZ = ranks(z, ROUNDING * size);
        int[] ranksV = ranks(v, 0);
        long s = concordance(ranksZ, ranksV);
        boolean ties = Math.min(
                        Arrays.stream(ranksZ).max().orElse(0),
                        Arrays.stream(ranksV).max().orElse(0))
                < k - 1;
        double tiesZ = tieSum(z, ROUNDING * size, 2, 5);
        double tiesV = tieSum(v, 0, 2, 5);
        double pairs = k * (k - 1.0);
        double twoZ = tieSum(z, ROUNDING * size, 0, 1);
        double twoV = tieSum(v, 0, 0, 1);
        if (twoZ == pairs || twoV == pairs) {
            throw new IllegalArgumentException(
                    twoV == pairs
                            ? "all variances are equal, so they cannot be ranked"
                            : "all standardised effects are equal, so they cannot be ranked");
        }
        double variance = (pairs * (2 * k + 5) - tiesZ - tiesV) / 18
                + tieTriples(z, ROUNDING * size) * tieTriples(v, 0) / (9 * pairs * (k - 2))
                + twoZ * twoV / (2 * pairs);
        double statistic = s / Math.sqrt(variance);
        return new BeggTest(
                s / Math.sqrt((pairs - twoZ) / 2) / Math.sqrt((pairs - twoV) / 2),
                new TestResult(statistic, Double.POSITIVE_INFINITY, Normal.twoSided(statistic)),
                ties || k > MAX_EXACT ? Double.NaN : exact(s, k),
                ties);
    }

    /** The differences of effect and mean over their standard deviations. */
    private static double[] standardised(EffectSizes effects) {
        int k = effects.k();
        double[] y = effects.y().toArray();
        double[] v = effects.v().toArray();
        WeightedSums sums = new WeightedSums(y, v, 0, k);
        sums.evaluate(0);
        double[] z = new double[k];
        double spread = 0;
        for (int i = 0; i < k; i++) {
            z[i] = y[i] - sums.mean();
            spread = Math.max(spread, Math.abs(z[i]));
        }
        // v − 1/Σw = v·Σ(other weights)/Σw: a difference would cancel for a study that dominates.
        double[] later = new double[k + 1];
        for (int i = k - 1; i >= 0; i--) {
            later[i] = later[i + 1] + 1 / v[i];
        }
        double earlier = 0;
        for (int i = 0; i < k; i++) {
            double others = v[i] * (earlier + later[i + 1]);
            earlier += 1 / v[i];
            z[i] = Math.abs(z[i]) <= ROUNDING * Math.abs(y[i])
                    ? 0
                    : z[i] / Math.sqrt(v[i]) * Math.sqrt((1 + others) / others);
        }
        return z;
    }

    /** Ranks from 0; values that differ by rounding share one. */
    private static int[] ranks(double[] x, double rounding) {
        Integer[] order = order(x.length, Comparator.comparingDouble(i -> x[i]));
        int[] ranks = new int[x.length];
        int rank = 0;
        for (int i = 0; i < x.length; i++) {
            rank += i > 0 && x[order[i]] - x[order[i - 1]] > rounding ? 1 : 0;
            ranks[order[i]] = rank;
        }
        return ranks;
    }

    private static Integer[] order(int k, Comparator<Integer> by) {
        return IntStream.range(0, k).boxed().sorted(by).toArray(Integer[]::new);
    }

    /** Pairs that both rank alike less pairs that they rank the other way round, by a tree of counts (Fenwick). */
    private static long concordance(int[] a, int[] b) {
        Integer[] order = order(a.length, Comparator.comparingInt(i -> b[i]));
        int[] tree = new int[a.length + 1];
        long sum = 0;
        int start = 0;
        for (int end = 1; end <= a.length; end++) {
            if (end < a.length && b[order[end]] == b[order[start]]) {
                continue;
            }
            for (int i = start; i < end; i++) {
                int rank = a[order[i]];
                sum += count(tree, rank) - (start - count(tree, rank + 1));
            }
            for (int i = start; i < end; i++) {
                for (int at = a[order[i]] + 1; at <= a.length; at += at & -at) {
                    tree[at]++;
                }
            }
            start = end;
        }
        return sum;
    }

    /** How many of the ranks counted so far are below a rank. */
    private static int count(int[] tree, int below) {
        int count = 0;
        for (int at = below; at > 0; at -= at & -at) {
            count += tree[at];
        }
        return count;
    }

    /** Σ t(t − 1)(at + b) over groups of t equal values. */
    private static double tieSum(double[] x, double rounding, int a, int b) {
        double sum = 0;
        for (int t : groups(x, rounding)) {
            sum += t * (t - 1.0) * (a * t + b);
        }
        return sum;
    }

    private static double tieTriples(double[] x, double rounding) {
        double sum = 0;
        for (int t : groups(x, rounding)) {
            sum += t * (t - 1.0) * (t - 2.0);
        }
        return sum;
    }

    private static int[] groups(double[] x, double rounding) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        int[] sizes = new int[sorted.length];
        int group = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && sorted[i] - sorted[i - 1] > rounding) {
                group++;
            }
            sizes[group]++;
        }
        return Arrays.copyOf(sizes, group + 1);
    }

    /** Twice the smaller tail of the number of concordant pairs, at most 1. */
    private static double exact(long s, int k) {
        int pairs = k * (k - 1) / 2;
        double[] probability = new double[pairs + 1];
        probability[0] = 1;
        for (int n = 2; n <= k; n++) {
            int reach = n * (n - 1) / 2;
            double[] next = new double[pairs + 1];
            double window = 0;
            for (int c = 0; c <= reach; c++) {
                window += probability[c];
                if (c >= n) {
                    window -= probability[c - n];
                }
                next[c] = Math.max(0, window) / n;
            }
            probability = next;
        }
        long concordant = (s + pairs) / 2;
        long smaller = Math.min(concordant, pairs - concordant);
        double tail = 0;
        for (int c = 0; c <= smaller; c++) {
            tail += probability[c];
        }
        return Math.min(1, 2 * tail);
    }

    /**
     * Returns Kendall's rank correlation, corrected for ties.
     *
     * @return τ from −1 to 1
     */
    public double tau() {
        return tau;
    }

    /**
     * Returns the normal test.
     *
     * @return z and its two-sided P value
     */
    public TestResult normal() {
        return normal;
    }

    /**
     * Returns the exact two-sided P value.
     *
     * @return the P value; NaN with ties or for more than 400 studies
     */
    public double exactP() {
        return exactP;
    }

    /**
     * Tells whether effects or variances are tied.
     *
     * @return true if so: there is no exact P value then
     */
    public boolean hasTies() {
        return ties;
    }
}
